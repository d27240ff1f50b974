from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.api import APIField
from wagtail.documents import get_document_model_string
from wagtail.models import Orderable, TranslatableMixin


class DirectiveAttachment(TranslatableMixin, Orderable):
    """A file of an official document, for readers to download."""

    page = ParentalKey(
        "civic_directives.DirectivePage", on_delete=models.CASCADE, related_name="attachments"
    )
    document = models.ForeignKey(
        get_document_model_string(),
        verbose_name=_("file"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    title = models.CharField(
        _("title"),
        max_length=255,
        blank=True,
        help_text=_("Shown instead of the file's own title."),
    )

    panels = ["document", "title"]
    api_fields = [APIField("document", writable=True), APIField("title", writable=True)]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    def __str__(self):
        return self.title or self.document.title

    def clean(self):
        super().clean()
        allowed = getattr(settings, "WAGTAILDOCS_EXTENSIONS", None)
        if allowed and self.document_id and self.document.file_extension.lower() not in allowed:
            message = _(
                "A file of the type “%(extension)s” cannot be attached. Use one of: %(allowed)s."
            )
            facts = {"extension": self.document.file_extension, "allowed": ", ".join(allowed)}
            raise ValidationError({"document": message % facts})
