"""System checks of the app."""

from headless.checks import missing_apps


def check_required_apps(app_configs, **kwargs):
    """Check that the apps which articles need are installed (`civic_articles.E002`)."""
    return missing_apps("articles", "wagtail.contrib.table_block", id="civic_articles.E002")
