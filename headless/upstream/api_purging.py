"""
Purging of API v2 that lets publishing fail.

With `WAGTAILAPI_USE_FRONTENDCACHE`, Wagtail 8.0.1 raises `NoReverseMatch` from the signals of pages,
images and documents where the router has another name than `wagtailapi_v2`, and `TypeError` where
`WAGTAILAPI_BASE_URL` is not set. There is no issue yet. `headless.cache.frontend_cache` purges both
APIs, whatever they are called.
"""

from django.conf import settings
from django.db.backends.signals import connection_created
from wagtail.api.v2.signal_handlers import unregister_signal_handlers


def install() -> None:
    """
    Disconnect Wagtail's handlers when a database is first used.

    All apps are ready by then; ours is before Wagtail's, which connects them.
    """
    connection_created.connect(disconnect_handlers)


def disconnect_handlers(sender, **kwargs) -> None:
    """Disconnect Wagtail's handlers if the project has asked for them; receives a signal."""
    if getattr(settings, "WAGTAILAPI_USE_FRONTENDCACHE", False):
        unregister_signal_handlers()
