"""System checks of a project's settings, middleware and installed apps."""

from difflib import get_close_matches
from pathlib import Path
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.db import BaseDatabaseCache
from django.core.cache.backends.dummy import DummyCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.checks import Error, Warning
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django_tasks import task_backends
from django_tasks.backends.immediate import ImmediateBackend
from wagtail.contrib.frontend_cache.utils import get_backends
from wagtail.models import Page, get_page_models
from wagtail_headless_preview.settings import DEFAULTS as PREVIEW_SETTINGS

from .cache.frontend_cache import is_configured, v2_detail_paths, v3_detail_paths
from .conf import DECLARED, PREFIX, conf, shared_cache_alias
from .content.client_preview import PLACEHOLDER, ClientPreviewMixin
from .defaults import (
    CORS_EXPOSE_HEADERS,
    CORS_MIDDLEWARE,
    HTTP_CACHE_MIDDLEWARE,
    MIDDLEWARE_ORDER,
    OWN_CORS_HEADERS,
    PORTAL_MIDDLEWARE,
)
from .extending import V2_NAMESPACES, PortalEndpoint


def check_settings(app_configs, **kwargs):
    """Report `CIVIC_PORTAL_` settings that do not exist or have a value of the wrong type."""
    errors = []
    for name in sorted(set(dir(settings))):
        if not name.startswith(PREFIX):
            continue
        if name not in DECLARED:
            own = [each.removeprefix(PREFIX) for each in DECLARED]
            near = get_close_matches(name.removeprefix(PREFIX), own, n=1)
            errors.append(
                Error(
                    f"There is no setting {name}.",
                    hint=f"Did you mean {PREFIX}{near[0]}?"
                    if near
                    else "docs/plugin.md lists all settings.",
                    id="civic_headless.E001",
                )
            )
            continue
        try:
            DECLARED[name].validate(getattr(settings, name))
        except ValueError as error:
            reasons = "; ".join(each["msg"] for each in error.errors())
            errors.append(
                Error(
                    f"The setting {name} has a value of the wrong type: {reasons}.",
                    hint=DECLARED[name].help_text,
                    id="civic_headless.E002",
                )
            )
    return errors


def check_frontend_cache(app_configs, **kwargs):
    """
    Report a front-end cache configuration that cannot be purged.

    Errors while purging are only logged, so that they never stop an editor from publishing.
    """
    found = []
    if getattr(settings, "WAGTAILAPI_USE_FRONTENDCACHE", False):
        found.append(
            Warning(
                "WAGTAILAPI_USE_FRONTENDCACHE has no effect: “headless” purges both APIs.",
                hint="Remove it. The caches are configured by WAGTAILFRONTENDCACHE alone.",
                id="civic_headless.W001",
            )
        )
    if not is_configured():
        return found
    try:
        get_backends()
    except Exception as error:  # noqa: BLE001 backends raise errors of any type; they are reported
        found.append(
            Warning(
                f"Nothing will be purged: WAGTAILFRONTENDCACHE is invalid ({error!r}).",
                id="civic_headless.W002",
            )
        )
    missing = [
        name
        for name, paths in (("v2", v2_detail_paths), ("v3", v3_detail_paths))
        if not paths("pages", 1)
    ]
    if missing:
        found.append(
            Warning(
                f"Pages will not be purged from API {' and '.join(missing)}, which is not served.",
                hint=(
                    "Include headless.api.v2.router_v2 and wagtail.api.v3.urls.api in the URL "
                    "configuration, with their own namespaces."
                ),
                id="civic_headless.W003",
            )
        )
    return found


def missing_apps(app: str, *needed: str, id: str) -> list[Error]:
    """Return an error for each app of `needed` that `app` requires and that is not installed."""
    return [
        Error(
            f"“{app}” needs “{name}”, which is not installed.",
            hint=f"Add “{name}” to INSTALLED_APPS.",
            id=id,
        )
        for name in needed
        if not apps.is_installed(name)
    ]


# What API v2 may consist of.
ENDPOINT_NAMES = ("pages", "images", "documents", "redirects")


