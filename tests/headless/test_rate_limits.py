from unittest import mock

import pytest
from django.core.cache import caches
from django.core.cache.backends.locmem import LocMemCache

from headless.content.requests import rate_limits
from headless.content.requests.rate_limits import RateLimit, RateLimitExceeded
from headless.errors import CacheUnavailable

pytestmark = pytest.mark.vendor

LIMIT = RateLimit.parse("3/10m")


@pytest.fixture(autouse=True)
def counters(monkeypatch):
    found = LocMemCache("rate-limits", {})
    found.clear()
    monkeypatch.setattr(rate_limits, "shared_cache", found)
    return found


def at(seconds):
    return mock.patch("time.time", return_value=1_800_000_000 + seconds)


def test_who_comes_back_when_told_is_let_through(counters):
    with at(0):
        for _ in range(3):
            LIMIT.count("a", counters)
        with pytest.raises(RateLimitExceeded) as refused:
            LIMIT.check("a")

    with at(refused.value.retry_after - 1), pytest.raises(RateLimitExceeded):
        LIMIT.check("a")
    with at(refused.value.retry_after):
        LIMIT.check("a")
        LIMIT.count("a", counters)


def test_a_check_counts_nothing(counters):
    for _ in range(5):
        LIMIT.check("a")
    for _ in range(3):
        LIMIT.count("a", counters)
    with pytest.raises(RateLimitExceeded):
        LIMIT.count("a", counters)


def test_a_key_of_any_length_is_counted_and_not_to_be_read_in_the_cache(counters):
    key = f"resets:{'a' * 300}@example.org from 203.0.113.5"

    LIMIT.count(key, counters)

    [name] = counters._cache
    assert "example" not in name
    assert "203.0.113.5" not in name
    caches["default"].validate_key(name)


class Away(LocMemCache):
    """A cache that fails as Django's own caches do: it reads as empty and adds nothing."""

    def get(self, key, default=None, version=None):
        return default

    def add(self, *args, **kwargs):
        return False


def test_a_cache_that_is_away_is_no_cache_in_which_nothing_was_counted(monkeypatch):
    away = Away("away", {})
    monkeypatch.setattr(rate_limits, "shared_cache", away)

    with pytest.raises(CacheUnavailable):
        LIMIT.check("a")
    with pytest.raises(CacheUnavailable):
        LIMIT.count("a", away)
