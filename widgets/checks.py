from django.core.checks import Error
from django.urls import NoReverseMatch, reverse


def check_addresses(app_configs, **kwargs):
    """Every page that shows a widget names these addresses: a host that lacks them shows none."""
    try:
        reverse("widgets:visit")
    except NoReverseMatch:
        return [
            Error(
                "The addresses of widgets are not served.",
                hint='Add path("widgets/", include("widgets.urls")) to your URL configuration.',
                id="widgets.E001",
            )
        ]
    return []
