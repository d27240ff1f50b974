"""Query parameters shared by several routes of API v3."""

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query
from pydantic import Field
from wagtail.models import Locale, Site

from ..content.sites import UnknownSite, find_site, home_pages_of
from .problems import unprocessable

SiteParameter = Annotated[
    str,
    Query(
        default="",
        max_length=255,
        description=(
            "The host of a site of this installation (`name` or `name:port`); by default that of "
            "the request."
        ),
    ),
]

LocaleParameter = Annotated[
    str,
    Query(
        default="",
        max_length=20,
        description="A language of the site, for example `en`; by default the site's first language.",
    ),
]

PathParameter = Annotated[
    str,
    Query(
        max_length=2000,
        description="A URL path, percent-encoded or not, for example `/tin-tuc/` or `/en/news/`.",
    ),
]

# Dates that every database can compare in every time zone.
Day = Annotated[date, Field(ge=date(1000, 1, 1), le=date(9000, 12, 31))]
PageId = Annotated[int, Field(ge=1, lt=2**63)]


def requested_site(request: HttpRequest, name: str = "") -> Site:
    """
    Return the site that a client named by host, else that of the request.

    Raise a 422 for an unknown host, and `Http404` if no site matches the request.
    """
    try:
        return find_site(request, name)
    except UnknownSite as error:
        raise unprocessable("query", "site", str(error)) from error


def requested_locale(site: Site, code: str = "") -> Locale:
    """
    Return the locale that a client named, else the site's default; raise a 422 if the site lacks
    it.
    """
    for home in home_pages_of(site):
        if home.locale.language_code == code or (not code and home.pk == site.root_page_id):
            return home.locale
    raise unprocessable("query", "locale", _("The site is not in this language."))
