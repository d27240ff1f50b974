from headless.checks import missing_apps


def check_required_apps(app_configs, **kwargs):
    """What else articles need."""
    return missing_apps("articles", "wagtail.contrib.table_block", id="articles.E002")
