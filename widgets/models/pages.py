from django.db import models
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import InlinePanel
from wagtail.api import APIField
from wagtail.models import Page, Site, get_page_models
from wagtail.search import index

from headless.content.absolute_urls import absolute_url
from headless.content.client_preview import ClientPreviewMixin
from headless.content.render_state import object_state
from headless.content.slugs import ReadableSlugMixin
from headless.content.stream_fields import OpenStreamField
from headless.content.translation import localise
from headless.content.visibility import published

from ..blocks import LinkGroupsBlock, shown_groups
from ..conf import conf
from ..fields import (
    AddressField,
    AreasField,
    BoundariesAPIField,
    LinkGroupsField,
    PlacesField,
    PortalLinksData,
    PortalMapData,
    PortalStatisticsData,
)
from ..forms import MapForm
from ..maps.geojson import describe_map
from ..maps.map_svg import draw_map
from ..visits.charts import draw_bars
from ..visits.figures import DAYS, Figures, last_days, last_months, most_read, site_figures
from .maps import MapArea


class Widget(ClientPreviewMixin, ReadableSlugMixin):
    """
    A page that has a compact card for sidebars beside its full page.

    A page type of any app that inherits this is a widget: editors may create it on the shelf
    (with `parent_page_types = ["civic_widgets.WidgetIndexPage"]`) and choose it for sidebars. It names
    the template of its card, and what that needs to know.
    """

    card_template: str
    # For how many seconds a rendered card may be shown; None: until the site's content changes.
    card_seconds: int | None = None

    def get_card_context(self) -> dict:
        """What `card_template` prints, besides `title` and `widget` (this page)."""
        return {}

    def get_card_data(self) -> dict:
        """
        What an API client needs to draw the card, as JSON has it.

        The return annotation (a `TypedDict`) is what the API's document says of it.
        """
        return {}


def widget_types() -> list[type[Page]]:
    """The page types that are widgets, those of other apps too."""
    return [model for model in get_page_models() if issubclass(model, Widget)]


class WidgetIndexPage(ClientPreviewMixin, ReadableSlugMixin, Page):
    """The shelf where editors keep the widgets; no section that readers look for."""

    show_in_menus_default = False

    class Meta:
        verbose_name = _("widgets")
        verbose_name_plural = _("widgets")

    search_fields = [*Page.search_fields, index.FilterField("alias_of_id")]

    @classmethod
    def clean_subpage_models(cls):
        """Any widget may stand here: Wagtail asks this for what `subpage_types` cannot name."""
        return widget_types()

    def get_context(self, request, *args, **kwargs):
        """Adds `widgets`: the live, public pages below."""
        context = super().get_context(request, *args, **kwargs)
        context["widgets"] = published(self.get_children())
        return context


class AdministrativeMapPage(Widget, Page):
    """A map of the areas of a ward or commune, with the places that citizens look for."""

    parent_page_types = ["civic_widgets.WidgetIndexPage"]
    subpage_types = []
    card_template = "civic_widgets/cards/map.html"

    introduction = models.TextField(_("introduction"), blank=True, max_length=500)
    boundaries = models.JSONField(_("boundaries"), null=True, blank=True)

    base_form_class = MapForm

    class Meta:
        verbose_name = _("administrative map")
        verbose_name_plural = _("administrative maps")

    content_panels = [
        *Page.content_panels,
        "introduction",
        "boundaries",
        InlinePanel("areas", heading=_("Areas"), label=_("area")),
        InlinePanel("places", heading=_("Places"), label=_("place")),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("introduction"),
        index.FilterField("alias_of_id"),
    ]
    api_fields = [
        APIField("introduction", writable=True),
        APIField("boundaries", serializer=BoundariesAPIField()),
        APIField("areas", serializer=AreasField()),
        APIField("places", serializer=PlacesField()),
        APIField("geojson_url", serializer=AddressField()),
    ]

    @property
    def geojson_path(self) -> str:
        """Where scripts of this site read areas and places; "" before the first save."""
        return reverse("civic_widgets:map", args=[self.pk]) if self.pk else ""

    @property
    def geojson_url(self) -> str:
        """Where any client reads areas and places, as GeoJSON."""
        return absolute_url(self.geojson_path)

    def geojson(self) -> dict:
        """Areas and places as one FeatureCollection, with what the map says in its language."""
        with translation.override(self.locale.language_code):
            return describe_map(self.boundaries, self.described_areas(), self.places.all())

    def described_areas(self):
        """
        All areas of the map, those of which nothing is said by the name of their boundary.

        What they lead to (`MapArea.shown_page`) is read for all of them at once.
        """
        areas = list(self.areas.select_related("link_page"))
        described = {area.feature_key for area in areas}
        names = [each["properties"] for each in (self.boundaries or {}).get("features", [])]
        areas += [
            MapArea(feature_key=name["key"], label=name["name"])
            for name in names
            if name["key"] not in described
        ]
        shown = localise([area.link_page for area in areas], self.locale_id)
        shown = {page.translation_key: page for page in shown}
        for area in areas:
            object_state(area).shown_pages["link_page"] = shown
        return areas

    def get_context(self, request, *args, **kwargs):
        """
        Adds `map` (see `draw_map`), `areas` (with `shown_page`), `places`, `tiles` (address and
        attribution of a background, or "") and `geojson_path`, "" in a preview: what is drawn
        from there is what is published.
        """
        context = super().get_context(request, *args, **kwargs)
        context["areas"] = self.described_areas()
        context["places"] = self.places.all()
        context["map"] = draw_map(self.boundaries, context["areas"], context["places"])
        context["tiles"] = {
            "url": conf.MAP_TILE_URL,
            "attribution": conf.MAP_TILE_ATTRIBUTION,
        }
        previewed = getattr(request, "is_preview", False)
        context["geojson_path"] = "" if previewed or not context["map"] else self.geojson_path
        return context

    def get_card_context(self):
        return {
            "map": draw_map(self.boundaries, self.areas.all(), self.places.all(), tolerance=2),
        }

    def get_card_data(self) -> PortalMapData:
        return {"geojson_url": self.geojson_url}


