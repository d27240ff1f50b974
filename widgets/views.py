"""Public views: page view counting, figures and map data."""

import json
from base64 import b64decode

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import condition, require_GET, require_POST, require_safe

from headless.cache.content_version import content_version
from headless.content.requests.rate_limits import RateLimitExceeded
from headless.content.visibility import published

from .models import AdministrativeMapPage, StatisticsPage
from .visits.counting import STATUS, count_view
from .visits.figures import describe_figures

MAX_BODY_BYTES = 200
PIXEL = b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")


@csrf_exempt
@require_POST
def visit(request):
    """
    Count a page view reported by a script of this site: `{"page": 1}`, as JSON or plain text.

    Answers 204, or 4xx with a sentence about what is wrong.
    """
    if _is_foreign(request):
        return _refusal(403, _("Requests from other websites are not allowed."))
    if request.content_type not in {"application/json", "text/plain"}:
        return _refusal(415, _("Send JSON."))
    length = request.META.get("CONTENT_LENGTH", "")
    if not length.isdecimal():
        return _refusal(411, _("The header Content-Length is required."))
    # `int` raises ValueError for thousands of digits.
    if len(length) > 9 or int(length) > MAX_BODY_BYTES:
        return _refusal(413, _("The request body is too large."))
    try:
        page_id = _page_id(json.loads(request.body))
    except (ValueError, RecursionError):
        return _refusal(400, _('Send the number of a page: {"page": 1}.'))
    return HttpResponse(**_counted(request, page_id))


def _is_foreign(request) -> bool:
    """Return whether the request comes from a page of another website that CORS does not allow."""
    if request.META.get("HTTP_ORIGIN") in getattr(settings, "CORS_ALLOWED_ORIGINS", ()):
        return False
    return request.META.get("HTTP_SEC_FETCH_SITE", "none") not in {"same-origin", "none"}


def _page_id(data) -> int:
    page_id = data.get("page") if isinstance(data, dict) else None
    if type(page_id) is not int:
        raise ValueError("not the number of a page")
    return page_id


def _refusal(status, sentence):
    return HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")


@never_cache
@require_GET
def visit_pixel(request, page_id):
    """Count a page view of a browser without scripts, by a transparent 1×1 GIF."""
    if _is_foreign(request):
        return HttpResponse(status=403)
    answer = _counted(request, page_id)
    if answer["status"] != 204:
        return HttpResponse(**answer)
    return HttpResponse(PIXEL, content_type="image/gif")


def _counted(request, page_id):
    """Count a page view; return the status of the answer, and its headers if it has some."""
    try:
        return {"status": STATUS[count_view(request, page_id)]}
    except RateLimitExceeded as error:
        return {"status": 429, "headers": {"Retry-After": str(error.retry_after)}}


@cache_control(public=True, max_age=5)
@require_safe
def figures(request, page_id):
    """Return the figures of a statistics page's site as JSON, readable by any website (CORS)."""
    page = get_object_or_404(published(StatisticsPage.objects.all()), pk=page_id)
    site = page.get_site()
    if site is None:
        raise Http404
    response = JsonResponse(describe_figures(site, page.home_path))
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _map_version(request, page_id):
    return f'"{page_id}-{content_version(request)}"'


@cache_control(public=True, max_age=60)
@condition(etag_func=_map_version)
@require_safe
def map_geojson(request, page_id):
    """
    Return areas and places of a map as GeoJSON in the page's language, readable by any website.
    """
    page = get_object_or_404(published(AdministrativeMapPage.objects.all()), pk=page_id)
    response = JsonResponse(page.geojson(), content_type="application/geo+json")
    response["Access-Control-Allow-Origin"] = "*"
    return response
