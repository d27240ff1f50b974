"""Daily maintenance that bounds the size of the counters' tables."""

import datetime
from collections import Counter

from django.db import transaction

from headless.content.requests.daily_secrets import delete_old_secrets

from ..models.visits import PageViews, Visitor
from .storage import increment_counters

# Age at which page views by day are rolled up into years.
KEPT_BY_DAY = datetime.timedelta(days=40)
BATCH_SIZE = 5000


def roll_up(today: datetime.date) -> None:
    """
    Folds old page views into years, and forgets the visitors and secrets of other days.

    Safe to run concurrently: each row is processed by the transaction that locks it.
    """
    Visitor.objects.filter(day__lt=today).delete()
    delete_old_secrets(today)
    while _roll_up_batch(today - KEPT_BY_DAY):
        pass


@transaction.atomic
def _roll_up_batch(before):
    """Roll up a batch of rows from before a day; return False if there was none."""
    old = PageViews.objects.filter(day__lt=before).exclude(day__month=1, day__day=1)
    rows = list(old.select_for_update().order_by("pk")[:BATCH_SIZE])
    years = Counter()
    for row in rows:
        years[row.page_id, row.day.replace(month=1, day=1)] += row.views
    increment_counters(
        PageViews, ("page_id", "day"), ("views",), {key: (n,) for key, n in years.items()}
    )
    PageViews.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return bool(rows)
