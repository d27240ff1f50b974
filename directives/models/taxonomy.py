"""Document types and issuing bodies."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from headless.content.models import TranslatableTerm


class DocumentType(TranslatableTerm, index.Indexed, models.Model):
    """A type of official document, such as decision or plan, as its first line prints it."""

    name = models.CharField(_("name"), max_length=100)
    code = models.SlugField(
        _("code"),
        max_length=60,
        help_text=_(
            "The same in every language, for example “ke-hoach”. URLs and API clients use it; do "
            "not change it once documents have this type."
        ),
    )
    symbol = models.CharField(
        _("symbol"),
        max_length=20,
        blank=True,
        help_text=_("As document numbers print it, for example “KH” in 65/KH-UBND."),
    )

    override_translatable_fields = [
        SynchronizedField("code", overridable=False),
        SynchronizedField("symbol", overridable=False),
    ]

    panels = ["name", "code", "symbol"]
    search_fields = [
        index.AutocompleteField("name"),
        index.SearchField("name"),
        index.FilterField("locale_id"),
    ]

    class Meta(TranslatableTerm.Meta):
        verbose_name = _("document type")
        verbose_name_plural = _("document types")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["locale", "code"], name="document_type_code_per_locale")
        ]

    def __str__(self):
        return self.name


class IssuingBody(TranslatableTerm, index.Indexed, models.Model):
    """An authority that issues official documents, with its level of government and locality."""

    class Level(models.TextChoices):
        """Level of government."""

        CENTRAL = "central", _("Central")
        PROVINCE = "province", _("Province")
        COMMUNE = "commune", _("Commune")

    class Branch(models.TextChoices):
        """Branch of the political system, which decides the form of document numbers."""

        STATE = "state", _("State")
        PARTY = "party", _("Party")
        ORGANISATION = "organisation", _("Organisation")

    name = models.CharField(_("name"), max_length=200)
    code = models.SlugField(
        _("code"),
        max_length=80,
        help_text=_(
            "The same in every language, for example “ubnd-tinh-lam-giang”. URLs and API clients "
            "use it; do not change it once documents have this body."
        ),
    )
    level = models.CharField(
        _("level"), max_length=20, choices=Level, default=Level.COMMUNE, db_index=True
    )
    branch = models.CharField(
        _("branch"),
        max_length=20,
        choices=Branch,
        default=Branch.STATE,
        help_text=_(
            "The legal status of Party documents is always unknown: no register records it."
        ),
    )
    locality = models.CharField(
        _("locality"),
        max_length=100,
        blank=True,
        help_text=_("The province or commune of a local body, for example “tỉnh Lam Giang”."),
    )

    override_translatable_fields = [
        SynchronizedField("code", overridable=False),
        SynchronizedField("locality", overridable=False),
    ]

    panels = ["name", "code", "level", "branch", "locality"]
    search_fields = [
        index.AutocompleteField("name"),
        index.SearchField("name"),
        index.FilterField("locale_id"),
    ]

    class Meta(TranslatableTerm.Meta):
        verbose_name = _("issuing body")
        verbose_name_plural = _("issuing bodies")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["locale", "code"], name="issuing_body_code_per_locale")
        ]

    def __str__(self):
        return self.name
