"""
Runs a command on the services of this machine: `python -m tests.services pytest -n auto`.

PostgreSQL is looked for at `TEST_DATABASE_URL`, Redis at `TEST_CACHE_URL`. The command is given
those that answer as `DATABASE_URL` and `CACHE_URL`. One that does not answer is named and left
out; with `CI=true` that is a failure.
"""

import os
import subprocess
import sys

import psycopg
import redis

DATABASE_URL = os.environ.get("TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
# The last of Redis's sixteen databases: tests empty it.
CACHE_URL = os.environ.get("TEST_CACHE_URL", "redis://127.0.0.1:6379/15")
CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}


def reach_postgresql():
    psycopg.connect(DATABASE_URL, connect_timeout=3).close()


def reach_redis():
    redis.Redis.from_url(CACHE_URL, socket_connect_timeout=3).ping()


SERVICES = [
    ("PostgreSQL", "DATABASE_URL", DATABASE_URL, reach_postgresql, psycopg.Error),
    ("Redis", "CACHE_URL", CACHE_URL, reach_redis, redis.RedisError),
]


def found_services() -> dict[str, str]:
    """
    The variables that name the services that answer, for the environment of a command.

    Prints a line for each that does not. Raises `SystemExit` with that line where `CI` is true.
    """
    found = {}
    for service, variable, url, reach, error in SERVICES:
        try:
            reach()
        except error as reason:
            why = str(reason).partition("\n")[0]
            sentence = f"{service} does not answer (TEST_{variable} names another one): {why}"
            if CI:
                raise SystemExit(f"Failed: {sentence}") from None
            print(f"Skipped: {sentence}")
        else:
            found[variable] = url
    return found


def main(command: list[str]) -> int:
    found = found_services()
    if not found:
        return 0
    return subprocess.run(command, env={**os.environ, **found}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
