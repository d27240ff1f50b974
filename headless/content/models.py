"""Models of the package `content`."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model_string
from wagtail.models import TranslatableMixin


class GivenName(models.Model):
    """The original filename of an uploaded document, under which it is downloaded."""

    document = models.OneToOneField(
        get_document_model_string(),
        verbose_name=_("document"),
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="given_name",
    )
    name = models.CharField(_("name"), max_length=255)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("name of a file")
        verbose_name_plural = _("names of files")

    def __str__(self):
        return self.name


class FormerFile(models.Model):
    """The address that a document had before its file was replaced (see `former_files`)."""

    former_id = models.PositiveBigIntegerField(_("former id"))
    name = models.CharField(_("name"), max_length=255)
    document = models.ForeignKey(
        get_document_model_string(),
        verbose_name=_("document"),
        on_delete=models.CASCADE,
        related_name="+",
    )

    wagtail_reference_index_ignore = True
    content_version_ignore = True

    class Meta:
        verbose_name = _("former address of a file")
        verbose_name_plural = _("former addresses of files")
        constraints = [
            models.UniqueConstraint(fields=["former_id", "name"], name="formerfile_of_one_address")
        ]

    def __str__(self):
        return self.name


class DailySecret(models.Model):
    """
    What readers are hashed with on one day (see `daily_secrets`).

    With it goes the way back from a hash to an address; only today's is kept.
    """

    day = models.DateField(_("day"), unique=True)
    secret = models.CharField(_("secret"), max_length=64)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("secret of a day")
        verbose_name_plural = _("secrets of a day")

    def __str__(self):
        return str(self.day)


class TranslatableTerm(TranslatableMixin):
    """A term shared by all sites, such as a category, with a row for each language."""

    class Meta(TranslatableMixin.Meta):
        abstract = True

    def validate_constraints(self, exclude=None):
        """
        Validate constraints on `locale` even when the form excludes that field.

        The admin's form has no `locale` field, so Django would skip the constraint.
        """
        super().validate_constraints(exclude=set(exclude or ()) - {"locale"})
