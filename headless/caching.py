"""
One number, raised by every change of content, makes all caches right.

The content version is the sum of `ContentChange`; `headless.changes` notices what changes.
Figures that readers change (ratings, comments) have versions of their own, one a page and kind,
which never raise it: an answer that shows some says so by `depends_on`.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from contextvars import ContextVar
from functools import wraps

from django.core.cache import caches
from django.core.cache.backends.locmem import LocMemCache
from django.db import router
from django.db.models import BigIntegerField, Max, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from wagtail.models import Site

from . import shared_versions
from .changes import NAME, note_reading, raise_version
from .models import ContentChange

LIVE: dict[str, Callable[[Iterable[int]], QuerySet]] = {}
# What the answer that is being made depends on beside content: {(kind, key): version}.
_dependences: ContextVar[dict[tuple[str, int], int] | None] = ContextVar(
    "dependences", default=None
)


# What they find follows content in its own time: the index is renewed after the change.
SEARCHES = {"search", "q"}

_OWN = LocMemCache("civic-portal", {"OPTIONS": {"MAX_ENTRIES": 2000}})


def local_cache():
    """What a process keeps for itself: the cache `local` of a project that has one, or our own."""
    return caches["local"] if "local" in caches.settings else _OWN


def content_version(request) -> int:
    """The content version, read once a request: before anything that it is to speak for."""
    if not hasattr(request, "_content_version"):
        request._content_version = current_versions({})[0]
    return request._content_version


def cached(request, name: str, compute):
    """
    What `compute()` gives, kept in this process until content changes or the day ends.

    `name` must tell everything the value depends on but the site and the active language. A
    preview is computed anew.
    """
    if getattr(request, "is_preview", False):
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


def raise_content_version(**kwargs):
    """
    Marks content as changed, with the transaction at hand.

    For what no statement of this process's database connection changes; may receive any signal.
    """
    raise_version()


def register_live_part(kind: str, versions: Callable[[Iterable[int]], QuerySet]) -> None:
    """
    Gives a kind of figures that readers change versions of their own.

    `versions(keys)` is a queryset of rows by these primary keys with `live_version`, a number that
    only rises. Whoever raises it calls `headless.changes.reread` in the same transaction.
    """
    LIVE[kind] = versions


def depends_on(kind: str, key: int, version: int) -> None:
    """Says that the answer at hand shows live figures: as of `version`, or a later one."""
    dependences = _dependences.get()
    if dependences is not None:
        dependences.setdefault((kind, key), version)


def current_versions(parts: Mapping[str, Collection[int]]) -> tuple[int, dict[str, int]]:
    """
    The content version, and of each kind in `parts` the sum of its keys' versions.

    Without a query where a shared cache knows them all, else with one.
    """
    if not shared_versions.are_shared():
        return _stored_versions(parts)
    keys = [(kind, key) for kind, keys in parts.items() for key in keys]
    names = [NAME, *(f"{kind}:{key}" for kind, key in keys)]
    known, states = shared_versions.read_versions(names)
    if len(known) < len(names):
        read = {kind: [key for k, key in keys if k == kind] for kind in parts}
        known |= _each_stored(read)
        shared_versions.keep_versions(known, states)
    sums = {
        kind: sum(known.get(f"{kind}:{key}", 0) for key in set(keys))
        for kind, keys in parts.items()
    }
    return known[NAME], sums


def _stored_versions(parts):
    wanted = {"content": _total("amount")}
    for kind, keys in parts.items():
        rows = LIVE[kind](keys).order_by().annotate(_all=Value(1)).values("_all")
        total = rows.annotate(_total=Sum("live_version")).values("_total")
        wanted[kind] = Coalesce(Max(Subquery(total, output_field=BigIntegerField())), 0)
    found = _changes().aggregate(**wanted)
    return found.pop("content"), found


def _each_stored(parts):
    found = {NAME: _changes().aggregate(content=_total("amount"))["content"]}
    for kind, keys in parts.items():
        versions = dict(LIVE[kind](keys).values_list("pk", "live_version"))
        found |= {f"{kind}:{key}": versions.get(key, 0) for key in keys}
    return found


def _total(name):
    return Coalesce(Sum(name), 0, output_field=BigIntegerField())


def _changes():
    using = router.db_for_read(ContentChange)
    note_reading(using)
    return ContentChange.objects.using(using)


class Dependences:
    """Within it, `depends_on` is heard: `found` is {(kind, key): version}."""

    def __enter__(self) -> dict[tuple[str, int], int]:
        self.found: dict[tuple[str, int], int] = {}
        self.token = _dependences.set(self.found)
        return self.found

    def __exit__(self, *exception):
        _dependences.reset(self.token)


def _are_of_now(found: Mapping[tuple[str, int], int]) -> bool:
    """Whether live figures of these versions are the newest."""
    if not found:
        return True
    keys, sums = defaultdict(list), Counter()
    for (kind, key), version in found.items():
        keys[kind].append(key)
        sums[kind] += version
    return current_versions(keys)[1] == sums


def kept_for(seconds: int):
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
                with Dependences() as found:
                    response = view(request, *args, **kwargs)
                if response.status_code != 200 or response.cookies:
                    return response
                kept = response.content, response["Content-Type"], found
                local_cache().set(name, kept, seconds)
            content, content_type, found = kept
            for (kind, key), version in found.items():
                depends_on(kind, key, version)
            return HttpResponse(content, content_type=content_type)

        return keeping

    return decorate
