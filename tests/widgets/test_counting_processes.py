"""Counting as several processes do it: at once, killed, and over Redis."""

import datetime
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import closing
from http.client import HTTPConnection
from socket import socket

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import OperationalError, connection, connections
from django.utils import timezone

from tests.factories import make_article, make_portal
from widgets.models import DailyVisits, PageViews, Visitor
from widgets.visits import storage, writer
from widgets.visits.redis_storage import RedisStorage

pytestmark = [pytest.mark.vendor, pytest.mark.slow]

on_redis = pytest.mark.skipif(
    not settings.CACHES["default"]["BACKEND"].endswith("RedisCache"), reason="needs Redis"
)


@pytest.fixture(autouse=True)
def _forget():
    writer.flusher.reset()


def totals(site):
    rows = DailyVisits.objects.filter(site=site).values_list("views", "visits", "visitors")
    return rows.get() if rows else (0, 0, 0)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_writers_at_once_lose_nothing_and_count_no_visitor_twice():
    portal = make_portal()
    now = timezone.now()
    errors = []

    def write(number):
        try:
            buffer = storage.BufferedStorage()
            for _turn in range(10):
                for visitor in range(20):
                    hit = storage.Hit(
                        portal.site.pk, visitor % 7, f"v{visitor}", timezone.localdate(), now
                    )
                    buffer.add(hit)
                buffer.flush()
        except Exception as error:  # noqa: BLE001
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    assert totals(portal.site) == (1200, 20, 20)
    assert sum(PageViews.objects.values_list("views", flat=True)) == 1200


@on_redis
@pytest.mark.django_db
def test_redis_counts_as_the_database_does():
    portal = make_portal()
    redis, noon = RedisStorage(), timezone.now().replace(hour=5)  # noon in Vietnam
    hits = [("a", 0), ("a", 29), ("a", 60), ("b", 60)]
    for visitor, minutes in hits:
        at = noon + datetime.timedelta(minutes=minutes)
        hit = storage.Hit(portal.site.pk, minutes + 1, visitor, timezone.localdate(at), at)
        redis.add(hit)
    redis.add(hit)  # a replay

    redis.flush()
    redis.flush()

    assert totals(portal.site) == (4, 3, 2)
    at = noon + datetime.timedelta(minutes=64)
    assert redis.online(portal.site.pk, at) == 2
    assert redis.online(portal.site.pk, at + datetime.timedelta(minutes=5)) == 0
    assert not Visitor.objects.exists()


@on_redis
@pytest.mark.django_db
def test_projects_that_share_a_redis_count_apart(settings):
    portal = make_portal()
    mine = RedisStorage()
    mine.add(storage.Hit(portal.site.pk, 1, "a", timezone.localdate(), timezone.now()))
    default = {**settings.CACHES["default"], "KEY_PREFIX": "another-project"}
    settings.CACHES = {**settings.CACHES, "default": default}

    theirs = RedisStorage()
    theirs.flush()

    assert theirs.pending.startswith("another-project:")
    assert totals(portal.site) == (0, 0, 0)
    assert theirs.online(portal.site.pk, timezone.now()) == 0
    mine.flush()
    assert totals(portal.site) == (1, 1, 1)


@on_redis
@pytest.mark.django_db
def test_what_the_database_refused_waits_in_redis(monkeypatch):
    portal = make_portal()
    redis, now = RedisStorage(), timezone.now()
    redis.add(storage.Hit(portal.site.pk, 1, "a", timezone.localdate(), now))

    def refuse(*args):
        raise OperationalError("locked")

    with monkeypatch.context() as patch:
        patch.setattr("widgets.visits.redis_storage.increment_counters", refuse)
        with pytest.raises(OperationalError):
            redis.flush()
    assert redis.server.client.hlen(redis.pending) == 4
    redis.flush()

    assert totals(portal.site) == (1, 1, 1)


