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
    """How a site deals with its readers' comments and ratings."""

    class Policy(models.TextChoices):
        APPROVE_FIRST = "approve_first", _("A moderator approves each comment first")
        PUBLISH_FIRST = "publish_first", _("Comments appear at once, moderators look afterwards")

    comments_open = models.BooleanField(_("readers may comment"), default=True)
    ratings_open = models.BooleanField(_("readers may rate"), default=True)
    close_after_days = models.PositiveSmallIntegerField(
        _("close after so many days"),
        default=0,
        help_text=_("After a page was published; 0 keeps its comments open."),
    )
    policy = models.CharField(
        _("policy"), max_length=20, choices=Policy, default=Policy.APPROVE_FIRST
    )
    trusted_after = models.PositiveSmallIntegerField(
        _("trusted after so many approved comments"),
        default=0,
        help_text=_("From then on a reader's comments appear at once; 0 trusts nobody."),
    )
    held_words = models.TextField(
        _("words that need a moderator"),
        blank=True,
        help_text=_("One word or phrase a line. A comment that holds one waits in any case."),
    )
    max_links = models.PositiveSmallIntegerField(_("links allowed in a comment"), default=0)
    max_length = models.PositiveIntegerField(
        _("longest comment, in characters"),
        default=2000,
        validators=[MinValueValidator(50), MaxValueValidator(20_000)],
    )
    notify_emails = models.TextField(
        _("tell these moderators"),
        blank=True,
        help_text=_("E-mail addresses, one a line. Empty tells nobody."),
    )
    notify_minutes = models.PositiveSmallIntegerField(
        _("at most one e-mail in so many minutes"), default=60, validators=[MinValueValidator(1)]
    )
    retention_days = models.PositiveIntegerField(
        _("keep readers' data for so many days"),
        default=365,
        validators=[MinValueValidator(1)],
        help_text=_("Afterwards e-mail addresses, visitors and hashes are cleared; comments stay."),
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
                message = _("“%(address)s” is no e-mail address.") % {"address": address}
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
        """The addresses that are told of comments that wait."""
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
        """Whether a normalised text has a word that needs a moderator."""
        text = text.casefold()
        words = unicodedata.normalize("NFC", self.held_words).casefold().splitlines()
        return any(
            re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text)
            for word in map(str.strip, words)
            if word
        )
