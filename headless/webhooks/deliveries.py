"""From what was noted to messages: what readers notice, told to each endpoint in its own terms."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import transaction
from wagtail.models import Page, Site

from ..content.visibility import published
from .models import TEST_EVENT, Event, PageChange, WebhookDelivery, WebhookEndpoint

BATCH_SIZE = 500


@dataclass(frozen=True, slots=True)
class Change:
    """All that happened to one page: how it was before the first change, and how it is now."""

    before: PageChange
    changed_at: datetime
    page: Page | None
    exists: bool


def create_deliveries() -> int:
    """
    Turns what was noted into deliveries and returns how many those are.

    Several changes of a page become one; the number of queries does not depend on how many pages
    there are. Processes that do it at once share the work.
    """
    written = 0
    while found := _create_batch():
        written += found[1]
    return written


@transaction.atomic
def _create_batch():
    rows = PageChange.objects.select_for_update(skip_locked=True).order_by("pk")
    noted = list(rows[:BATCH_SIZE])
    if not noted:
        return None
    deliveries = []
    endpoints = WebhookEndpoint.objects.filter(active=True).select_related("site", "locale")
    if endpoints := list(endpoints):
        roots = Site.get_site_root_paths()
        changes = _merge(noted)
        for endpoint in endpoints:
            # An address in terms of this endpoint's site, whatever other sites hold the page.
            own = [root for root in roots if root.site_id == endpoint.site_id]
            for change in changes:
                deliveries += _deliveries(endpoint, change, own)
        deliveries = _without_duplicates(deliveries)
        WebhookDelivery.objects.bulk_create(deliveries, batch_size=BATCH_SIZE)
    PageChange.objects.filter(pk__in=[each.pk for each in noted]).delete()
    return len(noted), len(deliveries)


def _merge(noted: list[PageChange]) -> list[Change]:
    first, last = {}, {}
    for each in noted:
        first.setdefault(each.page_id, each)
        last[each.page_id] = each
    found = Page.objects.filter(pk__in=first)
    pages = published(found).select_related("locale").in_bulk()
    there = set(found.values_list("pk", flat=True))
    return [
        Change(before, last[pk].changed_at, pages.get(pk), pk in there)
        for pk, before in first.items()
    ]


def _deliveries(endpoint, change, roots) -> Iterator[WebhookDelivery]:
    before, page = change.before, change.page
    language_code = page.locale.language_code if page else before.language_code
    if endpoint.locale and endpoint.locale.language_code != language_code:
        return
    old_url = _page_url(roots, before.page_id, before.url_path) if before.was_public else ""
    new_url = _page_url(roots, page.pk, page.url_path) if page else ""
    for event in _events(change, old_url, new_url):
        if event in endpoint.events:
            data = {
                "id": before.page_id,
                "type": before.page_type,
                "locale": language_code,
                "site": site_name(endpoint.site),
                "url": new_url or old_url,
                "previous_url": old_url if new_url and old_url and new_url != old_url else None,
            }
            yield WebhookDelivery(
                endpoint=endpoint,
                event=event,
                page_id=before.page_id,
                payload=_payload(event, change.changed_at, data),
            )


def _events(change, old_url, new_url) -> Iterator[Event]:
    if old_url and not new_url:
        yield Event.UNPUBLISHED if change.exists else Event.DELETED
    elif new_url and not old_url:
        yield Event.PUBLISHED
    elif new_url and old_url:
        if new_url != old_url:
            yield Event.MOVED
        if change.page.last_published_at != change.before.last_published_at:
            yield Event.PUBLISHED


def _page_url(roots, pk, url_path) -> str:
    """The absolute address of a page, or "" where it stands below none of `roots`."""
    if not any(url_path.startswith(root.root_path) for root in roots):
        return ""
    page = Page(pk=pk, url_path=url_path)
    page._wagtail_cached_site_root_paths = roots
    return page.get_full_url() or ""


def _without_duplicates(deliveries) -> list[WebhookDelivery]:
    """`deliveries` but for those whose like is still waiting for its first attempt."""
    waiting = {}
    pending = WebhookDelivery.objects.filter(
        status=WebhookDelivery.Status.PENDING,
        attempts=0,
        page_id__in={each.page_id for each in deliveries},
    )
    for each in pending.order_by("pk"):
        waiting[each.endpoint_id, each.page_id] = each.payload
    return [
        each
        for each in deliveries
        if not (last := waiting.get((each.endpoint_id, each.page_id)))
        or (last["type"], last["data"]) != (each.payload["type"], each.payload["data"])
    ]


def site_name(site: Site) -> str:
    """A site as the parameter `site` of both APIs takes it."""
    return site.hostname if site.port in {80, 443} else f"{site.hostname}:{site.port}"


def create_test_delivery(*, endpoint: WebhookEndpoint) -> WebhookDelivery:
    """A message by which somebody can see whether a receiver works."""
    data = {"site": site_name(endpoint.site)}
    payload = _payload(TEST_EVENT, datetime.now(UTC), data)
    return WebhookDelivery.objects.create(endpoint=endpoint, event=TEST_EVENT, payload=payload)


def _payload(event, when, data):
    timestamp = when.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return {"type": str(event), "timestamp": timestamp, "data": data}
