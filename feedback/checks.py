from django.core.checks import Error
from django.urls import NoReverseMatch, reverse

from headless.checks import missing_apps


def check_urls(app_configs, **kwargs):
    """Report missing routes: every page that takes part names them."""
    try:
        reverse("civic_feedback:reader_challenge")
    except NoReverseMatch:
        return [
            Error(
                "The addresses of readers' feedback are not served.",
                hint='Add path("portal/", include("feedback.urls")) to your URL configuration.',
                id="civic_feedback.E001",
            )
        ]
    return []


def check_required_apps(app_configs, **kwargs):
    """Report the apps that comments and ratings need and the project does not have."""
    needed = ("altcha_django", "wagtail.contrib.settings")
    return missing_apps("feedback", *needed, id="civic_feedback.E002")
