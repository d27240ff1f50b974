"""Migrations take half a minute: test databases begin as copies of one that they have run on."""

import fcntl
import hashlib
import importlib.metadata
import shutil
import sqlite3
import zlib
from contextlib import ExitStack
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
KEPT = ROOT / ".pytest_cache"
CHECKOUT = f"test_portal_{zlib.crc32(str(ROOT).encode()):x}"


def digest() -> str:
    """Tells apart databases that other migrations, or migrations of other packages, ran on."""
    digest = hashlib.sha256()
    for each in sorted(importlib.metadata.distributions(), key=lambda each: each.name or ""):
        digest.update(f"{each.name} {each.version}".encode())
    # `seed_data.py` holds what a data migration writes.
    for path in sorted([*ROOT.glob("*/migrations/*.py"), *ROOT.glob("*/*/seed_data.py")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


class MigratedDatabase:
    """
    The copy that is kept from run to run: a file of SQLite, or a template database of PostgreSQL.

    `begin` waits while another process makes it. Where it is still to be made, this process runs
    the migrations in its own test database, and `keep` copies that.
    """

    def __init__(self, connection, directory: Path):
        self.connection = connection
        self.directory = directory
        self.to_make = False

    def __enter__(self):
        self.making = ExitStack()
        return self

    def __exit__(self, *raised):
        self.making.close()

    def begin(self, worker: str) -> None:
        """Names the test database of `worker`, and what it is a copy of."""
        KEPT.mkdir(exist_ok=True)
        lock = self.making.enter_context((KEPT / "migrated.lock").open("w"))
        fcntl.flock(lock, fcntl.LOCK_EX)
        kept = self._sqlite if self.connection.vendor == "sqlite" else self._postgresql
        self.connection.settings_dict["TEST"] |= kept(worker)
        if not self.to_make:
            self.making.close()

    def _sqlite(self, worker):
        # In memory, all threads of a live server would share one connection.
        name = self.directory / "portal.sqlite3"
        self.kept = KEPT / f"migrated-{digest()}.sqlite3"
        self.to_make = not self.kept.exists()
        if not self.to_make:
            shutil.copyfile(self.kept, name)
        return {"NAME": str(name)}

    def _postgresql(self, worker):
        self.kept = f"{CHECKOUT}_migrated_{digest()}"
        self.to_make = self.kept not in self._templates()
        return {
            "NAME": f"{CHECKOUT}_{worker}",
            "TEMPLATE": None if self.to_make else self.kept,
        }

    def _templates(self):
        with self.connection._nodb_cursor() as cursor:
            cursor.execute(
                "SELECT datname FROM pg_database WHERE starts_with(datname, %s)",
                [f"{CHECKOUT}_migrated_"],
            )
            return [name for (name,) in cursor]

    def keep(self) -> None:
        """Copies the test database, if it is to be kept for others; removes the copy of before."""
        if not self.to_make:
            return
        name = self.connection.settings_dict["NAME"]
        if self.connection.vendor == "sqlite":
            for old in KEPT.glob("migrated-*.sqlite3"):
                old.unlink()
            unfinished = self.directory / "unfinished"
            with sqlite3.connect(name) as database:
                database.execute("VACUUM INTO ?", [str(unfinished)])
            shutil.copyfile(unfinished, self.kept)
        else:
            outdated = self._templates()
            self.connection.close()  # A database that somebody is connected to cannot be copied.
            with self.connection._nodb_cursor() as cursor:
                for old in outdated:
                    cursor.execute(f'DROP DATABASE "{old}"')
                cursor.execute(f'CREATE DATABASE "{self.kept}" TEMPLATE "{name}"')
        self.making.close()
