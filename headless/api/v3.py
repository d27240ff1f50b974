"""
Routes of API v3 for front ends: path resolution, navigation, site, search and sitemap.

They know no page type; other apps register theirs.
"""

from datetime import datetime
from typing import Annotated, Literal

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import override
from ninja import Field, Query, Schema
from ninja.decorators import decorate_view
from pydantic import create_model
from typing_extensions import TypeAliasType
from wagtail.api.rich_text import RichTextOutputFormat
from wagtail.api.v3.routers.pages import PageDetailSchema
from wagtail.models import Page

from ..cache.response_cache import cache_response
from ..content.links.page_urls import cache_site_roots
from ..content.metadata import Metadata, page_metadata, url_on_site
from ..content.navigation import breadcrumbs, language_choices, menu
from ..content.search import highlight
from ..content.sites import home_pages_of, published_on
from ..content.visibility import live_and_public
from ..extending import SEARCH_KINDS, SITE_FIELDS
from .block_types import documented
from .pagination import PortalPagination, paginate_queryset
from .path_resolution import RedirectTarget, resolve_path
from .query_parameters import (
    LocaleParameter,
    PathParameter,
    SiteParameter,
    requested_locale,
    requested_site,
)
from .routers import PortalRouter

router = PortalRouter(tags=["site"])


class PortalCrumb(Schema):
    """A breadcrumb."""

    title: str
    url: str


class PortalTranslation(Schema):
    """A translation of a page."""

    locale: str
    name: str
    url: str
    path: str


class PortalSocialImage(Schema):
    """The image that social networks show; width and height are in pixels."""

    url: str
    width: int
    height: int
    alt: str


class PortalAlternate(Schema):
    """The URL of a translation, for `hreflang`; one entry is `x-default`."""

    hreflang: str
    url: str


# Recursive through objects only, because TypeScript rejects a self-referential union.
JsonLdValue = "str | int | float | bool | PortalJsonLd | None"
PortalJsonLd = TypeAliasType("PortalJsonLd", f"dict[str, {JsonLdValue} | list[{JsonLdValue}]]")


class PortalSeo(Schema):
    """
    The metadata of a page's `<head>`.

    `json_ld` are schema.org objects. When printing one into a `<script>`, write each `<` in it as
    `\\u003c`, so that no value can end the element.
    """

    title: str
    description: str
    canonical: str
    locale: str
    open_graph_type: str
    image: PortalSocialImage | None
    alternates: list[PortalAlternate]
    json_ld: list[documented(PortalJsonLd)]


class PortalResolvedPage(Schema):
    """A page with its breadcrumbs, translations and metadata; `page` is as in `/pages/{id}/`."""

    kind: Literal["page"]
    page: PageDetailSchema
    breadcrumbs: list[PortalCrumb]
    translations: list[PortalTranslation]
    seo: PortalSeo


class PortalRedirect(Schema):
    """A redirect, with the HTTP status to answer with."""

    kind: Literal["redirect"]
    location: str
    status: Literal[301, 302]


PortalResolved = Annotated[PortalResolvedPage | PortalRedirect, Field(discriminator="kind")]


@router.get(
    "/resolve/",
    response=PortalResolved,
    operation_id="portal_resolve",
    summary="Resolve a public path to a page with its metadata, or to a redirect",
)
@decorate_view(cache_response(60))
def resolve(
    request: HttpRequest,
    path: PathParameter,
    site: SiteParameter,
    rich_text_format: RichTextOutputFormat | None = None,
):
    """Return the page or redirect at a public path."""
    asked = requested_site(request, site)
    found = resolve_path(request, asked, path)
    if isinstance(found, RedirectTarget):
        return {"kind": "redirect", "location": found.location, "status": found.status}
    page, *_others = cache_site_roots([found])
    with override(page.locale.language_code):
        crumbs, choices = breadcrumbs(request, page), language_choices(request, page)
        return {
            "kind": "page",
            "page": page,
            "breadcrumbs": [
                {"title": crumb.title, "url": url_on_site(request, crumb.url)} for crumb in crumbs
            ],
            "translations": describe_translations(request, choices),
            "seo": describe_metadata(page_metadata(request, page, crumbs=crumbs, choices=choices)),
        }


