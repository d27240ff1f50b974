"""What one network or reader may have counted within a short time, as this process sees it."""

import threading
import time

from headless.content.requests.rate_limits import RateLimit, RateLimitExceeded

from ..conf import conf

# A page that is loaded again within this time is the same page view.
REPLAY_SECONDS = 10
# How often counters whose time is over are dropped.
SWEEP_SECONDS = 60
# As many counters as are kept in memory; beyond that all begin anew.
MAX_COUNTERS = 100_000


class Counters:
    """Counters in memory, where `RateLimit` counts what is not worth a request to the cache."""

    def __init__(self):
        self.lock = threading.Lock()
        self.reset()

    def reset(self) -> None:
        self.swept_at = 0.0
        # By name, the number and when it is over.
        self.numbers: dict[str, tuple[int, float]] = {}

    def add(self, name: str, number: int, seconds: int) -> bool:
        """Let a counter begin that lasts some seconds; return False if it has begun already."""
        now = time.time()
        with self.lock:
            self._sweep(now)
            if self.numbers.get(name, (0, 0.0))[1] > now:
                return False
            self.numbers[name] = number, now + seconds
            return True

    def incr(self, name: str) -> int:
        """Return the number of a counter, one higher than before."""
        with self.lock:
            number, until = self.numbers.get(name, (0, time.time() + SWEEP_SECONDS))
            self.numbers[name] = number + 1, until
            return number + 1

    def _sweep(self, now):
        if len(self.numbers) > MAX_COUNTERS:
            self.numbers.clear()
        elif now - self.swept_at >= SWEEP_SECONDS:
            self.numbers = {name: each for name, each in self.numbers.items() if each[1] > now}
            self.swept_at = now


class FloodControl:
    """Floods and replays as this process sees them; nothing is kept for long."""

    def __init__(self):
        self.counters = Counters()

    def reset(self) -> None:
        self.counters.reset()

    def count_request(self, network: str) -> None:
        """Count a request of `network`; raise `RateLimitExceeded` for one too many."""
        if conf.VISITS_NETWORK_RATE:
            limit = RateLimit.parse(conf.VISITS_NETWORK_RATE)
            limit.count(f"visits.network:{network}", self.counters)

    def is_excess(self, visitor: str, page_id: int) -> bool:
        """
        Count a page view of `visitor`; return whether it is not to be counted.

        That is one of the same page within `REPLAY_SECONDS`, or one more than
        `CIVIC_PORTAL_VISITS_VISITOR_RATE` allows.
        """
        if not self.counters.add(f"visits.replay:{visitor}:{page_id}", 1, REPLAY_SECONDS):
            return True
        if not conf.VISITS_VISITOR_RATE:
            return False
        try:
            limit = RateLimit.parse(conf.VISITS_VISITOR_RATE)
            limit.count(f"visits.visitor:{visitor}", self.counters)
        except RateLimitExceeded:
            return True
        return False
