"""Operations on official documents in API v3."""

from datetime import date
from typing import Literal

from django.db.models import Count
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import override
from ninja import Query, Schema
from ninja.decorators import decorate_view
from pydantic import Field
from typing_extensions import TypedDict
from wagtail.models import Locale, Site

from headless.api.block_types import documented
from headless.api.fields import (
    PortalFile,
    PortalPage,
    PortalTerm,
    describe_file,
    describe_page,
    describe_term,
)
from headless.api.pagination import PortalPagination, paginate_queryset
from headless.api.problems import unprocessable
from headless.api.query_parameters import (
    Day,
    LocaleParameter,
    PageId,
    SiteParameter,
    requested_locale,
    requested_site,
)
from headless.api.routers import PortalRouter
from headless.cache.response_cache import cache_response
from headless.content.links.page_urls import cache_site_roots
from headless.content.search import MAX_QUERY_LENGTH
from headless.content.sites import in_locale, published_on

from .citations import citation_key
from .fields import PortalLegalStatus
from .models import Citation, DirectivePage, DocumentType, IssuingBody
from .querysets import DirectiveQuerySet
from .vocabularies.legal_status import LegalStatus

router = PortalRouter(tags=["directives"])

ORDERS = {
    "newest": ["-issued_on", "-pk"],
    "oldest": ["issued_on", "pk"],
    "number": ["number_key", "pk"],
    "-number": ["-number_key", "-pk"],
}


class PortalDirectiveCard(TypedDict):
    """An official document as lists show it; `legal_status` is as of today."""

    id: int
    type: Literal["civic_directives.DirectivePage"]
    title: str
    slug: str
    url: str | None
    locale: str
    document_number: str
    number_key: str
    document_type: PortalTerm
    issuing_body: PortalTerm
    subject: str
    issued_on: date
    effective_on: date | None
    expires_on: date | None
    legal_status: PortalLegalStatus
    signer: str
    signer_title: str
    attachments: list[PortalFile]


class PortalDirectives(TypedDict):
    """
    A part of a list of official documents; `count` is the length of the whole list.

    `next_cursor` leads to the next part, None after the last one.
    """

    count: int
    items: list[PortalDirectiveCard]
    next_cursor: str | None


class PortalDirectiveFilters(Schema):
    """Filters of a list of official documents; an omitted filter does not narrow the list."""

    q: str = Field(
        "",
        max_length=MAX_QUERY_LENGTH,
        description="A number, however it is typed, or words, with or without diacritics.",
    )
    number: str = Field("", max_length=100, description="A number as printed, or its `number_key`.")
    type: str = Field("", max_length=60, description="The `code` of a document type.")
    issuer: str = Field("", max_length=80, description="The `code` of an issuing body.")
    year: int | None = Field(None, ge=1000, le=9000, description="The year of issue.")
    issued_from: Day | None = None
    issued_to: Day | None = None
    effective_from: Day | None = None
    effective_to: Day | None = None
    status: PortalLegalStatus | None = None
    related_to: PageId | None = Field(
        None, description="The id of an official document that they act on, or that acts on them."
    )
    cited_by: PageId | None = Field(None, description="The id of a page that cites them.")


class PortalDirectiveOrder(Schema):
    """Order of a list of official documents."""

    order: Literal[tuple(ORDERS)] = "newest"


class PortalFacetTerm(TypedDict):
    """A type or issuing body, and the number of documents that have it."""

    code: str
    name: str
    count: int


class PortalFacetYear(TypedDict):
    """A year of issue, and its number of documents."""

    year: int
    count: int


class PortalFacetStatus(TypedDict):
    """A legal status with its translated name, and its number of documents."""

    code: PortalLegalStatus
    name: str
    count: int


class PortalDirectiveFacets(TypedDict):
    """
    Values to filter official documents by, with counts under the other active filters.

    Each facet is counted without its own filter. Values without documents are left out.
    """

    types: list[PortalFacetTerm]
    issuers: list[PortalFacetTerm]
    years: list[PortalFacetYear]
    statuses: list[PortalFacetStatus]


LOOKUPS = {
    "type": "document_type__code",
    "issuer": "issuing_body__code",
    "year": "issued_on__year",
    "issued_from": "issued_on__gte",
    "issued_to": "issued_on__lte",
    "effective_from": "effective_on__gte",
    "effective_to": "effective_on__lte",
    "status": "legal_status",
}


def validate_filters(asked: PortalDirectiveFilters, locale: Locale) -> None:
    """Raise a 422 problem for an unknown type or issuing body or a reversed date range."""
    for name, model in (("type", DocumentType), ("issuer", IssuingBody)):
        code = getattr(asked, name)
        if code and not model.objects.filter(code=code, locale=locale).exists():
            messages = {
                "type": _("There is no such document type."),
                "issuer": _("There is no such issuing body."),
            }
            raise unprocessable("query", name, messages[name])
    for name in ("issued", "effective"):
        first, last = getattr(asked, f"{name}_from"), getattr(asked, f"{name}_to")
        if first and last and first > last:
            message = _("The last day lies before the first.")
            raise unprocessable("query", f"{name}_to", message)


