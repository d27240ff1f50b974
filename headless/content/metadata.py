"""What search engines and social networks are told of a page."""

import json
from dataclasses import dataclass
from urllib.parse import urljoin

from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page, Site

from .absolute_urls import absolute_url
from .navigation import Breadcrumb, LanguageChoice, breadcrumbs, language_choices
from .renditions import get_renditions

# A text that holds `</script>` must not end the script it stands in.
ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}

CONTEXT, SCHEMA = "@context", "https://schema.org"


@dataclass(frozen=True)
class Alternate:
    """The address of a page in another language, for `hreflang`."""

    code: str
    url: str


@dataclass(frozen=True)
class Metadata:
    """The head of a page; addresses are absolute."""

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
        """The schema.org objects with the context that makes them JSON-LD."""
        return [{CONTEXT: SCHEMA, **each} for each in self.structured]

    @property
    def json_ld(self) -> list[SafeString]:
        """The same as texts of script elements."""
        return [json_ld(each) for each in self.structured]


def page_metadata(
    request,
    page: Page,
    number: int = 1,
    crumbs: list[Breadcrumb] | None = None,
    choices: list[LanguageChoice] | None = None,
) -> Metadata:
    """
    What the head of `page` says; `number` tells which part of its list is shown, `crumbs` and
    `choices` are its breadcrumbs and languages where the caller has them already.

    A page type may have `search_summary` (text for an empty search description), `social_image`
    (a Wagtail image), `open_graph_type` and `structured_data(request)` (a schema.org object).
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
    """A schema.org object as the text of a script element that no text in it can end."""
    text = json.dumps({CONTEXT: SCHEMA, **data}, ensure_ascii=False, default=str)
    return mark_safe(text.translate(ESCAPES))  # noqa: S308


def breadcrumb_list(request, crumbs: list[Breadcrumb]) -> dict:
    """The way to a page as a `BreadcrumbList`."""
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
    """`url` under the address of the request's site, as pages have it."""
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
    # Readers of other languages get the first language of the settings that the page is in.
    return [*alternates, *(Alternate("x-default", each.url) for each in alternates[:1])]
