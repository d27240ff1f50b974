import re
import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, validate_email
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Page

from headless.extending import feedback_offer

from .modes import FeedbackMode


@register_setting(icon="comment")
class CommentSettings(BaseSiteSetting):
    """Settings of a site for comments and ratings: policy, limits, notifications, retention."""

    class Policy(models.TextChoices):
        APPROVE_FIRST = "approve_first", _("A moderator approves each comment first")
        PUBLISH_FIRST = "publish_first", _("Comments appear at once, moderators look afterwards")

    comments_open = models.BooleanField(_("readers may comment"), default=True)
    ratings_open = models.BooleanField(_("readers may rate"), default=True)
    close_after_days = models.PositiveSmallIntegerField(
        _("close comments after (days)"),
        default=0,
        help_text=_("Counted from the publication of the page; 0 keeps comments open."),
    )
    policy = models.CharField(
        _("policy"), max_length=20, choices=Policy, default=Policy.APPROVE_FIRST
    )
    trusted_after = models.PositiveSmallIntegerField(
        _("approved comments until a reader is trusted"),
        default=0,
        help_text=_(
            "After this many approved comments, new comments of the same reader appear "
            "immediately; 0 for never."
        ),
    )
    held_words = models.TextField(
        _("words that need a moderator"),
        blank=True,
        help_text=_(
            "One word or phrase per line. A comment that contains one always waits for a moderator."
        ),
    )
    max_links = models.PositiveSmallIntegerField(_("links allowed in a comment"), default=0)
    max_length = models.PositiveIntegerField(
        _("longest comment, in characters"),
        default=2000,
        validators=[MinValueValidator(50), MaxValueValidator(20_000)],
    )
    notify_emails = models.TextField(
        _("notify these moderators"),
        blank=True,
        help_text=_("E-mail addresses, one per line. Leave empty to notify nobody."),
    )
    notify_minutes = models.PositiveSmallIntegerField(
        _("at most one e-mail in (minutes)"), default=60, validators=[MinValueValidator(1)]
    )
    retention_days = models.PositiveIntegerField(
        _("keep readers' data for (days)"),
        default=365,
        validators=[MinValueValidator(1)],
        help_text=_(
            "After that, e-mail addresses, visitor ids and network hashes are cleared; comments "
            "stay."
        ),
    )

    panels = [
        MultiFieldPanel(
            [FieldRowPanel(["comments_open", "ratings_open"]), "close_after_days"],
            heading=_("Open or closed"),
        ),
        MultiFieldPanel(
            [
                "policy",
                "trusted_after",
                "held_words",
                FieldRowPanel(["max_links", "max_length"]),
            ],
            heading=_("Policy"),
        ),
        MultiFieldPanel(["notify_emails", "notify_minutes"], heading=_("Notices")),
        MultiFieldPanel(["retention_days"], heading=_("Readers' data")),
    ]

    class Meta:
        verbose_name = _("readers' comments")

    def clean(self):
        super().clean()
        for address in self.notified:
            try:
                validate_email(address)
            except ValidationError as error:
                message = _("“%(address)s” is not an e-mail address.") % {"address": address}
                raise ValidationError({"notify_emails": message}) from error

    @classmethod
    def of_site(cls, site_id: int | None) -> "CommentSettings":
        """
        Return the settings of a site as they are stored, or the defaults, unsaved.

        Wagtail's `for_site` writes a row when there is none; a reader must not wait for that.
        """
        return cls.objects.filter(site=site_id).first() or cls(site_id=site_id)

    @property
    def notified(self) -> list[str]:
        """E-mail addresses that are notified of waiting comments."""
        return self.notify_emails.split()

    def accepts_comments(self, page: Page, mode: FeedbackMode | None) -> bool:
        """Return whether readers may comment on a published page, of this mode, now."""
        if mode and mode.comments != mode.Choice.SITE:
            return mode.comments == mode.Choice.OPEN
        offer = feedback_offer(page.specific_class)
        return offer.comments and self.comments_open and not self._closed_since(page, offer)

    def accepts_ratings(self, page: Page, mode: FeedbackMode | None) -> bool:
        """Return whether readers may rate a published page, of this mode, now."""
        if mode and mode.ratings != mode.Choice.SITE:
            return mode.ratings == mode.Choice.OPEN
        return feedback_offer(page.specific_class).ratings and self.ratings_open

    def _closed_since(self, page, offer):
        since = getattr(page.specific_deferred, offer.since)
        if not (self.close_after_days and since):
            return False
        # At midnight, as what caches hold is of one day.
        open_for = timezone.localdate() - timezone.localdate(since)
        return open_for.days >= self.close_after_days

    def holds(self, text: str) -> bool:
        """Return whether a normalised text contains one of the held words."""
        text = text.casefold()
        words = unicodedata.normalize("NFC", self.held_words).casefold().splitlines()
        return any(
            re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text)
            for word in map(str.strip, words)
            if word
        )
