"""How a list of API v3 is cut: `limit` and `offset` in, `count` and `items` out."""

from django.conf import settings
from django.db.models import QuerySet
from ninja import Schema
from pydantic import Field

LARGEST_LIMIT = getattr(settings, "WAGTAILAPI_LIMIT_MAX", 20) or 100


class PortalPagination(Schema):
    """Which part of a list a client asks for."""

    limit: int = Field(
        min(20, LARGEST_LIMIT), ge=1, le=LARGEST_LIMIT, description="At most so many items."
    )
    offset: int = Field(0, ge=0, lt=2**31, description="Leave out so many items before them.")


def paginate_queryset(rows: QuerySet, pagination: PortalPagination) -> tuple[int, list]:
    """How many rows there are in all, and those of the pagination."""
    count = rows.count()
    if pagination.offset >= count:
        return count, []
    return count, list(rows[pagination.offset : pagination.offset + pagination.limit])
