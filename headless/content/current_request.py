"""The request that is being answered, for fields and models that are handed none."""

from contextlib import contextmanager

from asgiref.local import Local
from django.http import HttpRequest

_answered = Local()


@contextmanager
def use_current_request(request: HttpRequest):
    """Make `request` the current one within the block."""
    before = get_current_request()
    _answered.request = request
    try:
        yield
    finally:
        _answered.request = before


def get_current_request() -> HttpRequest | None:
    """Return the request that is being answered, None outside of one."""
    return getattr(_answered, "request", None)
