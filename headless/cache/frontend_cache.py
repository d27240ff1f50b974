"""
Purge changed pages and files from the caches in front (`wagtail.contrib.frontend_cache`).

A page that is published, unpublished, moved, renamed, restricted or deleted is purged as HTML and
from both APIs: the page itself, its ancestors, which may list it, and its descendants where their
URLs or view restrictions change. All URLs of a transaction are purged in one batch after the
commit. An error here never stops an editor from publishing: it is logged.

Lists depend on their query strings and cannot be purged by URL: they expire after the seconds set
by `CIVIC_PORTAL_API_CACHE_SECONDS` and `CIVIC_PORTAL_PAGE_CACHE_SECONDS`.
"""

import logging
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_delete
from django.urls import NoReverseMatch, get_resolver, reverse
from wagtail.contrib.frontend_cache.utils import purge_urls_from_cache
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from ..extending import V2_NAMESPACES, V3_NAMESPACE

logger = logging.getLogger(__name__)

BATCH = 500
# The detail views of API v3, with the parameter each takes; those of v2 are called by the kinds.
V3_DETAIL_ROUTES = {
    "pages": ("detail_page", "page_id"),
    "images": ("detail_image", "image_id"),
    "documents": ("detail_document", "document_id"),
}


def is_configured() -> bool:
    """Return whether the project configures caches to purge."""
    return bool(
        getattr(settings, "WAGTAILFRONTENDCACHE", None)
        or getattr(settings, "WAGTAILFRONTENDCACHE_LOCATION", None)
    )


class PurgeBatch:
    """
    The URLs to purge after one transaction or savepoint; a callback for `transaction.on_commit`.
    """

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
                logger.exception(
                    "These URLs were not purged from the caches in front: %s", addresses
                )


def purge_on_commit(addresses: Iterable[str]) -> None:
    """Purge URLs after the current transaction is committed."""
    connection = transaction.get_connection()
    savepoints = tuple(connection.savepoint_ids)
    for _savepoints, batch, _robust in connection.run_on_commit:
        # A batch for each savepoint, because a rollback discards its callbacks.
        if isinstance(batch, PurgeBatch) and not batch.sent and batch.savepoints == savepoints:
            batch.addresses.update(addresses)
            return
    batch = PurgeBatch(savepoints)
    batch.addresses.update(addresses)
    # The batch logs its own errors.
    transaction.on_commit(batch)


class PageUrls:
    """
    Compute the URLs of pages; passed to Wagtail as the request, whose site root cache it holds.
    """

    def of_page(self, page: Page) -> set[str]:
        """Return the URLs of a page, as HTML and in both APIs."""
        url = page.get_full_url(self)
        if not url:
            return set()
        paths = page.specific_deferred.get_cached_paths()
        found = {url + path.lstrip("/") for path in paths}
        site = urlsplit(url)
        return found | api_urls("pages", page.pk, {f"{site.scheme}://{site.netloc}"})

    def of_tree(self, page: Page, before: str | None = None) -> set[str]:
        """
        Return the URLs of `page` and its descendants.

        `before` is the former `url_path` of `page`, for the URLs they had before a move.
        """
        found, after = set(), page.url_path
        for each in [page, *page.get_descendants().specific(defer=True)]:
            if before is not None:
                each.url_path = before + each.url_path.removeprefix(after)
            found |= self.of_page(each)
        return found

    def above(self, page: Page) -> set[str]:
        """Return the URLs of the ancestors, which may list `page`, as HTML."""
        return {
            url
            for each in page.get_ancestors().filter(depth__gt=1)
            if (url := each.get_full_url(self))
        }


