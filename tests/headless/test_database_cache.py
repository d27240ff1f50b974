"""Rate limits counted in the database are exact, and an error while it is locked."""

import sqlite3
import threading
from contextlib import closing

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection, connections

from headless.errors import CacheUnavailable
from tests.factories import make_portal

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.vendor,
    pytest.mark.slow,
]


@pytest.fixture
def cache(settings):
    settings.CACHES = {
        **settings.CACHES,
        "default": {
            "BACKEND": "headless.cache.database_cache.DatabaseCache",
            "LOCATION": "portal_cache",
        },
    }
    call_command("createcachetable", verbosity=0)
    yield caches["default"]
    caches["default"].clear()


@pytest.fixture
def busy(cache):
    """Lock SQLite by a long write of another connection; this connection does not wait."""
    if connection.vendor != "sqlite":
        pytest.skip("Only SQLite is locked as a whole.")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 100")
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.rollback()
    connection.close()


def test_numbers_are_counted_exactly_by_many_at_once(cache):
    cache.set("number", 0, 60)

    def count():
        for _ in range(20):
            caches["default"].incr("number")
        connections.close_all()

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert cache.get("number") == 80


def test_counting_does_not_prolong_what_is_counted(cache):
    cache.set("number", 1, 3600)
    with connection.cursor() as cursor:
        cursor.execute("SELECT expires FROM portal_cache")
        before = cursor.fetchall()
        cache.incr("number", 4)
        cursor.execute("SELECT expires FROM portal_cache")
        assert cursor.fetchall() == before

    assert cache.get("number") == 5
    with pytest.raises(ValueError, match="other"):
        cache.incr("other")


def test_a_key_that_is_there_is_not_added_again(cache):
    assert cache.add("mark", 1)
    assert not cache.add("mark", 1)


def test_a_busy_database_is_told_apart_from_an_answer(cache, busy):
    with pytest.raises(CacheUnavailable):
        cache.add("mark", 1)
    assert cache.get("mark") is None


def test_who_cannot_be_counted_is_told_to_try_again(client, cache, request):
    make_portal()
    assert client.get("/api/v3/challenge/").status_code == 200
    request.getfixturevalue("busy")

    response = client.get("/api/v3/challenge/")

    assert response.status_code == 503
    assert response["Retry-After"]
