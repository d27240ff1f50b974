"""Limit how many page views of one network or visitor are counted."""

import threading
import time

# A reload within this time is a replay, not another page view.
REPLAY_SECONDS = 10
# Page views a minute that exceed what a person, or the people behind one address, can read.
VISITOR_LIMIT = 30
NETWORK_LIMIT = 300
WINDOW_SECONDS = 60
# Bound of the memory used; when exceeded, the current window ends early.
MAX_KEYS = 100_000


class FloodControl:
    """Per-process rate limits and replay detection; keys are kept for at most a minute."""

    def __init__(self):
        self.lock = threading.Lock()
        self.reset()

    def reset(self):
        """Forget all counts."""
        self.ends = 0.0
        self.counts: dict[str, int] = {}
        self.seen: dict[tuple, float] = {}

    def is_flood(self, network: str, now: float | None = None) -> bool:
        """Count a request of `network`; return whether it exceeds the limit of this window."""
        now = time.monotonic() if now is None else now
        with self.lock:
            return self._count(network, now) > NETWORK_LIMIT

    def is_excess(self, visitor: str, page_id: int, now: float | None = None) -> bool:
        """
        Count a page view of `visitor`; return whether it must not be counted.

        That is a replay of the same page within `REPLAY_SECONDS`, or more views than the window
        allows.
        """
        now = time.monotonic() if now is None else now
        with self.lock:
            last = self.seen.get((visitor, page_id))
            if last is not None and now - last < REPLAY_SECONDS:
                return True
            self.seen[visitor, page_id] = now
            return self._count(visitor, now) > VISITOR_LIMIT

    def _count(self, key, now):
        """
        Return how often `key` was seen in this window, including now; the caller holds the lock.
        """
        if now >= self.ends or len(self.counts) + len(self.seen) > MAX_KEYS:
            self.counts.clear()
            self.seen = {key: at for key, at in self.seen.items() if now - at < REPLAY_SECONDS}
            if len(self.seen) > MAX_KEYS:
                self.seen.clear()
            self.ends = now + WINDOW_SECONDS
        count = self.counts[key] = self.counts.get(key, 0) + 1
        return count
