from altcha_django.ratelimit import client_ip
from django.conf import settings
from django.urls import reverse


class ClientAddressMiddleware:
    """
    Makes `REMOTE_ADDR` the client's address, which the networks in `TRUSTED_PROXIES` tell.

    Stands first: throttling and login protection read `REMOTE_ADDR` alone. A forwarded address
    from anybody else is dropped, so that nobody chooses the address they are counted under.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        address = client_ip(request, trusted_proxies=settings.TRUSTED_PROXIES)
        if address:
            request.META["REMOTE_ADDR"] = address
        request.META.pop("HTTP_X_FORWARDED_FOR", None)
        return self.get_response(request)


class AdminContentPolicyMiddleware:
    """Gives Wagtail's admin, but for its login page, the looser policy that its pages need."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        inside = request.path.startswith(reverse("wagtailadmin_home"))
        if inside and request.path != reverse("wagtailadmin_login"):
            response._csp_replace = settings.ADMIN_CONTENT_POLICY
        return response
