"""URLs of many pages at a constant number of queries."""

from collections.abc import Iterable

from wagtail.models import Page, Site

from .current_request import get_current_request


def cache_site_roots(pages: Iterable[Page]) -> list[Page]:
    """`pages`, whose addresses cost one look at the sites together instead of one each."""
    pages = list(pages)
    roots = _root_paths() if pages else []
    for page in pages:
        # Where Wagtail itself keeps them for a page that is asked without a request.
        page._wagtail_cached_site_root_paths = roots
    return pages


def _root_paths():
    request = get_current_request()
    if request is None:
        return Site.get_site_root_paths()
    # Where Wagtail itself keeps them for all pages that are asked with one request.
    if not hasattr(request, "_wagtail_cached_site_root_paths"):
        request._wagtail_cached_site_root_paths = Site.get_site_root_paths()
    return request._wagtail_cached_site_root_paths
