from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _


class WidgetsConfig(AppConfig):
    name = "widgets"
    verbose_name = _("Sidebar widgets")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from django.core.checks import register
        from wagtail.api import APIField
        from wagtail.models import Page

        from headless.caching import raise_content_version
        from headless.page_fields import register_page_field
        from headless.routers import register_router

        from .api import SidebarField, router, sidebars
        from .checks import check_addresses, check_companions, check_leaflet
        from .models import SidebarCard, SidebarMode
        from .signals import forget_views

        register(check_addresses)
        register(check_companions)
        register(check_leaflet)
        register_page_field(APIField("sidebar", serializer=SidebarField()))
        register_router("/visits/", router)
        register_router("/sidebar/", sidebars)
        for model in (SidebarCard, SidebarMode):
            for signal in (post_save, post_delete):
                signal.connect(raise_content_version, sender=model)
        post_delete.connect(forget_views, sender=Page)
