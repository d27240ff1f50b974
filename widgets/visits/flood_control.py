"""What one network or reader may have counted within a short time."""

import threading
import time

# A page that is loaded again within this time is the same page view.
REPLAY_SECONDS = 10
# So many page views a minute nobody reads, nor the few people behind one address.
MOST_OF_A_VISITOR = 30
MOST_OF_A_NETWORK = 300
WINDOW_SECONDS = 60
# As many keys as are kept in memory for a window; beyond that the window ends early.
MOST_KEYS = 100_000


class FloodControl:
    """Floods and replays as this process sees them; nothing is kept longer than a minute."""

    def __init__(self):
        self.lock = threading.Lock()
        self.reset()

    def reset(self):
        self.ends = 0.0
        self.counts: dict[str, int] = {}
        self.seen: dict[tuple, float] = {}

    def is_flood(self, network: str, now: float | None = None) -> bool:
        """Counts a request of `network`; True if it has made too many in this minute."""
        now = time.monotonic() if now is None else now
        with self.lock:
            return self._count(network, now) > MOST_OF_A_NETWORK

    def is_excess(self, visitor: str, page_id: int, now: float | None = None) -> bool:
        """
        Counts a page view of `visitor`; True if it is not to be counted.

        That is one of the same page within `REPLAY_SECONDS`, or one too many in this minute.
        """
        now = time.monotonic() if now is None else now
        with self.lock:
            last = self.seen.get((visitor, page_id))
            if last is not None and now - last < REPLAY_SECONDS:
                return True
            self.seen[visitor, page_id] = now
            return self._count(visitor, now) > MOST_OF_A_VISITOR

    def _count(self, key, now):
        """How often `key` came in this minute, this time included; under the lock."""
        if now >= self.ends or len(self.counts) + len(self.seen) > MOST_KEYS:
            self.counts.clear()
            self.seen = {key: at for key, at in self.seen.items() if now - at < REPLAY_SECONDS}
            if len(self.seen) > MOST_KEYS:
                self.seen.clear()
            self.ends = now + WINDOW_SECONDS
        count = self.counts[key] = self.counts.get(key, 0) + 1
        return count
