"""Record page changes in their own transaction (transactional outbox), as snapshots from before."""

from weakref import WeakSet

from asgiref.local import Local
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Exists, F, Q, QuerySet
from wagtail.models import Page, PageViewRestriction

from ..content.visibility import has_view_restriction
from .models import PageChange, WebhookEndpoint
from .worker import schedule_sending

# A save of other fields only, as of a draft, changes nothing for readers.
WATCHED = {"live", "slug", "url_path", "last_published_at"}

_moving = Local()
_deletions: WeakSet = WeakSet()


def snapshots_of(pages, *, without: PageViewRestriction | None = None) -> list[PageChange]:
    """
    Return unsaved `PageChange` snapshots of `pages` from the database, in one query.

    The list is empty without an active endpoint. The view restriction `without` is ignored.
    """
    return [change_from_row(row) for row in snapshot_rows(pages, without)]


def snapshot_rows(pages, without=None) -> QuerySet:
    """
    Return the columns of a snapshot for `pages`, without aliases; none without an active endpoint.
    """
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
    """Return the unsaved `PageChange` of a row of `snapshot_rows`."""
    return PageChange(
        page_id=row["pk"],
        page_type=type_label(row["content_type"]),
        language_code=row["language_code"],
        url_path=row["url_path"],
        was_public=row["live"] and not row["is_restricted"],
        last_published_at=row["last_published_at"],
    )


def type_label(content_type_id: int) -> str:
    """Return the label of a page type, as both APIs name it; "" if the model no longer exists."""
    model = ContentType.objects.get_for_id(content_type_id).model_class()
    return model._meta.label if model else ""


def record_changes(changes: list[PageChange]) -> None:
    """Save changes in the current transaction, and schedule sending after its commit."""
    if changes:
        PageChange.objects.bulk_create(changes, batch_size=500)
        transaction.on_commit(schedule_sending, robust=True)


def live_subtree(page: Page) -> QuerySet[Page]:
    """Return a page and its live descendants, whose URLs and visibility depend on it."""
    below = Page.objects.descendant_of(page).live()
    return Page.objects.filter(Q(pk=page.pk) | Q(pk__in=below.values("pk")))


def record_save(sender, instance, raw=False, update_fields=None, **kwargs):
    """Record a page that is published, unpublished, moved or renamed (receiver of `pre_save`)."""
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
    """Record a page that is created live (receiver of `post_save`)."""
    if raw or not created or not isinstance(instance, Page) or not instance.live:
        return
    changes = snapshots_of(Page.objects.filter(pk=instance.pk))
    for change in changes:
        change.was_public = False
    record_changes(changes)


def snapshot_before_move(sender, instance, parent_page_before, parent_page_after, **kwargs):
    """
    Keep snapshots of a subtree until `record_save` is called in the move (receiver of
    `pre_page_move`).

    By the time of `pre_save` the paths, by which view restrictions apply, have changed already.
    """
    discard_move_snapshot()
    if parent_page_before.pk != parent_page_after.pk:
        _moving.changes = snapshots_of(live_subtree(instance))
        _moving.page_id = instance.pk


def discard_move_snapshot(**kwargs):
    """Discard the snapshots of a move (receiver of `post_page_move`)."""
    _moving.page_id, _moving.changes = None, []


def record_deletion(sender, instance, origin=None, **kwargs):
    """
    Record deleted pages, once for all pages of a queryset that is deleted (receiver of
    `pre_delete`).

    Django sends the signal for all rows before it deletes the first.
    """
    if not isinstance(origin, QuerySet) or not issubclass(origin.model, Page):
        record_changes(snapshots_of(Page.objects.filter(pk=instance.pk)))
    elif origin not in _deletions:
        _deletions.add(origin)
        pages = origin.order_by().values("pk")
        record_changes(snapshots_of(Page.objects.filter(pk__in=pages).live()))


def record_restriction(sender, instance, created, raw=False, **kwargs):
    """Record a subtree that a new view restriction makes private (receiver of `post_save`)."""
    if created and not raw:
        record_changes(snapshots_of(live_subtree(instance.page), without=instance))


def record_restriction_removal(sender, instance, origin=None, **kwargs):
    """
    Record a subtree whose view restriction is removed (receiver of `pre_delete`).

    A restriction that is deleted together with its page is ignored.
    """
    model = origin.model if isinstance(origin, QuerySet) else type(origin)
    if model is PageViewRestriction:
        record_changes(snapshots_of(live_subtree(instance.page)))
