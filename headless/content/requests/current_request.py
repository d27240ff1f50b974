"""Give fields and models, which are not handed a request, the one being answered."""

from contextlib import contextmanager

from asgiref.local import Local
from django.http import HttpRequest

_current = Local()


@contextmanager
def use_current_request(request: HttpRequest):
    """Make `request` the current request within the block."""
    before = get_current_request()
    _current.request = request
    try:
        yield
    finally:
        _current.request = before


def get_current_request() -> HttpRequest | None:
    """Return the request being answered, None outside one."""
    return getattr(_current, "request", None)
