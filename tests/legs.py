"""
Runs all tests, each where it proves most: `python -m tests.legs`.

PostgreSQL and Redis are what production runs on: where PostgreSQL answers, all tests but the
browser's run on it. SQLite then gets what depends on the database (marked `vendor`) and the
browser. Without PostgreSQL everything runs on SQLite.
"""

import os
import subprocess
import sys

from tests.services import found_services

PYTEST = [sys.executable, "-m", "pytest", "-n", "auto"]


def legs(found: dict[str, str]) -> list[tuple[str, list[str], dict[str, str]]]:
    """What to run: a title, arguments of pytest, and variables that name the services."""
    if "DATABASE_URL" not in found:
        return [("All tests on SQLite", [], {})]
    return [
        ("Tests on PostgreSQL and Redis", ["-m", "not browser"], found),
        ("Tests of the database and the browser on SQLite", ["-m", "vendor or browser"], {}),
    ]


def main() -> int:
    failed = False
    for title, arguments, variables in legs(found_services()):
        print(title, flush=True)
        run = subprocess.run([*PYTEST, *arguments], env=os.environ | variables, check=False)
        failed |= bool(run.returncode)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
