"""Select what everybody may see: live, public pages and documents in unrestricted collections."""

from django.db.models import (
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    Q,
    Subquery,
)
from django.db.models.lookups import IsNull
from wagtail.documents import get_document_model
from wagtail.models import (
    CollectionViewRestriction,
    Page,
    PageQuerySet,
    PageViewRestriction,
)

from .files.download_names import with_given_names
from .restricted_paths import restricted_paths


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
    return pages.filter(is_published())


def is_published(prefix: str = "") -> Q:
    """
    Return the condition that everybody may see a page; `prefix` leads to it, as in "page__".
    """
    return _is_live_and_public(prefix) & Q(IsNull(Unindexed(F(f"{prefix}alias_of")), True))


def live_and_public(pages: PageQuerySet) -> PageQuerySet:
    """Return those of `pages` that are live and have no view restriction, aliases included."""
    return pages.filter(_is_live_and_public())


def _is_live_and_public(prefix=""):
    """
    Return the condition without aliases.

    Restricted pages are left out by their paths, which cost a list nothing where there are none.
    """
    condition = Q(**{f"{prefix}live": True})
    for path in restricted_paths():
        condition &= ~Q(**{f"{prefix}path__startswith": path})
    return condition


class Unindexed(Func):
    """
    A column that SQLite may not look up in its index, in a condition that most rows meet.

    SQLite takes the index on `alias_of`, which is NULL for nearly every page, and then reads and
    sorts all of them instead of walking the list's own index. PostgreSQL counts the NULLs.
    """

    template = "%(expressions)s"
    arity = 1

    def as_sqlite(self, compiler, connection, **extra):
        return self.as_sql(compiler, connection, template="+%(expressions)s", **extra)


def has_view_restriction(without: PageViewRestriction | None = None) -> Exists:
    """
    Return an expression for whether a page or an ancestor has a view restriction.

    The restriction `without` is ignored. The path of the restricted page is a subquery rather than
    a join, which databases with statistics begin with the table of pages.
    """
    restricted = Page.objects.filter(pk=OuterRef("page_id")).order_by().values("path")
    restrictions = PageViewRestriction.objects.annotate(
        page_path=ExpressionWrapper(OuterRef("path"), output_field=CharField()),
        restricted_path=Subquery(restricted),
    )
    if without is not None:
        restrictions = restrictions.exclude(pk=without.pk)
    return Exists(restrictions.filter(page_path__startswith=F("restricted_path")))
