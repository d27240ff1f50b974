from django.apps import apps
from django.contrib.staticfiles import finders
from django.core.checks import Error, Warning
from django.urls import NoReverseMatch, reverse

from headless.checks import missing_apps


def check_urls(app_configs, **kwargs):
    """Every page that shows a widget names these addresses: a host that lacks them shows none."""
    try:
        reverse("civic_widgets:visit")
    except NoReverseMatch:
        return [
            Error(
                "The addresses of widgets are not served.",
                hint='Add path("widgets/", include("widgets.urls")) to your URL configuration.',
                id="widgets.E001",
            )
        ]
    return []


def check_leaflet(app_configs, **kwargs):
    """Without Leaflet's files maps stay pictures."""
    if not apps.is_installed("django.contrib.staticfiles") or finders.find("leaflet/leaflet.js"):
        return []
    return [
        Warning(
            "Leaflet's files are not among the static files.",
            hint='Add ("leaflet", xstatic.pkg.leaflet.BASE_DIR) to STATICFILES_DIRS.',
            id="widgets.W002",
        )
    ]


def check_required_apps(app_configs, **kwargs):
    """What else widgets need."""
    return missing_apps("widgets", "wagtail.contrib.settings", id="widgets.E003")
