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
from .dispatch import next_due, send_webhooks

logger = logging.getLogger(__name__)

# Publishing a section is many commits; what they changed is told together.
BURST_SECONDS = 1.0
# How far off the next attempt may be for a thread to wait for it.
PATIENCE = timedelta(seconds=90)


def send_soon() -> None:
    """Has what was committed sent, as the project wishes; a failure here is no one's who edits."""
    if conf.WEBHOOKS_SENT_BY == "thread":
        sender.wake()
    elif conf.WEBHOOKS_SENT_BY == "task":
        tasks.enqueue()


class Sender:
    """
    The thread of this process that sends; it ends when nothing is due soon.

    It is no daemon: a command that publishes ends when its news is sent, once.
    """

    def __init__(self):
        self.forget()

    def forget(self):
        """Begins anew: a forked process does not have the thread of this one."""
        self.lock = threading.Lock()
        self.asked = False
        self.thread = None

    def wake(self):
        with self.lock:
            self.asked = True
            if self.thread is None or not self.thread.is_alive():
                self.thread = threading.Thread(target=self.run, name="webhooks")
                self.thread.start()

    def run(self):
        wait = BURST_SECONDS
        while True:
            self.rest(wait)
            with self.lock:
                self.asked = False
            try:
                send_webhooks()
                wait = _seconds_to(next_due())
            except Error:
                logger.exception("Webhooks could not be sent; the next run tries again.")
                wait = None
            finally:
                connection.close()
            with self.lock:
                if not self.asked and (wait is None or _is_ending()):
                    self.thread = None
                    return

    def rest(self, seconds):
        """Waits, but no longer than until there is news or the process ends."""
        end = time.monotonic() + (seconds or 0)
        while True:
            time.sleep(BURST_SECONDS)
            if self.asked or _is_ending() or time.monotonic() >= end:
                return


def _seconds_to(due) -> float | None:
    """How long until then; None if that is left to the command."""
    if due is None or due - timezone.now() > PATIENCE:
        return None
    return max(0.0, (due - timezone.now()).total_seconds())


def _is_ending() -> bool:
    return not threading.main_thread().is_alive()


sender = Sender()
os.register_at_fork(after_in_child=sender.forget)
