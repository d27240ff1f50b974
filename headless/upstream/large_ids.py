"""
Ids larger than SQLite's integers, by which a row is looked up over a relation or in a list.

Django 5.2 finds nothing for such a number in a column of integers
(https://code.djangoproject.com/ticket/27397), but the primary key of a page is a relation to another
table, and for relations SQLite's driver raises OverflowError. So it does for a list of numbers
(`__in`), as a field for several choices looks them up. There is no issue yet.
"""

from functools import wraps

from django.core.exceptions import EmptyResultSet
from django.db.models.fields.related_lookups import RelatedExact
from django.db.models.lookups import In

LIMIT = 2**63


def install() -> None:
    """Find nothing for an id that no column holds."""
    RelatedExact.process_rhs = _within_limits(RelatedExact.process_rhs)
    In.process_rhs = _each_within_limits(In.process_rhs)


def _is_too_large(value) -> bool:
    return isinstance(value, int) and not -LIMIT <= value < LIMIT


def _within_limits(process_rhs):
    @wraps(process_rhs)
    def process(lookup, compiler, connection):
        if _is_too_large(lookup.rhs):
            raise EmptyResultSet
        return process_rhs(lookup, compiler, connection)

    return process


def _each_within_limits(process_rhs):
    @wraps(process_rhs)
    def process(lookup, compiler, connection):
        if lookup.rhs_is_direct_value():
            lookup.rhs = [value for value in lookup.rhs if not _is_too_large(value)]
        return process_rhs(lookup, compiler, connection)

    return process
