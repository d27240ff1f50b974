"""Areas and places of a map."""

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable, Page, TranslatableMixin
from wagtail_localize.fields import SynchronizedField

from headless.content.requests.render_state import object_state

from ..forms import LatitudeInput

hex_colour = RegexValidator(
    r"^#[0-9a-fA-F]{6}$", _("Write a colour as #rrggbb, for example #8c1c13.")
)


class MapArea(TranslatableMixin, Orderable):
    """The description of one boundary of a map, such as a quarter or hamlet."""

    page = ParentalKey(
        "civic_widgets.AdministrativeMapPage", on_delete=models.CASCADE, related_name="areas"
    )
    feature_key = models.CharField(
        _("boundary"),
        max_length=60,
        help_text=_("The “key” (or name) of the boundary in the uploaded GeoJSON."),
    )
    label = models.CharField(_("label"), max_length=100)
    colour = models.CharField(
        _("colour"), max_length=7, blank=True, validators=[hex_colour], help_text=_("As #rrggbb.")
    )
    text = models.TextField(_("text"), blank=True, max_length=500)
    link_page = models.ForeignKey(
        Page,
        verbose_name=_("page"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    override_translatable_fields = [
        SynchronizedField("feature_key", overridable=False),
        SynchronizedField("colour", overridable=False),
    ]

    panels = [FieldRowPanel(["feature_key", "label", "colour"]), "text", "link_page"]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("area")
        verbose_name_plural = _("areas")

    def __str__(self):
        return self.label

    @property
    def shown_page(self) -> Page | None:
        """The page it leads to as a reader sees it; None unless `described_areas` found it public."""
        shown = object_state(self).shown_pages.get("link_page", {})
        return shown.get(self.link_page.translation_key) if self.link_page else None


class MapPlace(TranslatableMixin, Orderable):
    """A public place on a map, such as an office, school or health station."""

    class Kind(models.TextChoices):
        """Kind of a place."""

        OFFICE = "office", _("Office")
        SCHOOL = "school", _("School")
        HEALTH = "health", _("Health station")
        POLICE = "police", _("Police")
        MARKET = "market", _("Market")
        CULTURE = "culture", _("Culture")
        OTHER = "other", _("Other")

    page = ParentalKey(
        "civic_widgets.AdministrativeMapPage", on_delete=models.CASCADE, related_name="places"
    )
    name = models.CharField(_("name"), max_length=150)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.OFFICE)
    address = models.CharField(_("address"), max_length=200, blank=True)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    hours = models.CharField(_("opening hours"), max_length=200, blank=True)
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=9,
        decimal_places=6,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text=_("In degrees north, for example 18.342100."),
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=9,
        decimal_places=6,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
        help_text=_("In degrees east, for example 105.905700."),
    )

    override_translatable_fields = [SynchronizedField("telephone", overridable=False)]

    panels = [
        FieldRowPanel(["name", "kind"]),
        "address",
        FieldRowPanel(["telephone", "hours"]),
        FieldRowPanel([FieldPanel("latitude", widget=LatitudeInput), "longitude"]),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("place")
        verbose_name_plural = _("places")

    def __str__(self):
        return self.name
