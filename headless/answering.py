"""Which request is being answered, for fields and models that are handed none."""

from contextlib import contextmanager

from asgiref.local import Local
from django.http import HttpRequest

_answered = Local()


@contextmanager
def answering(request: HttpRequest):
    """Within the block, `request` is the one that is answered."""
    before = answered_request()
    _answered.request = request
    try:
        yield
    finally:
        _answered.request = before


def answered_request() -> HttpRequest | None:
    """The request that is answered, if any is."""
    return getattr(_answered, "request", None)
