"""
Versions that all processes read from one shared cache (Redis), without a query.

The database holds the truth. For each name the cache has a state and a number that is good only
beside the state it was read under, and in the epoch (`EPOCH`) it was read
in: the epoch ends where a change may not have been told to the cache. Who is about to change something declares the state open:
until it is closed, after the commit, everybody asks the database. So a number read before a change
is never taken for one read after it, whoever is late. A process that dies in between leaves the
state open; it expires. Where the cache cannot be reached, the database is asked.

A change that could not be told ends the epoch as soon as the cache is back; only if its process
has ended by then, and no other one noticed that the cache was away, are numbers believed that are
too old, for `NUMBER_SECONDS` at most.
"""

import logging
from collections.abc import Iterable, Mapping
from secrets import token_hex

from django.core.cache import caches

from ..conf import conf
from ..errors import CacheUnavailable

logger = logging.getLogger(__name__)

OPEN, CLOSED = "open", "closed"
# Holds another number after each time that changes may not have been told to the cache.
EPOCH = "civic_headless:epoch"
NUMBER_SECONDS = 10
OPEN_SECONDS = 60
STATE_SECONDS = 24 * 3600


def are_shared() -> bool:
    """Whether this installation keeps versions in a shared cache."""
    return bool(conf.VERSION_CACHE)


def open_version(name: str) -> str:
    """Says that a transaction changes what `name` counts; gives what `close_version` needs."""
    state = f"{OPEN}:{token_hex(8)}"
    try:
        _cache().set(_state(name), state, OPEN_SECONDS)
    except Exception:
        # Editors can publish without the cache.
        logger.exception("The cache of versions was not told of a change.")
    return state


def close_version(name: str, opened: str) -> None:
    """Says that the change is committed; whoever opened since closes for both."""
    cache = _cache()
    try:
        state = cache.get(_state(name))
        if state in (None, opened) or state.startswith(CLOSED):
            cache.set(_state(name), _closed(), STATE_SECONDS)
    except Exception:
        logger.exception("The cache of versions was not told of a change.")


def read_versions(names: Iterable[str]) -> tuple[dict[str, int], dict[str, str]]:
    """
    The numbers that the cache knows, and the states (with the epoch) of the other names.

    To be called before the database is read; the states are for `store_versions`.
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
        logger.exception("The cache of versions does not answer; the database is asked.")
        return {}, {}
    return known, states


def store_versions(numbers: Mapping[str, int], states: Mapping[str, str]) -> None:
    """Keeps what the database said, where nothing was open before it was asked."""
    kept = {_number(name): (states[name], numbers[name]) for name in numbers if name in states}
    if not kept:
        return
    try:
        _cache().set_many(kept, NUMBER_SECONDS)
    except Exception:
        logger.exception("The cache of versions does not answer; nothing is kept.")


def _cache():
    return caches[conf.VERSION_CACHE]


def _closed():
    return f"{CLOSED}:{token_hex(8)}"


def _state(name):
    return f"civic_headless:state:{name}"


def _number(name):
    return f"civic_headless:number:{name}"
