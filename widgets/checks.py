"""System checks of the app."""

from django.apps import apps
from django.contrib.staticfiles import finders
from django.core.checks import Error, Warning
from django.urls import NoReverseMatch, reverse

from headless.checks import missing_apps


def check_urls(app_configs, **kwargs):
    """
    Check that `widgets.urls` is in the URL configuration (`civic_widgets.E001`).

    Every page with a widget reverses these URLs, and would raise `NoReverseMatch`.
    """
    try:
        reverse("civic_widgets:visit")
    except NoReverseMatch:
        return [
            Error(
                "The URLs of widgets are not in the URL configuration.",
                hint='Add path("widgets/", include("widgets.urls")) to your URL configuration.',
                id="civic_widgets.E001",
            )
        ]
    return []


def check_leaflet(app_configs, **kwargs):
    """
    Warn if Leaflet's static files are not found (`civic_widgets.W002`): maps are then not interactive.
    """
    if not apps.is_installed("django.contrib.staticfiles") or finders.find("leaflet/leaflet.js"):
        return []
    return [
        Warning(
            "Leaflet's files are not among the static files.",
            hint='Add ("leaflet", xstatic.pkg.leaflet.BASE_DIR) to STATICFILES_DIRS.',
            id="civic_widgets.W002",
        )
    ]


def check_required_apps(app_configs, **kwargs):
    """Check that the apps which widgets need are installed (`civic_widgets.E003`)."""
    return missing_apps("widgets", "wagtail.contrib.settings", id="civic_widgets.E003")
