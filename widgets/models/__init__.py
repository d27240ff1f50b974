from .maps import MapArea, MapPlace
from .pages import (
    AdministrativeMapPage,
    StatisticsPage,
    WebsiteLinksPage,
    WidgetIndexPage,
)
from .settings import WidgetSettings
from .sidebars import SidebarCard, SidebarMode

__all__ = [
    "AdministrativeMapPage",
    "MapArea",
    "MapPlace",
    "SidebarCard",
    "SidebarMode",
    "StatisticsPage",
    "WebsiteLinksPage",
    "WidgetIndexPage",
    "WidgetSettings",
]
