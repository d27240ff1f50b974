from django.apps import AppConfig
from django.core.checks import register
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.utils.translation import gettext_lazy as _


class HeadlessConfig(AppConfig):
    name = "headless"
    verbose_name = _("Headless delivery")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from wagtail.models import Page, PageViewRestriction
        from wagtail.signals import (
            page_published,
            page_unpublished,
            post_page_move,
            pre_page_move,
        )

        from .checks import check_page_model

        register(check_page_model)
        if Page._meta.swapped:
            return  # Nothing below would work, and the check says why.

        from .caching import raise_content_version, raise_on_change
        from .checks import (
            check_caches,
            check_preview,
            check_settings,
            check_webhooks,
        )
        from .openapi import serve_ours
        from .page_fields import extend_file_schemas, extend_page_schemas
        from .routers import ROUTERS, add_routers
        from .webhooks import changes

        register(check_settings)
        register(check_caches, deploy=True)
        register(check_webhooks)
        register(check_preview)
        extend_page_schemas()
        extend_file_schemas()
        # Wagtail's page routes, whose schema it answers with, are built only now.
        from .api import router
        from .preview_api import router as preview

        ROUTERS.extend([("/", router), ("/preview/", preview)])
        add_routers()
        serve_ours()
        for signal in (post_save, post_delete):
            signal.connect(raise_on_change, dispatch_uid="headless.content_version")
        for signal in (page_published, page_unpublished, post_page_move):
            signal.connect(raise_content_version, dispatch_uid="headless.content_version")
        pre_save.connect(changes.note_save)
        post_save.connect(changes.note_new)
        pre_page_move.connect(changes.remember_move)
        post_page_move.connect(changes.forget_move)
        pre_delete.connect(changes.note_delete, sender=Page)
        post_save.connect(changes.note_restriction, sender=PageViewRestriction)
        pre_delete.connect(changes.note_release, sender=PageViewRestriction)
