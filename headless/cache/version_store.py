"""
Keep versions in a cache shared by all processes (Redis), so that reading them costs no query.

The database is authoritative. For each name the cache holds a state and a number; the number is
valid only together with the state and the epoch (`EPOCH`) it was read under. A writer sets the
state to open before its change and closes it after the commit; while it is open, every process
reads the database. A number read before a change is therefore never taken for one read after it.
The open state of a process that dies expires. If the cache is unreachable, the database is read.

A change that could not be announced ends the epoch as soon as the cache is back. Only if its
process has exited by then, and no other process noticed the outage, may stale numbers be used, for
at most `NUMBER_SECONDS`.
"""

import logging
from collections.abc import Iterable, Mapping
from secrets import token_hex

from django.core.cache import caches

from ..conf import conf
from ..errors import CacheUnavailable

logger = logging.getLogger(__name__)

OPEN, CLOSED = "open", "closed"
# Changes after each outage in which invalidations may have been lost.
EPOCH = "civic_headless:epoch"
NUMBER_SECONDS = 10
OPEN_SECONDS = 60
STATE_SECONDS = 24 * 3600


def are_shared() -> bool:
    """
    Return whether the project keeps versions in a shared cache (`CIVIC_PORTAL_VERSION_CACHE`).
    """
    return bool(conf.VERSION_CACHE)


def open_version(name: str) -> str:
    """
    Announce that the current transaction changes `name`; return the state for `close_version`.
    """
    state = f"{OPEN}:{token_hex(8)}"
    try:
        _cache().set(_state(name), state, OPEN_SECONDS)
    except Exception:
        # Publishing must not fail without the cache.
        logger.exception("The version cache could not be notified of a change.")
    return state


def close_version(name: str, opened: str) -> None:
    """Announce that the change is committed; if another writer opened since, it closes for both."""
    cache = _cache()
    try:
        state = cache.get(_state(name))
        if state in (None, opened) or state.startswith(CLOSED):
            cache.set(_state(name), _closed(), STATE_SECONDS)
    except Exception:
        logger.exception("The version cache could not be notified of a change.")


def read_versions(names: Iterable[str]) -> tuple[dict[str, int], dict[str, str]]:
    """
    Return the versions that the cache knows, and the states (with the epoch) of the other names.

    Must be called before the database is read; the states are for `store_versions`.
    """
    names, known, states = list(names), {}, {}
    cache = _cache()
    try:
        found = cache.get_many([EPOCH, *(key(name) for name in names for key in (_state, _number))])
        epoch = found.get(EPOCH)
        for name in names:
            state = found.get(_state(name))
            believed, number = found.get(_number(name), (None, 0))
            if state is None:
                state = _closed()
                if cache.add(_state(name), state, STATE_SECONDS):
                    states[name] = f"{state} {epoch}"
            elif state.startswith(CLOSED):
                if believed == f"{state} {epoch}":
                    known[name] = number
                else:
                    states[name] = f"{state} {epoch}"
    except CacheUnavailable:
        return {}, {}
    except Exception:
        logger.exception("The version cache cannot be read; the database is used.")
        return {}, {}
    return known, states


def store_versions(numbers: Mapping[str, int], states: Mapping[str, str]) -> None:
    """Store versions read from the database for those names that were not open before the read."""
    kept = {_number(name): (states[name], numbers[name]) for name in numbers if name in states}
    if not kept:
        return
    try:
        _cache().set_many(kept, NUMBER_SECONDS)
    except Exception:
        logger.exception("The version cache cannot be written.")


def _cache():
    return caches[conf.VERSION_CACHE]


def _closed():
    return f"{CLOSED}:{token_hex(8)}"


def _state(name):
    return f"civic_headless:state:{name}"


def _number(name):
    return f"civic_headless:number:{name}"
