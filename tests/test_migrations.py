"""Migrations as whoever upgrades meets them: small, in one line, with all content kept."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

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


@pytest.mark.slow
def test_content_of_the_first_version_is_there_in_the_newest_and_back_again(tmp_path):
    # Migrations know no other database than the one that is configured: a process of its own.
    address = f"sqlite:///{tmp_path / 'old.sqlite3'}"
    environment = os.environ | {"DATABASE_URL": address, "CACHE_URL": ""}
    result = subprocess.run(
        [sys.executable, "-m", "tests.upgrade"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 0, result.stdout[-2000:] + result.stderr[-3000:]
