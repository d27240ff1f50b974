"""What is done once a day so that the counters stay small."""

import datetime
from collections import Counter

from django.db import transaction

from headless.content.daily_secrets import delete_old_secrets

from ..models.visits import PageViews, Visitor
from .storage import add_up

# A page's views are kept by day for so long, then by year.
KEPT_BY_DAY = datetime.timedelta(days=40)
ROWS_AT_ONCE = 5000


def roll_up(today: datetime.date) -> None:
    """
    Folds old page views into years, and forgets the visitors and secrets of other days.

    Any number of processes may do so at once: a row is folded by the one that locks it.
    """
    Visitor.objects.filter(day__lt=today).delete()
    delete_old_secrets(today)
    while _fold_some(today - KEPT_BY_DAY):
        pass


@transaction.atomic
def _fold_some(before):
    """Adds some rows from before a day to the first day of their year; False if there is none."""
    old = PageViews.objects.filter(day__lt=before).exclude(day__month=1, day__day=1)
    rows = list(old.select_for_update().order_by("pk")[:ROWS_AT_ONCE])
    years = Counter()
    for row in rows:
        years[row.page_id, row.day.replace(month=1, day=1)] += row.views
    add_up(PageViews, ("page_id", "day"), ("views",), {key: (n,) for key, n in years.items()})
    PageViews.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return bool(rows)
