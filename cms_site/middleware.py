from django.conf import settings
from django.middleware.locale import LocaleMiddleware
from django.urls import reverse

from headless.content.client_address import client_address
from headless.content.client_preview import client_origins


class ClientAddressMiddleware:
    """
    Set `REMOTE_ADDR` to the client's address, as far as `TRUSTED_PROXIES` vouch for one.

    The address has neither port nor zone; it is empty where no proxy knows one. Stands first:
    rate limits and login protection read `REMOTE_ADDR` alone. A forwarded address from anybody
    else is dropped, so that nobody chooses the address they are counted under.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        address = client_address(
            request.META.get("REMOTE_ADDR", ""),
            request.META.pop("HTTP_X_FORWARDED_FOR", ""),
            settings.TRUSTED_PROXIES,
        )
        request.META["REMOTE_ADDR"] = str(address or "")
        return self.get_response(request)


def axes_client_address(request):
    """Return the client's address for django-axes; None where it is unknown."""
    return request.META.get("REMOTE_ADDR") or None


class RelaxedCSPMiddleware:
    """
    Gives Wagtail's admin, but for its login page, and the API's docs the policy they need.

    The admin may frame the front ends that preview pages.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if getattr(request, "is_preview", False):
            # The answer to Wagtail's made-up request, in whose place the front end is framed.
            response._csp_update = {"frame-src": client_origins()}
            return response
        loose = (reverse("wagtailadmin_home"), reverse("wagtailapi_v3:openapi-view"))
        if request.path.startswith(loose) and request.path != reverse("wagtailadmin_login"):
            policy = settings.RELAXED_CSP
            frames = [*policy["frame-src"], *client_origins()]
            response._csp_replace = policy | {"frame-src": frames}
        return response


class PathLanguageMiddleware(LocaleMiddleware):
    """
    The language follows from the address alone, so no answer varies with the browser's.

    Django says it did, and a cache in front would keep a copy for each set of languages.
    """

    def process_response(self, request, response):
        before = response.get("Vary")
        response = super().process_response(request, response)
        if before is None:
            del response["Vary"]
        else:
            response["Vary"] = before
        return response
