"""Send webhooks after a commit, without delaying the request."""

import logging
import os
import threading
import time
from datetime import timedelta

from django.db import Error, connection
from django.utils import timezone

from ..conf import conf
from . import tasks
from .dispatch import next_attempt_due, send_webhooks

logger = logging.getLogger(__name__)

# Debounce: publishing a subtree makes many commits, which are sent together.
DEBOUNCE_SECONDS = 1.0
# The longest time until a next attempt that the thread waits for; later ones need the command.
MAX_WAIT = timedelta(seconds=90)


def schedule_sending() -> None:
    """Schedule sending as `CIVIC_PORTAL_WEBHOOKS_SENT_BY` says; called after the commit."""
    if conf.WEBHOOKS_SENT_BY == "thread":
        sender.wake()
    elif conf.WEBHOOKS_SENT_BY == "task":
        tasks.enqueue()


class SenderThread:
    """
    The thread of this process that sends webhooks; it ends when nothing is due soon.

    It is not a daemon, so that a command that publishes pages exits only after they were sent once.
    """

    def __init__(self):
        self.reset()

    def reset(self):
        """Forget the thread: after a fork the child process does not have it."""
        self.lock = threading.Lock()
        self.requested = False
        self.thread = None

    def wake(self):
        """Request a run, and start the thread if it does not run."""
        with self.lock:
            self.requested = True
            if self.thread is None or not self.thread.is_alive():
                self.thread = threading.Thread(target=self.run, name="webhooks")
                self.thread.start()

    def run(self):
        """Send what is due until nothing is due within `MAX_WAIT`."""
        wait = DEBOUNCE_SECONDS
        while True:
            self.pause(wait)
            with self.lock:
                self.requested = False
            try:
                send_webhooks()
                wait = _seconds_until(next_attempt_due())
            except Error:
                logger.exception("Webhooks could not be sent; the next run tries again.")
                wait = None
            finally:
                connection.close()
            with self.lock:
                if not self.requested and (wait is None or _is_ending()):
                    self.thread = None
                    return

    def pause(self, seconds):
        """Sleep for some seconds, but not beyond a new request or the end of the process."""
        end = time.monotonic() + (seconds or 0)
        while True:
            time.sleep(DEBOUNCE_SECONDS)
            if self.requested or _is_ending() or time.monotonic() >= end:
                return


def _seconds_until(due) -> float | None:
    """Return the seconds until `due`, None if that is longer than the thread waits."""
    if due is None or due - timezone.now() > MAX_WAIT:
        return None
    return max(0.0, (due - timezone.now()).total_seconds())


def _is_ending() -> bool:
    return not threading.main_thread().is_alive()


sender = SenderThread()
os.register_at_fork(after_in_child=sender.reset)
