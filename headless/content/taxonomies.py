"""Terms by which content is classified, with the number of pages for each."""

from django.db.models import Count
from wagtail.query import PageQuerySet


def counted_terms(terms, pages: PageQuerySet, field: str) -> list[dict]:
    """
    Return `terms` for API clients, each with its number of `pages`.

    `field` is the field of a page that refers to the term. Terms without pages have the count 0.
    Costs two queries.
    """
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
