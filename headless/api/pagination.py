"""Limit/offset pagination of the lists of API v3."""

from django.conf import settings
from django.db.models import QuerySet
from ninja import Schema
from pydantic import Field

LARGEST_LIMIT = getattr(settings, "WAGTAILAPI_LIMIT_MAX", 20) or 100


class PortalPagination(Schema):
    """The part of a list that a client asks for."""

    limit: int = Field(
        min(20, LARGEST_LIMIT), ge=1, le=LARGEST_LIMIT, description="The maximum number of items."
    )
    offset: int = Field(0, ge=0, lt=2**31, description="The number of items to skip.")


def paginate_queryset(rows: QuerySet, pagination: PortalPagination) -> tuple[int, list]:
    """Return the total number of `rows` and those within the `pagination`."""
    count = rows.count()
    if pagination.offset >= count:
        return count, []
    return count, list(rows[pagination.offset : pagination.offset + pagination.limit])
