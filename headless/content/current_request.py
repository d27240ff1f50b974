"""The request that is being answered, for fields and models that are handed none."""

from contextlib import contextmanager

from asgiref.local import Local
from django.http import HttpRequest

_current = Local()


@contextmanager
def use_current_request(request: HttpRequest):
    """Make `request` the current one within the block."""
    before = get_current_request()
    _current.request = request
    try:
        yield
    finally:
        _current.request = before


def get_current_request() -> HttpRequest | None:
    """Return the request that is being answered, None outside of one."""
    return getattr(_current, "request", None)
