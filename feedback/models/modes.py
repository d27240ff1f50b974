from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.api import APIField
from wagtail.models import Page, TranslatableMixin


class FeedbackMode(TranslatableMixin, models.Model):
    """Whether a page is open to comments and ratings; a page without a row follows its site."""

    class Choice(models.TextChoices):
        SITE = "site", _("As the site's policy says")
        OPEN = "open", _("Open, whatever the site's policy says")
        CLOSED = "closed", _("Closed")

    page = ParentalKey(Page, on_delete=models.CASCADE, related_name="feedback_modes")
    comments = models.CharField(_("comments"), max_length=10, choices=Choice, default=Choice.SITE)
    ratings = models.CharField(_("ratings"), max_length=10, choices=Choice, default=Choice.SITE)

    panels = ["comments", "ratings"]
    api_fields = [APIField("comments", writable=True), APIField("ratings", writable=True)]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("comments and ratings of a page")
        verbose_name_plural = _("comments and ratings of a page")

    def __str__(self):
        return f"{self.get_comments_display()}, {self.get_ratings_display()}"

    @classmethod
    def of(cls, page: Page) -> "FeedbackMode | None":
        """Return the mode of a page, also of a preview with unsaved rows; None without one."""
        return next(iter(page.feedback_modes.all()), None)
