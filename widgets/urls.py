"""URLs of counting, figures and map data; included by the host project."""

from django.urls import path, register_converter
from django.urls.converters import IntConverter

from . import views


class PageIdConverter(IntConverter):
    """Match a number of at most 18 digits, which fits a BIGINT."""

    regex = "[0-9]{1,18}"


register_converter(PageIdConverter, "page_id")

app_name = "civic_widgets"
urlpatterns = [
    path("visits/", views.visit, name="visit"),
    path("visits/<page_id:page_id>.gif", views.visit_pixel, name="visit_pixel"),
    path("figures/<page_id:page_id>.json", views.figures, name="figures"),
    path("maps/<page_id:page_id>.geojson", views.map_geojson, name="map"),
]
