import os
import re
import shutil
import subprocess

import pytest
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connections

from headless.cache.kept_answers import answers
from tests.migrated_database import MigratedDatabase
from tests.redis_process import RedisProcess
from tests.services import CI

BROWSERS = ["chromium", "chromium-browser", "google-chrome", "/usr/bin/chromium"]
OLDEST_NODE = 18


def missing(what):
    """Skips a test for want of `what`; where everything has to be there, that is a failure."""
    if CI:
        pytest.fail(f"{what} With CI=true that is a failure.", pytrace=False)
    pytest.skip(what)


# A test of this name makes content twice, to compare what few rows cost with what many do.
COUNTS_QUERIES = re.compile(r"costs?_.*quer(y|ies)")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """
    A test that asks for a browser, for Node.js or for Redis is marked so; those of the browser, and those that
    compare numbers of queries, are slow. Slow tests come first, so that processes end together.
    """
    for item in items:
        if {"page", "chromium"} & set(item.fixturenames):
            item.add_marker(pytest.mark.browser)
        if "node" in item.fixturenames:
            item.add_marker(pytest.mark.node)
        if "redis_process" in item.fixturenames:
            item.add_marker(pytest.mark.redis)
        if item.get_closest_marker("browser") or COUNTS_QUERIES.search(item.name):
            item.add_marker(pytest.mark.slow)
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")


@pytest.fixture(scope="session")
def migrated(tmp_path_factory):
    """The database that all migrations have run on; the first process to come makes it."""
    with MigratedDatabase(connections["default"], tmp_path_factory.mktemp("database")) as made:
        yield made


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, django_db_blocker, migrated):
    """A test database for each process that runs tests, begun as a copy of the migrated one."""
    with django_db_blocker.unblock():
        migrated.begin(WORKER)


@pytest.fixture(scope="session")
def django_db_keepdb():
    """SQLite's file lies in a directory of this run, and may hold a copy of a migrated database."""
    return connections["default"].vendor == "sqlite"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, migrated):
    """Keeps a copy of a database that all migrations have just run on, for other processes."""
    with django_db_blocker.unblock():
        migrated.keep()


def pytest_configure():
    """Each process that runs tests has a Redis database of its own, from the last one down."""
    cache = caches.settings["default"]
    if cache["BACKEND"].endswith("RedisCache"):
        url, number = cache["LOCATION"].rsplit("/", 1)
        cache["LOCATION"] = f"{url}/{int(number) - int(WORKER)}"


@pytest.fixture(autouse=True)
def _empty_caches():
    """Nothing that one test cached is there for the next; the database's cache is rolled back."""
    for alias in caches:
        if not isinstance(caches[alias], DatabaseCache):
            caches[alias].clear()
    answers.clear()


@pytest.fixture(scope="session")
def chromium(django_db_setup):
    """A headless Chromium of this machine, driven by Playwright."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        missing("Chromium is not installed; on Debian and Ubuntu: apt install chromium.")
    from playwright.sync_api import sync_playwright

    sandbox = [] if os.geteuid() else ["--no-sandbox"]
    contents = getattr(connections["default"], "_test_serialized_contents", None)
    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        # Playwright runs an event loop in this thread; Django would refuse its database there.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        # Under that loop the connections are others, which know nothing of what migrations wrote:
        # without it, all browser tests but the first would begin with an empty database.
        if contents is not None:
            connections["default"]._test_serialized_contents = contents
        browser = playwright.chromium.launch(executable_path=path, args=sandbox)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium, live_server, django_db_serialized_rollback):
    """
    A page of Chromium on the live site, in Vietnamese; `page.goto("/en/")` is enough.

    Fails a test in which a script stops with an error or the content security policy is broken.
    """
    caches["default"].clear()
    context = chromium.new_context(base_url=live_server.url, locale="vi-VN")
    context.set_default_timeout(30_000)
    page = context.new_page()
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda message: (
            "Content Security Policy" in message.text and complaints.append(message.text)
        ),
    )
    yield page
    context.close()
    assert complaints == []


@pytest.fixture
def redis_process(tmp_path):
    """A Redis server of the test's own."""
    if shutil.which("redis-server") is None:
        missing("redis-server is not installed; on Debian and Ubuntu: apt install redis-server.")
    process = RedisProcess(tmp_path)
    yield process
    process.kill()


@pytest.fixture(scope="session")
def node():
    """The path of Node.js, new enough to run the client and the scripts' own tests."""
    path = shutil.which("node")
    if path is None:
        missing("Node.js is not installed; on Debian and Ubuntu: apt install nodejs.")
    version = subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout
    if int(version.removeprefix("v").split(".")[0]) < OLDEST_NODE:
        missing(f"Node.js {version.strip()} is too old; {OLDEST_NODE} is needed.")
    return path
