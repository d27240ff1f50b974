"""The XML sitemap of a site: an index, and its parts."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from zlib import compress, decompress

from django.contrib.sitemaps.views import SitemapIndexItem, x_robots_tag
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.models import Page, PageQuerySet

from headless.cache.response_cache import get_or_compute
from headless.content.links.page_urls import cache_site_roots
from headless.content.navigation import home_page_or_404
from headless.content.visibility import published

# The protocol allows 50,000; a part of that size takes a minute to make.
PAGES_IN_PART = 2_000
READ = ["path", "url_path", "locale", "translation_key", "last_published_at", "first_published_at"]


@dataclass
class SitemapPart:
    """The first and last path in the page tree of a part, and when a page of it last changed."""

    first: str
    last: str
    changed_at: datetime | None


@require_safe
@x_robots_tag
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """List the parts of the sitemap of the request's site."""
    items = [
        SitemapIndexItem(
            request.build_absolute_uri(reverse("sitemap_part", args=[number])), part.changed_at
        )
        for number, part in enumerate(_parts(request), start=1)
    ]
    content = render_to_string("sitemap_index.xml", {"sitemaps": items}, request)
    return HttpResponse(content, content_type="application/xml")


@require_safe
@x_robots_tag
def sitemap_part(request: HttpRequest, number: int) -> HttpResponse:
    """List the pages of a part in every language, with their translations as alternates."""
    parts = _parts(request)
    if not 0 < number <= len(parts):
        raise Http404
    name = f"sitemap-part:{number}"
    content = get_or_compute(
        request, name, lambda: compress(_render(request, parts[number - 1]), 1)
    )
    return HttpResponse(decompress(content), content_type="application/xml")


def _render(request, part) -> bytes:
    listed = _pages(request).filter(path__gte=part.first, path__lte=part.last)
    pages = cache_site_roots(listed.select_related("locale").only(*READ).order_by("path"))
    others = _pages(request).filter(translation_key__in={page.translation_key for page in pages})
    translations = defaultdict(list)
    for each in cache_site_roots(others.select_related("locale").only(*READ).order_by("path")):
        translation = {
            "lang_code": each.locale.language_code,
            "location": each.get_full_url(request),
        }
        translations[each.translation_key].append(translation)
    urls = [
        {
            "location": page.get_full_url(request),
            "lastmod": page.last_published_at or page.first_published_at,
            "alternates": translations[page.translation_key],
        }
        for page in pages
    ]
    return render_to_string("sitemap.xml", {"urlset": urls}, request).encode()


def _pages(request) -> PageQuerySet:
    """Return the published pages below the home pages of all languages."""
    root = home_page_or_404(request)
    pages = Page.objects.none()
    for home in Page.objects.filter(translation_key=root.translation_key).live():
        pages |= Page.objects.descendant_of(home, inclusive=True)
    return published(pages)


def _parts(request) -> list[SitemapPart]:
    return get_or_compute(request, "sitemap-parts", lambda: _read_parts(_pages(request)))


def _read_parts(pages):
    parts: list[SitemapPart] = []
    rows = pages.order_by("path").values_list("path", "last_published_at")
    for number, (path, changed_at) in enumerate(rows.iterator()):
        if number % PAGES_IN_PART == 0:
            parts.append(SitemapPart(path, path, None))
        part = parts[-1]
        part.last = path
        part.changed_at = max(filter(None, (part.changed_at, changed_at)), default=None)
    return parts
