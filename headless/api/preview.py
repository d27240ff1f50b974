"""The route of API v3 from which a front end reads unsaved edits."""

from typing import Annotated

from django.http import HttpRequest
from django.views.decorators.cache import cache_control
from ninja import Query
from ninja.decorators import decorate_view
from wagtail.api.rich_text import RichTextOutputFormat
from wagtail.api.v3.routers.pages import PageDetailSchema

from ..content.client_preview import get_previewed_page
from .query_parameters import SiteParameter, requested_site
from .routers import PortalRouter

router = PortalRouter(tags=["preview"])

ContentType = Annotated[str, Query(max_length=200, description="From the URL of the preview.")]
Token = Annotated[str, Query(max_length=255, description="From the URL of the preview.")]


@router.get(
    "/",
    response=PageDetailSchema,
    operation_id="portal_preview",
    url_name="portal_preview",
    summary="A page with unsaved edits",
    description=(
        "Answers like the detail of a page, for the `content_type` and `token` with which the "
        "admin opens a front end. The `id` of an unsaved new page is 0. Never cached."
    ),
)
@decorate_view(cache_control(no_store=True, private=True))
def preview(
    request: HttpRequest,
    content_type: ContentType,
    token: Token,
    site: SiteParameter,
    rich_text_format: RichTextOutputFormat | None = None,
):
    """Return an unsaved page for the token of a preview."""
    # Prevents caching of anything computed for the preview.
    request.is_preview = True
    requested_site(request, site)
    return get_previewed_page(content_type, token)
