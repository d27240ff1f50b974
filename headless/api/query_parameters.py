"""Query parameters that many routes of API v3 share."""

from datetime import date
from typing import Annotated

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Query
from pydantic import Field
from wagtail.models import Locale, Site

from ..content.sites import home_pages_of
from .problems import unprocessable

SiteParameter = Annotated[
    str,
    Query(
        default="",
        max_length=255,
        description=(
            "The host of a site of this installation (`name` or `name:port`); without it, that of "
            "the request."
        ),
    ),
]

LocaleParameter = Annotated[
    str,
    Query(
        default="",
        max_length=20,
        description="A language of the site, as `en`; without it, the site's first language.",
    ),
]

PathParameter = Annotated[
    str,
    Query(
        max_length=2000,
        description="A path as a browser shows it, from `/` on: `/tin-tuc/` or `/en/news/`.",
    ),
]

# What a database can compare in any time zone.
Day = Annotated[date, Field(ge=date(1000, 1, 1), le=date(9000, 12, 31))]
PageId = Annotated[int, Field(ge=1, lt=2**63)]


def requested_site(request: HttpRequest, name: str = "") -> Site:
    """
    The site whose host (`name` or `name:port`) a client named, else that of the request.

    A name that is no site's is a 422; where no site answers at all, it is a 404.
    """
    if not name:
        if site := Site.find_for_request(request):
            return site
        raise Http404(_("There is no site at this address."))
    host, _colon, port = name.partition(":")
    sites = Site.objects.filter(hostname=host).select_related("root_page")
    if port:
        sites = sites.filter(port=int(port)) if port.isdecimal() and len(port) < 6 else sites.none()
    found = list(sites[:2])
    if not found:
        raise unprocessable("query", "site", _("No site has this host."))
    if len(found) > 1:
        message = _("Several sites have this host; add a port, for example example.org:8000.")
        raise unprocessable("query", "site", message)
    # What computes menus, languages and caches for the site of a request means this one from now on.
    request._wagtail_site = found[0]
    return found[0]


def requested_locale(site: Site, code: str = "") -> Locale:
    """The language a client named, else the site's first; one the site is not in is a 422."""
    for home in home_pages_of(site):
        if home.locale.language_code == code or (not code and home.pk == site.root_page_id):
            return home.locale
    raise unprocessable("query", "locale", _("The site is not in this language."))
