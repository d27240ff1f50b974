"""A circuit breaker for each Redis server, which fails fast and recovers in the background."""

import logging
import threading
import time
from collections.abc import Callable, Iterable
from secrets import randbelow
from typing import Any, TypeVar

import redis
from django.core.cache.backends.redis import RedisCacheClient

from ..errors import CacheUnavailable

logger = logging.getLogger(__name__)

Answer = TypeVar("Answer")

TIMEOUT_SECONDS = 1
PROBE_SECONDS = 1
# The maximum number of keys with lost writes to delete when the server is back.
MAX_LOST_KEYS = 10_000

_servers: dict[tuple, "RedisServer"] = {}
_registering = threading.Lock()


def get_server(urls: Iterable[str], options: dict[str, Any]) -> "RedisServer":
    """Return the server at `urls`, connected with `options`; one object a process."""
    key = (*urls, repr(sorted(options.items())))
    with _registering:
        if key not in _servers:
            _servers[key] = RedisServer(urls, options)
        return _servers[key]


class RedisServer:
    """
    The state of a Redis server in this process, with one connection pool for all threads.

    After a failure every call fails at once until a background thread has reached the server. That
    thread first deletes the keys whose writes were lost and renews the epoch keys, so that no value
    is trusted that an invalidation may have missed. Each new connection renews the epoch keys too,
    because the server may have been restarted from an old snapshot.
    """

    def __init__(self, urls: Iterable[str], options: dict[str, Any]):
        defaults = {
            "socket_timeout": TIMEOUT_SECONDS,
            "socket_connect_timeout": TIMEOUT_SECONDS,
            "redis_connect_func": self._on_connect,
        }
        self.pools = RedisCacheClient(list(urls), **{**defaults, **options})
        self.is_down = False
        self._epoch_keys: set[str] = set()
        self._lost_keys: set[str] = set()
        self._lock = threading.Lock()
        self._prober: threading.Thread | None = None

    @property
    def client(self) -> redis.Redis:
        """Return the client for writes."""
        return self.pools.get_client(write=True)

    def add_epoch_key(self, key: str) -> None:
        """
        Register `key`, which is set to a new random number whenever older values may be stale.
        """
        self._epoch_keys.add(key)

    def call(self, operation: Callable[[], Answer], *, writes: Iterable[str] = ()) -> Answer:
        """
        Return the result of `operation`.

        `writes` are the keys that it sets or deletes. Raise `CacheUnavailable` if the server cannot
        be reached or refuses, and at once while it is known to be down.
        """
        with self._lock:
            if self.is_down:
                self._remember(writes)
                raise CacheUnavailable
        try:
            return operation()
        except redis.DataError:
            raise
        except (redis.RedisError, OSError) as error:
            with self._lock:
                self._remember(writes, error)
            raise CacheUnavailable from error

    def _remember(self, writes, error=None):
        """Record lost writes and start the probe thread; the caller holds the lock."""
        if len(self._lost_keys) < MAX_LOST_KEYS:
            self._lost_keys.update(writes)
        if not self.is_down:
            self.is_down = True
            logger.error("Redis cannot be used, caches are treated as empty: %s", error)
        if self._prober is None or not self._prober.is_alive():  # as after a fork
            self._prober = threading.Thread(target=self._probe, name="redis-probe", daemon=True)
            self._prober.start()

    def _probe(self):
        while self.is_down:
            time.sleep(PROBE_SECONDS)
            with self._lock:
                lost, self._lost_keys = self._lost_keys, set()
            try:
                if lost:
                    self.client.delete(*lost)
                for key in self._epoch_keys:
                    self.client.set(key, new_epoch())
                self.client.ping()
            except (redis.RedisError, OSError):
                with self._lock:
                    self._lost_keys |= lost
                continue
            with self._lock:
                self.is_down = bool(self._lost_keys)
        logger.warning("Redis can be used again.")

    def _on_connect(self, connection):
        connection.on_connect()
        for key in self._epoch_keys:
            connection.send_command("SET", key, new_epoch())
            try:
                connection.read_response()
            except redis.ReadOnlyError:
                return  # A read-only replica: the key is set on the primary.


def new_epoch() -> int:
    """Return a random number for an epoch key."""
    return randbelow(2**62)
