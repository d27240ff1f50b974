"""Middleware of the APIs and the admin."""

import re
from urllib.parse import unquote

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.api.v3.errors import problem_response
from wagtail.models import Page

from .api.json_bodies import find_invalid_text
from .api.problems import RETRY_SECONDS, rate_limited, service_unavailable
from .conf import API_NAMESPACES, conf
from .content.admin_visibility import Viewer, current_viewer, viewed_by
from .content.client_address import client_network
from .content.current_request import use_current_request
from .content.rate_limits import RateLimit, RateLimitExceeded
from .content.render_state import request_state
from .content.search import clean_query
from .errors import CacheUnavailable

NUMBER_LIMIT = 2**63
PORT = re.compile(r"[0-9]{0,5}")
# A path segment with more digits than any database integer.
LONG_NUMBER = re.compile(r"/\d{20,}(?:/|$)")
# Plain Django views, which accept every method.
DOCUMENTATION = {"openapi-json", "openapi-view"}
WITHOUT_BODY = {"GET", "HEAD", "OPTIONS"}


class RequestValidationMiddleware:
    """
    Reject requests that Wagtail 8.0.1 answers with a server error.

    Answers 400 for a NUL in a path or an API query and for an integer beyond 63 bits, 413 for a
    body longer than `DATA_UPLOAD_MAX_MEMORY_SIZE` that is not a file upload, 422 for JSON that is
    not an object or contains text that no database can store. Search operators are removed from API
    searches. On pages a NUL is removed from the query.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\0" in request.path_info:
            return bad_request(_("The URL contains a NUL character."))
        if LONG_NUMBER.search(request.path_info):
            return bad_request(_("A number in the URL is too large."))
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Reject invalid API requests and clean search queries before the view runs."""
        api = API_NAMESPACES & set(request.resolver_match.namespaces)
        if "\0" in unquote(request.META.get("QUERY_STRING", "")):
            if api:
                return bad_request(_("The URL contains a NUL character."))
            request.GET = QueryDict(request.META["QUERY_STRING"].replace("%00", ""))
        if not api:
            return None
        if _is_too_long(request):
            return problem_response(status=413, detail=str(_("The body is too long.")))
        if request.method not in WITHOUT_BODY and (fault := find_invalid_text(request)):
            return problem_response(status=422, detail=fault["msg"], errors=[fault])
        values = [*request.resolver_match.kwargs.values()]
        for name in request.GET:
            values += request.GET.getlist(name)
        if any(_is_too_large(str(value)) for value in values):
            return bad_request(_("A number in the URL is too large."))
        # Lists answer 400 already, our own routes 422.
        found = request.resolver_match.url_name == "find_page"
        if found and not PORT.fullmatch(request.GET.get("site", "").partition(":")[2]):
            return bad_request(
                _("The site must be a host with an optional port, for example example.org:8000.")
            )
        if request.GET.get("search_operator", "and") not in {"and", "or"}:
            return bad_request(_("The search operator must be “and” or “or”."))
        if "search" in request.GET:
            request.GET = request.GET.copy()
            request.GET["search"] = clean_query(request.GET["search"])
            if not request.GET["search"]:
                return bad_request(_("The search query contains no word."))
        return None


def _is_too_long(request) -> bool:
    limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    if limit is None or request.content_type == "multipart/form-data":
        return False
    length = request.META.get("CONTENT_LENGTH") or "0"
    return length.isdecimal() and int(length) > limit


def _is_too_large(value: str) -> bool:
    digits = value.strip().removeprefix("-")
    return digits.isdecimal() and (len(digits) > 19 or int(digits) >= NUMBER_LIMIT)


def bad_request(detail: str) -> HttpResponse:
    """Return a 400 problem (RFC 9457)."""
    return problem_response(status=400, detail=str(detail))


