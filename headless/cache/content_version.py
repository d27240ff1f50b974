"""
One number, raised by every change of content, makes all caches right.

The content version is the sum of `ContentChange`; `headless.cache.content_version` notices what changes.
Figures that readers change (ratings, comments) have versions of their own, one a page and kind,
which never raise it: an answer that shows some says so by `depends_on`.
"""

from collections.abc import Collection, Mapping
from functools import partial
from itertools import count
from time import time

from django.db import router, transaction
from django.db.models import BigIntegerField, Max, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from ..content.render_state import request_state
from ..extending import LIVE_VERSIONS
from . import version_store
from .content_tables import changes_content
from .models import ContentChange


def content_version(request) -> int:
    """The content version, read once a request: before anything that it is to speak for."""
    state = request_state(request)
    if state.content_version is None:
        state.content_version = current_versions({})[0]
    return state.content_version


def current_versions(parts: Mapping[str, Collection[int]]) -> tuple[int, dict[str, int]]:
    """
    The content version, and of each kind in `parts` the sum of its keys' versions.

    Without a query where a shared cache knows them all, else with one.
    """
    if not version_store.are_shared():
        return _stored_versions(parts)
    keys = [(kind, key) for kind, keys in parts.items() for key in keys]
    names = [NAME, *(f"{kind}:{key}" for kind, key in keys)]
    known, states = version_store.read_versions(names)
    if len(known) < len(names):
        read = {kind: [key for k, key in keys if k == kind] for kind in parts}
        known |= _each_stored(read)
        version_store.keep_versions(known, states)
    sums = {
        kind: sum(known.get(f"{kind}:{key}", 0) for key in set(keys))
        for kind, keys in parts.items()
    }
    return known[NAME], sums


def _stored_versions(parts):
    wanted = {"content": _total("amount")}
    for kind, keys in parts.items():
        rows = LIVE_VERSIONS[kind](keys).order_by().annotate(_all=Value(1)).values("_all")
        total = rows.annotate(_total=Sum("live_version")).values("_total")
        wanted[kind] = Coalesce(Max(Subquery(total, output_field=BigIntegerField())), 0)
    found = _content_changes().aggregate(**wanted)
    return found.pop("content"), found


def _each_stored(parts):
    found = {NAME: _content_changes().aggregate(content=_total("amount"))["content"]}
    for kind, keys in parts.items():
        versions = dict(LIVE_VERSIONS[kind](keys).values_list("pk", "live_version"))
        found |= {f"{kind}:{key}": versions.get(key, 0) for key in keys}
    return found


def _total(name):
    return Coalesce(Sum(name), 0, output_field=BigIntegerField())


def _content_changes():
    using = router.db_for_read(ContentChange)
    mark_version_read(using)
    return ContentChange.objects.using(using)


NAME = "content"

# Databases that are being migrated: our own table may not be there yet.
_paused: set[str] = set()
COMPACT_EVERY = 64
_changes = count(1)


class VersionBump:
    """
    What is left to do once a transaction that raises the content version is committed.

    As long as Django holds it, what it stands for is in the transaction: both go with the same savepoint.
    `known` says that the version was read since, so that another change has to raise it again.
    """

    def __init__(self, using: str, opened: str, tidy: bool):
        self.using, self.opened, self.tidy = using, opened, tidy
        self.known = False
        # Django names what fails after a commit by this.
        self.__qualname__ = type(self).__qualname__

    def __call__(self):
        self.known = True
        if self.opened:
            version_store.close_version(NAME, self.opened)
        if self.tidy:
            compact_sometimes(self.using)


def watch(execute, sql, params, many, context):
    """Around every statement (`connection.execute_wrappers`): raises the version with a change."""
    connection = context["connection"]
    if (
        not isinstance(sql, str)
        or connection.alias in _paused
        or not changes_content(sql, params, many)
    ):
        return execute(sql, params, many, context)
    if connection.in_atomic_block or not connection.get_autocommit():
        result = execute(sql, params, many, context)
        bump_version(connection.alias)
        return result
    if connection.vendor == "sqlite" and "RETURNING" in sql:
        # SQLite cannot commit a transaction while the answer of a statement waits to be read.
        result = execute(sql, params, many, context)
        bump_version(connection.alias, tidy=False)
        return result
    with transaction.atomic(using=connection.alias):
        result = execute(sql, params, many, context)
        bump_version(connection.alias)
    return result


def bump_version(using: str | None = None, *, tidy: bool = True) -> None:
    """
    Marks what readers see as changed, in the transaction at hand if there is one.

    Now and then it also sums up what was marked before, unless the connection is not `tidy`.
    """
    using = using or router.db_for_write(ContentChange)
    connection = transaction.get_connection(using)
    if any(isinstance(each, VersionBump) and not each.known for each in _to_come(connection)):
        return
    opened = version_store.open_version(NAME) if version_store.are_shared() else ""
    ContentChange.objects.using(using).create()
    after = VersionBump(using, opened, tidy)
    if connection.in_atomic_block or connection.get_autocommit():
        transaction.on_commit(after, using=using, robust=True)


def mark_version_read(using: str) -> None:
    """Says that the version was read: what this transaction changes from now on raises it again."""
    for each in _to_come(transaction.get_connection(using)):
        if isinstance(each, VersionBump):
            each.known = True


def _to_come(connection):
    return (function for _savepoints, function, _robust in connection.run_on_commit)


def compact_sometimes(using: str) -> None:
    """Sums up after so many changes of this process."""
    if next(_changes) % COMPACT_EVERY == 0:
        compact(using)


def compact(using: str) -> None:
    """Sums up rows that are committed; who does the same at the same time takes others."""
    with transaction.atomic(using=using):
        rows = ContentChange.objects.using(using).select_for_update(skip_locked=True)
        amounts = dict(rows.order_by("pk").values_list("pk", "amount"))
        ContentChange.objects.using(using).filter(pk__in=amounts).delete()
        ContentChange.objects.using(using).create(amount=sum(amounts.values()))


def connect(connection) -> None:
    """Watches a database connection."""
    if watch not in connection.execute_wrappers:
        # First of all: what others add for a while they take off from the end.
        connection.execute_wrappers.insert(0, watch)


def watch_connection(sender, connection, **kwargs):
    """Receiver of `connection_created`."""
    connect(connection)


def pause(sender, using, **kwargs):
    """Receiver of `pre_migrate`: our table is perhaps not there yet, or no more."""
    _paused.add(using)


def resume(sender, using, **kwargs):
    """
    Receiver of `post_migrate`: whatever the migrations did, all is new.

    The version rises to the number of milliseconds since 1970, so that it is higher than any that
    was seen, even after an older copy of the database was restored.
    """
    _paused.discard(using)
    if ContentChange._meta.db_table not in _tables_there(using):
        return
    version = ContentChange.objects.using(using).aggregate(all=Sum("amount"))["all"] or 0
    amount = max(1, int(time() * 1000) - version)
    ContentChange.objects.using(using).create(amount=amount)


def _tables_there(using):
    return transaction.get_connection(using).introspection.table_names()


def invalidate_live_versions(kind: str, keys) -> None:
    """
    Says that the live parts `kind` of pages (by primary key) change in this transaction.

    `keys` may be a queryset; it is asked only where versions are in a shared cache.
    """
    if not version_store.are_shared():
        return
    for key in keys:
        name = f"{kind}:{key}"
        opened = version_store.open_version(name)
        # It logs what goes wrong itself.
        transaction.on_commit(partial(version_store.close_version, name, opened))
