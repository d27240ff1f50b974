"""The production settings in a process of their own, as a server starts with them."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

pytestmark = pytest.mark.slow

ENOUGH = {
    "SECRET_KEY": "made-for-these-tests-alone-6hFq0Zr4mVx2Yc8Lw1Tn5Kb9",
    "ALLOWED_HOSTS": "portal.example,www.portal.example",
    "BASE_URL": "https://portal.example",
}
PROGRAM = """
import json
from cms_site.settings import production as p
names = [n for n in dir(p) if n.isupper()]
print(json.dumps({n: getattr(p, n) for n in names}, default=str))
"""


def start(**variables):
    environment = {"PATH": os.environ["PATH"], **variables}
    return subprocess.run(  # noqa: S603
        [sys.executable, "-c", PROGRAM],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", ENOUGH)
@pytest.mark.parametrize("value", [None, ""])
def test_a_server_does_not_start_without_what_it_needs_and_names_it(name, value):
    variables = {key: each for key, each in ENOUGH.items() if key != name}
    if value is not None:
        variables[name] = value

    result = start(**variables)

    assert result.returncode != 0
    assert "ImproperlyConfigured" in result.stderr
    assert name in result.stderr.splitlines()[-1]


def test_a_server_with_all_it_needs_starts_and_is_strict():
    result = start(**ENOUGH)

    assert result.returncode == 0, result.stderr
    values = json.loads(result.stdout)
    assert values["DEBUG"] is False
    assert values["ALLOWED_HOSTS"] == ["portal.example", "www.portal.example"]
    assert values["SECURE_SSL_REDIRECT"] is True
    assert values["SESSION_COOKIE_SECURE"] is True
    assert values["CSRF_COOKIE_SECURE"] is True
    assert values["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert values["TRUSTED_PROXIES"] == []
    assert values["CIVIC_PORTAL_API_RATE"] == "600/m"


def test_what_a_domains_owner_cannot_take_back_is_off_unless_asked_for():
    values = json.loads(start(**ENOUGH).stdout)
    assert values["SECURE_HSTS_INCLUDE_SUBDOMAINS"] is False
    assert values["SECURE_HSTS_PRELOAD"] is False

    asked = {"HSTS_SUBDOMAINS": "true", "HSTS_PRELOAD": "true", "HSTS_SECONDS": "63072000"}
    values = json.loads(start(**ENOUGH, **asked).stdout)
    assert values["SECURE_HSTS_INCLUDE_SUBDOMAINS"] is True
    assert values["SECURE_HSTS_PRELOAD"] is True
    assert values["SECURE_HSTS_SECONDS"] == 63_072_000

    values = json.loads(start(**ENOUGH, **asked, TLS="false").stdout)
    assert values["SECURE_HSTS_SECONDS"] == 0
    assert values["SECURE_HSTS_INCLUDE_SUBDOMAINS"] is False
    assert values["SECURE_HSTS_PRELOAD"] is False


def test_whom_to_tell_of_a_weakness_is_told_in_full():
    given = "security@portal.example, https://portal.example/bao-loi/,tel:+84-239-000000"
    values = json.loads(start(**ENOUGH, SECURITY_CONTACT=given).stdout)
    assert values["SECURITY_CONTACT"] == [
        "mailto:security@portal.example",
        "https://portal.example/bao-loi/",
        "tel:+84-239-000000",
    ]

    for wrong in ("portal", "http://portal.example/", "a b@portal.example"):
        result = start(**ENOUGH, SECURITY_CONTACT=wrong)
        assert result.returncode != 0
        assert "SECURITY_CONTACT" in result.stderr.splitlines()[-1]


def test_the_rate_of_the_apis_is_the_operators():
    assert json.loads(start(**ENOUGH, API_RATE="60/m").stdout)["CIVIC_PORTAL_API_RATE"] == "60/m"
    assert json.loads(start(**ENOUGH, API_RATE="").stdout)["CIVIC_PORTAL_API_RATE"] == ""


@pytest.mark.parametrize(
    ("variables", "complaint"),
    [
        ({}, "TRUSTED_PROXIES is empty"),
        ({"TRUSTED_PROXIES": "10.0.0.0/8"}, ""),
        ({"TRUSTED_PROXIES": "10.0.0.0/8", "HSTS_PRELOAD": "true"}, "HSTS_PRELOAD has no effect"),
    ],
)
def test_the_deploy_check_says_what_is_amiss(variables, complaint):
    result = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=settings.BASE_DIR,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "cms_site.settings.production",
            **ENOUGH,
            **variables,
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert complaint in result.stderr
    assert bool(result.returncode) == bool(complaint), result.stderr


def test_debugging_cannot_be_switched_on_in_production():
    values = json.loads(start(**ENOUGH, DEBUG="true").stdout)

    assert values["DEBUG"] is False


def test_sqlite_is_used_as_many_writers_need_it():
    values = json.loads(start(**ENOUGH).stdout)

    database = values["DATABASES"]["default"]
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL"):
        assert pragma in database["OPTIONS"]["init_command"]
    assert database["CONN_MAX_AGE"] is None
    assert not database.get("ATOMIC_REQUESTS")


def test_the_environment_chooses_database_and_cache():
    values = json.loads(
        start(
            **ENOUGH,
            DATABASE_URL="postgres://u:p@db.example:5433/portal",
            CACHE_URL="redis://cache.example:6379/1",
        ).stdout
    )

    assert values["DATABASES"]["default"]["ENGINE"] == "django.db.backends.postgresql"
    assert values["DATABASES"]["default"]["HOST"] == "db.example"
    assert values["CACHES"]["default"]["BACKEND"].endswith("RedisCache")
