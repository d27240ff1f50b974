"""Select what everybody may see: live, public pages and documents in unrestricted collections."""

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef
from wagtail.documents import get_document_model
from wagtail.models import (
    CollectionViewRestriction,
    PageQuerySet,
    PageViewRestriction,
)

from .download_names import with_given_names


def public_documents():
    """Return the documents that everybody may download."""
    return documents_with_restriction().filter(is_restricted=False)


def documents_with_restriction():
    """
    Return all documents with the names that their files are offered under.

    Each is annotated with `is_restricted`: whether its collection, or one above, is restricted.
    """
    restrictions = CollectionViewRestriction.objects.annotate(
        document_path=ExpressionWrapper(OuterRef("collection__path"), output_field=CharField())
    )
    covering = restrictions.filter(document_path__startswith=F("collection__path"))
    documents = with_given_names(get_document_model().objects.all())
    return documents.annotate(is_restricted=Exists(covering))


def public_documents_among(documents: list) -> dict:
    """
    Return by id those of `documents` that everybody may download.

    Costs no query for documents that are annotated with `is_restricted`.
    """
    if all(hasattr(each, "is_restricted") for each in documents):
        return {each.pk: each for each in documents if not each.is_restricted}
    return public_documents().in_bulk([each.pk for each in documents])


def published(pages: PageQuerySet) -> PageQuerySet:
    """Return those of `pages` that everybody may see: live, public and not an alias."""
    return live_and_public(pages).filter(alias_of=None)


def live_and_public(pages: PageQuerySet) -> PageQuerySet:
    """
    Return those of `pages` that are live and have no view restriction, aliases included.

    View restrictions are a subquery; Wagtail's `public()` costs a query of its own each time.
    """
    return pages.filter(~has_view_restriction(), live=True)


def has_view_restriction(without: PageViewRestriction | None = None) -> Exists:
    """
    Return an expression for whether a page or an ancestor has a view restriction.

    The restriction `without` is ignored.
    """
    restrictions = PageViewRestriction.objects.annotate(
        page_path=ExpressionWrapper(OuterRef("path"), output_field=CharField())
    )
    if without is not None:
        restrictions = restrictions.exclude(pk=without.pk)
    return Exists(restrictions.filter(page_path__startswith=F("page__path")))
