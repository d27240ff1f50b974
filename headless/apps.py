from django.apps import AppConfig
from django.core.checks import register
from django.db import connections
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class HeadlessConfig(AppConfig):
    name = "headless"
    verbose_name = _("Headless delivery")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from . import changes, purging
        from .checks import check_purging, check_settings
        from .page_fields import extend_page_schemas
        from .routers import add_routers

        register(check_settings)
        register(check_purging)
        extend_page_schemas()
        add_routers()
        connection_created.connect(changes.watch_connection)
        for connection in connections.all(initialized_only=True):
            changes.connect(connection)
        purging.connect()
        pre_migrate.connect(changes.pause, sender=self)
        post_migrate.connect(changes.resume, sender=self)
