"""What everybody may see: live and public pages, files of unrestricted collections."""

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef
from wagtail.documents import get_document_model
from wagtail.models import (
    CollectionViewRestriction,
    PageQuerySet,
    PageViewRestriction,
)

from .download_names import with_given_names


def public_documents():
    """The documents that anybody may download: in no collection that is restricted."""
    return documents_for_clients().filter(closed=False)


def documents_for_clients():
    """
    Return all documents with the names that their files are offered under.

    Each has `closed`: whether its collection, or one above, is restricted.
    """
    restrictions = CollectionViewRestriction.objects.annotate(
        document_path=ExpressionWrapper(OuterRef("collection__path"), output_field=CharField())
    )
    restricted = restrictions.filter(document_path__startswith=F("collection__path"))
    documents = with_given_names(get_document_model().objects.all())
    return documents.annotate(closed=Exists(restricted))


def public_among(documents: list) -> dict:
    """Those of `documents` that anybody may download, by id."""
    if all(hasattr(each, "closed") for each in documents):
        return {each.pk: each for each in documents if not each.closed}
    return public_documents().in_bulk([each.pk for each in documents])


def published(pages: PageQuerySet) -> PageQuerySet:
    """Those of `pages` that any reader may see: live, public and nobody's alias."""
    return live_and_public(pages).filter(alias_of=None)


def live_and_public(pages: PageQuerySet) -> PageQuerySet:
    """
    Those of `pages` that are live and public.

    Restrictions are judged in the same query; Wagtail's `public()` costs one of its own each time.
    """
    return pages.filter(~restricted(), live=True)


def restricted(without: PageViewRestriction | None = None) -> Exists:
    """Whether a page of a query, or one above it, is restricted (by another one than `without`)."""
    restrictions = PageViewRestriction.objects.annotate(
        page_path=ExpressionWrapper(OuterRef("path"), output_field=CharField())
    )
    if without is not None:
        restrictions = restrictions.exclude(pk=without.pk)
    return Exists(restrictions.filter(page_path__startswith=F("page__path")))
