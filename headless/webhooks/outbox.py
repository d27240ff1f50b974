"""Notes which pages a transaction changes, within that transaction, as they were before."""

from weakref import WeakSet

from asgiref.local import Local
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Exists, F, Q, QuerySet
from wagtail.models import Page, PageViewRestriction

from ..content.visibility import has_view_restriction
from .models import PageChange, WebhookEndpoint
from .worker import schedule_sending

# A save of other fields alone, such as that of a draft, is nothing to readers.
WATCHED = {"live", "slug", "url_path", "last_published_at"}

_moving = Local()
_deletions: WeakSet = WeakSet()


def snapshots_of(pages, *, without: PageViewRestriction | None = None) -> list[PageChange]:
    """`pages` as the database has them, in one query; none while nobody listens."""
    return [change_from_row(row) for row in snapshot_rows(pages, without)]


def snapshot_rows(pages, without=None) -> QuerySet:
    """What there is to know of `pages`, nobody's aliases, if there is an active endpoint."""
    return (
        pages.filter(Exists(WebhookEndpoint.objects.filter(active=True)), alias_of=None)
        .annotate(
            is_restricted=has_view_restriction(without), language_code=F("locale__language_code")
        )
        .values(
            "pk",
            "content_type",
            "language_code",
            "slug",
            "url_path",
            "live",
            "is_restricted",
            "last_published_at",
        )
    )


def change_from_row(row: dict) -> PageChange:
    return PageChange(
        page_id=row["pk"],
        page_type=type_label(row["content_type"]),
        language_code=row["language_code"],
        url_path=row["url_path"],
        was_public=row["live"] and not row["is_restricted"],
        last_published_at=row["last_published_at"],
    )


def type_label(content_type_id: int) -> str:
    """A page type as both APIs name it."""
    model = ContentType.objects.get_for_id(content_type_id).model_class()
    return model._meta.label if model else ""


def record_changes(changes: list[PageChange]) -> None:
    """Keeps what was noted with the transaction that is under way, and has it sent after that."""
    if changes:
        PageChange.objects.bulk_create(changes, batch_size=500)
        transaction.on_commit(schedule_sending, robust=True)


def live_subtree(page: Page) -> QuerySet[Page]:
    """A page and the live ones below it, whose addresses and secrecy depend on it."""
    below = Page.objects.descendant_of(page).live()
    return Page.objects.filter(Q(pk=page.pk) | Q(pk__in=below.values("pk")))


def record_save(sender, instance, raw=False, update_fields=None, **kwargs):
    """Receiver of `pre_save`: a page is published, taken back, moved, or gets another slug."""
    if raw or not isinstance(instance, Page) or instance._state.adding or instance.alias_of_id:
        return
    if update_fields is not None and not WATCHED & set(update_fields):
        return
    if getattr(_moving, "page_id", None) == instance.pk:
        record_changes(_moving.changes)
        return
    before = snapshot_rows(Page.objects.filter(pk=instance.pk)).first()
    if before is None:
        return
    if before["slug"] != instance.slug:
        record_changes(snapshots_of(live_subtree(instance)))
    elif any(before[name] != getattr(instance, name) for name in ("live", "last_published_at")):
        record_changes([change_from_row(before)])


def record_creation(sender, instance, created, raw=False, **kwargs):
    """Receiver of `post_save`: a page that was live from the first."""
    if raw or not created or not isinstance(instance, Page) or not instance.live:
        return
    changes = snapshots_of(Page.objects.filter(pk=instance.pk))
    for change in changes:
        change.was_public = False
    record_changes(changes)


def snapshot_before_move(sender, instance, parent_page_before, parent_page_after, **kwargs):
    """
    Receiver of `pre_page_move`: keeps the pages as they are until `record_save`, in the transaction
    of the move. By then their places in the tree, which restrictions go by, are others.
    """
    discard_move_snapshot()
    if parent_page_before.pk != parent_page_after.pk:
        _moving.changes = snapshots_of(live_subtree(instance))
        _moving.page_id = instance.pk


def discard_move_snapshot(**kwargs):
    """Receiver of `post_page_move`."""
    _moving.page_id, _moving.changes = None, []


def record_deletion(sender, instance, origin=None, **kwargs):
    """
    Receiver of `pre_delete` of pages: once for all that one deletion takes along.

    All of its signals come before the first row is gone.
    """
    if not isinstance(origin, QuerySet) or not issubclass(origin.model, Page):
        record_changes(snapshots_of(Page.objects.filter(pk=instance.pk)))
    elif origin not in _deletions:
        _deletions.add(origin)
        pages = origin.order_by().values("pk")
        record_changes(snapshots_of(Page.objects.filter(pk__in=pages).live()))


def record_restriction(sender, instance, created, raw=False, **kwargs):
    """Receiver of `post_save` of a restriction: a section is made private."""
    if created and not raw:
        record_changes(snapshots_of(live_subtree(instance.page), without=instance))


def record_restriction_removal(sender, instance, origin=None, **kwargs):
    """Receiver of `pre_delete` of a restriction: a section becomes public, if it is kept itself."""
    model = origin.model if isinstance(origin, QuerySet) else type(origin)
    if model is PageViewRestriction:
        record_changes(snapshots_of(live_subtree(instance.page)))
