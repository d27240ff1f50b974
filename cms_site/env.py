"""
Read and validate environment variables; the only module that does.

Missing or invalid values raise `ImproperlyConfigured` at startup.
"""

import hashlib
import hmac
import re
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
BOOLEANS = {
    **dict.fromkeys(("true", "yes", "on", "1"), True),
    **dict.fromkeys(("false", "no", "off", "0"), False),
}

env = environ.Env()
environ.Env.read_env(ROOT / ".env")


def text(name: str, default: str | None = None) -> str:
    """Return a variable as a string; raise if it is missing and has no default."""
    value = env.str(name, default=default or "")
    if not value and default is None:
        raise ImproperlyConfigured(
            f"Set {name} in the environment; .env.example says what it means."
        )
    return value


def text_list(name: str) -> list[str]:
    """Return a comma-separated variable as a list of strings; empty if it is not set."""
    return [value.strip() for value in env.list(name, default=[]) if value.strip()]


def integer(name: str, default: int) -> int:
    """Return a variable as an integer."""
    try:
        return env.int(name, default=default)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a whole number.") from error


def boolean(name: str, default: bool) -> bool:
    """Return a variable as a boolean; raise for other words."""
    value = env.str(name, default=str(default)).strip().lower()
    if value not in BOOLEANS:
        raise ImproperlyConfigured(f"{name} must be true or false, not “{value}”.")
    return BOOLEANS[value]


def networks(name: str) -> list[str]:
    """Return a variable as a list of IP networks in CIDR notation."""
    for value in text_list(name):
        try:
            ip_network(value, strict=False)
        except ValueError as error:
            raise ImproperlyConfigured(
                f"{name} holds “{value}”, which is not a network."
            ) from error
    return text_list(name)


def contacts(name: str) -> list[str]:
    """
    Return a variable as a list of contact URIs: mailto:, tel: or https://.

    A bare mail address gets the scheme mailto:.
    """
    found = [value if ":" in value else f"mailto:{value}" for value in text_list(name)]
    for value in found:
        if not re.fullmatch(r"(mailto:[^\s@]+@[^\s@]+|tel:[+\d.-]+|https://\S+)", value):
            raise ImproperlyConfigured(
                f"{name} holds “{value}”, which is not a mailto:, tel: or https:// address."
            )
    return found


def origins(address: str) -> list[str]:
    """
    Return the origin of a URL for a Content Security Policy; `{s}` becomes a wildcard subdomain.
    """
    if not address:
        return []
    parts = urlsplit(address.replace("{s}", "*"))
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise ImproperlyConfigured(f"{address!r} must be an address with http:// or https://.")
    return [f"{parts.scheme}://{parts.netloc}"]


def urls_by_host(name: str) -> dict[str, str]:
    """Return a variable as a dict of URLs by host: `host=url`, or a single URL as "default"."""
    found = {}
    for value in text_list(name):
        host, equals, address = value.partition("=")
        host, address = (host, address) if equals else ("default", value)
        if host in found:
            raise ImproperlyConfigured(f"{name} names two addresses for “{host}”.")
        found[host] = address
    return found


def database() -> dict:
    """Return `DATABASE_URL`, or SQLite in `var/`, as a Django database with connection options."""
    url = env.str("DATABASE_URL", default="") or f"sqlite:///{VAR / 'portal.sqlite3'}"
    config = env.db_url_config(url)
    config["CONN_MAX_AGE"] = None
    if config["ENGINE"] == "django.db.backends.sqlite3":
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
                "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-20000"
            ),
        }
    else:
        config["CONN_HEALTH_CHECKS"] = True
    return config


def cache() -> dict:
    """
    Return `CACHE_URL` (Redis or Valkey), or the database, as the cache that all processes share.
    """
    if url := env.str("CACHE_URL", default=""):
        return {"BACKEND": "headless.cache.redis_cache.RedisCache", "LOCATION": url}
    return {
        "BACKEND": "headless.cache.database_cache.DatabaseCache",
        "LOCATION": "portal_cache",
        # Culling would delete counters of rate limits; Django's default is 300 entries.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }


def development_secret() -> str:
    """Return a random secret that is kept in `var/`; for development only."""
    path = VAR / "secret-key"
    if not path.exists():
        VAR.mkdir(exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(get_random_secret_key())
    return path.read_text()


def derived_secret(secret: str, purpose: str) -> str:
    """Return a secret for one purpose, from which the original cannot be derived (HMAC-SHA256)."""
    return hmac.new(secret.encode(), purpose.encode(), hashlib.sha256).hexdigest()
