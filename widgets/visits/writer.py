"""When hits are written: every few seconds by a thread, and when the process ends."""

import atexit
import logging
import os
import threading
from functools import cache

from django.conf import settings
from django.db import Error, connection
from django.utils import timezone
from django.utils.module_loading import import_string

from ..conf import conf
from .daily_rollup import roll_up
from .storage import BufferedStorage, Hit, Storage

logger = logging.getLogger(__name__)

# Imported where it is used, so that nobody else needs Redis' package.
REDIS_STORAGE = "widgets.visits.redis_storage.RedisStorage"


@cache
def storage() -> Storage:
    """Where this installation counts: in Redis if its cache is there, in memory otherwise."""
    if settings.CACHES["default"]["BACKEND"].endswith("RedisCache"):
        return import_string(REDIS_STORAGE)()
    return BufferedStorage()


def record(hit: Hit) -> None:
    """Counts a hit; it is written within `VISITS_FLUSH_SECONDS`."""
    try:
        storage().add(hit)
    except storage().errors:
        return  # The server of the storage logs that it is away, once.
    if conf.VISITS_FLUSH_SECONDS:
        flusher.wake()
    else:
        flush()


def flush() -> None:
    """Writes what waits; what cannot be written now is tried again with the next flush."""
    try:
        storage().flush()
        flusher.roll_up_once_a_day()
    except storage().errors:
        return
    except Error:
        logger.exception("Visits could not be written.")


class Flusher:
    """The thread of this process that flushes; it starts with the first hit."""

    def __init__(self):
        self.reset()

    def reset(self):
        """Begins anew: a forked process has neither this one's thread nor the right to its hits."""
        self.thread = None
        self.starting = threading.Lock()
        self.stopping = threading.Event()
        self.rolled_up_on = None
        storage.cache_clear()

    def wake(self):
        if not self.is_running():
            with self.starting:
                if not self.is_running():
                    self.thread = threading.Thread(target=self.run, name="visits", daemon=True)
                    self.thread.start()

    def is_running(self):
        return self.thread is not None and self.thread.is_alive()

    def run(self):
        while not self.stopping.wait(conf.VISITS_FLUSH_SECONDS):
            flush()
            # A connection kept for so little would hold up whoever drops or upgrades the database.
            connection.close()

    def stop(self):
        """Writes the last hits as the process ends."""
        self.stopping.set()
        if self.thread is not None:
            flush()
            connection.close()

    def roll_up_once_a_day(self):
        today = timezone.localdate()
        if self.rolled_up_on != today:
            roll_up(today)
            self.rolled_up_on = today


flusher = Flusher()
atexit.register(flusher.stop)
os.register_at_fork(after_in_child=flusher.reset)
