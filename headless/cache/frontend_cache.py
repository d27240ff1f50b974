"""
Tells caches in front (`wagtail.contrib.frontend_cache`) which addresses are old.

A page that is published, unpublished, moved, renamed, restricted or deleted is purged as HTML and in
both APIs: itself, the pages above it, which may list it, and, where their addresses or readers
change, those below. All addresses of a transaction go in one batch once it is committed. Nothing
that goes wrong here keeps an editor from publishing: it is logged.

Lists hang on their query strings and cannot be purged by address: they live for the seconds that
`CIVIC_PORTAL_API_CACHE_SECONDS` and `CIVIC_PORTAL_PAGE_CACHE_SECONDS` say.
"""

import logging
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_delete
from django.urls import NoReverseMatch, reverse
from wagtail.contrib.frontend_cache.utils import purge_urls_from_cache
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

logger = logging.getLogger(__name__)

BATCH = 500
# The detail views of both APIs, with the parameter each takes.
DETAILS = {
    "pages": [("wagtailapi:pages:detail", "pk"), ("wagtailapi_v3:detail_page", "page_id")],
    "images": [("wagtailapi:images:detail", "pk"), ("wagtailapi_v3:detail_image", "image_id")],
    "documents": [
        ("wagtailapi:documents:detail", "pk"),
        ("wagtailapi_v3:detail_document", "document_id"),
    ],
}


def is_wanted() -> bool:
    """Whether the project says where its caches in front are."""
    return bool(
        getattr(settings, "WAGTAILFRONTENDCACHE", None)
        or getattr(settings, "WAGTAILFRONTENDCACHE_LOCATION", None)
    )


class Batch:
    """The addresses of one transaction; Django holds it until the commit."""

    def __init__(self, savepoints: tuple):
        self.savepoints = savepoints
        self.addresses: set[str] = set()
        self.sent = False

    def __call__(self):
        self.sent = True
        addresses = sorted(self.addresses)
        for start in range(0, len(addresses), BATCH):
            try:
                purge_urls_from_cache(addresses[start : start + BATCH])
            except Exception:
                logger.exception("Caches in front were not told that these are old: %s", addresses)


def purge(addresses: Iterable[str]) -> None:
    """Purges addresses once the transaction at hand is committed."""
    connection = transaction.get_connection()
    savepoints = tuple(connection.savepoint_ids)
    for _savepoints, batch, _robust in connection.run_on_commit:
        # A savepoint that is taken back takes its batch along: each has its own.
        if isinstance(batch, Batch) and not batch.sent and batch.savepoints == savepoints:
            batch.addresses.update(addresses)
            return
    batch = Batch(savepoints)
    batch.addresses.update(addresses)
    # It logs what goes wrong itself.
    transaction.on_commit(batch)


class Addresses:
    """Finds addresses of pages; keeps for all of them where the sites are, as Wagtail does."""

    def of_page(self, page: Page) -> set[str]:
        """Its own, as HTML and in both APIs."""
        url = page.get_full_url(self)
        if not url:
            return set()
        paths = page.specific_deferred.get_cached_paths()
        found = {url + path.lstrip("/") for path in paths}
        site = urlsplit(url)
        return found | in_apis("pages", page.pk, {f"{site.scheme}://{site.netloc}"})

    def of_tree(self, page: Page, before: str | None = None) -> set[str]:
        """Those of `page` and all below it, as they were when it stood at the url path `before`."""
        found, after = set(), page.url_path
        for each in [page, *page.get_descendants().specific(defer=True)]:
            if before is not None:
                each.url_path = before + each.url_path.removeprefix(after)
            found |= self.of_page(each)
        return found

    def above(self, page: Page) -> set[str]:
        """Those of the pages that may list `page`, as HTML."""
        return {
            url
            for each in page.get_ancestors().filter(depth__gt=1)
            if (url := each.get_full_url(self))
        }


def in_apis(kind: str, key: int, hosts: set[str]) -> set[str]:
    """The addresses of a detail in both APIs, on `hosts` and at the project's own addresses."""
    hosts = set(hosts)
    for name in ("WAGTAILAPI_BASE_URL", "WAGTAILADMIN_BASE_URL"):
        if base := getattr(settings, name, None):
            hosts.add(base.rstrip("/"))
    found = set()
    for name, parameter in DETAILS[kind]:
        try:
            path = reverse(name, kwargs={parameter: key})
        except NoReverseMatch:
            # A project need not serve both APIs, nor under these names; the system check tells.
            continue
        found |= {f"{host}{path}" for host in hosts}
    return found


def purge_found(about, find) -> None:
    """Purges what `find()` gives; if it fails, that is logged and goes no further."""
    if not is_wanted():
        return
    try:
        found = find()
    except Exception:
        logger.exception("Caches in front were not told that %r has changed.", about)
    else:
        purge(found)


def purge_page(sender, instance, **kwargs):
    """Receiver of `page_published` and `page_unpublished`."""
    addresses = Addresses()
    purge_found(instance, lambda: addresses.of_page(instance) | addresses.above(instance))


def purge_moved(sender, instance, url_path_before, url_path_after, **kwargs):
    """Receiver of `post_page_move`: all that was there is elsewhere."""
    purge_found(instance, lambda: _moved(instance.pk, url_path_before))


def purge_renamed(sender, instance, instance_before, **kwargs):
    """Receiver of `page_slug_changed`, which comes after the commit."""
    purge_found(instance, lambda: _moved(instance.pk, instance_before.url_path))


def _moved(key, before):
    addresses, page = Addresses(), Page.objects.get(pk=key)
    found = addresses.of_tree(page) | addresses.above(page)
    # Last, since the page then pretends to be where it was.
    return found | addresses.of_tree(page, before)


def purge_restricted(sender, instance, **kwargs):
    """Receiver of `post_save` and `post_delete` of view restrictions: others may read it now."""
    if not kwargs.get("raw"):
        addresses, page = Addresses(), instance.page
        purge_found(page, lambda: addresses.of_tree(page) | addresses.above(page))


def purge_deleted(sender, instance, **kwargs):
    """Receiver of `pre_delete`: a page that goes can still say where it is."""
    if issubclass(sender, Page):
        purge_page(sender, instance)


def purge_image(sender, instance, **kwargs):
    """Receiver of `post_save` and `post_delete` of images."""
    key = instance.pk
    purge_found(instance, lambda: in_apis("images", key, _all_hosts()))


def purge_document(sender, instance, **kwargs):
    """Receiver of `post_save` and `post_delete` of documents."""
    key = instance.pk
    purge_found(instance, lambda: in_apis("documents", key, _all_hosts()))


def _all_hosts():
    return {site.root_url for site in Site.objects.all()}


def connect() -> None:
    """Connects the receivers."""
    page_published.connect(purge_page)
    page_unpublished.connect(purge_page)
    post_page_move.connect(purge_moved)
    page_slug_changed.connect(purge_renamed)
    pre_delete.connect(purge_deleted)
    for model, receiver in (
        (PageViewRestriction, purge_restricted),
        (get_image_model(), purge_image),
        (get_document_model(), purge_document),
    ):
        for signal in (post_save, post_delete):
            signal.connect(receiver, sender=model)
