"""
Cache values and whole responses in the process, keyed by the content version.

A response that shows live figures (ratings, comment counts) calls `record_dependency`, because
those do not raise the content version; one that shows numbers of visits calls `record_lifetime`.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps

from django.core.cache import caches
from django.core.cache.backends.locmem import LocMemCache
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from wagtail.models import Site

from .content_version import (
    content_version,
    current_versions,
)


@dataclass
class Dependencies:
    """
    What a response depends on besides the content version.

    `versions` are those of the live figures in it, by kind and key; `seconds` says how long it may
    be kept at most.
    """

    versions: dict[tuple[str, int], int] = field(default_factory=dict)
    seconds: float = 24 * 3600


_dependencies: ContextVar[Dependencies | None] = ContextVar("dependencies", default=None)


# Search results are not cached: the index is updated after the content version is raised.
SEARCH_PARAMETERS = {"search", "q"}

_OWN = LocMemCache("civic-portal", {"OPTIONS": {"MAX_ENTRIES": 2000}})


def local_cache():
    """Return the cache of this process: the project's cache `local`, else one of our own."""
    return caches["local"] if "local" in caches.settings else _OWN


def get_or_compute(request, name: str, compute):
    """
    Return the cached result of `compute()`, valid until content changes or the day ends.

    `name` must tell everything the value depends on but the site and the active language. A
    preview is computed anew, and so is what is asked outside of a request.
    """
    if request is None or getattr(request, "is_preview", False):
        return compute()
    site = Site.find_for_request(request)
    parts = (
        site and site.pk,
        request.get_host(),
        content_version(request),
        timezone.localdate(),
        get_language(),
        name,
    )
    return local_cache().get_or_set(":".join(map(str, parts)), compute, 3600)


def count_by_version(request, name: str, filters: Mapping[str, object], rows: QuerySet) -> int:
    """Return the number of `rows`, counted once a content version for each set of filters."""
    return compute_by_filters(request, f"count:{name}", filters, rows.order_by().count)


def compute_by_filters(request, name: str, filters: Mapping[str, object], compute):
    """
    Return the result of `compute()` as `get_or_compute` does, for each set of filters.

    `name` and `filters` must tell all that it depends on.
    """
    digest = hashlib.sha256(repr(sorted(filters.items())).encode()).hexdigest()
    return get_or_compute(request, f"{name}:{digest}", compute)


def keep_by_version(request, name: str, compute):
    """
    Return the cached result of `compute()`, valid for all sites and languages until content changes.
    """
    parts = content_version(request), name
    return local_cache().get_or_set(":".join(map(str, parts)), compute, 3600)


def by_kind(found: Mapping[tuple[str, int], int]) -> tuple[dict[str, list[int]], Counter[str]]:
    """Return the keys of live figures in order, and the sum of their versions, by kind."""
    keys: dict[str, list[int]] = defaultdict(list)
    sums: Counter[str] = Counter()
    for (kind, key), version in sorted(found.items()):
        keys[kind].append(key)
        sums[kind] += version
    return keys, sums


def record_dependency(kind: str, key: int, version: int) -> None:
    """Record that the current response shows live figures of `key` as of `version`."""
    dependencies = _dependencies.get()
    if dependencies is not None:
        dependencies.versions.setdefault((kind, key), version)


def record_lifetime(seconds: float) -> None:
    """Record that the current response is true for at most so many seconds."""
    dependencies = _dependencies.get()
    if dependencies is not None:
        dependencies.seconds = min(dependencies.seconds, seconds)


class DependencyRecorder:
    """Collect the calls of `record_dependency` and `record_lifetime` within the block."""

    def __enter__(self) -> Dependencies:
        self.found = Dependencies()
        self.token = _dependencies.set(self.found)
        return self.found

    def __exit__(self, *exception):
        _dependencies.reset(self.token)


def _are_current(found: Mapping[tuple[str, int], int]) -> bool:
    """Return whether the live figures still have these versions."""
    if not found:
        return True
    keys, sums = by_kind(found)
    return current_versions(keys)[1] == sums


def cache_response(seconds: int):
    """
    Return a decorator that caches a view's responses in this process, for at most `seconds`.

    The key is URL, language, date and content version. Requests with an `Authorization` header and
    searches bypass the cache. A response is stored only if its status is 200 and it sets no cookie,
    and is served only while the live figures in it are current.
    """

    def decorate(view):
        @wraps(view)
        def cached_view(request, *args, **kwargs):
            if "Authorization" in request.headers or SEARCH_PARAMETERS & set(request.GET):
                return view(request, *args, **kwargs)
            parts = (
                request.get_host(),
                request.get_full_path(),
                get_language(),
                timezone.localdate(),
                content_version(request),
            )
            name = hashlib.sha256(":".join(map(str, parts)).encode()).hexdigest()
            stored = local_cache().get(name)
            if stored is None or not _are_current(stored[2]):
                with DependencyRecorder() as found:
                    response = view(request, *args, **kwargs)
                record_lifetime(found.seconds)
                if response.status_code != 200 or response.cookies:
                    return response
                stored = response.content, response["Content-Type"], found.versions
                local_cache().set(name, stored, seconds)
            content, content_type, found = stored
            for (kind, key), version in found.items():
                record_dependency(kind, key, version)
            return HttpResponse(content, content_type=content_type)

        return cached_view

    return decorate