def describe_translations(request, choices) -> list[dict]:
    """Return the translated language choices for API clients, the page itself included."""
    return [
        {
            "locale": choice.code,
            "name": choice.name,
            "url": url_on_site(request, choice.url),
            "path": choice.url,
        }
        for choice in choices
        if choice.translated
    ]


def describe_metadata(meta: Metadata) -> dict:
    """Return the metadata of a page for API clients."""
    return {
        "title": meta.title,
        "description": meta.description,
        "canonical": meta.canonical,
        "locale": meta.locale,
        "open_graph_type": meta.type,
        "image": meta.image,
        "alternates": [{"hreflang": each.code, "url": each.url} for each in meta.alternates],
        "json_ld": meta.linked_data,
    }


class PortalMenuItem(Schema):
    """A page in the menu with its children."""

    id: int
    title: str
    url: str
    children: list["PortalMenuItem"]


class PortalNavigation(Schema):
    """The menu of a site in one language."""

    locale: str
    home: PortalMenuItem
    items: list[PortalMenuItem]


@router.get(
    "/navigation/",
    response=PortalNavigation,
    operation_id="portal_navigation",
    summary="The menu of the site as a tree",
)
@decorate_view(cache_response(3600))
def navigation(
    request: HttpRequest,
    site: SiteParameter,
    locale: LocaleParameter,
    depth: Annotated[int, Query(ge=1, le=5, description="The number of levels.")] = 2,
):
    """Return the menu of a site in one language, as a tree."""
    asked = requested_site(request, site)
    language = requested_locale(asked, locale)
    home = home_page_in(asked, language)
    with override(language.language_code):
        items = menu(request, home, depth)
        return {
            "locale": home.locale.language_code,
            "home": {"id": home.pk, "title": home.title, "url": home.full_url, "children": []},
            "items": [describe_menu_item(request, item) for item in items],
        }


def home_page_in(site, locale) -> Page:
    """
    Return the public home page of a site in a locale, else in its default; raise `Http404` if
    neither is public.
    """
    homes = {
        home.locale_id: home
        for home in live_and_public(
            Page.objects.filter(pk__in=[each.pk for each in home_pages_of(site)]).select_related(
                "locale"
            )
        )
    }
    home = homes.get(locale.pk) or homes.get(site.root_page.locale_id)
    if home is None:
        raise Http404(_("There is no such page."))
    return home


def describe_menu_item(request, item) -> dict:
    """Return a menu item with its children for API clients."""
    return {
        "id": item.id,
        "title": item.title,
        "url": url_on_site(request, item.url),
        "children": [describe_menu_item(request, child) for child in item.children],
    }


class PortalLanguage(Schema):
    """A language of the site with its home page."""

    code: str
    name: str
    url: str


class PortalSiteRoot(Schema):
    """A site in one language."""

    name: str
    url: str
    locale: str
    languages: list[PortalLanguage]


PortalSite = create_model(
    "PortalSite",
    __base__=PortalSiteRoot,
    __doc__="A site in one language, with its public settings.",
    **{name: (documented(field.kind), ...) for name, field in SITE_FIELDS.items()},
)


@router.get(
    "/site/",
    response=PortalSite,
    operation_id="portal_site",
    summary="The site with its name, languages and public settings",
)
@decorate_view(cache_response(3600))
def get_site(request: HttpRequest, site: SiteParameter, locale: LocaleParameter):
    """Return name and languages of a site, and the registered site fields."""
    asked = requested_site(request, site)
    language = requested_locale(asked, locale)
    home = home_page_in(asked, language)
    with override(language.language_code):
        registered = {name: field.describe(asked, language) for name, field in SITE_FIELDS.items()}
        return {
            "name": asked.site_name or home.title,
            "url": home.full_url,
            "locale": home.locale.language_code,
            "languages": [
                {"code": each.code, "name": each.name, "url": url_on_site(request, each.url)}
                for each in language_choices(request, home)
            ],
            **registered,
        }


class PortalTextPart(Schema):
    """A piece of plain text; `match` is true if it is a search match."""

    text: str
    match: bool


