from headless.checks import missing_apps


def check_companions(app_configs, **kwargs):
    """What else a register of documents needs."""
    return missing_apps("directives", "wagtail.contrib.settings", id="directives.E001")
