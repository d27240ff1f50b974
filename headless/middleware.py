import re
from urllib.parse import unquote

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django_ratelimit.core import get_usage
from wagtail.api.v3.errors import problem_response
from wagtail.models import Page

from .api.json_bodies import find_invalid_text
from .api.problems import RETRY_SECONDS, rate_limited, try_again
from .conf import API_NAMESPACES, conf
from .content.admin_visibility import Viewer, current_viewer, viewed_by
from .content.client_address import client_network
from .content.current_request import use_current_request
from .content.render_state import request_state
from .content.search import clean_query
from .errors import CacheUnavailable

NUMBER_LIMIT = 2**63
PORT = re.compile(r"[0-9]{0,5}")
# As a part of a path: no id has so many digits, and no database takes one.
LONG_NUMBER = re.compile(r"/\d{20,}(?:/|$)")
# Django's own views, which would take any method.
DOCUMENTATION = {"openapi-json", "openapi-view"}
WITHOUT_BODY = {"GET", "HEAD", "OPTIONS"}


class RequestValidationMiddleware:
    """
    Keeps from Wagtail's views what they answer with a server error in 8.0.1.

    A NUL in a path or an API query is refused, and so are an integer beyond 63 bits in one and a
    body longer than `DATA_UPLOAD_MAX_MEMORY_SIZE` that is no upload of a file; JSON has to be an
    object of texts that a database can keep. Of an API search only the words are passed on. From a
    reader's query a NUL is dropped: it is no letter of any word.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\0" in request.path_info:
            return refusal(_("The address holds a NUL character."))
        if LONG_NUMBER.search(request.path_info):
            return refusal(_("A number in the address is too large."))
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        api = API_NAMESPACES & set(request.resolver_match.namespaces)
        if "\0" in unquote(request.META.get("QUERY_STRING", "")):
            if api:
                return refusal(_("The address holds a NUL character."))
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
            return refusal(_("A number in the address is too large."))
        # In lists it is a 400 already, and a 422 on our routes.
        found = request.resolver_match.url_name == "find_page"
        if found and not PORT.fullmatch(request.GET.get("site", "").partition(":")[2]):
            return refusal(_("The site is no host with a port, as in example.org:8000."))
        if request.GET.get("search_operator", "and") not in {"and", "or"}:
            return refusal(_("The search operator is neither “and” nor “or”."))
        if "search" in request.GET:
            request.GET = request.GET.copy()
            request.GET["search"] = clean_query(request.GET["search"])
            if not request.GET["search"]:
                return refusal(_("The search holds no word."))
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


def refusal(detail: str) -> HttpResponse:
    """A 400 that says why, as RFC 9457 has it."""
    return problem_response(status=400, detail=str(detail))


class CurrentRequestMiddleware:
    """Lets fields and models know which site is asked, whose address is that of all they name."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with use_current_request(request):
            return self.get_response(request)


class AdminAccessMiddleware:
    """
    Keeps pages of other sites from users of the admin who have no rights on them.

    A page in an address of the admin that its user may not be told of is a 404; so is a public
    one where its drafts, history or comments are shown. What is rendered knows for whom it is.
    """

    # The names that Wagtail's and our own addresses have for the id of a page.
    IN_PATH = {
        "page_id",
        "parent_page_id",
        "page_to_move_id",
        "destination_id",
        "page_pk",
        "page",
    }
    # The parameters and fields that views of the admin read ids of pages from, to name them.
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
    Answers HEAD and OPTIONS on API v3, which Wagtail 8 refuses there.

    HEAD is what GET says without its body; OPTIONS tells in `Allow` what else there is. A method
    that is not there is refused with a problem.
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
            answer = problem_response(status=405, detail=str(_("This method is not there.")))
            answer["Allow"] = _allowed(response)
            response = answer
        if method == "HEAD" and not response.streaming:
            response.setdefault("Content-Length", str(len(response.content)))
            response.content = b""
        return response

    def process_view(self, request, view, args, kwargs):
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
    methods = {each.strip() for each in response.get("Allow", "GET").split(",")} | {"OPTIONS"}
    return ", ".join(sorted(methods | ({"HEAD"} if "GET" in methods else set())))


class ApiRateLimitMiddleware:
    """
    Refuses who asks the APIs more often than `CIVIC_PORTAL_API_RATE` allows one address.

    The address is `REMOTE_ADDR`: behind a proxy, a middleware above must have settled it. Who has
    none there is not counted: all of whom nothing is known would share one allowance.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not (conf.API_RATE and API_NAMESPACES & set(request.resolver_match.namespaces)):
            return None
        network = client_network(request.META.get("REMOTE_ADDR", ""))
        if network is None:
            return None
        try:
            usage = get_usage(
                request,
                group="headless.api",
                key=lambda group, request: network,
                rate=conf.API_RATE,
                increment=True,
            )
        except CacheUnavailable as error:
            return try_again(request, error)
        if usage is None or not usage["should_limit"]:
            return None
        return rate_limited(_("Too many requests from this address."), max(1, usage["time_left"]))


class UnavailableMiddleware:
    """
    Answers 503 with `Retry-After` where a view needs a cache that cannot be reached.

    Readers get the template `503.html`, clients of the APIs a problem (RFC 9457).
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, CacheUnavailable):
            return None
        if API_NAMESPACES & set(request.resolver_match.namespaces):
            return try_again(request, exception)
        return unavailable_page(request)


def unavailable_page(request) -> HttpResponse:
    """Return the 503 that a reader is told to come back with in a moment."""
    response = render(request, "503.html", status=503)
    response["Retry-After"] = str(RETRY_SECONDS)
    response["Cache-Control"] = "no-store"
    return response
