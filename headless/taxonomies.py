"""By what terms readers find content: each app says which it has, and how often each is used."""

from collections.abc import Callable

from django.db.models import Count
from wagtail.models import Locale, Site
from wagtail.query import PageQuerySet

TAXONOMIES: dict[str, Callable] = {}


def register_taxonomy(name: str, used: Callable[[Site, Locale], list[dict]]) -> None:
    """
    Adds a list of terms to `/taxonomies/` in API v3, under `name`.

    `used` gives the terms of a site in a language with the `count` of its live, public pages, as
    `counted_terms` does. To be called from `AppConfig.ready` of an app that stands above `headless`.
    """
    TAXONOMIES[name] = used


def counted_terms(terms, pages: PageQuerySet, field: str) -> list[dict]:
    """`terms` with how many of `pages` have each in `field`, 0 included, in two queries."""
    counts = dict(pages.order_by().values_list(field).annotate(Count("pk", distinct=True)))
    return [
        {
            "id": term.pk,
            "code": getattr(term, "code", None) or term.slug,
            "name": term.name,
            "count": counts.get(term.pk, 0),
        }
        for term in terms
    ]