def api_urls(kind: str, key: int, hosts: set[str]) -> set[str]:
    """
    Return the URLs of an object's detail in both APIs.

    `kind` is a key of `V3_DETAIL_ROUTES`. The URLs are on `hosts` and on the hosts of the settings
    `WAGTAILAPI_BASE_URL` and `WAGTAILADMIN_BASE_URL`.
    """
    hosts = set(hosts)
    for name in ("WAGTAILAPI_BASE_URL", "WAGTAILADMIN_BASE_URL"):
        if base := getattr(settings, name, None):
            hosts.add(base.rstrip("/"))
    # A project need not serve both APIs; a system check warns of it.
    paths = [*v3_detail_paths(kind, key), *v2_detail_paths(kind, key)]
    return {f"{host}{path}" for host in hosts for path in paths}


def v3_detail_paths(kind: str, key: int) -> list[str]:
    """Return the path of an object's detail in API v3, none where that is not served."""
    name, parameter = V3_DETAIL_ROUTES[kind]
    return _reversed(f"{V3_NAMESPACE}:{name}", parameter, key)


def v2_detail_paths(kind: str, key: int) -> list[str]:
    """Return the paths of an object's detail in API v2, one for each router that is served."""
    # This imports the URL configuration, and with it the project's routers.
    if not get_resolver().url_patterns:
        return []
    return [
        path
        for namespace in V2_NAMESPACES
        for path in _reversed(f"{namespace}:{kind}:detail", "pk", key)
    ]


def _reversed(name, parameter, key):
    try:
        return [reverse(name, kwargs={parameter: key})]
    except NoReverseMatch:
        return []


def purge_or_log(about, find) -> None:
    """Purge the URLs that `find()` returns; an exception is logged with `about` and not raised."""
    if not is_configured():
        return
    try:
        found = find()
    except Exception:
        logger.exception("%r has changed and was not purged from the caches in front.", about)
    else:
        purge_on_commit(found)


def purge_page(sender, instance, **kwargs):
    """Purge a page and its ancestors (receiver of `page_published` and `page_unpublished`)."""
    addresses = PageUrls()
    purge_or_log(instance, lambda: addresses.of_page(instance) | addresses.above(instance))


def purge_moved(sender, instance, url_path_before, url_path_after, **kwargs):
    """
    Purge a moved page and its descendants at the old and new URLs (receiver of `post_page_move`).
    """
    purge_or_log(instance, lambda: _moved(instance.pk, url_path_before))


def purge_renamed(sender, instance, instance_before, **kwargs):
    """Purge a page and its descendants after a new slug (receiver of `page_slug_changed`)."""
    purge_or_log(instance, lambda: _moved(instance.pk, instance_before.url_path))


def _moved(key, before):
    addresses, page = PageUrls(), Page.objects.get(pk=key)
    found = addresses.of_tree(page) | addresses.above(page)
    # Last, because `of_tree` sets the page's `url_path` to the old one.
    return found | addresses.of_tree(page, before)


def purge_restricted(sender, instance, **kwargs):
    """
    Purge a subtree whose view restrictions change (receiver of `post_save` and `post_delete`).
    """
    if not kwargs.get("raw"):
        addresses, page = PageUrls(), instance.page
        purge_or_log(page, lambda: addresses.of_tree(page) | addresses.above(page))


def purge_deleted(sender, instance, **kwargs):
    """Purge a page before it is deleted, while its URL is known (receiver of `pre_delete`)."""
    if issubclass(sender, Page):
        purge_page(sender, instance)


def purge_image(sender, instance, **kwargs):
    """Purge an image from both APIs (receiver of `post_save` and `post_delete`)."""
    key = instance.pk
    purge_or_log(instance, lambda: api_urls("images", key, _all_hosts()))


def purge_document(sender, instance, **kwargs):
    """Purge a document from both APIs (receiver of `post_save` and `post_delete`)."""
    key = instance.pk
    purge_or_log(instance, lambda: api_urls("documents", key, _all_hosts()))


def _all_hosts():
    return {site.root_url for site in Site.objects.all()}


def connect() -> None:
    """Connect the receivers of this module."""
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