class PortalFound(Schema):
    """A search result with its title and an excerpt around the first match."""

    id: int
    type: str
    url: str
    title: list[PortalTextPart]
    snippet: list[PortalTextPart]


class PortalFoundPages(Schema):
    """The results of one kind of page: their number and some of them."""

    count: int
    items: list[PortalFound]


class PortalSearchRoot(Schema):
    """Search results."""

    locale: str


PortalSearch = create_model(
    "PortalSearch",
    __base__=PortalSearchRoot,
    __doc__="Search results, a list for each kind of page: official documents that the query names by "
    "their number first, then the most relevant. `count` is at most 1,001: more than 1,000.",
    **dict.fromkeys(SEARCH_KINDS, (PortalFoundPages, ...)),
)
Kind = Literal[tuple(SEARCH_KINDS)] if SEARCH_KINDS else Literal[""]


@router.get(
    "/search/",
    response=PortalSearch,
    operation_id="portal_search",
    summary="Pages that contain every word of a query, with or without diacritics",
)
def search(
    request: HttpRequest,
    site: SiteParameter,
    locale: LocaleParameter,
    q: Annotated[str, Query(min_length=1, max_length=200, description="The search query.")],
    kind: Annotated[
        Kind | None,
        Query(description="The kind whose pages are listed; those of others are only counted."),
    ] = None,
    limit: Annotated[int, Query(ge=1, le=50)] = 10,
    offset: Annotated[int, Query(ge=0, lt=2**31)] = 0,
):
    """Return the pages that contain every word of a query, by registered kind."""
    asked = requested_site(request, site)
    language = requested_locale(asked, locale)
    home = home_page_in(asked, language)
    answer = {"locale": home.locale.language_code}
    for name, each in SEARCH_KINDS.items():
        found = each.find(home, q)
        listed = found[offset : offset + limit] if kind in (None, name) else ()
        answer[name] = {
            "count": found.count(),
            "items": [
                describe_search_result(page, each.text(page), q)
                for page in cache_site_roots(listed)
            ],
        }
    return answer


def describe_search_result(page, text, query) -> dict:
    """Return a page with its matches highlighted for API clients."""
    title = highlight(page.title, query, len(page.title))
    parts = [
        [{"text": text, "match": match} for text, match in pieces]
        for pieces in (title, highlight(text, query))
    ]
    return {
        "id": page.pk,
        "type": page._meta.label,
        "url": page.full_url,
        "title": parts[0],
        "snippet": parts[1],
    }


class PortalSitemapEntry(Schema):
    """A page of the sitemap."""

    id: int
    type: str
    path: str
    url: str
    locale: str
    changed_at: datetime | None
    translations: list[PortalAlternate]


class PortalSitemap(Schema):
    """
    A part of the pages of a site; `count` is their total number.

    `next_cursor` leads to the next part, None after the last one.
    """

    count: int
    items: list[PortalSitemapEntry]
    next_cursor: str | None


@router.get(
    "/sitemap/",
    response=PortalSitemap,
    operation_id="portal_sitemap",
    summary="Every page of the site, with its translations",
)
def sitemap(request: HttpRequest, pagination: Query[PortalPagination], site: SiteParameter):
    """Return all published pages of a site with their translations."""
    published = published_on(requested_site(request, site)).prefetch_related("locale")
    part = paginate_queryset(request, published.order_by("path"), pagination)
    pages = cache_site_roots(part["items"])
    # The translations of all pages are read in one query.
    translations = {}
    same = published.filter(translation_key__in={page.translation_key for page in pages})
    for page in cache_site_roots(same.order_by("locale_id")):
        translations.setdefault(page.translation_key, []).append(page)
    items = [
        {
            "id": page.pk,
            "type": page.cached_content_type.model_class()._meta.label,
            "path": page.get_url_parts()[2],
            "url": page.full_url,
            "locale": page.locale.language_code,
            "changed_at": page.last_published_at,
            "translations": [
                {"hreflang": each.locale.language_code, "url": each.full_url}
                for each in translations[page.translation_key]
            ],
        }
        for page in pages
    ]
    return part | {"items": items}
