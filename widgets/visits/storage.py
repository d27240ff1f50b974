"""Buffer hits, and write batches of them to the database."""

import datetime
import logging
import threading
from collections import Counter, deque
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from django.db import Error, connection, transaction

from ..models.visits import DailyVisits, PageViews, Visitor

logger = logging.getLogger(__name__)

# Inactivity that ends a visit, and within which a visitor counts as online.
VISIT_ENDS_AFTER = datetime.timedelta(minutes=30)
ONLINE_FOR = datetime.timedelta(minutes=5)
# Bound of hits, and of visitors in an unwritten batch, kept in memory while the database is
# unreachable; later hits are dropped.
MAX_BUFFERED = 100_000
ROWS_PER_STATEMENT = 200


class Hit(NamedTuple):
    """A page view that counts."""

    site_id: int
    page_id: int
    visitor: str
    day: datetime.date
    at: datetime.datetime


class Storage(Protocol):
    """Interface of the storages that count hits; all processes share the result."""

    errors: tuple[type[Exception], ...]  # that `add` and `flush` raise besides `django.db.Error`

    def add(self, hit: Hit) -> None:
        """Buffer a hit until the next flush."""

    def flush(self) -> None:
        """Write buffered hits, each at most once; raise `django.db.Error` on failure."""

    def online(self, site_id: int, now: datetime.datetime) -> int:
        """Return the number of visitors of a site seen within `ONLINE_FOR`."""


@dataclass
class Batch:
    """Aggregated hits: page views by page and by site, and when each visitor was seen."""

    pages: Counter = field(default_factory=Counter)
    sites: Counter = field(default_factory=Counter)
    seen: dict = field(default_factory=dict)

    def add(self, hit: Hit):
        """Add a hit to the sums."""
        site_id, page_id, visitor, day, at = hit
        self.pages[page_id, day] += 1
        self.sites[site_id, day] += 1
        reader = (site_id, day, visitor)
        first, last = self.seen.get(reader, (at, at))
        self.seen[reader] = (min(first, at), max(last, at))


class BufferedStorage:
    """
    Buffer hits in process memory; visitors and visits are determined in the database.

    A killed process loses its buffer. A batch that fails before the commit is retried; one whose
    commit fails is dropped, because it may have been written.
    """

    errors = ()

    def __init__(self):
        # A deque needs no lock: requests append at one end while a flush pops from the other.
        self.waiting = deque()
        self.flushing = threading.Lock()
        self.batch = Batch()

    def add(self, hit):
        """Append a hit to the buffer, or drop it if the buffer is full."""
        if len(self.waiting) < MAX_BUFFERED:
            self.waiting.append(hit)

    def flush(self):
        """Write the buffer in one transaction; keep the batch if that fails before the commit."""
        with self.flushing:
            batch = self._take()
            if not batch.sites:
                return
            written = False
            try:
                with transaction.atomic():
                    write_batch(batch)
                    written = True
            except Error:
                if not written:
                    self.batch = batch
                raise

    def _take(self) -> Batch:
        """Return the batch that an earlier flush could not write, with the buffered hits added."""
        batch, self.batch = self.batch, Batch()
        for _hit in range(len(self.waiting)):
            hit = self.waiting.popleft()
            if len(batch.seen) < MAX_BUFFERED:
                batch.add(hit)
        return batch

    def online(self, site_id, now):
        """Return the number of visitors of a site seen within `ONLINE_FOR`."""
        return Visitor.objects.filter(site=site_id, last_seen_at__gt=now - ONLINE_FOR).count()


def write_batch(batch: Batch):
    """
    Add a batch to the counters, within the caller's transaction.

    The first statement locks the site's day (on SQLite the database), so that concurrent writers
    wait and never count one visitor twice.
    """
    increment_counters(
        DailyVisits, ("site_id", "day"), ("views",), {k: (n,) for k, n in batch.sites.items()}
    )
    counted = {key: [0, 0] for key in batch.sites}
    for key in sorted(counted):
        counted[key] = _count_visitors(key, batch.seen)
    increment_counters(DailyVisits, ("site_id", "day"), ("visits", "visitors"), counted)
    increment_counters(
        PageViews, ("page_id", "day"), ("views",), {k: (n,) for k, n in batch.pages.items()}
    )


def _count_visitors(site_and_day, seen):
    """
    Store when the visitors of a site's day were seen; return numbers of new visits and visitors.
    """
    times = {reader[2]: when for reader, when in seen.items() if reader[:2] == site_and_day}
    site_id, day = site_and_day
    known, keys = {}, sorted(times)
    for start in range(0, len(keys), ROWS_PER_STATEMENT):
        rows = Visitor.objects.filter(
            site=site_id, day=day, key__in=keys[start : start + ROWS_PER_STATEMENT]
        )
        known |= dict(rows.values_list("key", "last_seen_at"))
    begun = [key for key in keys if key not in known]
    begun += [key for key in known if times[key][0] - known[key] > VISIT_ENDS_AFTER]
    rows = [
        Visitor(site_id=site_id, day=day, key=key, last_seen_at=max(times[key][1], known[key]))
        if key in known
        else Visitor(site_id=site_id, day=day, key=key, last_seen_at=times[key][1])
        for key in keys
    ]
    Visitor.objects.bulk_create(
        rows,
        batch_size=ROWS_PER_STATEMENT,
        update_conflicts=True,
        unique_fields=["site", "day", "key"],
        update_fields=["last_seen_at"],
    )
    return len(begun), len(keys) - len(known)


def increment_counters(model, keys: tuple[str, ...], amounts: tuple[str, ...], rows: dict):
    """
    Insert rows of a model, or add the amounts to existing ones (upsert).

    `rows` maps tuples of `keys`, which a constraint makes unique, to tuples of `amounts`. Rows are
    written in sorted order, so that concurrent writers cannot deadlock.
    """
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    columns = ", ".join(map(quote, keys + amounts))
    unset = [
        each.column
        for each in model._meta.local_concrete_fields
        if each.has_default() and each.column not in amounts
    ]
    columns = ", ".join([columns, *map(quote, unset)])
    sums = ", ".join(f"{quote(a)} = {table}.{quote(a)} + EXCLUDED.{quote(a)}" for a in amounts)
    one = ", ".join(["%s"] * len(keys + amounts) + ["0"] * len(unset))
    ordered = sorted(rows)
    with connection.cursor() as cursor:
        for start in range(0, len(ordered), ROWS_PER_STATEMENT):
            part = ordered[start : start + ROWS_PER_STATEMENT]
            cursor.execute(
                f"INSERT INTO {table} ({columns}) VALUES "  # noqa: S608
                + ", ".join([f"({one})"] * len(part))
                + f" ON CONFLICT ({', '.join(map(quote, keys))}) DO UPDATE SET {sums}",
                [value for key in part for value in (*key, *rows[key])],
            )
