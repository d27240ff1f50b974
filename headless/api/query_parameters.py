"""Query parameters shared by several routes of API v3."""

import re
from datetime import date
from typing import Annotated

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query
from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError
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


def require_full_date(value: str) -> str:
    """Refuse what RFC 3339 calls no full-date: Pydantic would also read seconds since 1970."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise PydanticCustomError("date_parsing", "Input should be a date, as in 2024-03-15")
    return value


# Dates that every database can compare in every time zone. JSON Schema knows no least date.
Day = Annotated[
    date,
    Field(
        ge=date(1000, 1, 1),
        le=date(8999, 12, 31),
        json_schema_extra={"pattern": "^[1-8][0-9]{3}-[0-9]{2}-[0-9]{2}$"},
    ),
    BeforeValidator(require_full_date),
]
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
