"""Decide whether a page view counts, for the script, the pixel and the API alike."""

import logging
import time
from enum import Enum

from django.conf import settings
from django.db import Error
from django.http import Http404, HttpRequest
from django.utils import timezone
from wagtail.models import Page, Site

from headless.content.requests.client_address import client_network
from headless.content.sites import UnknownSite, find_site

from ..conf import conf
from .bots import is_bot
from .flood_control import FloodControl
from .storage import Hit
from .visitors import visitor_key
from .writer import record

logger = logging.getLogger(__name__)

# Lifetime of the lookup of a page's site; an unpublished page may be counted for that long.
KNOWN_SECONDS = 10
LARGEST_ID = 2**63 - 1

limits = FloodControl()
# (site id, expiry) by (host, page id), in process memory to save queries on the hot path.
known: dict[tuple, tuple[int, float]] = {}
MAX_KNOWN = 50_000


class Outcome(Enum):
    """Result of counting a page view."""

    COUNTED = "counted"
    LEFT_OUT = "left out"
    REFUSED = "refused"


STATUS = {
    Outcome.COUNTED: 204,
    Outcome.LEFT_OUT: 204,
    Outcome.REFUSED: 404,
}


def count_view(request: HttpRequest, page_id: int, site_name: str = "") -> Outcome:
    """
    Count a page view by the sender of `request`; return the outcome.

    The page must be live and public on the request's site, or on that of the host `site_name`
    (`name` or `name:port`). Bots, editors, whoever asks not to be tracked, prefetched pages and
    replays are left out without a word. Raise `RateLimitExceeded` for a flood of one network.
    """
    address = request.META.get("REMOTE_ADDR", "")
    network = client_network(address)
    # All whose address no proxy knows are not one network.
    if network:
        limits.count_request(network)
    site_id = _site_of(request, page_id, site_name)
    if not site_id:
        return Outcome.REFUSED
    user_agent = request.META.get("HTTP_USER_AGENT", "")
    if is_bot(user_agent) or _is_unwanted(request):
        return Outcome.LEFT_OUT
    now = timezone.now()
    # Faster than `localdate`, which looks up the active time zone first.
    day = now.astimezone(timezone.get_default_timezone()).date()
    try:
        visitor = visitor_key(address, user_agent, day)
    except Error:
        # The first reader of a day writes its secret: one who cannot is no reason to refuse a page.
        logger.exception("A visit could not be counted.")
        return Outcome.LEFT_OUT
    if limits.is_excess(visitor, page_id):
        return Outcome.LEFT_OUT
    record(Hit(site_id, page_id, visitor, day, now))
    return Outcome.COUNTED


def _is_unwanted(request):
    """Return whether the reader opts out of tracking, is signed in, or prefetches the page."""
    meta = request.META
    if (
        meta.get("HTTP_DNT") == "1" or meta.get("HTTP_SEC_GPC") == "1"
    ) and conf.VISITS_HONOUR_DO_NOT_TRACK:
        return True
    if "HTTP_COOKIE" in meta and settings.SESSION_COOKIE_NAME in request.COOKIES:
        return True
    return "prefetch" in meta.get("HTTP_SEC_PURPOSE", "") + meta.get("HTTP_PURPOSE", "")


def _site_of(request, page_id, site_name):
    """Return the id of the site of a countable page, or 0."""
    if not 0 < page_id <= LARGEST_ID:
        return 0
    asked = (site_name or request.META.get("HTTP_HOST"), page_id)
    site_id, until = known.get(asked, (0, 0.0))
    now = time.monotonic()
    if now >= until:
        site_id = _look_up(request, page_id, site_name)
        if len(known) >= MAX_KNOWN:
            known.clear()
        known[asked] = site_id, now + KNOWN_SECONDS
    return site_id


def _look_up(request, page_id, site_name):
    try:
        site = find_site(request, site_name)
    except (UnknownSite, Http404):
        return 0
    page = Page.objects.live().public().filter(pk=page_id).first()
    if page is None:
        return 0
    roots = [root for root in Site.get_site_root_paths() if root.site_id == site.pk]
    return site.pk if any(page.url_path.startswith(root.root_path) for root in roots) else 0
