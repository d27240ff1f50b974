from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import InlinePanel
from wagtail.api import APIField
from wagtail.fields import StreamField
from wagtail.models import Page, Site
from wagtail.search import index

from headless.paths import ReadableSlugMixin, localise, published

from ..blocks import LinkGroupsBlock, shown_groups
from ..drawing import draw_map
from ..fields import (
    AreasField,
    BoundariesAPIField,
    FiguresField,
    LinkGroupsField,
    PlacesField,
)
from ..forms import MapForm
from ..visits.figures import Figures
from .settings import WidgetSettings

WIDGET_TYPES = [
    "widgets.AdministrativeMapPage",
    "widgets.WebsiteLinksPage",
    "widgets.StatisticsPage",
]


class Widget(ReadableSlugMixin):
    """
    A page that has a compact card for sidebars beside its full page.

    A page type names the template of its card, and what that needs to know.
    """

    card_template: str

    def get_card_context(self) -> dict:
        """What `card_template` prints, besides `title` and `widget` (this page)."""
        return {}


class WidgetIndexPage(ReadableSlugMixin, Page):
    """The shelf where editors keep the widgets; no section that readers look for."""

    subpage_types = WIDGET_TYPES
    show_in_menus_default = False

    class Meta:
        verbose_name = _("widgets")
        verbose_name_plural = _("widgets")

    search_fields = [*Page.search_fields, index.FilterField("alias_of_id")]

    def get_context(self, request, *args, **kwargs):
        """Adds `widgets`: the live, public pages below."""
        context = super().get_context(request, *args, **kwargs)
        context["widgets"] = published(self.get_children())
        return context


class AdministrativeMapPage(Widget, Page):
    """A map of the areas of a ward or commune, with the places that citizens look for."""

    parent_page_types = ["widgets.WidgetIndexPage"]
    subpage_types = []
    card_template = "widgets/cards/map.html"

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
        APIField("introduction"),
        APIField("boundaries", serializer=BoundariesAPIField()),
        APIField("areas", serializer=AreasField()),
        APIField("places", serializer=PlacesField()),
    ]

    def described_areas(self):
        """The areas with `shown_page`: the page they lead to, if it is public, in this language."""
        areas = list(self.areas.select_related("link_page"))
        shown = localise([area.link_page for area in areas], self.locale_id)
        shown = {page.translation_key: page for page in shown}
        for area in areas:
            page = area.link_page
            area.shown_page = shown.get(page.translation_key) if page else None
        return areas

    def get_context(self, request, *args, **kwargs):
        """Adds `map` (see `draw_map`), `areas` (with `shown_page`) and `places`."""
        context = super().get_context(request, *args, **kwargs)
        context["areas"] = self.described_areas()
        context["places"] = self.places.all()
        context["map"] = draw_map(self.boundaries, context["areas"], context["places"])
        return context

    def get_card_context(self):
        return {
            "map": draw_map(self.boundaries, self.areas.all(), self.places.all(), tolerance=2),
        }


class WebsiteLinksPage(Widget, Page):
    """The directory of other websites."""

    class Display(models.TextChoices):
        LIST = "list", _("List")
        LOGOS = "logos", _("Logos")
        SELECT = "select", _("Drop-down with a button")

    parent_page_types = ["widgets.WidgetIndexPage"]
    subpage_types = []
    card_template = "widgets/cards/links.html"

    introduction = models.TextField(_("introduction"), blank=True, max_length=500)
    display = models.CharField(
        _("in sidebars as"), max_length=10, choices=Display, default=Display.LIST
    )
    groups = StreamField(LinkGroupsBlock(), verbose_name=_("links"))

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
        APIField("introduction"),
        APIField("display"),
        APIField("groups", serializer=LinkGroupsField()),
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


class StatisticsPage(Widget, Page):
    """How many people visit the site."""

    parent_page_types = ["widgets.WidgetIndexPage"]
    subpage_types = []
    card_template = "widgets/cards/statistics.html"

    introduction = models.TextField(
        _("introduction"),
        blank=True,
        max_length=500,
        help_text=_("For example, what counts as a visit."),
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
    api_fields = [APIField("introduction"), APIField("figures", serializer=FiguresField())]

    def figures(self) -> Figures:
        """The site's figures of this moment."""
        site = self.get_site() or Site.objects.get(is_default_site=True)
        return Figures(total=WidgetSettings.for_site(site).starting_value)

    def get_context(self, request, *args, **kwargs):
        """Adds `figures` (see `Figures`)."""
        context = super().get_context(request, *args, **kwargs)
        context["figures"] = self.figures()
        return context

    def get_card_context(self):
        return {"figures": self.figures()}
