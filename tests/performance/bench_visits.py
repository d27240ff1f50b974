"""
What counting costs: the beacon beside the same view without counting, and beside one UPDATE a hit.

Run as `python -m tests.performance.bench_visits [seconds]`. Eight concurrent clients on 127.0.0.1
post to gunicorn with two processes and no middleware; each row is the median of three rounds.
Times are of this machine, so compare rows, not machines.
"""

import multiprocessing
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from socket import IPPROTO_TCP, TCP_NODELAY, create_connection

CLIENTS = 8
ROUNDS = 3
AGENTS = 200
NAMES = {
    "without": "the same view without counting",
    "beacon": "the beacon",
    "update": "one UPDATE a hit, SQLite's defaults",
}
FLOOR_OF_VIEW, FLOOR_OF_UPDATE = 0.85, 3


def settings(path: str, *, tuned: bool):
    """The portal's settings on a database of its own, without middleware."""
    os.environ["DATABASE_URL"] = f"sqlite:///{path}"
    os.environ["DJANGO_SETTINGS_MODULE"] = "cms_site.settings.test"
    from django.conf import settings

    settings.MIDDLEWARE = []
    settings.ROOT_URLCONF = "tests.performance.bench_visits"
    settings.CIVIC_PORTAL_VISITS_FLUSH_SECONDS = 5
    if not tuned:
        # As Django comes: no options, and the journal that SQLite makes.
        settings.DATABASES["default"]["OPTIONS"] = {}
    return settings


def serve(path: str, port: str, what: str):
    """Runs the server; ends when it is told to."""
    settings(path, tuned=what != "update")
    import django

    django.setup()
    from django.core.wsgi import get_wsgi_application
    from gunicorn.app.base import BaseApplication

    from widgets import views
    from widgets.visits.counting import Outcome, limits

    if what == "without":
        views.count_view = lambda request, page_id: Outcome.COUNTED

    # The clients are one network; limiting is measured, refusing is not.
    limits.is_flood = lambda network, real=limits.is_flood: real(network) and False
    limits.is_excess = lambda visitor, page, real=limits.is_excess: real(visitor, page) and False

    class Server(BaseApplication):
        def load_config(self):
            options = {"bind": f"127.0.0.1:{port}", "workers": 2, "threads": 4}
            options |= {"worker_class": "gthread", "loglevel": "critical", "keepalive": 30}
            for name, value in options.items():
                self.cfg.set(name, value)

        def load(self):
            return get_wsgi_application()

    Server().run()


def client(port: int, address: str, page: int, seconds: float, number: int, results):
    """Posts beacons over one connection until the time is over."""
    body = f'{{"page": {page}}}'
    requests = [
        (
            f"POST {address} HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n"
            f"User-Agent: Mozilla/5.0 (X11; rv:{number}.{agent}) Gecko Firefox/140\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}"
        ).encode()
        for agent in range(AGENTS)
    ]
    times, errors = [], 0
    with create_connection(("127.0.0.1", port)) as connection:
        connection.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)
        connection.settimeout(60)
        start = time.perf_counter()
        while (now := time.perf_counter()) - start < seconds:
            connection.sendall(requests[len(times) % AGENTS])
            answer = connection.recv(4096)
            times.append(time.perf_counter() - now)
            errors += not answer.startswith(b"HTTP/1.1 204")
    results.put((times, errors))


