import hashlib
import importlib.metadata
import os
import shutil
import sqlite3
import subprocess
import zlib
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connections

from tests.redis_process import RedisProcess
from tests.services import CI

BROWSERS = ["chromium", "chromium-browser", "google-chrome", "/usr/bin/chromium"]
OLDEST_NODE = 18


def missing(what):
    """Skips a test for want of `what`; where everything has to be there, that is a failure."""
    if CI:
        pytest.fail(f"{what} With CI=true that is a failure.", pytrace=False)
    pytest.skip(what)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """A test that asks for a browser or for Node.js is marked so, and a browser test is slow."""
    for item in items:
        if {"page", "chromium"} & set(item.fixturenames):
            item.add_marker(pytest.mark.browser)
        if "node" in item.fixturenames:
            item.add_marker(pytest.mark.node)
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.slow)


WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, tmp_path_factory):
    """
    A test database for each process that runs tests, in each checkout.

    SQLite is kept in a file, as in life: in memory, all threads of a live server would share one
    connection. It begins as a copy of what the same migrations made before, where that is there.
    """
    config = connections["default"].settings_dict
    if connections["default"].vendor == "sqlite":
        name = str(tmp_path_factory.mktemp("database") / "portal.sqlite3")
        if (made := migrated_database()).exists():
            shutil.copyfile(made, name)
    else:
        name = f"test_portal_{zlib.crc32(str(settings.BASE_DIR).encode()):x}_{WORKER}"
    config["TEST"]["NAME"] = name


def migrated_database():
    """Where an empty SQLite database is kept that all migrations, as they are now, have run on."""
    digest = hashlib.sha256()
    for each in sorted(importlib.metadata.distributions(), key=lambda each: each.name or ""):
        digest.update(f"{each.name} {each.version}".encode())
    root = Path(settings.BASE_DIR)
    # `terms.py` holds what a data migration writes.
    for path in sorted([*root.glob("*/migrations/*.py"), *root.glob("*/terms.py")]):
        digest.update(path.read_bytes())
    return root / f".pytest_cache/migrated-{digest.hexdigest()[:16]}.sqlite3"


@pytest.fixture(scope="session")
def django_db_keepdb():
    """SQLite's file lies in a directory of this run, and may hold a copy of a migrated database."""
    return connections["default"].vendor == "sqlite"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup):
    """Keeps a copy of a database that all migrations have just run on, for the next run."""
    if connections["default"].vendor != "sqlite" or (made := migrated_database()).exists():
        return
    made.parent.mkdir(exist_ok=True)
    for old in made.parent.glob("migrated-*.sqlite3"):
        old.unlink(missing_ok=True)
    unfinished = made.with_suffix(f".{os.getpid()}")
    with sqlite3.connect(connections["default"].settings_dict["NAME"]) as database:
        database.execute("VACUUM INTO ?", [str(unfinished)])
    unfinished.rename(made)


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
