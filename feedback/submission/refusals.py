"""Exceptions for refused posts: services raise them, views and API translate them to responses."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError
from django.utils.translation import gettext as _

from headless.api.problems import RETRY_SECONDS
from headless.errors import CacheUnavailable


class Refusal(Exception):
    """
    A refused post; `message` is for the reader.

    `status` is the HTTP status, `field` the name of the value that is refused, and `retry_after`
    the number of seconds after which the same post may be sent again; "" and None if there is none.
    """

    status = 422

    def __init__(self, message: str, *, field: str = "", retry_after: int | None = None):
        super().__init__(message)
        self.message, self.field, self.retry_after = message, field, retry_after


class FeedbackClosed(Refusal):
    """The page or its site is closed to comments or ratings."""

    status = 403


class WrongProof(Refusal):
    """The proof of work is invalid, expired, used up, or missing where it is required."""

    def __init__(self):
        message = _("The verification failed or has expired. Please try again.")
        super().__init__(message, field="altcha")


class ParentRefused(Refusal):
    """The comment replied to is not public any more, or has too many replies."""

    def __init__(self, message: str):
        super().__init__(message, field="parent")


class LimitReached(Refusal):
    """A rate limit or another limit is reached; `retry_after` says when to try again."""

    status = 429


class PortalBusy(Refusal):
    """Database or cache is locked or unreachable; nothing was saved or used up."""

    status = 503

    def __init__(self):
        message = _("The portal is busy at the moment. Please try again shortly.")
        super().__init__(message, retry_after=RETRY_SECONDS)


@contextmanager
def refuse_while_busy() -> Iterator[None]:
    """Raise `PortalBusy` where the database or the cache is locked or cannot be reached."""
    try:
        yield
    except (OperationalError, CacheUnavailable) as error:
        raise PortalBusy from error
