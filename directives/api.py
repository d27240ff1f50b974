"""Routes of official documents in Wagtail's API v3."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router
from ninja.pagination import paginate
from wagtail.api.v3.auth import AllowAnonymous, BearerTokenAuth
from wagtail.api.v3.pagination import WagtailLimitOffsetPagination

from headless.fields import PortalPage, describe_page
from headless.paths import addressed

from .models import DirectivePage

router = Router(auth=[BearerTokenAuth(), AllowAnonymous()], tags=["directives"])


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
def cited_by(request: HttpRequest, directive: int, **kwargs):
    page = get_object_or_404(DirectivePage.objects.published(), pk=directive)
    return page.cited_by()
