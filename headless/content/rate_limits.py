"""Rate limits: how often something may happen in a window of time, counted in the default cache."""

import re
import time
import zlib
from dataclasses import dataclass

from django.core.cache import cache
from django.db import transaction

from ..errors import CacheUnavailable

UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
PATTERN = re.compile(r"(\d+)/(\d*)([smhd])")


class RateLimitExceeded(Exception):
    """A limit is reached; `retry_after` is the number of seconds until its window ends."""

    def __init__(self, retry_after: int):
        super().__init__(retry_after)
        self.retry_after = retry_after


def require_cache() -> None:
    """Raise `CacheUnavailable` where nothing could be counted: a cache reads as empty when it is away."""
    is_reachable = getattr(cache, "is_reachable", None)
    if is_reachable and not is_reachable():
        raise CacheUnavailable


@dataclass(frozen=True, slots=True)
class RateLimit:
    """At most `most` events in each window of `seconds`."""

    most: int
    seconds: int

    @classmethod
    def parse(cls, rate: str) -> "RateLimit":
        """Return the limit that a text such as `600/m` or `100/10s` names, else raise `ValueError`."""
        match = PATTERN.fullmatch(rate)
        if match is None or not int(match[1]) or match[2] == "0":
            raise ValueError(f"“{rate}” is no rate such as 600/m or 100/10s.")
        return cls(int(match[1]), int(match[2] or 1) * UNITS[match[3]])

    def check(self, key: str) -> None:
        """Raise `RateLimitExceeded` if one more event of `key` is too many; count nothing."""
        name, retry_after = self._window(key)
        if cache.get(name, 0) >= self.most:
            raise RateLimitExceeded(retry_after)

    def count(self, key: str) -> None:
        """
        Count one event of `key`; raise `RateLimitExceeded` if it is one too many.

        Where the cache cannot be written to, raise `CacheUnavailable`, or `OperationalError` for a
        database: within a transaction, because Django's own `DatabaseCache` would answer as if the
        key were there already.
        """
        name, retry_after = self._window(key)
        with transaction.atomic():
            first = cache.add(name, 1, retry_after + 1)
            number = 1 if first else cache.incr(name)
        if number > self.most:
            raise RateLimitExceeded(retry_after)

    def _window(self, key):
        """The name of the counter of this window, and how many seconds the window still lasts."""
        now = int(time.time())
        # Windows of different keys end at different moments, or all who wait would come at once.
        start = now - (now + zlib.crc32(key.encode())) % self.seconds
        return f"rate:{key}:{self.most}/{self.seconds}:{start}", start + self.seconds - now
