"""Configuration of the project's app."""

from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    """The project: settings, URLs, base templates and static files."""

    name = "cms_site"
    verbose_name = _("Portal")

    def ready(self):
        """Register the checks of `check --deploy`."""
        from .checks import check_hsts, check_trusted_proxies

        register(check_trusted_proxies, deploy=True)
        register(check_hsts, deploy=True)
