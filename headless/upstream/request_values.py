"""
Values in requests that the views of Wagtail 8.0.1 answer with a server error.

A NUL or an integer beyond 64 bits in an address or a query of the APIs, JSON that no database can
keep, a body that is too long, a site whose port is no number, an unknown search operator: each is
handed on to the database or to a parser, whose exception nothing catches. There is no issue yet; it
would say that the APIs must judge their parameters before they use them.

`RequestValidationMiddleware` is a part of `headless.middleware.PortalMiddleware`.
"""

import re
from urllib.parse import unquote

from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _
from wagtail.api.v3.errors import problem_response

from ..api.json_bodies import find_invalid_text
from ..content.search import clean_query
from ..extending import is_api_request

NUMBER_LIMIT = 2**63
PORT = re.compile(r"[0-9]{0,5}")
# As a part of a path: no id has so many digits, and no database takes one.
LONG_NUMBER = re.compile(r"/\d{20,}(?:/|$)")
WITHOUT_BODY = {"GET", "HEAD", "OPTIONS"}


class RequestValidationMiddleware:
    """
    Refuse what Wagtail's views answer with a server error.

    A NUL in a path or an API query is refused, and so are an id or offset beyond 63 bits and a
    body longer than `DATA_UPLOAD_MAX_MEMORY_SIZE` that is no upload of a file; JSON has to be an
    object of texts that a database can keep. Of an API search only the words are passed on; without
    any, it finds nothing. From a reader's query a NUL is dropped: it is no letter of any word.
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
        api = is_api_request(request)
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
        # Other numbers of a query are compared by the database, which finds nothing.
        values = [*request.resolver_match.kwargs.values(), *request.GET.getlist("offset")]
        if any(_is_too_large(str(value)) for value in values):
            return refusal(_("A number in the address is too large."))
        # A 422 on our routes.
        stock = request.resolver_match.url_name in {"find_page", "list_pages"}
        if stock and not PORT.fullmatch(request.GET.get("site", "").partition(":")[2]):
            return refusal(_("The site is no host with a port, as in example.org:8000."))
        if request.GET.get("search_operator", "and") not in {"and", "or"}:
            return refusal(_("The search operator is neither “and” nor “or”."))
        if "search" in request.GET:
            request.GET = request.GET.copy()
            request.GET["search"] = clean_query(request.GET["search"])
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
    """Return a 400 that says why, as RFC 9457 has it."""
    return problem_response(status=400, detail=str(detail))
