from datetime import timedelta

from django.core.cache import cache
from django.utils import timezone
from django_tasks import task

from ..errors import CacheUnavailable
from .dispatch import next_attempt_due, send_webhooks

ENQUEUED_KEY = "headless.webhooks_enqueued"
ENQUEUED_SECONDS = 30
DEFERRED_KEY = "headless.webhooks_deferred"
MIN_WAIT = timedelta(seconds=5)


def enqueue() -> None:
    """Asks for the task once, however many changes there are before it begins."""
    if _acquire(ENQUEUED_KEY, ENQUEUED_SECONDS):
        send_waiting_webhooks.enqueue()


def _acquire(mark: str, seconds: float) -> bool:
    """Whether nobody set the mark before; without the cache everybody is: a second run is idle."""
    try:
        return cache.add(mark, True, seconds)
    except CacheUnavailable:
        return True


@task()
def send_waiting_webhooks() -> dict[str, int]:
    """Sends what is due, and comes back for what failed where the queue can wait."""
    # What changes from now on asks anew: it may be too late for this run.
    cache.delete(ENQUEUED_KEY)
    counted = send_webhooks()
    due = next_attempt_due()
    if due and send_waiting_webhooks.get_backend().supports_defer:
        now = timezone.now()
        later = max(due, now + MIN_WAIT)
        # Each run would else begin a row of runs of its own.
        if _acquire(f"{DEFERRED_KEY}:{due.isoformat()}", (later - now).total_seconds() + 60):
            send_waiting_webhooks.using(run_after=later).enqueue()
    return dict(counted)
