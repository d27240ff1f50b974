"""Query parameters that many routes of API v3 share."""

from typing import Annotated

from ninja import Query

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
        description="The code of a language, as `vi`; without it, the first language of the site.",
    ),
]

PathParameter = Annotated[
    str,
    Query(
        max_length=2000,
        description="A path as a browser shows it, from `/` on: `/tin-tuc/` or `/en/news/`.",
    ),
]
