"""Page types of widgets: map, link directory and statistics."""

from django.db import models
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import InlinePanel
from wagtail.api import APIField
from wagtail.models import Page, Site, get_page_models
from wagtail.search import index

from headless.content.admin.panels import MENU_PANELS, SECTION_PROMOTE_PANELS
from headless.content.client_preview import ClientPreviewMixin
from headless.content.links.absolute_urls import absolute_url
from headless.content.requests.render_state import object_state
from headless.content.texts.slugs import ReadableSlugMixin
from headless.content.texts.stream_fields import OpenStreamField
from headless.content.translation import published_translations
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
    Mixin of page types that have a compact card for sidebars beside their full page.

    Subclasses of any app are widgets: editors can create them below the widget index (with
    `parent_page_types = ["civic_widgets.WidgetIndexPage"]`) and choose them for sidebars. A
    subclass sets `card_template` and returns its context from `get_card_context`.
    """

    card_template: str
    # Cache lifetime of a rendered card in seconds; None: until the content version changes.
    card_seconds: int | None = None

    def get_card_context(self) -> dict:
        """Return the context of `card_template`, besides `title` and `widget` (this page)."""
        return {}

    def get_card_data(self) -> dict:
        """
        Return JSON-serialisable data from which an API client renders the card.

        The return annotation, a `TypedDict`, is its type in the OpenAPI document.
        """
        return {}


def widget_types() -> list[type[Page]]:
    """Return the page types that are widgets, in all apps."""
    return [model for model in get_page_models() if issubclass(model, Widget)]


class WidgetIndexPage(ClientPreviewMixin, ReadableSlugMixin, Page):
    """The parent page of widgets; hidden from menus."""

    show_in_menus_default = False

    class Meta:
        verbose_name = _("widgets")
        verbose_name_plural = _("widgets")

    content_panels = [*Page.content_panels, *MENU_PANELS]
    promote_panels = SECTION_PROMOTE_PANELS
    search_fields = [*Page.search_fields, index.FilterField("alias_of_id")]

    @classmethod
    def clean_subpage_models(cls):
        """Return all widget types; `subpage_types` cannot name those of other apps."""
        return widget_types()

    def get_context(self, request, *args, **kwargs):
        """Add `widgets`: the live, public child pages."""
        context = super().get_context(request, *args, **kwargs)
        context["widgets"] = published(self.get_children())
        return context


class AdministrativeMapPage(Widget, Page):
    """A map of administrative areas and public places."""

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
        """Return the path of the GeoJSON, for scripts of the site; "" before the first save."""
        return reverse("civic_widgets:map", args=[self.pk]) if self.pk else ""

    @property
    def geojson_url(self) -> str:
        """Return the absolute URL of the GeoJSON."""
        return absolute_url(self.geojson_path)

    def geojson(self) -> dict:
        """Return areas and places as one FeatureCollection, in the page's language."""
        with translation.override(self.locale.language_code):
            return describe_map(self.boundaries, self.described_areas(), self.places.all())

    def described_areas(self):
        """
        Return all areas; boundaries without a `MapArea` get an unsaved one with the boundary's
        name.

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
        shown = published_translations([area.link_page for area in areas], self.locale_id)
        shown = {page.translation_key: page for page in shown}
        for area in areas:
            object_state(area).shown_pages["link_page"] = shown
        return areas

    def get_context(self, request, *args, **kwargs):
        """
        Add `map` (see `draw_map`), `areas` (with `shown_page`), `places`, `tiles` and
        `geojson_path`.

        `tiles` has `url` and `attribution`, "" without a tile server. `geojson_path` is "" in a
        preview, because the view serves the published state.
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
    """A directory of links to other websites."""

    class Display(models.TextChoices):
        """How a sidebar shows the links."""

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
        """Return the groups with the links visible in this page's language."""
        return shown_groups(self.groups, self.locale_id)

    def get_context(self, request, *args, **kwargs):
        """Add `groups` (see `shown_groups`)."""
        context = super().get_context(request, *args, **kwargs)
        context["groups"] = self.shown_groups()
        return context

    def get_card_context(self):
        return {"groups": self.shown_groups(), "display": self.display}

    def get_card_data(self) -> PortalLinksData:
        return {"groups": self.shown_groups(), "display": self.display}


class StatisticsPage(Widget, Page):
    """Visits of the site as figures, charts and most-read articles."""

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
        """Return the tree path of the home page above; "" before the first save."""
        return self.path[: 2 * self.steplen] if self.path else ""

    @property
    def figures_path(self) -> str:
        """
        Return the path of the figures as JSON, for scripts of the site; "" before the first save.
        """
        return reverse("civic_widgets:figures", args=[self.pk]) if self.pk else ""

    @property
    def figures_url(self) -> str:
        """Return the absolute URL of the figures as JSON."""
        return absolute_url(self.figures_path)

    def figures(self) -> Figures:
        """Return the current figures of the site."""
        return site_figures(self._site())

    def _site(self):
        return self.get_site() or Site.objects.get(is_default_site=True)

    def get_context(self, request, *args, **kwargs):
        """
        Add the figures of the site and their series.

        `figures` is a `Figures`; `days` and `months` have `periods`, newest first, and their
        `chart` (see `draw_bars`); `most_read` has the articles of the last `most_read_days`;
        `honours_do_not_track` is whether readers with DNT are excluded.
        """
        context = super().get_context(request, *args, **kwargs)
        site = self._site()
        days, months = last_days(site), last_months(site)
        context["figures"] = site_figures(site)
        context["days"] = {"periods": days[::-1], "chart": draw_bars(days)}
        context["months"] = {"periods": months[::-1], "chart": draw_bars(months, monthly=True)}
        context["most_read"] = most_read(self.home_path)
        context["most_read_days"] = DAYS
        context["honours_do_not_track"] = conf.VISITS_HONOUR_DO_NOT_TRACK
        return context

    def get_card_context(self):
        return {"figures": self.figures()}

    def get_card_data(self) -> PortalStatisticsData:
        return {"figures_url": self.figures_url}
