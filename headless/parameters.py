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
