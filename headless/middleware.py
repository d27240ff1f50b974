"""Middleware of the APIs and the admin."""

from django.core.handlers.exception import convert_exception_to_response
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from .api.problems import RETRY_SECONDS, rate_limited, service_unavailable
from .cache.served_files import ServedFilesMiddleware
from .content.admin.viewers import Viewer, current_viewer, viewed_by
from .content.links.redirects import RedirectMiddleware
from .content.requests.current_request import use_current_request
from .content.requests.rate_limits import RateLimitExceeded, count_api_request
from .errors import CacheUnavailable
from .extending import is_api_request
from .upstream.api_methods import ApiMethodsMiddleware
from .upstream.request_values import RequestValidationMiddleware


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
        if not is_api_request(request):
            return None
        try:
            count_api_request(request)
        except CacheUnavailable as error:
            # Reading goes on without a count.
            reads = request.method in {"GET", "HEAD", "OPTIONS"}
            return None if reads else service_unavailable(request, error)
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
    if is_api_request(request):
        return service_unavailable(request, error)
    response = render(request, "503.html", status=503)
    response["Retry-After"] = str(RETRY_SECONDS)
    response["Cache-Control"] = "no-store"
    return response


class PortalMiddleware:
    """
    All of our middleware that stands below Django's, as one entry of `MIDDLEWARE`.

    `PARTS` are in the order of a request. They are called as Django would call them if each were an
    entry of its own, one below the other.
    """

    PARTS = (
        # Sets headers of files after everything below has answered.
        ServedFilesMiddleware,
        # Needed by all below: URLs are built from the request's site.
        CurrentRequestMiddleware,
        AdminAccessMiddleware,
        # Before the limits and checks, which then see HEAD as GET.
        ApiMethodsMiddleware,
        # Refuses before a body is read.
        ApiRateLimitMiddleware,
        UnavailableMiddleware,
        RequestValidationMiddleware,
        # Last: turns a 404 of a view into a redirect before others see it.
        RedirectMiddleware,
    )

    def __init__(self, get_response):
        self.parts = []
        for part in reversed(self.PARTS):
            instance = part(get_response)
            self.parts.insert(0, instance)
            # As between two entries of MIDDLEWARE: an exception becomes a response.
            get_response = convert_exception_to_response(instance)
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Return the first response of a part, top to bottom."""
        for part in self.parts:
            if hasattr(part, "process_view"):
                response = part.process_view(request, view, args, kwargs)
                if response is not None:
                    return response
        return None

    def process_exception(self, request, exception):
        """Return the first response of a part, bottom to top."""
        for part in reversed(self.parts):
            if hasattr(part, "process_exception"):
                response = part.process_exception(request, exception)
                if response is not None:
                    return response
        return None
