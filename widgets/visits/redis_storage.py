"""Count visits in Redis or Valkey."""

import datetime
from collections import defaultdict

from django.core.cache import caches
from django.db import Error, transaction
from django.utils import timezone
from django.utils.functional import cached_property

from headless.cache.redis_cache import get_redis_server
from headless.conf import shared_cache_alias
from headless.errors import CacheUnavailable

from ..models.visits import DailyVisits, PageViews
from .flood_control import REPLAY_SECONDS
from .storage import ONLINE_FOR, VISIT_ENDS_AFTER, increment_counters

# One name in braces keeps all keys on one server of a cluster.
HASH_TAG = "{portal-visits}"
# After midnight, when a hit of the day may still be under way.
GRACE_SECONDS = 600

ADD = """
if not redis.call('SET', KEYS[3], 1, 'NX', 'EX', ARGV[6]) then return 0 end
local site, now = ARGV[1], tonumber(ARGV[3])
local last = redis.call('ZSCORE', KEYS[2], ARGV[2])
redis.call('HINCRBY', KEYS[1], 'views|' .. site, 1)
redis.call('HINCRBY', KEYS[1], 'page|' .. ARGV[4], 1)
if not last then
    redis.call('HINCRBY', KEYS[1], 'visitors|' .. site, 1)
end
if not last or now - tonumber(last) > tonumber(ARGV[5]) then
    redis.call('HINCRBY', KEYS[1], 'visits|' .. site, 1)
end
if not last or now > tonumber(last) then
    redis.call('ZADD', KEYS[2], now, ARGV[2])
end
redis.call('EXPIRE', KEYS[2], ARGV[7])
return 1
"""

TAKE = """
local pending = redis.call('HGETALL', KEYS[1])
redis.call('DEL', KEYS[1])
return pending
"""


def _seconds_to_midnight(now) -> int:
    local = timezone.localtime(now)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0) + datetime.timedelta(days=1)
    return int((midnight - local).total_seconds())


class RedisStorage:
    """
    Count each hit by one atomic script; the first process to flush takes the pending counts.

    A killed process loses at most a batch that it took and did not commit.
    """

    errors = (CacheUnavailable,)

    @cached_property
    def server(self):
        """
        Return the shared cache's server, so that an outage noticed by either spares the other.
        """
        return get_redis_server(caches[shared_cache_alias()])

    @cached_property
    def pending(self) -> str:
        """The key under which hits wait to be written."""
        return self._key("pending")

    @cached_property
    def _add(self):
        return self.server.client.register_script(ADD)

    @cached_property
    def _take(self):
        return self.server.client.register_script(TAKE)

    def add(self, hit):
        """Count a hit, unless it is a replay."""
        day = hit.day.isoformat()
        keys = [
            self.pending,
            self._seen(hit.site_id, day),
            self._key(f"replay:{hit.visitor}:{hit.page_id}"),
        ]
        args = [
            f"{hit.site_id}|{day}",
            hit.visitor,
            hit.at.timestamp(),
            f"{hit.page_id}|{day}",
            VISIT_ENDS_AFTER.total_seconds(),
            REPLAY_SECONDS,
            _seconds_to_midnight(hit.at) + GRACE_SECONDS,
        ]
        self.server.call(lambda: self._add(keys=keys, args=args))

    def flush(self):
        taken = [
            each.decode() for each in self.server.call(lambda: self._take(keys=[self.pending]))
        ]
        if not taken:
            return
        pending = dict(zip(taken[::2], map(int, taken[1::2]), strict=True))
        written = False
        try:
            with transaction.atomic():
                self._write(pending)
                written = True
        except Error:
            if not written:
                self._put_back(pending)
            raise

    def _put_back(self, pending):
        with self.server.client.pipeline() as pipeline:
            for name, amount in pending.items():
                pipeline.hincrby(self.pending, name, amount)
            self.server.call(pipeline.execute)

    def _write(self, pending):
        rows = {name: defaultdict(int) for name in ("views", "visits", "visitors", "page")}
        for name, amount in pending.items():
            what, number, day = name.split("|")
            rows[what][int(number), datetime.date.fromisoformat(day)] += amount
        amounts = ("views", "visits", "visitors")
        sites = {key: tuple(rows[name][key] for name in amounts) for key in rows["views"]}
        pages = {key: (amount,) for key, amount in rows["page"].items()}
        increment_counters(DailyVisits, ("site_id", "day"), amounts, sites)
        increment_counters(PageViews, ("page_id", "day"), ("views",), pages)

    def online(self, site_id, now):
        """
        Return the number of visitors seen within `ONLINE_FOR`; 0 while the server is unreachable.
        """
        today = timezone.localdate(now).isoformat()
        since = (now - ONLINE_FOR).timestamp()
        seen = self._seen(site_id, today)
        try:
            return self.server.call(lambda: self.server.client.zcount(seen, f"({since}", "+inf"))
        except CacheUnavailable:
            return 0

    def _seen(self, site_id, day):
        return self._key(f"seen:{site_id}:{day}")

    @staticmethod
    def _key(name):
        """Return a key of ours as the cache would name it, so that projects may share a server."""
        return caches[shared_cache_alias()].make_and_validate_key(f"{HASH_TAG}:{name}")