SERVER = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "cms_site.settings.test"
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
settings.CIVIC_PORTAL_VISITS_FLUSH_SECONDS = int(sys.argv[2])
settings.CIVIC_PORTAL_VISITS_NETWORK_RATE = ""
# The Redis database of the tests that started this server, not that of other workers.
settings.CACHES["default"]["LOCATION"] = sys.argv[4]
settings.SILENCED_SYSTEM_CHECKS = []
import django
django.setup()
from django.core.wsgi import get_wsgi_application
from gunicorn.app.base import BaseApplication

class Server(BaseApplication):
    def load_config(self):
        for name, value in {"bind": sys.argv[3], "workers": 2, "threads": 2,
                            "worker_class": "gthread", "loglevel": "critical"}.items():
            self.cfg.set(name, value)
    def load(self):
        return get_wsgi_application()

Server().run()
"""
FLUSH_SECONDS = 1


class Server:
    """The portal on two processes, with the test's database."""

    def __init__(self):
        with closing(socket()) as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        name = str(connection.settings_dict["NAME"])
        cache = caches.settings["default"]["LOCATION"]
        self.process = subprocess.Popen(  # noqa: S603
            [
                sys.executable,
                "-c",
                SERVER,
                name,
                str(FLUSH_SECONDS),
                f"127.0.0.1:{self.port}",
                cache,
            ],
            cwd=settings.BASE_DIR,
            start_new_session=True,
        )
        for _ in range(300):
            with closing(socket()) as probe:
                if not probe.connect_ex(("127.0.0.1", self.port)):
                    return
            time.sleep(0.1)
        raise AssertionError("The server does not answer.")

    def stop(self, number):
        """Sends a signal to all its processes and waits for the first."""
        target = os.killpg if number == signal.SIGKILL else os.kill
        target(self.process.pid, number)
        self.process.wait(30)


def load(port, page_ids, stop, accepted):
    """Posts beacons, each of a new visitor, until told to stop or refused."""
    http = HTTPConnection("127.0.0.1", port, timeout=10)
    for number in range(100_000):
        if stop.is_set():
            break
        agent = f"Mozilla/5.0 (X11; rv:{threading.get_ident()}.{number}) Firefox/140"
        try:
            http.request(
                "POST",
                "/widgets/visits/",
                f'{{"page": {page_ids[number % len(page_ids)]}}}',
                {"Content-Type": "text/plain", "User-Agent": agent, "Host": "localhost"},
            )
            response = http.getresponse()
            response.read()
        except OSError:
            break
        except Exception:  # noqa: BLE001
            break
        accepted.append((time.monotonic(), response.status))


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM], ids=["kill -9", "stop"])
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_server_that_ends_under_load_loses_at_most_the_last_seconds(number):
    portal = make_portal()
    pages = [make_article(portal.news).pk for _ in range(5)]
    server, stop, accepted = Server(), threading.Event(), []
    clients = [
        threading.Thread(target=load, args=(server.port, pages, stop, accepted)) for _ in range(4)
    ]
    for client in clients:
        client.start()
    time.sleep(5)
    if number == signal.SIGTERM:
        # What is under way when a server is stopped has no answer; what was answered counts.
        stop.set()
        for client in clients:
            client.join()
    killed_at = time.monotonic()
    server.stop(number)
    stop.set()
    for client in clients:
        client.join()
    time.sleep(0.5)

    if isinstance(writer.storage(), RedisStorage):
        writer.flush()
    counted, visits, visitors = totals(portal.site)
    assert {status for _, status in accepted} == {204}
    # A flush itself takes a moment, on a machine that does much else at once too.
    safe = [at for at, _ in accepted if at < killed_at - FLUSH_SECONDS - 1]
    assert len(safe) > 50
    assert len(safe) <= counted <= len(accepted) + len(clients)
    if number == signal.SIGTERM:
        assert counted == len(accepted)
    assert counted == visits == visitors
    assert counted == sum(PageViews.objects.values_list("views", flat=True))
