"""Configuration of the app: signals, API routes and system checks."""

from django.apps import AppConfig
from django.db.models.signals import post_delete
from django.utils.translation import gettext_lazy as _


class WidgetsConfig(AppConfig):
    """Widgets, the sidebars that show them, and page view counting."""

    name = "widgets"
    label = "civic_widgets"
    verbose_name = _("Sidebar widgets")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Register API routes, the field `sidebar` and checks; connect signals."""
        from django.core.checks import register
        from wagtail.api import APIField
        from wagtail.models import Page

        from headless.extending import register_page_field, register_router

        from .api import SidebarField, router, sidebars
        from .checks import check_leaflet, check_required_apps, check_urls
        from .signals import delete_page_views

        register(check_urls)
        register(check_required_apps)
        register(check_leaflet)
        register_page_field(APIField("sidebar", serializer=SidebarField()))
        register_router("/visits/", router)
        register_router("/sidebar/", sidebars)
        post_delete.connect(delete_page_views, sender=Page)
