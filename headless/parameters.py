"""Query parameters that many routes of API v3 share."""

from datetime import date
from typing import Annotated

from ninja import Query
from pydantic import Field

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
