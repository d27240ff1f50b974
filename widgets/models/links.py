"""Results of link checks."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class LinkCheck(models.Model):
    """The latest result of checking a link of a directory."""

    class Status(models.TextChoices):
        """Result of a check."""

        WORKS = "works", _("Works")
        BROKEN = "broken", _("Broken")
        REFUSED = "refused", _("Not asked: no public address")

    page = models.ForeignKey(
        Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="+"
    )
    title = models.CharField(_("title"), max_length=150)
    url = models.URLField(_("address"), max_length=500)
    status = models.CharField(_("result"), max_length=10, choices=Status)
    detail = models.CharField(_("detail"), max_length=200, blank=True)
    checked_at = models.DateTimeField(_("checked at"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("checked link")
        verbose_name_plural = _("checked links")
        constraints = [
            models.UniqueConstraint(fields=["page", "url"], name="widgets_one_check_a_page_and_url")
        ]

    def __str__(self):
        return self.url
