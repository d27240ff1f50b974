"""
One number, raised by every change of content, makes all caches right.

The content version is the sum of `ContentChange`; `headless.cache.content_version` notices what changes.
Figures that readers change (ratings, comments) have versions of their own, one a page and kind,
which never raise it: an answer that shows some says so by `depends_on`.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping
from contextvars import ContextVar
from functools import wraps

from django.core.cache import caches
from django.core.cache.backends.locmem import LocMemCache
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from wagtail.models import Site

from .content_version import (
    content_version,
    current_versions,
)

# What the answer that is being made depends on beside content: {(kind, key): version}.
_dependencies: ContextVar[dict[tuple[str, int], int] | None] = ContextVar(
    "dependences", default=None
)


# What they find follows content in its own time: the index is renewed after the change.
SEARCHES = {"search", "q"}

_OWN = LocMemCache("civic-portal", {"OPTIONS": {"MAX_ENTRIES": 2000}})


def local_cache():
    """What a process keeps for itself: the cache `local` of a project that has one, or our own."""
    return caches["local"] if "local" in caches.settings else _OWN


def cached(request, name: str, compute):
    """
    What `compute()` gives, kept in this process until content changes or the day ends.

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


def record_dependency(kind: str, key: int, version: int) -> None:
    """Says that the answer at hand shows live figures: as of `version`, or a later one."""
    dependencies = _dependencies.get()
    if dependencies is not None:
        dependencies.setdefault((kind, key), version)


class DependencyRecorder:
    """Within it, `depends_on` is heard: `found` is {(kind, key): version}."""

    def __enter__(self) -> dict[tuple[str, int], int]:
        self.found: dict[tuple[str, int], int] = {}
        self.token = _dependencies.set(self.found)
        return self.found

    def __exit__(self, *exception):
        _dependencies.reset(self.token)


def _are_of_now(found: Mapping[tuple[str, int], int]) -> bool:
    """Whether live figures of these versions are the newest."""
    if not found:
        return True
    keys, sums = defaultdict(list), Counter()
    for (kind, key), version in found.items():
        keys[kind].append(key)
        sums[kind] += version
    return current_versions(keys)[1] == sums


def cache_response(seconds: int):
    """
    Decorates a view whose answers this process may keep, `seconds` at most.

    They are kept by address, language and content version, for requests without a token and a
    search; only an answer that is a 200 and sets no cookie, and as long as the live figures in it
    are those of now.
    """

    def decorate(view):
        @wraps(view)
        def keeping(request, *args, **kwargs):
            if "Authorization" in request.headers or SEARCHES & set(request.GET):
                return view(request, *args, **kwargs)
            parts = (
                request.get_host(),
                request.get_full_path(),
                get_language(),
                timezone.localdate(),
                content_version(request),
            )
            name = hashlib.sha256(":".join(map(str, parts)).encode()).hexdigest()
            kept = local_cache().get(name)
            if kept is None or not _are_of_now(kept[2]):
                with DependencyRecorder() as found:
                    response = view(request, *args, **kwargs)
                if response.status_code != 200 or response.cookies:
                    return response
                kept = response.content, response["Content-Type"], found
                local_cache().set(name, kept, seconds)
            content, content_type, found = kept
            for (kind, key), version in found.items():
                record_dependency(kind, key, version)
            return HttpResponse(content, content_type=content_type)

        return keeping

    return decorate
