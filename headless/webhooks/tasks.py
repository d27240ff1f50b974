from datetime import timedelta

from django.core.cache import cache
from django.utils import timezone
from django_tasks import task

from ..errors import CacheUnavailable
from .dispatch import next_due, send_webhooks

MARK = "headless.webhooks_enqueued"
MARK_SECONDS = 30
DEFERRED_MARK = "headless.webhooks_deferred"
LEAST_WAIT = timedelta(seconds=5)


def enqueue() -> None:
    """Asks for the task once, however many changes there are before it begins."""
    if _is_first(MARK, MARK_SECONDS):
        send_waiting_webhooks.enqueue()


def _is_first(mark: str, seconds: float) -> bool:
    """Whether nobody set the mark before; without the cache everybody is: a second run is idle."""
    try:
        return cache.add(mark, True, seconds)
    except CacheUnavailable:
        return True


@task()
def send_waiting_webhooks() -> dict[str, int]:
    """Sends what is due, and comes back for what failed where the queue can wait."""
    # What changes from now on asks anew: it may be too late for this run.
    cache.delete(MARK)
    counted = send_webhooks()
    due = next_due()
    if due and send_waiting_webhooks.get_backend().supports_defer:
        now = timezone.now()
        later = max(due, now + LEAST_WAIT)
        # Each run would else begin a row of runs of its own.
        if _is_first(f"{DEFERRED_MARK}:{due.isoformat()}", (later - now).total_seconds() + 60):
            send_waiting_webhooks.using(run_after=later).enqueue()
    return dict(counted)
