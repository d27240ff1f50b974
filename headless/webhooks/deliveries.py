"""Turn recorded page changes into deliveries, one message for each endpoint and event."""

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
    """
    All changes of one page: its state before the first one, and the page as it is now.

    `page` is None unless the page is published now; `exists` tells whether its row still exists.
    """

    before: PageChange
    changed_at: datetime
    page: Page | None
    exists: bool


def create_deliveries() -> int:
    """
    Turn all recorded changes into deliveries and return the number of deliveries.

    Several changes of a page become one. The number of queries does not depend on the number of
    pages. Concurrent processes share the work, since each skips the others' locked rows.
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
            # URLs are those of the endpoint's site, even if other sites contain the page too.
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
    """Return the absolute URL of a page, "" if it is not below one of `roots`."""
    if not any(url_path.startswith(root.root_path) for root in roots):
        return ""
    page = Page(pk=pk, url_path=url_path)
    page._wagtail_cached_site_root_paths = roots
    return page.get_full_url() or ""


def _without_duplicates(deliveries) -> list[WebhookDelivery]:
    """Return `deliveries` without those that repeat one that still waits for its first attempt."""
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
    """
    Return a site as the parameter `site` of both APIs takes it: host, and a port unless 80 or 443.
    """
    return site.hostname if site.port in {80, 443} else f"{site.hostname}:{site.port}"


def create_test_delivery(*, endpoint: WebhookEndpoint) -> WebhookDelivery:
    """Create a delivery of the event `webhook.test`, which shows whether a receiver works."""
    data = {"site": site_name(endpoint.site)}
    payload = _payload(TEST_EVENT, datetime.now(UTC), data)
    return WebhookDelivery.objects.create(endpoint=endpoint, event=TEST_EVENT, payload=payload)


def _payload(event, when, data):
    timestamp = when.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return {"type": str(event), "timestamp": timestamp, "data": data}