def apply_filters(
    directives: DirectiveQuerySet, asked: PortalDirectiveFilters, site: Site, without: str = ""
) -> DirectiveQuerySet:
    """
    Return the documents that match `asked`, ignoring the filter named `without`.

    Raises a 422 problem if `related_to` or `cited_by` names no page of the site.
    """
    directives = directives.with_legal_status()
    if asked.q:
        directives = directives.with_number_or_text(asked.q)
    if asked.number:
        directives = directives.filter(number_key__in={asked.number, citation_key(asked.number)})
    if asked.related_to:
        other = published_on(site, DirectivePage).filter(pk=asked.related_to).first()
        if other is None:
            message = _("There is no such official document.")
            raise unprocessable("query", "related_to", message)
        directives = directives.related_to(other)
    if asked.cited_by:
        if not published_on(site).filter(pk=asked.cited_by).exists():
            raise unprocessable("query", "cited_by", _("There is no such page."))
        cited = Citation.objects.filter(source=asked.cited_by).exclude(directive=None)
        directives = directives.filter(
            translation_key__in=cited.values("directive__translation_key")
        )
    wanted = {
        lookup: getattr(asked, name)
        for name, lookup in LOOKUPS.items()
        if getattr(asked, name) and name != without
    }
    return directives.filter(**wanted)


def describe_directive(page: DirectivePage) -> PortalDirectiveCard:
    """Return the card of a document read with `for_api`."""
    return {
        "id": page.pk,
        "type": page._meta.label,
        "title": page.title,
        "slug": page.slug,
        "url": page.full_url,
        "locale": page.locale.language_code,
        "document_number": page.document_number,
        "number_key": page.number_key,
        "document_type": describe_term(page.document_type),
        "issuing_body": describe_term(page.issuing_body),
        "subject": page.subject,
        "issued_on": page.issued_on,
        "effective_on": page.effective_on,
        "expires_on": page.expires_on,
        "legal_status": str(page.legal_status),
        "signer": page.signer,
        "signer_title": page.signer_title,
        "attachments": [describe_file(row.document, row.title) for row in page.attachments.all()],
    }


@router.get(
    "/",
    response=documented(PortalDirectives),
    operation_id="portal_directives_list",
    summary="List official documents as cards, the newest first",
)
def list_directives(
    request: HttpRequest,
    asked: Query[PortalDirectiveFilters],
    order: Query[PortalDirectiveOrder],
    pagination: Query[PortalPagination],
    site: SiteParameter,
    locale: LocaleParameter,
):
    """Return a window of the documents in one language that match the filters."""
    site = requested_site(request, site)
    locale = requested_locale(site, locale)
    validate_filters(asked, locale)
    directives = in_locale(published_on(site, DirectivePage), locale)
    directives = apply_filters(directives, asked, site).order_by(*ORDERS[order.order])
    part = paginate_queryset(request, directives.for_api(), pagination)
    cards = [describe_directive(page) for page in cache_site_roots(part["items"])]
    return part | {"items": cards}


@router.get(
    "/facets/",
    response=documented(PortalDirectiveFacets),
    operation_id="portal_directives_facets",
    summary="Count official documents by type, body, year and legal status",
)
@decorate_view(cache_response(3600))
def count_facets(
    request: HttpRequest,
    asked: Query[PortalDirectiveFilters],
    site: SiteParameter,
    locale: LocaleParameter,
):
    """Return the facets of the documents that match the filters."""
    site = requested_site(request, site)
    locale = requested_locale(site, locale)
    validate_filters(asked, locale)
    directives = in_locale(published_on(site, DirectivePage), locale)
    if asked.q:
        # Searched for once, not for each facet.
        directives = directives.with_number_or_text(asked.q)
        asked = asked.model_copy(update={"q": ""})

    def counted(name, *fields):
        rows = apply_filters(directives, asked, site, without=name).order_by()
        return rows.values(*fields).annotate(count=Count("pk")).order_by(*fields)

    years = counted("year", "issued_on__year").reverse()
    with override(locale.language_code):
        statuses = [
            {
                "code": row["legal_status"],
                "name": str(LegalStatus(row["legal_status"]).label),
                "count": row["count"],
            }
            for row in counted("status", "legal_status")
        ]
    return {
        "types": _terms(counted("type", "document_type__name", "document_type__code")),
        "issuers": _terms(counted("issuer", "issuing_body__name", "issuing_body__code")),
        "years": [{"year": row["issued_on__year"], "count": row["count"]} for row in years],
        "statuses": statuses,
    }


def _terms(rows) -> list[PortalFacetTerm]:
    terms = []
    for row in rows:
        name, code, count = row.values()
        terms.append({"code": code, "name": name, "count": count})
    return terms


class PortalCitingPages(TypedDict):
    """
    A part of the pages that cite a document; `count` is the number of all of them.

    `next_cursor` leads to the next part, None after the last one.
    """

    count: int
    items: list[PortalPage]
    next_cursor: str | None


@router.get(
    "/{directive_id}/cited_by/",
    response=documented(PortalCitingPages),
    operation_id="portal_directives_cited_by",
    summary="List the pages that cite a document, the newest first",
)
def list_citing_pages(
    request: HttpRequest,
    directive_id: int,
    pagination: Query[PortalPagination],
    site: SiteParameter,
):
    """Return a window of the pages that cite a document; 404 for an unknown document."""
    directives = published_on(requested_site(request, site), DirectivePage)
    citing = get_object_or_404(directives, pk=directive_id).cited_by()
    part = paginate_queryset(request, citing, pagination)
    return part | {"items": [describe_page(page) for page in cache_site_roots(part["items"])]}
