"""Which request is being answered, for fields and models that are handed none."""

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from asgiref.local import Local
from django.http import HttpRequest

_answered = Local()


@dataclass
class Answer:
    """
    What is handed on while one request is answered.

    `prefetched` holds, by kind and id, what was read at once for all that the answer shows.
    """

    request: HttpRequest
    prefetched: dict[str, dict[int, Any]] = field(default_factory=dict)


@contextmanager
def use_current_request(request: HttpRequest):
    """Within the block, `request` is the one that is answered."""
    before = current_answer()
    _answered.answer = Answer(request)
    try:
        yield
    finally:
        _answered.answer = before


def current_answer() -> Answer | None:
    """Return what is handed on while a request is answered, None outside of one."""
    return getattr(_answered, "answer", None)


def get_current_request() -> HttpRequest | None:
    """The request that is answered, if any is."""
    answer = current_answer()
    return answer.request if answer else None
