"""Models of widgets, sidebars and counters."""

from .links import LinkCheck
from .maps import MapArea, MapPlace
from .pages import AdministrativeMapPage, StatisticsPage, WebsiteLinksPage, Widget, WidgetIndexPage
from .settings import WidgetSettings
from .sidebars import SidebarCard, SidebarMode
from .visits import DailyVisits, PageViews, Visitor

__all__ = [
    "AdministrativeMapPage",
    "DailyVisits",
    "LinkCheck",
    "MapArea",
    "MapPlace",
    "PageViews",
    "SidebarCard",
    "SidebarMode",
    "StatisticsPage",
    "Visitor",
    "WebsiteLinksPage",
    "Widget",
    "WidgetIndexPage",
    "WidgetSettings",
]
