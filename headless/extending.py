"""
All registries by which apps extend what is served, one function each.

Call these functions from `AppConfig.ready` of an app that stands above `headless` in
`INSTALLED_APPS`. The registries are plain lists and dictionaries that the rooms of `headless` and
the apps above it read; this module imports none of them.
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

# Wagtail's apps that add routes of their own to API v3 in `ready()`.
BUILD_THE_API = {
    "wagtail.contrib.redirects",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.locales",
    "wagtail.snippets",
}


@dataclass(frozen=True)
class SiteField:
    """A field of `/api/v3/site/`: its type, and a function that gives its value."""

    kind: Any
    describe: Callable[[Site, Locale], Any]


class SearchKind:
    """A kind of page that readers search. Subclass it and register an instance."""

    def find(self, home: Page, query: str) -> QuerySet:
        """Return the live, public pages below a home page that match a query, newest first."""
        raise NotImplementedError

    def text(self, page: Page) -> str:
        """Return the text of a page from which search results show an excerpt."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class FeedbackOffer:
    """
    How the pages of a type take part in readers' comments and ratings.

    `since` names the field with the moment that comments are open from, `schema_type` is the type
    by which search engines know such a page (schema.org).
    """

    comments: bool
    ratings: bool
    since: str
    schema_type: str


@dataclass(frozen=True, slots=True)
class PagePart:
    """
    What an app shows below the pages of others.

    `render(context, page)` returns HTML, "" for a page without this part; `styles` are paths of
    static files, linked where `is_on(page)`.
    """

    render: Callable[[Any, Page], SafeString]
    is_on: Callable[[Page], bool]
    styles: tuple[str, ...] = ()


def every_page(model: type[Page]) -> bool:
    """Return True: the default of registries that can be confined to some page types."""
    return True


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
STATISTICS_PAGE_TYPES: list[type[Page]] = []


def register_router(prefix: str, router: Router) -> None:
    """
    Serve the operations of `router` below `/api/v3` + `prefix`.

    Raises `ImproperlyConfigured` if Wagtail's API was built before.
    """
    refuse_late_start()
    ROUTERS.append((prefix, router))


def register_page_field(field: APIField, has_it: Callable[[type[Page]], bool] = every_page) -> None:
    """
    Add a field to page types in API v2 and v3: to all, or to those that `has_it`.

    The field must have a serializer. `has_it` is called after all apps have registered.
    """
    PAGE_FIELDS.append((field, has_it))


def register_written_relation(name: str, has_it: Callable[[type[Page]], bool]) -> None:
    """
    Let child objects of pages be written over API v3 that are not read under their name.

    `name` is the relation of a model with a `ParentalKey` to `wagtailcore.Page`; `has_it` says
    which page types it is for.
    """
    WRITTEN_RELATIONS.append((name, has_it))


def register_page_part(part: PagePart) -> None:
    """Show `part` where templates of page types say `{% page_parts %}`."""
    PAGE_PARTS.append(part)


def register_page_figures(name: str, read: Callable[[Sequence[Page]], dict[int, Any]]) -> None:
    """
    Give lists of pages a field `name`; `read(pages)` returns its values by page id.

    It must cost the same number of queries however many pages there are.
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
    Let readers comment on pages of `model`, and of types made from it, and rate them.

    `comments` and `ratings` say whether they are open where neither the page nor its site says
    otherwise. Without the app `feedback` it has no effect. Raises `ImproperlyConfigured` if the
    schemas of API v3 were built before.
    """
    refuse_late_start()
    FEEDBACK_OFFERS[model] = FeedbackOffer(comments, ratings, since, schema_type)


def register_site_field(name: str, field: SiteField) -> None:
    """Add a field to the answer of `/api/v3/site/`."""
    SITE_FIELDS[name] = field


def register_taxonomy(name: str, used: Callable[[Site, Locale], list[dict]]) -> None:
    """
    Add a list of terms to `/api/v3/taxonomies/`, under `name`.

    `used` returns the terms of a site in a language with the `count` of its live, public pages, as
    `headless.content.taxonomies.counted_terms` does.
    """
    TAXONOMIES[name] = used


def register_search_kind(name: str, kind: SearchKind) -> None:
    """Add a list of pages, those that `kind` finds, to `/api/v3/search/`."""
    SEARCH_KINDS[name] = kind


def register_list_prefetch(model: type[Page], prefetch: Callable[[Sequence], None]) -> None:
    """
    Have `prefetch` read related objects for all pages of a list of API v2.

    It is given those pages of one answer that are of `model` or of a type made from it.
    """
    LIST_PREFETCHES.append((model, prefetch))


def register_live_versions(kind: str, versions: Callable[[Iterable[int]], QuerySet]) -> None:
    """
    Give figures that readers change (ratings, comment counts) versions of their own.

    `versions(keys)` returns a queryset of the rows with these primary keys, annotated with
    `live_version`, a number that only rises. Code that raises it calls
    `headless.cache.content_version.invalidate_live_versions` in the same transaction.
    """
    LIVE_VERSIONS[kind] = versions


def register_rich_text_filter(filter_html: Callable[[str, Page, HttpRequest], str]) -> None:
    """
    Have `filter_html` rewrite each rich text that the APIs give for display
    (`?rich_text_format=html`): it is given the HTML, its page and the request.
    """
    RICH_TEXT_FILTERS.append(filter_html)


def register_citation_extractor(model: type[Page], extractor: Any) -> None:
    """
    Make pages of `model` cite official documents.

    `extractor` is a `directives.citing.extraction.Extractor`; without the app `directives` it is unused.
    """
    CITATION_EXTRACTORS[model] = extractor


def register_statistics_page_type(model: type[Page]) -> None:
    """Count pages of `model` as articles in the statistics of `widgets`."""
    STATISTICS_PAGE_TYPES.append(model)


def feedback_offer(model: type[Page]) -> FeedbackOffer | None:
    """Return how pages of `model` take part in comments and ratings, None if they do not."""
    return next((FEEDBACK_OFFERS[each] for each in model.__mro__ if each in FEEDBACK_OFFERS), None)


def page_figures(pages: Sequence[Page]) -> dict[int, dict[str, Any]]:
    """Return by page id the registered figures of each of `pages`, by name."""
    found: dict[int, dict[str, Any]] = {page.pk: {} for page in pages}
    for name, read in PAGE_FIGURES.items():
        for pk, value in read(pages).items():
            found[pk][name] = value
    return found


def refuse_late_start() -> None:
    """
    Raise `ImproperlyConfigured` if the routes of API v3 are built already or about to be.

    They would lack our fields and routes without any message.
    """
    names = [each.name for each in apps.get_app_configs()]
    below = any(name in names[: names.index("headless")] for name in BUILD_THE_API)
    if below or "wagtail.api.v3.routers.pages" in sys.modules:
        raise ImproperlyConfigured(
            "Put the apps of Civic Portal above Wagtail's own in INSTALLED_APPS, and “headless” "
            "the last of them: Wagtail's API is built before ours could extend it."
        )
