from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Home page")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from headless.extending import SiteField, register_site_field

        from .fields import PortalAgency, describe_site_agency

        register_site_field("agency", SiteField(PortalAgency, describe_site_agency))
