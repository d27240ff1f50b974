"""
Under which address clients reach what stands on no page: pictures, files, figures, the API.

It is the root of the site that is asked, as Wagtail's record of it says; pages have that of their
own site. So all addresses in an answer about one site begin alike, whichever host the client
called. What is asked is known to fields and models that are handed no request.
"""

from urllib.parse import urljoin

from django.conf import settings
from django.http import Http404
from wagtail.models import Site

from .current_request import get_current_request
from .render_state import request_state
from .sites import UnknownSite, find_site


def absolute_url(url: str) -> str:
    """
    `url` under the address of the site that is asked; an absolute one stays as it is.

    Where nobody asks, as in a mail or a task of its own, under that of the installation.
    """
    return urljoin(base_url(), url)


def base_url() -> str:
    """The root of the site that is asked, or of the installation."""
    request = get_current_request()
    if request is None:
        return getattr(settings, "WAGTAILADMIN_BASE_URL", "")
    state = request_state(request)
    if state.base_url is None:
        site = _site(request)
        state.base_url = site.root_url if site else getattr(settings, "WAGTAILADMIN_BASE_URL", "")
    return state.base_url


def _site(request):
    try:
        return find_site(request, request.GET.get("site", ""))
    except (Http404, UnknownSite):
        # A site that is not there is for the view to refuse.
        return Site.find_for_request(request)
