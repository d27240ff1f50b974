"""Pagination of the lists of API v3, by offset and by cursor."""

import hashlib
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import connections
from django.db.models import Field, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import Field as SchemaField
from wagtail.models import Page

from ..cache.response_cache import SEARCH_PARAMETERS, count_by_version
from .problems import unprocessable

LARGEST_LIMIT = getattr(settings, "WAGTAILAPI_LIMIT_MAX", 20) or 100
# Databases reach an offset by reading all rows before it.
LARGEST_OFFSET = 2000
SALT = "civic_headless.cursor"
# The parameters that say which part of a list is asked for, not which list.
WINDOW = {"cursor", "limit", "offset"}


class PortalPagination(Schema):
    """The part of a list that a client asks for."""

    limit: int = SchemaField(
        min(20, LARGEST_LIMIT), ge=1, le=LARGEST_LIMIT, description="The maximum number of items."
    )
    offset: int = SchemaField(
        0,
        ge=0,
        # Refused below, with a problem that names the cursor.
        json_schema_extra={"maximum": LARGEST_OFFSET},
        description=(
            f"The number of items to skip, up to {LARGEST_OFFSET}; use `cursor` to read further."
        ),
    )
    cursor: str = SchemaField(
        "",
        max_length=1000,
        description=(
            "The `next_cursor` of the part before, with the same other parameters and without "
            "`offset`."
        ),
    )


def paginate_queryset(
    request: HttpRequest, rows: QuerySet, pagination: PortalPagination, *, kept: bool = True
) -> dict[str, Any]:
    """
    Return `count`, `items` (a list of rows) and `next_cursor` of the part that is asked for.

    `rows` are ordered by fields, the last of which is the primary key. The count is `kept` with the
    content version, but for searches; it must not be where rows change without it.

    Raises a 422 problem for an offset that is too large, and for a cursor that is not of this list
    or comes with an offset.
    """
    limit, offset = pagination.limit, pagination.offset
    if kept and not SEARCH_PARAMETERS & set(request.GET):
        count = count_by_version(request, request.path, _identity(request), rows)
    else:
        count = rows.order_by().count()
    if pagination.cursor:
        if "offset" in request.GET:
            raise unprocessable("query", "offset", _("An offset cannot be used with a cursor."))
        rows = rows.filter(_after(rows, _read(request, pagination.cursor)))
    elif offset > LARGEST_OFFSET:
        message = _("The offset is larger than %(largest)s. Read further with “cursor”.")
        raise unprocessable(
            "query", "offset", message % {"largest": LARGEST_OFFSET}, "offset_too_large"
        )
    # One more, which tells whether there is a next part.
    found = list(rows[offset : offset + limit + 1]) if offset < count else []
    more = len(found) > limit
    return {
        "count": count,
        "items": found[:limit],
        "next_cursor": _write(request, rows, found[limit - 1]) if more else None,
    }


class CountedList:
    """Rows whose number is known, for paginators that count what they are given."""

    def __init__(self, rows: QuerySet, count: int):
        self.rows, self.number = rows, count

    def count(self) -> int:
        """Return the number of all rows."""
        return self.number

    def __getitem__(self, part: slice) -> QuerySet:
        return self.rows[part]


def kept_count(request: HttpRequest, rows: QuerySet) -> int:
    """
    Return the number of `rows` of a list of Wagtail's own, kept with the content version.

    It is counted each time where the list depends on who asks, or the rows change without the
    version.
    """
    asks_for_drafts = "Authorization" in request.headers or request.user.is_authenticated
    if asks_for_drafts or not issubclass(rows.model, Page) or SEARCH_PARAMETERS & set(request.GET):
        return rows.order_by().count()
    return count_by_version(request, request.path, _identity(request), rows)


def _identity(request) -> dict[str, list[str]]:
    """Return what a list depends on: the host and all parameters but those of the part."""
    asked = {name: request.GET.getlist(name) for name in request.GET if name not in WINDOW}
    return {"host": [request.get_host()], **asked}


def _digest(request):
    parts = (request.path, sorted(_identity(request).items()))
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def _write(request, rows, last):
    values = [field.get_prep_value(_value(last, name)) for name, field, _descending in _order(rows)]
    return signing.dumps([_digest(request), *map(_plain, values)], salt=SALT, compress=True)


def _plain(value):
    return value if value is None or isinstance(value, int | str) else str(value)


def _value(row, name):
    for part in name.split("__"):
        row = getattr(row, part)
    return row


def _read(request, cursor):
    try:
        digest, *values = signing.loads(cursor, salt=SALT)
    except signing.BadSignature as error:
        raise unprocessable("query", "cursor", _("This is no cursor of this list.")) from error
    if digest != _digest(request):
        message = _("The cursor is of a list with another order or other filters.")
        raise unprocessable("query", "cursor", message)
    return values


def _order(rows) -> list[tuple[str, Field, bool]]:
    """Return name, field and direction of each part of the order of `rows`."""
    order = []
    for each in rows.query.order_by:
        name = each.removeprefix("-")
        field = rows.model._meta.pk if name == "pk" else rows.model._meta.get_field(name)
        order.append((name, field, each.startswith("-")))
    return order


def _after(rows, values) -> Q:
    """Return the condition that a row comes after the one with these values of its order."""
    order = _order(rows)
    nulls_first = connections[rows.db].features.order_by_nulls_first
    after, same = Q(), Q()
    for (name, field, descending), value in zip(order, values, strict=True):
        value = field.to_python(value)
        # NULLs are sorted as the least value of all, or as the greatest.
        nulls_follow = descending == nulls_first
        if value is None:
            later = Q(pk__in=[]) if nulls_follow else Q(**{f"{name}__isnull": False})
            equal = Q(**{f"{name}__isnull": True})
        else:
            later = Q(**{f"{name}__{'lt' if descending else 'gt'}": value})
            if nulls_follow and field.null:
                later |= Q(**{f"{name}__isnull": True})
            equal = Q(**{name: value})
        after |= same & later
        same &= equal
    (name, field, descending), value = order[0], order[0][1].to_python(values[0])
    if len(order) > 1 and value is not None and not field.null:
        # Lets the database begin in the middle of the index of the order.
        after &= Q(**{f"{name}__{'lte' if descending else 'gte'}": value})
    return after
