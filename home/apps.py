"""Configuration of the app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """The home page, and the agency whose portal a site is."""

    name = "home"
    verbose_name = _("Home page")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Register the agency as a field of the site in API v3."""
        from headless.extending import SiteField, register_site_field

        from .fields import PortalAgency, describe_site_agency

        register_site_field("agency", SiteField(PortalAgency, describe_site_agency))
