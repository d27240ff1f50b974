"""Whoever sends webhooks is woken when something was committed; the request does not wait."""

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

# Publishing a section is many commits; what they changed is told together.
DEBOUNCE_SECONDS = 1.0
# How far off the next attempt may be for a thread to wait for it.
MAX_WAIT = timedelta(seconds=90)


def schedule_sending() -> None:
    """Has what was committed sent, as the project wishes; a failure here is no one's who edits."""
    if conf.WEBHOOKS_SENT_BY == "thread":
        sender.wake()
    elif conf.WEBHOOKS_SENT_BY == "task":
        tasks.enqueue()


class SenderThread:
    """
    The thread of this process that sends; it ends when nothing is due soon.

    It is no daemon: a command that publishes ends when its news is sent, once.
    """

    def __init__(self):
        self.reset()

    def reset(self):
        """Begins anew: a forked process does not have the thread of this one."""
        self.lock = threading.Lock()
        self.requested = False
        self.thread = None

    def wake(self):
        with self.lock:
            self.requested = True
            if self.thread is None or not self.thread.is_alive():
                self.thread = threading.Thread(target=self.run, name="webhooks")
                self.thread.start()

    def run(self):
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
        """Waits, but no longer than until there is news or the process ends."""
        end = time.monotonic() + (seconds or 0)
        while True:
            time.sleep(DEBOUNCE_SECONDS)
            if self.requested or _is_ending() or time.monotonic() >= end:
                return


def _seconds_until(due) -> float | None:
    """How long until then; None if that is left to the command."""
    if due is None or due - timezone.now() > MAX_WAIT:
        return None
    return max(0.0, (due - timezone.now()).total_seconds())


def _is_ending() -> bool:
    return not threading.main_thread().is_alive()


sender = SenderThread()
os.register_at_fork(after_in_child=sender.reset)
