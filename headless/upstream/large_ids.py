"""
Ids larger than SQLite's integers, by which a row is looked up over a relation.

Django 5.2 finds nothing for such a number in a column of integers
(https://code.djangoproject.com/ticket/27397), but the primary key of a page is a relation to another
table, and for relations SQLite's driver raises OverflowError. There is no issue yet.
"""

from functools import wraps

from django.core.exceptions import EmptyResultSet
from django.db.models.fields.related_lookups import RelatedExact

LIMIT = 2**63


def install() -> None:
    """Find nothing for an id that no column holds."""
    RelatedExact.process_rhs = _within_limits(RelatedExact.process_rhs)


def _within_limits(process_rhs):
    @wraps(process_rhs)
    def process(lookup, compiler, connection):
        if isinstance(lookup.rhs, int) and not -LIMIT <= lookup.rhs < LIMIT:
            raise EmptyResultSet
        return process_rhs(lookup, compiler, connection)

    return process
