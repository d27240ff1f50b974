from django.core.checks import Error
from django.urls import NoReverseMatch, reverse

from headless.checks import missing_apps


def check_urls(app_configs, **kwargs):
    """Check that `feedback.urls` is in the URL configuration (`civic_feedback.E001`)."""
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
    """Check that the apps which feedback needs are installed (`civic_feedback.E002`)."""
    needed = ("altcha_django", "wagtail.contrib.settings")
    return missing_apps("feedback", *needed, id="civic_feedback.E002")
