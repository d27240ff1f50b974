"""Whoever sends webhooks is woken when something was committed; the request does not wait."""

import logging
import os
import threading
import time

from django.db import Error, connection

from ..conf import conf
from . import tasks
from .sending import send_webhooks

logger = logging.getLogger(__name__)

# Publishing a section is many commits; what they changed is told together.
BURST_SECONDS = 1.0


def send_soon() -> None:
    """Has what was committed sent, as the project wishes; a failure here is no one's who edits."""
    if conf.WEBHOOKS_SENT_BY == "thread":
        sender.wake()
    elif conf.WEBHOOKS_SENT_BY == "task":
        tasks.enqueue()


class Sender:
    """The thread of this process that sends; it ends when there is nothing left to do."""

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
                # No daemon: a command that publishes ends when its news is sent.
                self.thread = threading.Thread(target=self.run, name="webhooks")
                self.thread.start()

    def run(self):
        while True:
            time.sleep(BURST_SECONDS)
            with self.lock:
                if not self.asked:
                    self.thread = None
                    return
                self.asked = False
            try:
                send_webhooks()
            except Error:
                logger.exception("Webhooks could not be sent; the next run tries again.")
            finally:
                connection.close()


sender = Sender()
os.register_at_fork(after_in_child=sender.forget)
