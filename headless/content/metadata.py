"""Metadata of a page for search engines and social networks."""

import json
from dataclasses import dataclass
from urllib.parse import urljoin

from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page, Site

from .files.renditions import get_renditions
from .links.absolute_urls import absolute_url
from .navigation import Breadcrumb, LanguageChoice, breadcrumbs, language_choices

# A value that contains `</script>` must not end the script element around it.
ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}

CONTEXT, SCHEMA = "@context", "https://schema.org"


@dataclass(frozen=True)
class Alternate:
    """The URL of a translation, for `<link rel="alternate" hreflang>`."""

    code: str
    url: str


@dataclass(frozen=True)
class Metadata:
    """The metadata in the `<head>` of a page; all URLs are absolute."""

    title: str
    description: str
    canonical: str
    locale: str
    type: str
    image: dict | None
    alternates: list[Alternate]
    structured: list[dict]

    @property
    def linked_data(self) -> list[dict]:
        """Return the schema.org objects as JSON-LD, each with its `@context`."""
        return [{CONTEXT: SCHEMA, **each} for each in self.structured]

    @property
    def json_ld(self) -> list[SafeString]:
        """Return the JSON-LD objects as texts of script elements."""
        return [json_ld(each) for each in self.structured]


def page_metadata(
    request,
    page: Page,
    number: int = 1,
    crumbs: list[Breadcrumb] | None = None,
    choices: list[LanguageChoice] | None = None,
) -> Metadata:
    """
    Return the metadata of `page`.

    `number` is the number of the shown page of a paginated list. `crumbs` and `choices` are the
    breadcrumbs and languages, if the caller has read them already.

    A page type may define `search_summary` (fallback for an empty search description),
    `social_image` (a Wagtail image), `open_graph_type` and `structured_data(request)` (a schema.org
    object).
    """
    canonical = page.get_full_url(request) or ""
    if number > 1:
        canonical = f"{canonical}?page={number}"
    described = [breadcrumb_list(request, crumbs or breadcrumbs(request, page))]
    if hasattr(page, "structured_data"):
        described.append(page.structured_data(request))
    return Metadata(
        title=page.seo_title or page.title,
        description=page.search_description or getattr(page, "search_summary", ""),
        canonical=canonical,
        locale=page.locale.language_code,
        type=getattr(page, "open_graph_type", "website"),
        image=_image(page),
        alternates=_alternates(request, choices or language_choices(request, page)),
        structured=described,
    )


def json_ld(data: dict) -> SafeString:
    """
    Return a schema.org object as the text of a script element.

    `<`, `>` and `&` are escaped, so that no value can end the element (XSS).
    """
    text = json.dumps({CONTEXT: SCHEMA, **data}, ensure_ascii=False, default=str)
    return mark_safe(text.translate(ESCAPES))  # noqa: S308


def breadcrumb_list(request, crumbs: list[Breadcrumb]) -> dict:
    """Return breadcrumbs as a schema.org `BreadcrumbList`."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": crumb.title,
                "item": absolute_url(crumb.url),
            }
            for position, crumb in enumerate(crumbs, start=1)
        ],
    }


def url_on_site(request, url: str) -> str:
    """Return `url` under the root URL of the request's site."""
    site = Site.find_for_request(request)
    return urljoin(site.root_url, url) if site else request.build_absolute_uri(url)


def _image(page):
    image = getattr(page, "social_image", None)
    renditions = get_renditions(image, "fill-1200x630|format-jpeg")
    if not renditions:
        return None
    (rendition,) = renditions
    return {
        "url": absolute_url(rendition.url),
        "width": rendition.width,
        "height": rendition.height,
        "alt": getattr(page, "cover_alt", "") or image.description,
    }


def _alternates(request, choices):
    choices = [choice for choice in choices if choice.translated]
    alternates = [Alternate(choice.code, absolute_url(choice.url)) for choice in choices]
    # `x-default` is the first of the configured languages that the page is translated into.
    return [*alternates, *(Alternate("x-default", each.url) for each in alternates[:1])]
