"""Rate limits of readers' posts, by visitor, network and page."""

from datetime import datetime, time, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from headless.content.requests.rate_limits import RateLimit, RateLimitExceeded

from ..conf import conf
from .refusals import LimitReached

# A network, which may be an office or a village, has a higher limit than a visitor. The limit of a
# page protects the moderators. Only posts with a proof of work count against limits that readers
# share; those without one have a lower limit for each network.
RATES = {
    "comment": {"visitor": "5/10m", "network": "40/h", "page": "200/h", "unproved": "10/h"},
    "rating": {"visitor": "20/h", "network": "120/h", "page": "3000/h", "unproved": "30/h"},
    "report": {"visitor": "10/h", "network": "30/h", "page": "200/h", "unproved": "5/h"},
    "challenge": {"network": "60/m"},
}
OWN = ("visitor",)
SHARED = ("network", "page")
UNPROVED = ("unproved",)
MESSAGES = {
    "comment": _("Too many comments in a short time. Please try again later."),
    "rating": _("Too many ratings in a short time. Please try again later."),
    "report": _("Too many reports in a short time. Try again later."),
    "challenge": _("Too many requests in a short time. Please try again later."),
}


def get_rate(act: str, kind: str) -> str:
    """Return the rate of an act (`CIVIC_PORTAL_READER_RATES`, else `RATES`); "" for no limit."""
    return conf.READER_RATES.get(act, {}).get(kind, RATES[act].get(kind, ""))


class Limits:
    """
    The rate limits of one kind of act by one sender; raises `LimitReached`.

    `network` is "" for a sender whose address is unknown: limits of networks do not apply, and
    posts without proof of work are limited by page.
    """

    def __init__(
        self, act: str, *, network: str, visitor: UUID | None = None, page: int | None = None
    ):
        self.act = act
        self.values = {
            "visitor": visitor,
            "network": network or None,
            "page": page,
            "unproved": network or f"page-{page}",
        }

    def check(self, *kinds: str) -> None:
        """Raise `LimitReached` if one more act would exceed a limit of these kinds; count nothing."""
        self._apply(RateLimit.check, kinds)

    def count(self, *kinds: str) -> None:
        """Count the act against the limits of these kinds; raise `LimitReached` if it is too many."""
        self._apply(RateLimit.count, kinds)

    def _apply(self, operation, kinds):
        for kind in kinds:
            value, rate = self.values[kind], get_rate(self.act, kind)
            if value is None or not rate:
                continue
            try:
                operation(RateLimit.parse(rate), f"feedback.{self.act}.{kind}:{value}")
            except RateLimitExceeded as error:
                raise LimitReached(MESSAGES[self.act], retry_after=error.retry_after) from error


def seconds_until_midnight() -> int:
    """Return the number of seconds until midnight, local time."""
    now = timezone.localtime()
    midnight = datetime.combine(now.date() + timedelta(days=1), time.min)
    return int((timezone.make_aware(midnight) - now).total_seconds()) + 1