class WebsiteLinksPage(Widget, Page):
    """The directory of other websites."""

    class Display(models.TextChoices):
        LIST = "list", _("List")
        LOGOS = "logos", _("Logos")
        SELECT = "select", _("Drop-down with a button")

    parent_page_types = ["civic_widgets.WidgetIndexPage"]
    subpage_types = []
    card_template = "civic_widgets/cards/links.html"

    introduction = models.TextField(_("introduction"), blank=True, max_length=500)
    display = models.CharField(
        _("in sidebars as"), max_length=10, choices=Display, default=Display.LIST
    )
    groups = OpenStreamField(LinkGroupsBlock(), verbose_name=_("links"))

    class Meta:
        verbose_name = _("website links")
        verbose_name_plural = _("website links")

    content_panels = [*Page.content_panels, "introduction", "groups", "display"]
    search_fields = [
        *Page.search_fields,
        index.SearchField("introduction"),
        index.FilterField("alias_of_id"),
    ]
    api_fields = [
        APIField("introduction", writable=True),
        APIField("display", writable=True),
        APIField("groups", serializer=LinkGroupsField(), writable=True),
    ]

    def shown_groups(self):
        """The groups as a reader of this page's language may follow them."""
        return shown_groups(self.groups, self.locale_id)

    def get_context(self, request, *args, **kwargs):
        """Adds `groups` (see `shown_groups`)."""
        context = super().get_context(request, *args, **kwargs)
        context["groups"] = self.shown_groups()
        return context

    def get_card_context(self):
        return {"groups": self.shown_groups(), "display": self.display}

    def get_card_data(self) -> PortalLinksData:
        return {"groups": self.shown_groups(), "display": self.display}


class StatisticsPage(Widget, Page):
    """How many people visit the site."""

    parent_page_types = ["civic_widgets.WidgetIndexPage"]
    subpage_types = []
    card_template = "civic_widgets/cards/statistics.html"
    card_seconds = 60

    introduction = models.TextField(
        _("introduction"),
        blank=True,
        max_length=500,
        help_text=_(
            "The page itself says what counts: a visit ends after 30 minutes of silence; who was "
            "seen in the last five minutes is online."
        ),
    )

    class Meta:
        verbose_name = _("statistics")
        verbose_name_plural = _("statistics")

    content_panels = [*Page.content_panels, "introduction"]
    search_fields = [
        *Page.search_fields,
        index.SearchField("introduction"),
        index.FilterField("alias_of_id"),
    ]
    api_fields = [
        APIField("introduction", writable=True),
        APIField("figures_url", serializer=AddressField()),
    ]

    @property
    def home_path(self) -> str:
        """The place in the page tree of the home page above; "" before the first save."""
        return self.path[: 2 * self.steplen] if self.path else ""

    @property
    def figures_path(self) -> str:
        """Where scripts of this site read the figures; "" before the first save."""
        return reverse("civic_widgets:figures", args=[self.pk]) if self.pk else ""

    @property
    def figures_url(self) -> str:
        """Where any client reads the figures, as JSON."""
        return absolute_url(self.figures_path)

    def figures(self) -> Figures:
        """The site's figures of this moment."""
        return site_figures(self._site())

    def _site(self):
        return self.get_site() or Site.objects.get(is_default_site=True)

    def get_context(self, request, *args, **kwargs):
        """
        Adds `figures` (see `Figures`), `days` and `months` (each with `periods`, newest first,
        and the `chart` of them, see `draw_bars`), `most_read` (articles of the last
        `most_read_days`), and `wishes_honoured`: whether Do Not Track is.
        """
        context = super().get_context(request, *args, **kwargs)
        site = self._site()
        days, months = last_days(site), last_months(site)
        context["figures"] = site_figures(site)
        context["days"] = {"periods": days[::-1], "chart": draw_bars(days)}
        context["months"] = {"periods": months[::-1], "chart": draw_bars(months, monthly=True)}
        context["most_read"] = most_read(self.home_path)
        context["most_read_days"] = DAYS
        context["wishes_honoured"] = conf.VISITS_HONOUR_DO_NOT_TRACK
        return context

    def get_card_context(self):
        return {"figures": self.figures()}

    def get_card_data(self) -> PortalStatisticsData:
        return {"figures_url": self.figures_url}
