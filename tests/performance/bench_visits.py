"""
What counting costs: the beacon beside the same view without counting, and beside one UPDATE a hit;
an article's page followed by its beacon, beside the same page with nothing counted.

Run as `python -m tests.performance.bench_visits [seconds]`. Eight concurrent clients on 127.0.0.1
ask gunicorn with two processes; a beacon passes no middleware, a page the project's own. The
servers stay up and take turns, `ROUNDS` times, and a ratio is the median of the rounds': what else
the machine does falls on all sides. Compare rows, not machines.
"""

import multiprocessing
import os
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from socket import IPPROTO_TCP, TCP_NODELAY, create_connection

CLIENTS = 8
ROUNDS = 11
AGENTS = 200
NAMES = {
    "without": "the same view without counting",
    "beacon": "the beacon",
    "update": "one UPDATE a hit, SQLite's defaults",
    "plain page": "an article's page, nothing counted",
    "page": "an article's page, counted",
}
PAGES = {"plain page", "page"}
FLOOR_OF_VIEW, FLOOR_OF_UPDATE = 0.85, 3


def settings(path: str, what: str = ""):
    """The portal's settings on a database of its own; without middleware but for pages."""
    os.environ["DATABASE_URL"] = f"sqlite:///{path}"
    os.environ["DJANGO_SETTINGS_MODULE"] = "cms_site.settings.test"
    from django.conf import settings

    settings.CIVIC_PORTAL_VISITS_FLUSH_SECONDS = 5
    # The clients are one network; limiting is measured, refusing is not.
    settings.CIVIC_PORTAL_VISITS_NETWORK_RATE = "1000000/s"
    if what not in PAGES:
        settings.MIDDLEWARE = []
        settings.ROOT_URLCONF = "tests.performance.bench_visits"
    if what == "update":
        # As Django comes: no options, and the journal that SQLite makes.
        settings.DATABASES["default"]["OPTIONS"] = {}


def serve(path: str, port: str, what: str):
    """Runs the server; ends when it is told to."""
    settings(path, what)
    import django

    django.setup()
    from django.core.wsgi import get_wsgi_application
    from gunicorn.app.base import BaseApplication

    from widgets import views
    from widgets.templatetags.widgets_tags import register
    from widgets.visits.counting import Outcome, limits

    if what in {"without", "plain page"}:
        views.count_view = lambda request, page_id: Outcome.COUNTED
    if what == "plain page":
        register.simple_tag(lambda page=None: "", name="widget_scripts")

    limits.is_excess = lambda visitor, page, real=limits.is_excess: real(visitor, page) and False

    class Server(BaseApplication):
        def load_config(self):
            options = {"bind": f"127.0.0.1:{port}", "workers": 2, "threads": 4}
            options |= {"worker_class": "gthread", "loglevel": "critical", "keepalive": 120}
            for name, value in options.items():
                self.cfg.set(name, value)

        def load(self):
            return get_wsgi_application()

    Server().run()


def head(method: str, address: str, agent: str) -> str:
    """The lines of a request that all have."""
    return (
        f"{method} {address} HTTP/1.1\r\nHost: localhost\r\n"
        f"User-Agent: Mozilla/5.0 (X11; rv:{agent}) Gecko Firefox/140\r\n"
    )


def client(port: int, what: str, page: int, seconds: float, number: int, results):
    """Asks over one connection until the time is over; a page is followed by its beacon."""
    body = f'{{"page": {page}}}'
    address = {"update": "/update/", **dict.fromkeys(PAGES, "/widgets/visits/")}.get(
        what, "/visits/"
    )
    agents = [f"{number}.{agent}" for agent in range(AGENTS)]
    posts = [
        f"{head('POST', address, agent)}Content-Type: text/plain\r\n"
        f"Content-Length: {len(body)}\r\n\r\n{body}".encode()
        for agent in agents
    ]
    gets = [f"{head('GET', '/tin-tuc/bai/', agent)}\r\n".encode() for agent in agents]
    times, errors, turn = [], 0, 0
    with create_connection(("127.0.0.1", port)) as connection:
        connection.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)
        connection.settimeout(60)
        start = time.perf_counter()
        while (now := time.perf_counter()) - start < seconds:
            if what in PAGES:
                errors += ask(connection, gets[turn]) != 200
                times.append(time.perf_counter() - now)
                errors += ask(connection, posts[turn]) != 204
            else:
                errors += ask(connection, posts[turn]) != 204
                times.append(time.perf_counter() - now)
            turn = (turn + 1) % AGENTS
    results.put((times, errors))


