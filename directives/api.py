"""Routes of official documents in Wagtail's API v3."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja.pagination import paginate
from wagtail.api.v3.pagination import WagtailLimitOffsetPagination

from headless.fields import PortalPage, describe_page
from headless.parameters import SiteParameter
from headless.paths import addressed
from headless.routers import PortalRouter
from headless.sites import published_on, requested_site

from .models import DirectivePage

router = PortalRouter(tags=["directives"])


class CitingPages(WagtailLimitOffsetPagination):
    """Pages as clients see them; the sites are looked up once for all."""

    def paginate_queryset(self, queryset, pagination, request, **params):
        answer = super().paginate_queryset(queryset, pagination, request, **params)
        pages = addressed(answer["items"])
        return answer | {"items": [describe_page(page) for page in pages]}


@router.get(
    "/{directive}/cited_by/",
    response=list[PortalPage],
    operation_id="portal_directive_cited_by",
    summary="List the pages that cite a document, the newest first",
)
@paginate(CitingPages)
def cited_by(request: HttpRequest, directive: int, site: SiteParameter, **kwargs):
    pages = published_on(requested_site(request, site), DirectivePage)
    page = get_object_or_404(pages, pk=directive)
    return page.cited_by()
