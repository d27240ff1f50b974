import json
import re
from urllib.parse import unquote

from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _

from .search import clean_query

NUMBER_LIMIT = 2**63
# As a part of a path: no id has so many digits, and no database takes one.
LONG_NUMBER = re.compile(r"/\d{20,}(?:/|$)")
API_NAMESPACES = {"wagtailapi", "wagtailapi_v3"}


class HostileQueryMiddleware:
    """
    Keeps from Wagtail's views what they answer with a server error in 8.0.1.

    A NUL in a path or an API query is refused, and so is an integer beyond 63 bits in one; of an
    API search only the words are passed on. From a reader's query a NUL is dropped: it is no
    letter of any word.
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
        values = [*request.resolver_match.kwargs.values()]
        for name in request.GET:
            values += request.GET.getlist(name)
        if any(_is_too_large(str(value)) for value in values):
            return refusal(_("A number in the address is too large."))
        if request.GET.get("search_operator", "and") not in {"and", "or"}:
            return refusal(_("The search operator is neither “and” nor “or”."))
        if "search" in request.GET:
            request.GET = request.GET.copy()
            request.GET["search"] = clean_query(request.GET["search"])
            if not request.GET["search"]:
                return refusal(_("The search holds no word."))
        return None


def _is_too_large(value: str) -> bool:
    digits = value.strip().removeprefix("-")
    return digits.isdecimal() and (len(digits) > 19 or int(digits) >= NUMBER_LIMIT)


def refusal(detail: str) -> HttpResponse:
    """A 400 that says why, as RFC 9457 has it."""
    body = {"type": "about:blank", "title": "Bad Request", "status": 400, "detail": detail}
    return HttpResponse(json.dumps(body), status=400, content_type="application/problem+json")
