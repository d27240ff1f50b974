"""
Settings for a project that installs the apps; imported by its settings.

Each function takes a setting as the project has it, and returns it with what the apps need. What is
there already is kept and nothing is repeated, so a function may be called on its own result.
"""

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from typing import Any

from xstatic.pkg import leaflet

# Above the project's apps: Wagtail builds its API v3 while its own apps start.
UPPER_APPS = ["headless", "wagtail_headless_preview"]
# Used by the apps; their place does not matter.
LOWER_APPS = [
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.table_block",
    "wagtail.api.v2",
    "rest_framework",
    "ninja",
    "django_tasks",
]

HTTP_CACHE_MIDDLEWARE = "headless.cache.http_cache.HttpCacheMiddleware"
PORTAL_MIDDLEWARE = "headless.middleware.PortalMiddleware"
SESSION_MIDDLEWARE = "django.contrib.sessions.middleware.SessionMiddleware"
CORS_MIDDLEWARE = "corsheaders.middleware.CorsMiddleware"
REDIRECT_MIDDLEWARE = "wagtail.contrib.redirects.middleware.RedirectMiddleware"
# What must stand above what, and why.
MIDDLEWARE_ORDER = [
    (CORS_MIDDLEWARE, HTTP_CACHE_MIDDLEWARE, "Else a 304 would have no CORS headers."),
    (HTTP_CACHE_MIDDLEWARE, SESSION_MIDDLEWARE, "It sees which cookies a response sets."),
    (
        "django.middleware.locale.LocaleMiddleware",
        PORTAL_MIDDLEWARE,
        "Refusals are in the reader's language.",
    ),
    (
        "django.middleware.common.CommonMiddleware",
        PORTAL_MIDDLEWARE,
        "Redirects of editors come before an appended slash.",
    ),
    (
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        PORTAL_MIDDLEWARE,
        "It asks who the user is.",
    ),
]

# Files that are uploaded are what their names say, and are stored whole.
WAGTAILDOCS_DOCUMENT_FORM_BASE = "headless.content.files.uploads.CheckedDocumentForm"
WAGTAILIMAGES_IMAGE_FORM_BASE = "headless.content.files.uploads.CheckedImageForm"

# Where verification codes are marked as used.
ALTCHA_CACHE_ALIAS = "civic_portal"

# CORS of django-cors-headers: both APIs, and the address to which front ends report page views.
CORS_URLS_REGEX = r"^/([\w-]+/)*(api/|widgets/visits/$)"
OWN_CORS_HEADERS = ["if-none-match", "x-portal-visitor"]
# The others are those that django-cors-headers allows by default.
CORS_ALLOW_HEADERS = [
    "accept",
    "authorization",
    "content-type",
    "user-agent",
    "x-csrftoken",
    "x-requested-with",
    *OWN_CORS_HEADERS,
]
CORS_EXPOSE_HEADERS = ["etag", "retry-after"]


def portal_apps(installed: Iterable[str], *upper: str) -> list[str]:
    """
    Return `INSTALLED_APPS` with ours.

    `upper` names those of our apps that the project wants, and those of the project that register
    something with `headless`: they stand above it, in this order.
    """
    first = [*upper, *UPPER_APPS]
    last = [*LOWER_APPS, *(["altcha_django"] if "feedback" in upper else [])]
    return list(dict.fromkeys([*first, *installed, *last]))


def portal_middleware(middleware: Iterable[str]) -> list[str]:
    """
    Return `MIDDLEWARE` with ours, where they belong.

    The first answers conditional requests before a session is read; the second, at the end, does
    all else. Wagtail's redirects, which lead to drafts too, are left out: the second does their
    work.
    """
    ours = {HTTP_CACHE_MIDDLEWARE, PORTAL_MIDDLEWARE, REDIRECT_MIDDLEWARE}
    names = [name for name in middleware if name not in ours]
    place = names.index(SESSION_MIDDLEWARE) if SESSION_MIDDLEWARE in names else 0
    return [*names[:place], HTTP_CACHE_MIDDLEWARE, *names[place:], PORTAL_MIDDLEWARE]


def portal_static_files(directories: Iterable[Any]) -> list[Any]:
    """Return `STATICFILES_DIRS` with the files of Leaflet, which draws the maps of `widgets`."""
    ours = ("leaflet", leaflet.BASE_DIR)
    return [*(each for each in directories if each != ours), ours]


def portal_caches(caches: Mapping[str, Any] | None) -> dict[str, Any]:
    """
    Return `CACHES` with `civic_portal`, for replay protection and limits, and renditions in memory.

    `civic_portal` is the default cache if that is shared by all processes, else a table of the
    database (`manage.py createcachetable`).
    """
    memory = "django.core.cache.backends.locmem.LocMemCache"
    found = {"default": {"BACKEND": memory}, **(caches or {})}
    shared = found["default"]
    if shared["BACKEND"] in (memory, "django.core.cache.backends.dummy.DummyCache"):
        shared = {
            "BACKEND": "headless.cache.database_cache.DatabaseCache",
            "LOCATION": "portal_cache",
        }
    renditions = {
        "BACKEND": memory,
        "LOCATION": "renditions",
        "TIMEOUT": 3600,
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
    return {ALTCHA_CACHE_ALIAS: shared, "renditions": renditions} | found


def portal_secret(secret_key: str) -> str:
    """
    Return `ALTCHA_HMAC_SECRET`, which signs readers' verification codes, derived from `SECRET_KEY`.
    """
    return hmac.new(secret_key.encode(), b"altcha", hashlib.sha256).hexdigest()
