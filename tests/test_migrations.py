"""Migrations as whoever upgrades meets them: small, in one line, with all content kept."""

import gzip
import os
import re
import subprocess
import sys
import uuid
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from tests.upgrade import KEPT

pytestmark = pytest.mark.vendor

APPS = ["headless", "feedback", "widgets", "directives", "articles", "home"]
ROOT = Path(settings.BASE_DIR)


@pytest.mark.django_db
@pytest.mark.parametrize("app", APPS)
def test_migrations_stand_in_one_line_and_say_what_they_do(app):
    graph = MigrationLoader(connection).graph
    label = next(each.label for each in apps.get_app_configs() if each.name == app)
    names = sorted(name for of_app, name in graph.nodes if of_app == label)

    assert graph.leaf_nodes(label) == [(label, names[-1])]
    for number, name in enumerate(names, start=1):
        assert name.startswith(f"{number:04}_")
        assert not re.search(r"_auto_|_merge|_alter_\w+_and_more", name)


@pytest.mark.parametrize("app", APPS)
def test_migrations_hold_no_block_and_no_class_of_ours(app):
    for path in (ROOT / app / "migrations").glob("0*.py"):
        source = path.read_text()

        assert "Block'" not in source, path
        assert not re.search(r"bases=\([^)]*(Mixin|models\.pages)", source), path


def restore_sqlite(tmp_path, kept):
    """Return the address of a database made from a kept one."""
    path = tmp_path / "old.sqlite3"
    path.write_bytes(gzip.decompress(kept.read_bytes()))
    return f"sqlite:///{path}"


def restore_postgresql(tmp_path, kept):
    """Return the address of a database made from a kept one, on the server of the tests."""
    server, _slash, _name = os.environ["DATABASE_URL"].rpartition("/")
    name = f"upgrade_{uuid.uuid4().hex[:12]}"
    subprocess.run(
        ["psql", "-q", f"{server}/postgres", "-c", f"CREATE DATABASE {name}"], check=True
    )
    subprocess.run(
        ["psql", "-q", "-v", "ON_ERROR_STOP=1", f"{server}/{name}"],
        input=gzip.decompress(kept.read_bytes()),
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return f"{server}/{name}"


@pytest.fixture(params=sorted(KEPT.glob("*.gz")), ids=lambda path: path.name)
def restored(request, tmp_path):
    """The address of a database of an earlier version, on the vendor that the tests run on."""
    of_sqlite = request.param.name.endswith(".sqlite3.gz")
    if of_sqlite != (connection.vendor == "sqlite"):
        pytest.skip("Kept for the other database.")
    if of_sqlite:
        yield restore_sqlite(tmp_path, request.param)
        return
    address = restore_postgresql(tmp_path, request.param)
    yield address
    server, _slash, name = address.rpartition("/")
    subprocess.run(["psql", "-q", f"{server}/postgres", "-c", f"DROP DATABASE {name}"], check=True)


@pytest.mark.slow
def test_a_kept_database_is_upgraded_with_its_content_and_can_be_taken_back(restored):
    # Migrations know no other database than the one that is configured: a process of its own.
    environment = os.environ | {"DATABASE_URL": restored, "CACHE_URL": ""}
    for step in ("check", "reverse"):
        result = subprocess.run(
            [sys.executable, "-m", "tests.upgrade", step],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

        assert result.returncode == 0, result.stdout[-2000:] + result.stderr[-3000:]
