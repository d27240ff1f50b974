from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django_ratelimit.core import get_usage
from wagtail.models import Page

from .api.problems import RETRY_SECONDS, rate_limited, try_again
from .conf import API_NAMESPACES, conf
from .content.admin_visibility import Viewer, current_viewer, viewed_by
from .content.client_address import client_network
from .content.current_request import use_current_request
from .errors import CacheUnavailable


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
