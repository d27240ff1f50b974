from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db import connections
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, post_save, pre_delete, pre_migrate, pre_save
from django.utils.translation import gettext_lazy as _


class HeadlessConfig(AppConfig):
    name = "headless"
    label = "civic_headless"
    verbose_name = _("Headless delivery")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from wagtail.documents import get_document_model
        from wagtail.models import Page, PageViewRestriction
        from wagtail.signals import (
            copy_for_translation_done,
            post_page_move,
            pre_page_move,
        )

        from .checks import check_page_model

        register(check_page_model)
        if Page._meta.swapped:
            return  # Nothing below would work, and the check says why.

        from . import upstream
        from .api.openapi import serve_ours
        from .api.page_schemas import extend_file_schemas, extend_page_schemas
        from .api.routers import add_routers
        from .cache import content_version, frontend_cache
        from .checks import (
            check_apis,
            check_caches,
            check_preview,
            check_purging,
            check_redirects,
            check_settings,
            check_shadowed_packages,
            check_webhooks,
        )
        from .content import download_names, term_translations
        from .database_checks import check_history, check_vendor
        from .extending import ROUTERS
        from .webhooks import outbox as webhook_changes

        upstream.install()
        register(check_settings)
        register(check_shadowed_packages)
        register(check_vendor, Tags.database)
        register(check_history, Tags.database)
        register(check_apis)
        register(check_caches, deploy=True)
        register(check_webhooks)
        register(check_preview)
        register(check_purging)
        register(check_redirects)
        extend_page_schemas()
        extend_file_schemas()
        # Wagtail's page routes, whose schema it answers with, are built only now.
        from .api.preview import router as preview

        # What it answers is told apart by the names that the apps above have registered.
        from .api.taxonomies import router as taxonomies
        from .api.v3 import router

        ROUTERS.extend([("/", router), ("/preview/", preview), ("/taxonomies/", taxonomies)])
        upstream.install_on_routes()
        add_routers()
        serve_ours()
        connection_created.connect(content_version.watch_connection)
        for connection in connections.all(initialized_only=True):
            content_version.connect(connection)
        frontend_cache.connect()
        pre_migrate.connect(content_version.pause, sender=self)
        post_migrate.connect(content_version.resume, sender=self)
        pre_save.connect(download_names.keep_given_name, sender=get_document_model())
        post_save.connect(download_names.save_given_name, sender=get_document_model())
        post_save.connect(term_translations.move_to_translation)
        copy_for_translation_done.connect(term_translations.use_translations)
        pre_save.connect(webhook_changes.note_save)
        post_save.connect(webhook_changes.note_new)
        pre_page_move.connect(webhook_changes.remember_move)
        post_page_move.connect(webhook_changes.forget_move)
        pre_delete.connect(webhook_changes.note_delete, sender=Page)
        post_save.connect(webhook_changes.note_restriction, sender=PageViewRestriction)
        pre_delete.connect(webhook_changes.note_release, sender=PageViewRestriction)
