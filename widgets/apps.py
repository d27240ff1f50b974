from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WidgetsConfig(AppConfig):
    name = "widgets"
    verbose_name = _("Sidebar widgets")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from wagtail.api import APIField

        from headless.page_fields import register_page_field

        from .api import SidebarField

        register_page_field(APIField("sidebar", serializer=SidebarField()))
