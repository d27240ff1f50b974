"""Compute URLs of many pages with a constant number of queries."""

from collections.abc import Iterable

from wagtail.models import Page, Site

from ..requests.current_request import get_current_request


def cache_site_roots(pages: Iterable[Page]) -> list[Page]:
    """Return `pages` as a list whose URLs share one lookup of the site root paths."""
    pages = list(pages)
    roots = _root_paths() if pages else []
    for page in pages:
        # Wagtail's own cache on a page, used when a URL is computed without a request.
        page._wagtail_cached_site_root_paths = roots
    return pages


def _root_paths():
    request = get_current_request()
    if request is None:
        return Site.get_site_root_paths()
    # Wagtail's own cache on a request.
    if not hasattr(request, "_wagtail_cached_site_root_paths"):
        request._wagtail_cached_site_root_paths = Site.get_site_root_paths()
    return request._wagtail_cached_site_root_paths
