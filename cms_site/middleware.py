"""Middleware of the project: client address, Content Security Policy and language."""

from django.conf import settings
from django.middleware.locale import LocaleMiddleware
from django.urls import reverse

from headless.content.client_preview import client_origins
from headless.content.requests.client_address import client_address


class ClientAddressMiddleware:
    """
    Set `REMOTE_ADDR` to the client's address, as far as `TRUSTED_PROXIES` vouch for it.

    The address has neither port nor zone; it is "" where no trusted proxy knows it. Must come
    first: rate limits and login protection read `REMOTE_ADDR` only. `X-Forwarded-For` from other
    senders is dropped, so that clients cannot spoof their address.
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
    """Return the client's address for django-axes, or None if it is unknown."""
    return request.META.get("REMOTE_ADDR") or None


class RelaxedCSPMiddleware:
    """
    Relax the Content Security Policy for the API's documentation and the admin except its login
    page.

    The admin may frame the front ends that preview pages.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if getattr(request, "is_preview", False):
            # Wagtail renders previews with a synthetic request; the front end is framed in them.
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
    Activate the language of the URL path only, and remove `Vary: Accept-Language`.

    Django adds that header in any case; caches in front would then store a copy for each value.
    """

    def process_response(self, request, response):
        """Restore the `Vary` header that the response had before."""
        before = response.get("Vary")
        response = super().process_response(request, response)
        if before is None:
            del response["Vary"]
        else:
            response["Vary"] = before
        return response
