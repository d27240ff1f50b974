from django.apps import AppConfig
from django.core.checks import register
from django.db import connections
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, post_save, pre_delete, pre_migrate, pre_save
from django.utils.translation import gettext_lazy as _


class HeadlessConfig(AppConfig):
    name = "headless"
    verbose_name = _("Headless delivery")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from wagtail.models import Page, PageViewRestriction
        from wagtail.signals import (
            post_page_move,
            pre_page_move,
        )

        from .checks import check_page_model

        register(check_page_model)
        if Page._meta.swapped:
            return  # Nothing below would work, and the check says why.

        from . import changes, purging
        from .checks import (
            check_apis,
            check_caches,
            check_preview,
            check_purging,
            check_settings,
            check_webhooks,
        )
        from .openapi import serve_ours
        from .page_fields import extend_file_schemas, extend_page_schemas
        from .routers import ROUTERS, add_routers
        from .upstream import date_picker, search_queries, spreadsheets, tag_slugs, text_fields
        from .webhooks import changes as webhook_changes

        register(check_settings)
        register(check_apis)
        register(check_caches, deploy=True)
        register(check_webhooks)
        register(check_preview)
        register(check_purging)
        for each in (date_picker, search_queries, spreadsheets, tag_slugs, text_fields):
            each.install()
        if any(each.vendor == "sqlite" for each in connections.all()):
            from .upstream import sqlite_search

            sqlite_search.install()
        extend_page_schemas()
        extend_file_schemas()
        # Wagtail's page routes, whose schema it answers with, are built only now.
        from .api import router
        from .preview_api import router as preview

        # What it answers is told apart by the names that the apps above have registered.
        from .taxonomies_api import router as taxonomies

        ROUTERS.extend([("/", router), ("/preview/", preview), ("/taxonomies/", taxonomies)])
        add_routers()
        serve_ours()
        connection_created.connect(changes.watch_connection)
        for connection in connections.all(initialized_only=True):
            changes.connect(connection)
        purging.connect()
        pre_migrate.connect(changes.pause, sender=self)
        post_migrate.connect(changes.resume, sender=self)
        pre_save.connect(webhook_changes.note_save)
        post_save.connect(webhook_changes.note_new)
        pre_page_move.connect(webhook_changes.remember_move)
        post_page_move.connect(webhook_changes.forget_move)
        pre_delete.connect(webhook_changes.note_delete, sender=Page)
        post_save.connect(webhook_changes.note_restriction, sender=PageViewRestriction)
        pre_delete.connect(webhook_changes.note_release, sender=PageViewRestriction)
