"""Middleware of the APIs and the admin."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from .api.problems import RETRY_SECONDS, rate_limited, service_unavailable
from .conf import API_NAMESPACES
from .content.admin_visibility import Viewer, current_viewer, viewed_by
from .content.current_request import use_current_request
from .content.rate_limits import RateLimitExceeded, count_api_request
from .errors import CacheUnavailable


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


class ApiRateLimitMiddleware:
    """
    Limit API requests by client network to `CIVIC_PORTAL_API_RATE`; answer 429 beyond.

    Answers that are kept are counted where they are sent (`HttpCacheMiddleware`).
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Count the request, and refuse it with a 429 beyond the limit."""
        if not API_NAMESPACES & set(request.resolver_match.namespaces):
            return None
        try:
            count_api_request(request)
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