def ask(connection, request: bytes) -> int:
    """The status of an answer, read to its end."""
    connection.sendall(request)
    answer = connection.recv(65536)
    while b"\r\n\r\n" not in answer:
        answer += connection.recv(65536)
    told, _, content = answer.partition(b"\r\n\r\n")
    _, _, length = told.lower().partition(b"content-length:")
    missing = int(length.split()[0]) - len(content) if length else 0
    while missing > 0:
        missing -= len(connection.recv(65536))
    return int(told.split()[1])


def measure(server, page: int, seconds: float) -> dict:
    """What eight clients at once get of a server, and the processor's time that costs it."""
    results = multiprocessing.Queue()
    arguments = (server.port, server.what, page, seconds)
    clients = [
        multiprocessing.Process(target=client, args=(*arguments, number, results))
        for number in range(CLIENTS)
    ]
    spent = server.processor_seconds()
    for each in clients:
        each.start()
    found = [results.get(timeout=seconds + 60) for _ in clients]
    for each in clients:
        each.join()
    times = sorted(t for times, _ in found for t in times)
    return {
        "speed": len(times) / seconds,
        "median": statistics.median(times) * 1000,
        "slow": times[len(times) * 99 // 100] * 1000,
        "errors": sum(errors for _, errors in found),
        "processor": (server.processor_seconds() - spent) / len(times) * 1e6,
    }


class Running:
    """The server in a process of its own."""

    def __init__(self, path, port, what):
        self.port, self.what = port, what
        command = [
            sys.executable,
            "-W",
            "ignore",
            "-m",
            "tests.performance.bench_visits",
            "--serve",
            path,
        ]
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

    def processor_seconds(self) -> float:
        """What the server's processes have used, where the system tells."""
        process = Path(f"/proc/{self.process.pid}")
        if not process.exists():
            return 0
        children = (process / "task" / process.name / "children").read_text().split()
        facts = [Path(f"/proc/{pid}/stat").read_text() for pid in (process.name, *children)]
        ticks = [sum(map(int, fact.rpartition(")")[2].split()[11:13])) for fact in facts]
        return sum(ticks) / os.sysconf("SC_CLK_TCK")


def main(seconds: float = 2):
    with tempfile.TemporaryDirectory() as folder, ExitStack() as running:
        path = str(Path(folder) / "bench.sqlite3")
        page = prepare(path)
        plain = str(Path(folder) / "plain.sqlite3")
        copy_without_wal(path, plain)
        servers = {}
        for number, what in enumerate(NAMES):
            server = Running(plain if what == "update" else path, 18_731 + number, what)
            servers[what] = running.enter_context(server)
            measure(server, page, 1)
        rounds = []
        for number in range(ROUNDS):
            turns = list(servers)[:: -1 if number % 2 else 1]
            rounds.append({what: measure(servers[what], page, seconds) for what in turns})
    print(f"{'':38} {'a second':>9} {'median ms':>10} {'p99 ms':>8} {'CPU µs':>8} {'errors':>7}")
    for what, name in NAMES.items():
        rows = [each[what] for each in rounds]
        speed, middle, slow, processor = (
            statistics.median(row[each] for row in rows)
            for each in ("speed", "median", "slow", "processor")
        )
        errors = sum(row["errors"] for row in rows)
        print(f"{name:38} {speed:9.0f} {middle:10.2f} {slow:8.1f} {processor:8.0f} {errors:7}")
    of_view = ratio(rounds, "beacon", "without")
    of_update = ratio(rounds, "beacon", "update")
    of_page = ratio(rounds, "page", "plain page", "median")
    print(f"The beacon has {of_view:.0%} of the view's speed (at least {FLOOR_OF_VIEW:.0%}),")
    print(f"and {of_update:.1f} times that of the UPDATE (at least {FLOOR_OF_UPDATE}).")
    print(f"A counted page takes {of_page:.0%} of the time of one that is not.")
    if sum(each[what]["errors"] for each in rounds for what in ("beacon", "page")):
        raise SystemExit("A reader got an error.")


def ratio(rounds: list[dict], one: str, other: str, figure: str = "speed") -> float:
    """The median, over the rounds, of one server's figure by another's."""
    return statistics.median(each[one][figure] / each[other][figure] for each in rounds)


def prepare(path: str) -> int:
    """A database with a site; the number of an article that counts."""
    import django

    settings(path)
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    from tests.factories import make_article, make_portal

    return make_article(make_portal().news, slug="bai").pk


def copy_without_wal(path: str, target: str):
    """The same database with the journal that SQLite has by default, and a row to update."""
    import sqlite3

    with sqlite3.connect(path) as source, sqlite3.connect(target) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        copy.execute("CREATE TABLE bench (n integer)")
        copy.execute("INSERT INTO bench VALUES (0)")


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