def check_apis(app_configs, **kwargs):
    """Report apps without which API v2 fails, and endpoints of it that are not ours."""
    paths = v2_detail_paths("pages", 1)
    if not paths:
        return []
    found = missing_apps("headless", "wagtail.api.v2", "rest_framework", id="civic_headless.E011")
    for namespace in V2_NAMESPACES:
        for name in ENDPOINT_NAMES:
            try:
                view = resolve(reverse(f"{namespace}:{name}:listing")).func
            except (NoReverseMatch, Resolver404):
                continue
            if not issubclass(view.cls, PortalEndpoint):
                found.append(
                    Warning(
                        f"“{namespace}:{name}” of API v2 is answered by {view.cls.__name__}, which "
                        "is not Civic Portal's.",
                        hint=(
                            "Two routers have this namespace, or the project's router has an "
                            "endpoint of this name. Inherit the class from headless.api.v2, or name the router "
                            "otherwise, or silence this check: the endpoint has no entity tags, "
                            "rate limit or fields of Civic Portal."
                        ),
                        id="civic_headless.W017",
                    )
                )
    return found


def check_middleware(app_configs, **kwargs):
    """Report middleware of ours that is missing or misplaced."""
    order = list(settings.MIDDLEWARE)
    missing = [name for name in (HTTP_CACHE_MIDDLEWARE, PORTAL_MIDDLEWARE) if name not in order]
    found = [
        Warning(
            f"“{name}” is missing from MIDDLEWARE.",
            hint="Use portal_middleware() of headless.defaults, or docs/plugin.md's list.",
            id="civic_headless.W012",
        )
        for name in missing
    ]
    found += [
        Warning(
            f"“{lower}” must stand below “{upper}” in MIDDLEWARE.",
            hint=f"{reason} Use portal_middleware() of headless.defaults, or docs/plugin.md's list.",
            id="civic_headless.W014",
        )
        for upper, lower, reason in MIDDLEWARE_ORDER
        if upper in order and lower in order and order.index(lower) < order.index(upper)
    ]
    return found


def check_cors(app_configs, **kwargs):
    """Report CORS settings with which browsers refuse what front ends send or read."""
    if CORS_MIDDLEWARE not in settings.MIDDLEWARE:
        return []
    found = []
    for name, needed in (
        ("CORS_ALLOW_HEADERS", OWN_CORS_HEADERS),
        ("CORS_EXPOSE_HEADERS", CORS_EXPOSE_HEADERS),
    ):
        given = {each.lower() for each in getattr(settings, name, ())}
        lacking = [each for each in needed if each not in given]
        if lacking:
            found.append(
                Warning(
                    f"{name} lacks {', '.join(lacking)}.",
                    hint=f"Set it to {name} of headless.defaults.",
                    id="civic_headless.W018",
                )
            )
    return found


def check_redirects(app_configs, **kwargs):
    """Report Wagtail's redirect middleware, which reveals the slugs of drafts and private pages."""
    stock = "wagtail.contrib.redirects.middleware.RedirectMiddleware"
    if stock not in settings.MIDDLEWARE:
        return []
    return [
        Warning(
            f"“{stock}” redirects to pages that are not public.",
            hint=f"Remove it: “{PORTAL_MIDDLEWARE}” does its work.",
            id="civic_headless.W013",
        )
    ]


# The top-level packages of this distribution.
OWN_PACKAGES = ("articles", "directives", "feedback", "widgets")


def check_shadowed_packages(app_configs, **kwargs):
    """Report packages of the project that shadow those of Civic Portal on the import path."""
    home = Path(__file__).resolve().parent.parent
    return [
        Warning(
            f"The package “{config.name}” in {config.path} shadows that of Civic Portal.",
            hint=(
                f"Civic Portal's “{config.name}” cannot be imported beside it. Move yours into a package "
                "of your project, for example town.articles; the app labels need not change."
            ),
            id="civic_headless.W015",
        )
        for config in apps.get_app_configs()
        if config.name in OWN_PACKAGES and Path(config.path).resolve().parent != home
    ]


def check_page_model(app_configs, **kwargs):
    """Report a swapped page model, which our page types and wagtail-localize do not support."""
    if not Page._meta.swapped:
        return []
    return [
        Error(
            f"The apps of Civic Portal do not work with a swapped page model: "
            f"{Page._meta.swapped}.",
            hint=(
                "Remove WAGTAIL_PAGE_MODEL. Our page types inherit wagtailcore.Page, and "
                "wagtail-localize does not support another model either."
            ),
            id="civic_headless.E003",
        )
    ]


