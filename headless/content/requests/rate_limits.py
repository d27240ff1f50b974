"""Rate limits: how often something may happen in a window of time, counted in the cache of all processes or elsewhere."""

import re
import time
import zlib
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

from django.http import HttpRequest

from ...conf import conf, shared_cache
from ...errors import CacheUnavailable
from .client_address import client_network

UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
PATTERN = re.compile(r"(\d+)/(\d*)([smhd])")


class RateLimitExceeded(Exception):
    """A limit is reached; `retry_after` is the number of seconds until its window ends."""

    def __init__(self, retry_after: int):
        super().__init__(retry_after)
        self.retry_after = retry_after


def require_cache() -> None:
    """Raise `CacheUnavailable` where nothing could be counted: a cache reads as empty when it is away."""
    is_reachable = getattr(shared_cache, "is_reachable", None)
    if is_reachable and not is_reachable():
        raise CacheUnavailable


class Counters(Protocol):
    """Where events are counted: a cache, or what does these two things as a cache does."""

    def add(self, key: str, value: int, timeout: int, /) -> bool: ...

    def incr(self, key: str, /) -> int: ...


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
        """
        Raise `RateLimitExceeded` if one more event of `key` is too many; count nothing.

        Raise `CacheUnavailable` where the cache does not say.
        """
        name, retry_after = self._window(key)
        number = shared_cache.get(name)
        # To a read, a cache that cannot be reached is an empty one; `add` tells one from the other.
        if number is None and not shared_cache.add(name, 0, retry_after + 1):
            number = shared_cache.get(name)
            if number is None:
                raise CacheUnavailable
        if (number or 0) >= self.most:
            raise RateLimitExceeded(retry_after)

    def count(self, key: str, counters: Counters = shared_cache) -> None:
        """
        Count one event of `key`; raise `RateLimitExceeded` if it is one too many.

        Raise `CacheUnavailable` where it cannot be counted.
        """
        name, retry_after = self._window(key)
        try:
            number = 1 if counters.add(name, 1, retry_after + 1) else counters.incr(name)
        except ValueError as error:
            # It is not there, nor can it be put there: what Django's own caches say when they fail.
            raise CacheUnavailable from error
        if number > self.most:
            raise RateLimitExceeded(retry_after)

    def _window(self, key):
        """
        Return the name of the counter of this window, and how many seconds the window still lasts.

        The name is a hash: keys hold addresses of readers, and texts of any length.
        """
        now = int(time.time())
        digest = sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
        # Windows of different keys end at different moments, or all who wait would come at once.
        start = now - (now + zlib.crc32(digest.encode())) % self.seconds
        return f"rate:{digest}:{self.most}/{self.seconds}:{start}", start + self.seconds - now


def count_api_request(request: HttpRequest) -> None:
    """
    Count a request to an API against `CIVIC_PORTAL_API_RATE`, by the network of the client.

    The client is `REMOTE_ADDR`: behind a proxy, a middleware must set it. Requests without a valid
    address are not limited, because all of them would share one limit. Raises `RateLimitExceeded`
    beyond the limit and `CacheUnavailable` where it cannot be counted.
    """
    if not conf.API_RATE:
        return
    network = client_network(request.META.get("REMOTE_ADDR", ""))
    if network is not None:
        RateLimit.parse(conf.API_RATE).count(f"headless.api:{network}")
