"""
API v3 of Wagtail 8.0.1 refuses HEAD and OPTIONS.

Ninja answers both with a 405 of plain text where an operation names GET alone
(https://github.com/vitalik/django-ninja/issues/348); RFC 9110 has every server support HEAD where it
supports GET.

`ApiMethodsMiddleware` is a part of `headless.middleware.PortalMiddleware`.
"""

from django.http import HttpResponse, HttpResponseNotAllowed
from django.utils.translation import gettext as _
from wagtail.api.v3.errors import problem_response

from ..content.requests.render_state import request_state
from ..extending import V3_NAMESPACE

# Django's own views, which would take any method.
DOCUMENTATION = {"openapi-json", "openapi-view"}


class ApiMethodsMiddleware:
    """
    Answer HEAD and OPTIONS on API v3.

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
        if V3_NAMESPACE not in match.namespaces:
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
