"""The environment, read in one place: a value that is missing or wrong stops the start."""

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
SWITCHES = {
    **dict.fromkeys(("true", "yes", "on", "1"), True),
    **dict.fromkeys(("false", "no", "off", "0"), False),
}

env = environ.Env()
environ.Env.read_env(ROOT / ".env")


def text(name: str, default: str | None = None) -> str:
    """A variable as it is; without a default it must be there."""
    value = env.str(name, default=default or "")
    if not value and default is None:
        raise ImproperlyConfigured(
            f"Set {name} in the environment; .env.example says what it means."
        )
    return value


def text_list(name: str) -> list[str]:
    """A variable as a list of values separated by commas; empty if it is not set."""
    return [value.strip() for value in env.list(name, default=[]) if value.strip()]


def integer(name: str, default: int) -> int:
    """A variable as a whole number."""
    try:
        return env.int(name, default=default)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a whole number.") from error


def boolean(name: str, default: bool) -> bool:
    """A variable as true or false; anything else stops the start."""
    value = env.str(name, default=str(default)).strip().lower()
    if value not in SWITCHES:
        raise ImproperlyConfigured(f"{name} must be true or false, not “{value}”.")
    return SWITCHES[value]


def networks(name: str) -> list[str]:
    """A variable as a list of networks such as 10.0.0.0/8."""
    for value in text_list(name):
        try:
            ip_network(value, strict=False)
        except ValueError as error:
            raise ImproperlyConfigured(f"{name} holds “{value}”, which is no network.") from error
    return text_list(name)


def contacts(name: str) -> list[str]:
    """Read a variable as a list of ways to reach somebody: mailto:, tel: or https://, or a mail address."""
    found = [value if ":" in value else f"mailto:{value}" for value in text_list(name)]
    for value in found:
        if not re.fullmatch(r"(mailto:[^\s@]+@[^\s@]+|tel:[+\d.-]+|https://\S+)", value):
            raise ImproperlyConfigured(
                f"{name} holds “{value}”, which is no mailto:, tel: or https:// address."
            )
    return found


def origins(address: str) -> list[str]:
    """The origin of an address as a content policy names it; `{s}` stands for any subdomain."""
    if not address:
        return []
    parts = urlsplit(address.replace("{s}", "*"))
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise ImproperlyConfigured(f"{address!r} must be an address with http:// or https://.")
    return [f"{parts.scheme}://{parts.netloc}"]


def urls_by_host(name: str) -> dict[str, str]:
    """A variable as addresses by the host they are for: `host=address`, or one address for all."""
    found = {}
    for value in text_list(name):
        host, equals, address = value.partition("=")
        host, address = (host, address) if equals else ("default", value)
        if host in found:
            raise ImproperlyConfigured(f"{name} names two addresses for “{host}”.")
        found[host] = address
    return found


def database() -> dict:
    """`DATABASE_URL`, or SQLite in `var/`, with the connection options each needs."""
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
    """`CACHE_URL` (Redis or Valkey), or the database: all processes must share it."""
    if url := env.str("CACHE_URL", default=""):
        return {"BACKEND": "headless.cache.redis_cache.RedisCache", "LOCATION": url}
    return {
        "BACKEND": "headless.cache.database_cache.DatabaseCache",
        "LOCATION": "portal_cache",
        # Culling takes counters of rate limits too; Django's own limit is 300.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }


def development_secret() -> str:
    """A secret made on the first start and kept in `var/`, for development only."""
    path = VAR / "secret-key"
    if not path.exists():
        VAR.mkdir(exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(get_random_secret_key())
    return path.read_text()


def derived_secret(secret: str, purpose: str) -> str:
    """A secret for one purpose, from which nobody learns the one it is made of."""
    return hmac.new(secret.encode(), purpose.encode(), hashlib.sha256).hexdigest()
