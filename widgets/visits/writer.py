"""Write hits to the database: periodically by a thread, and when the process ends."""

import atexit
import logging
import os
import threading
from functools import cache

from django.conf import settings
from django.db import Error, connection
from django.utils import timezone
from django.utils.module_loading import import_string

from headless.conf import shared_cache_alias

from ..conf import conf
from .daily_rollup import roll_up
from .storage import BufferedStorage, Hit, Storage

logger = logging.getLogger(__name__)

# Imported on use, so that other installations do not need the package `redis`.
REDIS_STORAGE = "widgets.visits.redis_storage.RedisStorage"


@cache
def storage() -> Storage:
    """Return the storage: Redis if the shared cache is on Redis, else process memory."""
    if settings.CACHES[shared_cache_alias()]["BACKEND"].endswith("RedisCache"):
        return import_string(REDIS_STORAGE)()
    return BufferedStorage()


def record(hit: Hit) -> None:
    """Count a hit; it is written within `VISITS_FLUSH_SECONDS`."""
    try:
        storage().add(hit)
    except storage().errors:
        return  # The connection to Redis logs the outage, once.
    if conf.VISITS_FLUSH_SECONDS:
        flusher.wake()
    else:
        flush()


def flush() -> None:
    """Write buffered hits; on failure they are retried with the next flush."""
    try:
        storage().flush()
        flusher.roll_up_once_a_day()
    except storage().errors:
        return
    except Error:
        logger.exception("Visits could not be written.")


class Flusher:
    """The thread that flushes hits of this process; started by the first hit."""

    def __init__(self):
        self.reset()

    def reset(self):
        """Reset the state; a forked process has neither the parent's thread nor its hits."""
        self.thread = None
        self.starting = threading.Lock()
        self.stopping = threading.Event()
        self.rolled_up_on = None
        storage.cache_clear()

    def wake(self):
        """Start the thread unless it is running."""
        if not self.is_running():
            with self.starting:
                if not self.is_running():
                    self.thread = threading.Thread(target=self.run, name="visits", daemon=True)
                    self.thread.start()

    def is_running(self):
        """Return whether the thread is alive."""
        return self.thread is not None and self.thread.is_alive()

    def run(self):
        """Flush every `VISITS_FLUSH_SECONDS` until stopped."""
        while not self.stopping.wait(conf.VISITS_FLUSH_SECONDS):
            flush()
            # An idle connection would block dropping or upgrading the database.
            connection.close()

    def stop(self):
        """Stop the thread and write the remaining hits, as the process ends."""
        self.stopping.set()
        if self.thread is not None:
            flush()
            connection.close()

    def roll_up_once_a_day(self):
        """Run the daily rollup unless this process has run it today."""
        today = timezone.localdate()
        if self.rolled_up_on != today:
            roll_up(today)
            self.rolled_up_on = today


flusher = Flusher()
atexit.register(flusher.stop)
os.register_at_fork(after_in_child=flusher.reset)
