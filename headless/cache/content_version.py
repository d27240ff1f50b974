"""
Maintain the content version, which invalidates every cache when content changes.

The version is the sum of the rows of `ContentChange`. A wrapper around each database connection
adds a row when a SQL statement changes content. Figures that readers change (ratings, comment
counts) have versions of their own, one for each page and kind, which do not raise the content
version: a response that shows them calls `record_dependency`.
"""

from collections.abc import Collection, Mapping
from functools import partial
from itertools import count
from time import time

from django.db import router, transaction
from django.db.models import BigIntegerField, Max, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from ..content.requests.render_state import request_state
from ..extending import LIVE_VERSIONS
from . import version_store
from .content_tables import changes_content
from .models import ContentChange


def content_version(request) -> int:
    """
    Return the content version, read once a request.

    It must be read before the content that it describes, so that a concurrent change is never
    missed.
    """
    state = request_state(request)
    if state.content_version is None:
        state.content_version = current_versions({})[0]
    return state.content_version


def current_versions(parts: Mapping[str, Collection[int]]) -> tuple[int, dict[str, int]]:
    """
    Return the content version, and for each kind in `parts` the sum of its keys' versions.

    Costs no query if the shared cache holds them all, else one.
    """
    if not version_store.are_shared():
        return _stored_versions(parts)
    keys = [(kind, key) for kind, keys in parts.items() for key in keys]
    names = [CONTENT, *(f"{kind}:{key}" for kind, key in keys)]
    known, states = version_store.read_versions(names)
    if len(known) < len(names):
        read = {kind: [key for k, key in keys if k == kind] for kind in parts}
        known |= _stored_versions_by_key(read)
        version_store.store_versions(known, states)
    sums = {
        kind: sum(known.get(f"{kind}:{key}", 0) for key in set(keys))
        for kind, keys in parts.items()
    }
    return known[CONTENT], sums


def _stored_versions(parts):
    wanted = {"content": _total("amount")}
    for kind, keys in parts.items():
        rows = LIVE_VERSIONS[kind](keys).order_by().annotate(_all=Value(1)).values("_all")
        total = rows.annotate(_total=Sum("live_version")).values("_total")
        wanted[kind] = Coalesce(Max(Subquery(total, output_field=BigIntegerField())), 0)
    found = _content_changes().aggregate(**wanted)
    return found.pop("content"), found


def _stored_versions_by_key(parts):
    found = {CONTENT: _content_changes().aggregate(content=_total("amount"))["content"]}
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


CONTENT = "content"

# Databases that are being migrated, where our table may not exist.
_paused: set[str] = set()
COMPACT_EVERY = 64
_changes = count(1)


class VersionBump:
    """
    A callback for `transaction.on_commit` after a transaction that raises the content version.

    Django drops it when the savepoint is rolled back, together with the row that it stands for.
    `known` says that the version was read since, so that a further change must raise it again.
    """

    def __init__(self, using: str, open_state: str, compacts: bool):
        self.using, self.open_state, self.compacts = using, open_state, compacts
        self.known = False
        # Django logs a failing callback under this name.
        self.__qualname__ = type(self).__qualname__

    def __call__(self):
        self.known = True
        if self.open_state:
            version_store.close_version(CONTENT, self.open_state)
        if self.compacts:
            compact_periodically(self.using)


def watch(execute, sql, params, many, context):
    """
    Execute a statement and raise the content version if it changes content (`execute_wrappers`).
    """
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
        # SQLite cannot commit a transaction before the returned rows are read.
        result = execute(sql, params, many, context)
        bump_version(connection.alias, compacts=False)
        return result
    with transaction.atomic(using=connection.alias):
        result = execute(sql, params, many, context)
        bump_version(connection.alias)
    return result


def bump_version(using: str | None = None, *, compacts: bool = True) -> None:
    """
    Raise the content version, in the current transaction if there is one.

    If `compacts`, committed rows are summed up from time to time after the commit.
    """
    using = using or router.db_for_write(ContentChange)
    connection = transaction.get_connection(using)
    if any(
        isinstance(each, VersionBump) and not each.known for each in _commit_callbacks(connection)
    ):
        return
    open_state = version_store.open_version(CONTENT) if version_store.are_shared() else ""
    ContentChange.objects.using(using).create()
    after = VersionBump(using, open_state, compacts)
    if connection.in_atomic_block or connection.get_autocommit():
        transaction.on_commit(after, using=using, robust=True)


def mark_version_read(using: str) -> None:
    """Note that the version was read, so that later changes of this transaction raise it again."""
    for each in _commit_callbacks(transaction.get_connection(using)):
        if isinstance(each, VersionBump):
            each.known = True


def _commit_callbacks(connection):
    return (function for _savepoints, function, _robust in connection.run_on_commit)


def compact_periodically(using: str) -> None:
    """Compact the rows after every `COMPACT_EVERY` changes of this process."""
    if next(_changes) % COMPACT_EVERY == 0:
        compact(using)


def compact(using: str) -> None:
    """Replace committed rows by their sum; concurrent calls skip each other's locked rows."""
    with transaction.atomic(using=using):
        rows = ContentChange.objects.using(using).select_for_update(skip_locked=True)
        amounts = dict(rows.order_by("pk").values_list("pk", "amount"))
        ContentChange.objects.using(using).filter(pk__in=amounts).delete()
        ContentChange.objects.using(using).create(amount=sum(amounts.values()))


def connect(connection) -> None:
    """Install the wrapper on a database connection."""
    if watch not in connection.execute_wrappers:
        # At the start, because temporary wrappers are pushed to and popped from the end.
        connection.execute_wrappers.insert(0, watch)


def watch_new_connection(sender, connection, **kwargs):
    """Install the wrapper on a new connection (receiver of `connection_created`)."""
    connect(connection)


def pause(sender, using, **kwargs):
    """Stop watching a database during migrations, when our table may not exist (`pre_migrate`)."""
    _paused.add(using)


def resume(sender, using, **kwargs):
    """
    Resume watching and raise the version, since migrations may change any content (`post_migrate`).

    The version rises to the number of milliseconds since 1970, so that it is higher than any
    before, even after an older backup of the database was restored.
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
    Invalidate the live versions of `keys` (primary keys) of a `kind` with the current transaction.

    `keys` may be a queryset; it is evaluated only if versions are kept in a shared cache.
    """
    if not version_store.are_shared():
        return
    for key in keys:
        name = f"{kind}:{key}"
        open_state = version_store.open_version(name)
        # `close_version` logs its own errors.
        transaction.on_commit(partial(version_store.close_version, name, open_state))
