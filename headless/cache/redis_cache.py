"""
A Redis cache backend that degrades gracefully when Redis is down.

A failed read is a cache miss, a failed write is dropped. `add` and `incr` raise `CacheUnavailable`,
because their callers decide by the result.
"""

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache as DjangoRedisCache
from django.utils.functional import cached_property

from ..errors import CacheUnavailable
from .redis_server import RedisServer, get_server
from .version_store import EPOCH


class RedisCache(DjangoRedisCache):
    """
    Django's Redis cache behind a circuit breaker, with timeouts of one second.

    All threads of a process share one connection pool. Keys that could not be written or deleted
    during an outage are deleted when the server is back.
    """

    @cached_property
    def server(self):
        """
        Return the server with its circuit breaker, shared by all caches with the same location.
        """
        server = get_server(self._servers, self._options)
        server.add_epoch_key(self.make_and_validate_key(EPOCH))
        return server

    @property
    def _cache(self):
        return self.server.pools

    def is_reachable(self) -> bool:
        """
        Return whether the server answers a ping; False without asking while the circuit is open.
        """
        try:
            return self.server.call(self.server.client.ping)
        except CacheUnavailable:
            return False

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        """Add a key; raise `CacheUnavailable` if the server is down."""
        return self.server.call(lambda: super(RedisCache, self).add(key, value, timeout, version))

    def incr(self, key, delta=1, version=None):
        """Increment a key; raise `CacheUnavailable` if the server is down."""
        return self.server.call(lambda: super(RedisCache, self).incr(key, delta, version))

    def get_or_set(self, key, default, timeout=DEFAULT_TIMEOUT, version=None):
        """Return a value or its default, computed without the cache if the server is down."""
        try:
            return super().get_or_set(key, default, timeout, version)
        except CacheUnavailable:
            return default() if callable(default) else default

    def get(self, key, default=None, version=None):
        return self._read(lambda: super(RedisCache, self).get(key, default, version), default)

    def get_many(self, keys, version=None):
        keys = list(keys)
        return self._read(lambda: super(RedisCache, self).get_many(keys, version), {})

    def has_key(self, key, version=None):
        return self._read(lambda: super(RedisCache, self).has_key(key, version), False)

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        self._write(
            [key], lambda: super(RedisCache, self).set(key, value, timeout, version), version
        )

    def set_many(self, data, timeout=DEFAULT_TIMEOUT, version=None):
        operation = lambda: super(RedisCache, self).set_many(data, timeout, version)  # noqa: E731
        # Django's contract: the keys that could not be set.
        return list(data) if self._write(data, operation, version) is None else []

    def touch(self, key, timeout=DEFAULT_TIMEOUT, version=None):
        return self._read(lambda: super(RedisCache, self).touch(key, timeout, version), False)

    def delete(self, key, version=None):
        return bool(
            self._write([key], lambda: super(RedisCache, self).delete(key, version), version)
        )

    def delete_many(self, keys, version=None):
        keys = list(keys)
        self._write(keys, lambda: super(RedisCache, self).delete_many(keys, version), version)

    def clear(self):
        """Delete all keys; raise `CacheUnavailable` if the server is down."""
        return self.server.call(super().clear)

    def _read(self, operation, missing):
        try:
            return self.server.call(operation)
        except CacheUnavailable:
            return missing

    def _write(self, keys, operation, version):
        """Return the result of `operation`, None if the server is down."""
        names = [self.make_and_validate_key(key, version) for key in keys]
        try:
            return self.server.call(operation, writes=names)
        except CacheUnavailable:
            return None


def get_redis_server(cache: DjangoRedisCache) -> RedisServer:
    """Return the server of a Redis cache, for Django's own backend too."""
    if isinstance(cache, RedisCache):
        return cache.server
    return get_server(cache._servers, cache._options)