def check_caches(app_configs, **kwargs):
    """
    Report a cache that is not shared by all processes: replay protection and rate limits would
    count by process.
    """
    if not isinstance(caches[shared_cache_alias()], (LocMemCache, DummyCache)):
        return []
    return [
        Warning(
            f"The cache “{shared_cache_alias()}” is not shared by all processes.",
            hint=(
                "With several workers a verification code can be replayed in each, and rate limits count "
                "by worker. Set CACHES['civic_portal'] to a shared cache: Redis, Memcached or "
                "the database."
            ),
            id="civic_headless.W004",
        )
    ]


def check_rendition_cache(app_configs, **kwargs):
    """Report that Wagtail caches renditions in the database: each picture costs queries and a write."""
    if "renditions" in settings.CACHES or not isinstance(caches["default"], BaseDatabaseCache):
        return []
    return [
        Warning(
            "Wagtail keeps its cache of renditions in the database.",
            hint=(
                "Each picture of a page costs queries and a write. Give CACHES['renditions'] a cache in "
                "memory, as portal_caches() of headless.defaults does."
            ),
            id="civic_headless.W019",
        )
    ]


def check_webhooks(app_configs, **kwargs):
    """Report tasks that run immediately: requests would wait for the receivers of webhooks."""
    waits = isinstance(task_backends["default"], ImmediateBackend)
    if conf.WEBHOOKS_SENT_BY != "task" or not waits:
        return []
    return [
        Warning(
            "Webhooks are sent by tasks, and tasks run within the request that publishes.",
            hint=(
                "Set TASKS to a backend with a worker, or "
                "CIVIC_PORTAL_WEBHOOKS_SENT_BY to “thread” or “command”."
            ),
            id="civic_headless.W010",
        )
    ]


def check_preview(app_configs, **kwargs):
    """
    Report settings of wagtail-headless-preview that are ignored or fail when an editor previews.
    """
    asked = getattr(settings, "WAGTAIL_HEADLESS_PREVIEW", {})
    errors = []
    for name in sorted(set(asked) - set(PREVIEW_SETTINGS)):
        near = get_close_matches(name, PREVIEW_SETTINGS, n=1)
        hint = f"Did you mean {near[0]}?" if near else f"There are {', '.join(PREVIEW_SETTINGS)}."
        errors.append(
            Error(
                f"WAGTAIL_HEADLESS_PREVIEW has no setting {name}.",
                hint=hint,
                id="civic_headless.E020",
            )
        )
    urls = asked.get("CLIENT_URLS") or {}
    if not isinstance(urls, dict):
        return [
            *errors,
            Error(
                "CLIENT_URLS of WAGTAIL_HEADLESS_PREVIEW must be a dictionary.",
                hint='For example {"default": "https://front.example/preview"}.',
                id="civic_headless.E021",
            ),
        ]
    errors += [
        Error(
            f"The client URL of “{host}” in WAGTAIL_HEADLESS_PREVIEW is invalid: {url}",
            hint=(
                "It must begin with http://, https:// or {SITE_ROOT_URL}, the only placeholder, and "
                "must not contain “?” or “#”, because a query is appended to it."
            ),
            id="civic_headless.E022",
        )
        for host, url in urls.items()
        if not _is_client_url(url)
    ]
    without = [
        model._meta.label
        for model in get_page_models()
        if model is not Page and not issubclass(model, ClientPreviewMixin)
    ]
    if urls and without:
        errors.append(
            Warning(
                f"Front ends cannot preview pages of the types {', '.join(without)}.",
                hint="Add headless.content.client_preview.ClientPreviewMixin to their base classes, before Page.",
                id="civic_headless.W023",
            )
        )
    return errors


def _is_client_url(url) -> bool:
    if not isinstance(url, str):
        return False
    url = url.replace(PLACEHOLDER, "https://site.example", 1) if url.startswith("{") else url
    parts = urlsplit(url)
    plain = not (parts.query or parts.fragment or set("{}?#") & set(url))
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and plain
