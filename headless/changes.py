"""
Notices whatever changes what readers can see, in the database, however it is done.

Every statement of this process is looked at: signals know nothing of `QuerySet.update`, of bulk
writes and of moves in the page tree. Which tables count follows from the models.
"""

import re
from functools import cache, partial
from itertools import count
from time import time

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.contenttypes.fields import GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models, router, transaction
from django.db.models import Sum
from modelcluster.fields import ParentalKey
from wagtail.contrib.settings.models import BaseGenericSetting, BaseSiteSetting
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    CollectionViewRestriction,
    Comment,
    Locale,
    Page,
    PageViewRestriction,
    Revision,
    Site,
    get_page_models,
)
from wagtail.snippets.models import get_snippet_models

from . import shared_versions
from .models import ContentChange

NAME = "content"

WRITE = re.compile(
    r"\s*(INSERT|REPLACE|UPDATE|DELETE|TRUNCATE)\b"
    r"(?:\s+OR\s+\w+)?(?:\s+INTO|\s+FROM|\s+TABLE)?\s+[\"`]?(\w+)[\"`]?(.*)",
    re.IGNORECASE | re.DOTALL,
)
COLUMNS = re.compile(r"\s*\(([^)]*)\)\s*VALUES", re.IGNORECASE)
ASSIGNED = re.compile(r"[\"`]?(\w+)[\"`]?\s*=")

# What saving a draft beside the live page, or adding a draft below it, writes to a page's row.
UNSEEN = {
    "draft_title",
    "has_unpublished_changes",
    "latest_revision_created_at",
    "latest_revision_id",
    "locked",
    "locked_at",
    "locked_by_id",
    "numchild",
}
# Where a page leads that no reader follows.
UNREAD = (Comment, ContentType, Group, Revision)

# Databases that are being migrated: our own table may not be there yet.
_paused: set[str] = set()
COMPACT_EVERY = 64
_changes = count(1)


@cache
def content_models() -> frozenset[type[models.Model]]:
    """
    The models whose rows readers can see something of.

    Pages, images, documents, settings, snippets, sites, languages, redirects and restrictions;
    what these have as children (`ParentalKey`), tags among them; what they refer to. A model that
    changes with every reader says `content_version_ignore = True`, one that nothing refers to
    `content_version_counts = True`.
    """
    unread = (*UNREAD, get_user_model())
    found: set[type[models.Model]] = set()
    waiting = [
        *get_page_models(),
        *get_snippet_models(),
        *(model for model in apps.get_models() if _counts_by_itself(model)),
        get_document_model(),
        get_image_model(),
        CollectionViewRestriction,
        Locale,
        Page,
        PageViewRestriction,
        Site,
    ]
    if apps.is_installed("wagtail.contrib.redirects"):
        waiting.append(apps.get_model("wagtailredirects", "Redirect"))
    while waiting:
        model = waiting.pop()
        ignored = getattr(model, "content_version_ignore", False)
        if model in found or ignored or issubclass(model, unread):
            continue
        found.add(model)
        waiting += _neighbours(model)
    return frozenset(found)


def _counts_by_itself(model):
    return getattr(model, "content_version_counts", False) or issubclass(
        model, (BaseGenericSetting, BaseSiteSetting)
    )


def _neighbours(model):
    for field in model._meta.get_fields(include_hidden=True):
        if isinstance(field, GenericRelation):
            # Revisions, search index, workflows: nothing that is a part of what is published.
            continue
        if field.auto_created and not field.concrete:
            if isinstance(getattr(field, "field", None), ParentalKey):
                yield field.related_model
        elif field.is_relation and isinstance(field.related_model, type):
            yield field.related_model
            if through := getattr(field.remote_field, "through", None):
                yield through


@cache
def _tables():
    """Each table that counts, with whether it holds what a type of page adds to the page's row."""
    return {
        model._meta.db_table: issubclass(model, Page) and model is not Page
        for model in content_models()
    }


def alters_content(sql: str, params, many: bool = False) -> bool:
    """Whether a statement changes something that readers can see."""
    match = WRITE.match(sql)
    if match is None:
        return False
    verb, table, rest = match[1].upper(), match[2], match[3]
    if table not in _tables():
        return False
    if _tables()[table]:
        # The page's own row is written with it, and says whether it is a draft.
        return verb != "INSERT"
    if table != Page._meta.db_table:
        return True
    if verb == "INSERT":
        return not (_only_drafts(rest, params) if not many else False)
    if verb == "UPDATE":
        assigned = ASSIGNED.findall(re.split(r"\sWHERE\s", rest, maxsplit=1)[0])
        return not assigned or not UNSEEN.issuperset(assigned)
    return True


def _only_drafts(rest, params):
    """Whether all rows of an INSERT into the table of pages are drafts."""
    columns = COLUMNS.match(rest)
    if columns is None:
        return False
    names = [name.strip(' "`') for name in columns[1].split(",")]
    params = list(params or ())
    if "live" not in names or len(params) % len(names) or rest.count("%s") != len(params):
        return False
    return not any(params[names.index("live") :: len(names)])


class Raised:
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
            shared_versions.close_version(NAME, self.opened)
        if self.tidy:
            compact_sometimes(self.using)


def watch(execute, sql, params, many, context):
    """Around every statement (`connection.execute_wrappers`): raises the version with a change."""
    connection = context["connection"]
    if (
        not isinstance(sql, str)
        or connection.alias in _paused
        or not alters_content(sql, params, many)
    ):
        return execute(sql, params, many, context)
    if connection.in_atomic_block or not connection.get_autocommit():
        result = execute(sql, params, many, context)
        raise_version(connection.alias)
        return result
    if connection.vendor == "sqlite" and "RETURNING" in sql:
        # SQLite cannot commit a transaction while the answer of a statement waits to be read.
        result = execute(sql, params, many, context)
        raise_version(connection.alias, tidy=False)
        return result
    with transaction.atomic(using=connection.alias):
        result = execute(sql, params, many, context)
        raise_version(connection.alias)
    return result


def raise_version(using: str | None = None, *, tidy: bool = True) -> None:
    """
    Marks what readers see as changed, in the transaction at hand if there is one.

    Now and then it also sums up what was marked before, unless the connection is not `tidy`.
    """
    using = using or router.db_for_write(ContentChange)
    connection = transaction.get_connection(using)
    if any(isinstance(each, Raised) and not each.known for each in _to_come(connection)):
        return
    opened = shared_versions.open_version(NAME) if shared_versions.are_shared() else ""
    ContentChange.objects.using(using).create()
    after = Raised(using, opened, tidy)
    if connection.in_atomic_block or connection.get_autocommit():
        transaction.on_commit(after, using=using, robust=True)


def note_reading(using: str) -> None:
    """Says that the version was read: what this transaction changes from now on raises it again."""
    for each in _to_come(transaction.get_connection(using)):
        if isinstance(each, Raised):
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


def reread(kind: str, keys) -> None:
    """
    Says that the live parts `kind` of pages (by primary key) change in this transaction.

    `keys` may be a queryset; it is asked only where versions are in a shared cache.
    """
    if not shared_versions.are_shared():
        return
    for key in keys:
        name = f"{kind}:{key}"
        opened = shared_versions.open_version(name)
        # It logs what goes wrong itself.
        transaction.on_commit(partial(shared_versions.close_version, name, opened))
