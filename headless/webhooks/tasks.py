"""Send webhooks by a task queue (django-tasks)."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from ..conf import shared_cache
from ..errors import CacheUnavailable
from .dispatch import next_attempt_due, send_webhooks

ENQUEUED_KEY = "headless.webhooks_enqueued"
ENQUEUED_SECONDS = 30
DEFERRED_KEY = "headless.webhooks_deferred"
MIN_WAIT = timedelta(seconds=5)


def enqueue() -> None:
    """Enqueue the task, once for all changes before it runs."""
    if _acquire(ENQUEUED_KEY, ENQUEUED_SECONDS):
        send_waiting_webhooks.enqueue()


def _acquire(mark: str, seconds: float) -> bool:
    """
    Set a lock in the cache for some seconds; return False if it is set already.

    Without the cache it returns True, since a second run of the task finds nothing to do.
    """
    try:
        return shared_cache.add(mark, True, seconds)
    except CacheUnavailable:
        return True


@task()
def send_waiting_webhooks() -> dict[str, int]:
    """Send all due deliveries; defer another run to the next retry if the backend supports it."""
    # Later changes enqueue the task again, because this run may miss them.
    shared_cache.delete(ENQUEUED_KEY)
    counted = send_webhooks()
    due = next_attempt_due()
    if due and send_waiting_webhooks.get_backend().supports_defer:
        now = timezone.now()
        later = max(due, now + MIN_WAIT)
        # Without the lock each run would start a chain of deferred runs.
        if _acquire(f"{DEFERRED_KEY}:{due.isoformat()}", (later - now).total_seconds() + 60):
            send_waiting_webhooks.using(run_after=later).enqueue()
    return dict(counted)
