"""
Build absolute URLs for what stands on no page: images, files, statistics, the API.

The base is the root URL of the requested site, as Wagtail's `Site` record has it; pages use the
root of their own site. All URLs in a response about one site therefore begin alike, whichever host
the client called. The request comes from `current_request`, because fields and models are not
handed one.
"""

from urllib.parse import urljoin

from django.conf import settings
from django.http import Http404
from wagtail.models import Site

from ..requests.current_request import get_current_request
from ..requests.render_state import request_state
from ..sites import UnknownSite, find_site


def absolute_url(url: str) -> str:
    """
    Return `url` under the root URL of the requested site; return an absolute URL unchanged.

    Outside a request, for instance in an e-mail or a task, the base is `WAGTAILADMIN_BASE_URL`.
    """
    return urljoin(base_url(), url)


def base_url() -> str:
    """Return the root URL of the requested site, or `WAGTAILADMIN_BASE_URL` outside a request."""
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
        # The view itself answers an unknown site with an error.
        return Site.find_for_request(request)