def measure(port: int, address: str, page: int, seconds: float) -> tuple[float, float, int]:
    """Hits a second, the slowest hundredth in ms, and errors, of eight clients at once."""
    results = multiprocessing.Queue()
    clients = [
        multiprocessing.Process(target=client, args=(port, address, page, seconds, n, results))
        for n in range(CLIENTS)
    ]
    for each in clients:
        each.start()
    found = [results.get(timeout=seconds + 90) for _ in clients]
    for each in clients:
        each.join()
    times = sorted(t for times, _ in found for t in times)
    return len(times) / seconds, times[len(times) * 99 // 100] * 1000, sum(e for _, e in found)


class Running:
    """The server in a process of its own."""

    def __init__(self, path, port, what):
        self.port = port
        command = [sys.executable, "-m", "tests.performance.bench_visits", "--serve", path]
        self.process = subprocess.Popen([*command, str(port), what])  # noqa: S603

    def __enter__(self):
        for _ in range(300):
            try:
                create_connection(("127.0.0.1", self.port), 1).close()
                return self
            except OSError:
                time.sleep(0.1)
        raise SystemExit("The server does not answer.")

    def __exit__(self, *args):
        self.process.terminate()
        self.process.wait(30)


def main(seconds: float = 4):
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "bench.sqlite3")
        page, port = prepare(path), 18_731
        plain = str(Path(folder) / "plain.sqlite3")
        copy_without_wal(path, plain)
        rows = {what: [] for what in NAMES}
        for _ in range(ROUNDS):
            for number, what in enumerate(NAMES):
                with Running(plain if what == "update" else path, port + number, what):
                    address = "/update/" if what == "update" else "/visits/"
                    measure(port + number, address, page, 0.5)
                    rows[what].append(measure(port + number, address, page, seconds))
        speed = {}
        print(f"{'':38} {'hits/s':>8} {'p99 ms':>8} {'errors':>7}")
        for what, name in NAMES.items():
            speed[what] = statistics.median(row[0] for row in rows[what])
            slow = statistics.median(row[1] for row in rows[what])
            errors = sum(row[2] for row in rows[what])
            print(f"{name:38} {speed[what]:8.0f} {slow:8.1f} {errors:7}")
        say_what_counted(path)
        of_view = speed["beacon"] / speed["without"]
        of_update = speed["beacon"] / speed["update"]
        print(f"The beacon has {of_view:.0%} of the view's speed (at least {FLOOR_OF_VIEW:.0%}),")
        print(f"and {of_update:.1f} times that of the UPDATE (at least {FLOOR_OF_UPDATE}).")
        if sum(row[2] for row in rows["beacon"]):
            raise SystemExit("A reader got an error.")


def prepare(path: str) -> int:
    """A database with a site; the number of a page that counts."""
    import django

    settings(path, tuned=True)
    django.setup()
    from django.core.management import call_command
    from wagtail.models import Page, Site

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    site = Site.objects.get()
    Site.objects.update(hostname="localhost", port=80)
    return Page.objects.get(pk=site.root_page_id).pk


def copy_without_wal(path: str, target: str):
    """The same database with the journal that SQLite has by default, and a row to update."""
    import sqlite3

    with sqlite3.connect(path) as source, sqlite3.connect(target) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        copy.execute("CREATE TABLE bench (n integer)")
        copy.execute("INSERT INTO bench VALUES (0)")


def say_what_counted(path: str):
    import sqlite3

    with sqlite3.connect(path) as database:
        views, visits, visitors = database.execute(
            "SELECT SUM(views), SUM(visits), SUM(visitors) FROM widgets_dailyvisits"
        ).fetchone()
    print(f"Counted: {views} page views of {visitors} visitors in {visits} visits.")


def urls():
    from django.db import connection
    from django.http import HttpResponse
    from django.urls import path
    from django.views.decorators.csrf import csrf_exempt
    from django.views.decorators.http import require_POST

    from widgets import views

    @csrf_exempt
    @require_POST
    def update(request):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE bench SET n = n + 1")
        return HttpResponse(status=204)

    return [path("visits/", views.visit), path("update/", update)]


def __getattr__(name):
    # As a URL configuration, which is read when settings are there.
    if name == "urlpatterns":
        return urls()
    raise AttributeError(name)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--serve"]:
        serve(*sys.argv[2:5])
    else:
        main(*map(float, sys.argv[1:2]))
