from django.apps import AppConfig
from django.core.checks import register
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _


class HeadlessConfig(AppConfig):
    name = "headless"
    verbose_name = _("Headless delivery")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from wagtail.signals import page_published, page_unpublished, post_page_move

        from .caching import raise_content_version, raise_on_change
        from .checks import check_settings
        from .openapi import serve_ours
        from .page_fields import extend_file_schemas, extend_page_schemas
        from .routers import add_routers

        register(check_settings)
        extend_page_schemas()
        extend_file_schemas()
        add_routers()
        serve_ours()
        for signal in (post_save, post_delete):
            signal.connect(raise_on_change, dispatch_uid="headless.content_version")
        for signal in (page_published, page_unpublished, post_page_move):
            signal.connect(raise_content_version, dispatch_uid="headless.content_version")
