"""A circuit breaker for each Redis server: it fails fast, and recovers without traffic."""

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
# How many keys whose write failed are remembered; each is deleted when the server is back.
MAX_LOST_KEYS = 10_000

_servers: dict[tuple, "RedisServer"] = {}
_registering = threading.Lock()


def get_server(urls: Iterable[str], options: dict[str, Any]) -> "RedisServer":
    """Return the server at `urls`, connected with `options`; one object for all threads."""
    key = (*urls, repr(sorted(options.items())))
    with _registering:
        if key not in _servers:
            _servers[key] = RedisServer(urls, options)
        return _servers[key]


class RedisServer:
    """
    A Redis server as this process knows it, with one pool of connections for all threads.

    After a failure nobody waits for the server again until a thread of its own has reached it.
    That thread first deletes the keys whose write was lost, and renews the epoch keys, so that
    nothing is believed that somebody may have tried to invalidate meanwhile. Each new connection
    renews them too: the server may have been restarted from an old snapshot.
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
        """The client to write with."""
        return self.pools.get_client(write=True)

    def add_epoch_key(self, key: str) -> None:
        """Let `key` hold a number that changes whenever older values may be out of date."""
        self._epoch_keys.add(key)

    def call(self, operation: Callable[[], Answer], *, writes: Iterable[str] = ()) -> Answer:
        """
        Return what `operation` returns.

        `writes` are the keys that it sets or deletes. Raises `CacheUnavailable` where the server
        cannot be reached or refuses, and at once while it is known to be away.
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
        """Note lost writes, and see that the server is probed; the lock is held."""
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
                return  # A replica: the server that is written to has the key.


def new_epoch() -> int:
    """Return a number that differs from any before."""
    return randbelow(2**62)
