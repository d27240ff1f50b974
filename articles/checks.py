from django.core.checks import Error
from django.urls import NoReverseMatch, reverse

from headless.checks import missing_apps


def check_addresses(app_configs, **kwargs):
    """Every article names these addresses: a project that lacks them shows none."""
    try:
        reverse("reader_challenge")
    except NoReverseMatch:
        return [
            Error(
                "The addresses of articles are not served.",
                hint='Add path("portal/", include("articles.urls")) to your URL configuration.',
                id="articles.E001",
            )
        ]
    return []


def check_companions(app_configs, **kwargs):
    """What else articles and their comments need."""
    needed = ("altcha_django", "wagtail.contrib.settings", "wagtail.contrib.table_block")
    return missing_apps("articles", *needed, id="articles.E002")
