from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "cms_site"
    verbose_name = _("Portal")

    def ready(self):
        from .checks import check_hsts, check_trusted_proxies

        register(check_trusted_proxies, deploy=True)
        register(check_hsts, deploy=True)
