from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class Citation(models.Model):
    """
    Who cites what: a published page and an official document it cites.

    The one table that all page types share, written by `services.record_citations`; `directive`
    is the document's page in its source language, so that a page in any language counts.
    """

    class Origin(models.TextChoices):
        TEXT = "text", _("Found in the text")
        HAND = "hand", _("Chosen by an editor")

    source = models.ForeignKey(
        Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="+"
    )
    directive = models.ForeignKey(
        "directives.DirectivePage",
        verbose_name=_("official document"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    origin = models.CharField(_("origin"), max_length=10, choices=Origin)

    # A million articles would write as many rows to the reference index.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "directive", "origin"], name="citation_once_per_origin"
            )
        ]

    def __str__(self):
        return f"{self.source_id} → {self.directive_id}"
