"""
Registries by which apps extend what is served, one function each.

Call these functions in `AppConfig.ready` of an app above `headless` in `INSTALLED_APPS`. The
registries are plain lists and dictionaries; this module imports none of their readers.
"""

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from ninja import Router
from wagtail.api import APIField
from wagtail.models import Locale, Page, Site

# Wagtail's apps that add routes to API v3 in `ready()`, which builds its page schemas.
APPS_BUILDING_API_V3 = {
    "wagtail.contrib.redirects",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.locales",
    "wagtail.snippets",
}


@dataclass(frozen=True)
class SiteField:
    """A field of `/api/v3/site/`: its type, and a function that returns its value."""

    kind: Any
    describe: Callable[[Site, Locale], Any]


class SearchKind:
    """A kind of page that can be searched. Subclass it and register an instance."""

    def find(self, home: Page, query: str) -> QuerySet:
        """Return the live, public pages below a home page that match a query, best first."""
        raise NotImplementedError

    def text(self, page: Page) -> str:
        """Return the text of a page from which search results show an excerpt."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class FeedbackOffer:
    """
    The defaults of comments and ratings for a page type.

    `since` names the field with the datetime from which comments are open, `schema_type` is the
    schema.org type of such a page.
    """

    comments: bool
    ratings: bool
    since: str
    schema_type: str


@dataclass(frozen=True, slots=True)
class PagePart:
    """
    A part of a page that another app renders.

    `render(context, page)` returns HTML, "" for a page without this part. `styles` are paths of
    static files, which are linked if `is_on(page)`.
    """

    render: Callable[[Any, Page], SafeString]
    is_on: Callable[[Page], bool]
    styles: tuple[str, ...] = ()


class PortalEndpoint:
    """
    A view of API v2 that is ours: with rate limit, checked parameters and entity tags.

    A mixin of our viewsets. A project's own endpoints, in the same router or in another, are left
    alone.
    """


def is_api_request(request: HttpRequest) -> bool:
    """Return whether a request is answered by API v3 or by one of our endpoints of API v2."""
    match = request.resolver_match
    if match is None:
        return False
    view = getattr(match.func, "cls", None)
    ours = isinstance(view, type) and issubclass(view, PortalEndpoint)
    return ours or V3_NAMESPACE in match.namespaces


def every_page(model: type[Page]) -> bool:
    """Return True: the default for registries that can be limited to some page types."""
    return True


# URL namespaces of the routers that serve our endpoints of API v2, and of API v3.
V2_NAMESPACES = ["civic_api_v2"]
V3_NAMESPACE = "wagtailapi_v3"

ROUTERS: list[tuple[str, Router]] = []
PAGE_FIELDS: list[tuple[APIField, Callable[[type[Page]], bool]]] = []
WRITTEN_RELATIONS: list[tuple[str, Callable[[type[Page]], bool]]] = []
PAGE_PARTS: list[PagePart] = []
PAGE_FIGURES: dict[str, Callable[[Sequence[Page]], dict[int, Any]]] = {}
FEEDBACK_OFFERS: dict[type[Page], FeedbackOffer] = {}
SITE_FIELDS: dict[str, SiteField] = {}
TAXONOMIES: dict[str, Callable[[Site, Locale], list[dict]]] = {}
SEARCH_KINDS: dict[str, SearchKind] = {}
LIST_PREFETCHES: list[tuple[type[Page], Callable[[Sequence], None]]] = []
LIVE_VERSIONS: dict[str, Callable[[Iterable[int]], QuerySet]] = {}
RICH_TEXT_FILTERS: list[Callable[[str, Page, HttpRequest], str]] = []
CITATION_EXTRACTORS: dict[type[Page], Any] = {}
LINK_CHOOSERS: dict[str, str] = {}
STATISTICS_PAGE_TYPES: list[type[Page]] = []


def register_router(prefix: str, router: Router) -> None:
    """
    Serve the operations of `router` below `/api/v3` + `prefix`.

    Raise `ImproperlyConfigured` if Wagtail's API is built already.
    """
    require_unbuilt_api()
    ROUTERS.append((prefix, router))


def register_page_field(field: APIField, has_it: Callable[[type[Page]], bool] = every_page) -> None:
    """
    Add a field to page types in API v2 and v3: to all, or to those for which `has_it` is true.

    The field must have a serializer. `has_it` is called after all apps have registered.
    """
    PAGE_FIELDS.append((field, has_it))


def register_written_relation(name: str, has_it: Callable[[type[Page]], bool]) -> None:
    """
    Make a child relation of pages writable over API v3, if it is not readable under its name.

    `name` is the `related_name` of a `ParentalKey` to `wagtailcore.Page`; `has_it` selects page
    types.
    """
    WRITTEN_RELATIONS.append((name, has_it))


def register_page_part(part: PagePart) -> None:
    """Render `part` where templates of page types use `{% page_parts %}`."""
    PAGE_PARTS.append(part)


def register_page_figures(name: str, read: Callable[[Sequence[Page]], dict[int, Any]]) -> None:
    """
    Add a field `name` to lists of pages; `read(pages)` returns its values by page id.

    `read` must cost a constant number of queries for any number of pages.
    """
    PAGE_FIGURES[name] = read


def register_feedback(
    model: type[Page],
    *,
    comments: bool = True,
    ratings: bool = True,
    since: str = "first_published_at",
    schema_type: str = "WebPage",
) -> None:
    """
    Let readers comment on and rate pages of `model` and its subclasses.

    `comments` and `ratings` say whether they are open if neither the page nor its site decides.
    Without the app `feedback` it has no effect. Raise `ImproperlyConfigured` if the schemas of API
    v3 are built already.
    """
    require_unbuilt_api()
    FEEDBACK_OFFERS[model] = FeedbackOffer(comments, ratings, since, schema_type)


def register_site_field(name: str, field: SiteField) -> None:
    """Add a field to the response of `/api/v3/site/`."""
    SITE_FIELDS[name] = field


def register_taxonomy(name: str, used: Callable[[Site, Locale], list[dict]]) -> None:
    """
    Add a list of terms to `/api/v3/taxonomies/`, under `name`.

    `used` returns the terms of a site in a language with the `count` of its live, public pages, as
    `headless.content.taxonomies.counted_terms` does.
    """
    TAXONOMIES[name] = used


def register_search_kind(name: str, kind: SearchKind) -> None:
    """Add the list of pages that `kind` finds to `/api/v3/search/`."""
    SEARCH_KINDS[name] = kind


def register_list_prefetch(model: type[Page], prefetch: Callable[[Sequence], None]) -> None:
    """
    Call `prefetch` with the pages of a list in API v2, to prefetch related objects.

    It gets the pages that are instances of `model`.
    """
    LIST_PREFETCHES.append((model, prefetch))


def register_live_versions(kind: str, versions: Callable[[Iterable[int]], QuerySet]) -> None:
    """
    Give figures that readers change (ratings, comment counts) versions of their own.

    `versions(keys)` returns a queryset of the rows with these primary keys, annotated with
    `live_version`, a monotonically increasing number. Code that raises it calls
    `headless.cache.content_version.invalidate_live_versions` in the same transaction.
    """
    LIVE_VERSIONS[kind] = versions


def register_rich_text_filter(filter_html: Callable[[str, Page, HttpRequest], str]) -> None:
    """
    Filter each rich text that the APIs return for display (`?rich_text_format=html`).

    `filter_html` gets the HTML, its page and the request, and returns HTML.
    """
    RICH_TEXT_FILTERS.append(filter_html)


def register_citation_extractor(model: type[Page], extractor: Any) -> None:
    """
    Extract citations of official documents from pages of `model`.

    `extractor` is a `directives.citing.extraction.CitationExtractor`; without the app `directives` it is unused.
    """
    CITATION_EXTRACTORS[model] = extractor


def register_link_chooser(url_name: str, label: str) -> None:
    """
    Show the chooser at `url_name` in the link dialog of rich texts, under `label`.

    It is a `headless.content.admin.page_choosers.PageChooserViewSet`; what it chooses is stored as the
    page link that it is, like one of Wagtail's page chooser.
    """
    LINK_CHOOSERS[url_name] = label


def register_statistics_page_type(model: type[Page]) -> None:
    """Count pages of `model` as articles in the statistics of `widgets`."""
    STATISTICS_PAGE_TYPES.append(model)


def feedback_offer(model: type[Page]) -> FeedbackOffer | None:
    """Return the `FeedbackOffer` of a page type or its base classes, None if there is none."""
    return next((FEEDBACK_OFFERS[each] for each in model.__mro__ if each in FEEDBACK_OFFERS), None)


def page_figures(pages: Sequence[Page]) -> dict[int, dict[str, Any]]:
    """Return the registered figures of `pages` by page id and name."""
    found: dict[int, dict[str, Any]] = {page.pk: {} for page in pages}
    for name, read in PAGE_FIGURES.items():
        for pk, value in read(pages).items():
            found[pk][name] = value
    return found


def require_unbuilt_api() -> None:
    """
    Raise `ImproperlyConfigured` if the routes of API v3 are built already or will be built first.

    Our fields and routes would silently be missing from it.
    """
    names = [each.name for each in apps.get_app_configs()]
    below = any(name in names[: names.index("headless")] for name in APPS_BUILDING_API_V3)
    if below or "wagtail.api.v3.routers.pages" in sys.modules:
        raise ImproperlyConfigured(
            "Put the apps of Civic Portal above Wagtail's own in INSTALLED_APPS, and “headless” "
            "the last of them, because Wagtail's API can be extended only before it is built."
        )