class CurrentRequestMiddleware:
    """Make the request available to fields and models, which build absolute URLs from its site."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with use_current_request(request):
            return self.get_response(request)


class AdminAccessMiddleware:
    """
    Hide pages of other sites from admin users who have no permission on them.

    Answers 404 for a page in an admin URL that must be hidden from the user, and for a public page
    where its drafts, history or comments would be shown. Sets the viewer for whom the admin
    renders.
    """

    # URL parameters that hold the id of a page.
    IN_PATH = {
        "page_id",
        "parent_page_id",
        "page_to_move_id",
        "destination_id",
        "page_pk",
        "page",
    }
    # Query and form parameters from which views of the admin read page ids, by URL name.
    IN_DATA = {
        "wagtailadmin_choose_page_chosen_multiple": ("id",),
        "wagtail_bulk_action": ("childOf", "chooser"),
    }

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with viewed_by(Viewer(request.user)):
            return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Raise `Http404` if the URL or form data refer to a page hidden from the user."""
        if not request.path_info.startswith(reverse("wagtailadmin_home")):
            return
        match, viewer = request.resolver_match, current_viewer()
        edited = "wagtailadmin_pages" in match.namespaces
        names = self.IN_PATH | ({"pk"} if edited else set())
        ids = {value for name, value in kwargs.items() if name in names}
        for name in self.IN_DATA.get(match.url_name, ()):
            values = request.GET.getlist(name) + request.POST.getlist(name)
            ids |= {value for value in values if value.isdecimal()}
        if not ids or not viewer.is_confined:
            return
        if edited:
            may = viewer.has_rights_on
        elif match.url_name in {"wagtailadmin_explore", "wagtailadmin_explore_results"}:
            may = viewer.may_explore
        else:
            may = viewer.may_see
        if not all(may(page) for page in Page.objects.filter(pk__in=ids)):
            raise Http404


class ApiMethodsMiddleware:
    """
    Support HEAD and OPTIONS on API v3, which Wagtail 8 refuses.

    HEAD is answered as GET without the body, OPTIONS with the methods in `Allow`. Other unsupported
    methods get a 405 problem.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        method = request_state(request).method
        if method is None:
            return response
        request.method = method
        if method == "OPTIONS" and response.status_code in {200, 405}:
            return HttpResponse(status=204, headers={"Allow": _allowed(response)})
        if response.status_code == 405:
            answer = problem_response(status=405, detail=str(_("This method is not allowed.")))
            answer["Allow"] = _allowed(response)
            response = answer
        if method == "HEAD" and not response.streaming:
            response.setdefault("Content-Length", str(len(response.content)))
            response.content = b""
        return response

    def process_view(self, request, view, args, kwargs):
        """Run HEAD requests as GET, and refuse other methods on the documentation."""
        match = request.resolver_match
        if "wagtailapi_v3" not in match.namespaces:
            return None
        request_state(request).method = request.method
        if request.method == "HEAD":
            request.method = "GET"
        if match.url_name in DOCUMENTATION and request.method != "GET":
            return HttpResponseNotAllowed(["GET"])
        return None


def _allowed(response) -> str:
    """Return the value of `Allow` for a response, with HEAD beside GET and with OPTIONS."""
    methods = {each.strip() for each in response.get("Allow", "GET").split(",")} | {"OPTIONS"}
    return ", ".join(sorted(methods | ({"HEAD"} if "GET" in methods else set())))


class ApiRateLimitMiddleware:
    """
    Limit API requests by client network to `CIVIC_PORTAL_API_RATE`; answer 429 beyond.

    The client is `REMOTE_ADDR`: behind a proxy, a middleware above must set it. Requests without a
    valid address are not limited, because all of them would share one limit.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Count the request, and refuse it with a 429 beyond the limit."""
        if not (conf.API_RATE and API_NAMESPACES & set(request.resolver_match.namespaces)):
            return None
        network = client_network(request.META.get("REMOTE_ADDR", ""))
        if network is None:
            return None
        try:
            RateLimit.parse(conf.API_RATE).count(f"headless.api:{network}")
        except CacheUnavailable as error:
            return service_unavailable(request, error)
        except RateLimitExceeded as error:
            return rate_limited(_("Too many requests from this address."), error.retry_after)
        return None


class UnavailableMiddleware:
    """
    Answer 503 with `Retry-After` if a view raises `CacheUnavailable`.

    Pages render the template `503.html`, APIs a problem (RFC 9457).
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        return unavailable(request, exception) if isinstance(exception, CacheUnavailable) else None


def unavailable(request: HttpRequest, error: CacheUnavailable) -> HttpResponse:
    """Return the 503 of a request that needs a cache which cannot be reached."""
    if API_NAMESPACES & set(request.resolver_match.namespaces):
        return service_unavailable(request, error)
    response = render(request, "503.html", status=503)
    response["Retry-After"] = str(RETRY_SECONDS)
    response["Cache-Control"] = "no-store"
    return response
