"""App configuration: connect signals, system checks, API schemas and workarounds."""

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db import connections
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, post_save, pre_delete, pre_migrate, pre_save
from django.utils.translation import gettext_lazy as _


class HeadlessConfig(AppConfig):
    """Configuration of the app `headless`."""

    name = "headless"
    label = "civic_headless"
    verbose_name = _("Headless delivery")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """
        Connect everything that must be connected at startup; later steps rely on earlier ones.
        """
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
            return  # Nothing below works with another page model, and the check reports it.

        from . import upstream
        from .api.openapi import replace_openapi_view
        from .api.page_schemas import extend_file_schemas, extend_page_schemas
        from .api.routers import add_routers
        from .cache import content_version, frontend_cache, response_cache
        from .checks import (
            check_apis,
            check_caches,
            check_cors,
            check_frontend_cache,
            check_middleware,
            check_preview,
            check_redirects,
            check_rendition_cache,
            check_settings,
            check_shadowed_packages,
            check_webhooks,
        )
        from .content import restricted_paths, search, term_translations
        from .content.files import download_names, former_files
        from .database_checks import check_history, check_vendor
        from .extending import ROUTERS
        from .webhooks import outbox

        upstream.install()
        restricted_paths.keep_by_version = response_cache.keep_by_version
        register(check_settings)
        register(check_shadowed_packages)
        register(check_vendor, Tags.database)
        register(check_history, Tags.database)
        register(check_apis)
        register(check_middleware)
        register(check_cors)
        register(check_rendition_cache)
        register(check_caches, deploy=True)
        register(check_webhooks)
        register(check_preview)
        register(check_frontend_cache)
        register(check_redirects)
        extend_page_schemas()
        extend_file_schemas()
        # Imported after Wagtail's page schemas are extended, since the routes use them.
        from .api.preview import router as preview

        # Imported after all apps have registered their taxonomies, which its schema lists.
        from .api.taxonomies import router as taxonomies
        from .api.v3 import router

        ROUTERS.extend([("/", router), ("/preview/", preview), ("/taxonomies/", taxonomies)])
        upstream.install_on_routes()
        add_routers()
        replace_openapi_view()
        connection_created.connect(content_version.watch_new_connection)
        connection_created.connect(search.add_sqlite_function)
        for connection in connections.all(initialized_only=True):
            content_version.connect(connection)
            if connection.connection is not None:
                search.add_sqlite_function(None, connection)
        frontend_cache.connect()
        pre_migrate.connect(content_version.pause, sender=self)
        post_migrate.connect(content_version.resume, sender=self)
        pre_save.connect(former_files.record_replaced_file, sender=get_document_model())
        pre_save.connect(download_names.keep_given_name, sender=get_document_model())
        post_save.connect(download_names.save_given_name, sender=get_document_model())
        post_save.connect(term_translations.move_to_translation)
        copy_for_translation_done.connect(term_translations.use_translations)
        pre_save.connect(outbox.record_save)
        post_save.connect(outbox.record_creation)
        pre_page_move.connect(outbox.snapshot_before_move)
        post_page_move.connect(outbox.discard_move_snapshot)
        pre_delete.connect(outbox.record_deletion, sender=Page)
        post_save.connect(outbox.record_restriction, sender=PageViewRestriction)
        pre_delete.connect(outbox.record_restriction_removal, sender=PageViewRestriction)
