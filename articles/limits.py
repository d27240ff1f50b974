"""How often a visitor, a network and all readers of an article may act."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from headless.rate_limits import RateLimit, RateLimitExceeded

from .refusals import FeedbackFull

# Whole offices and villages share an address, so a network may do more than a visitor; what an
# article takes from all together protects the moderators. Only acts with a proof of work count
# against what others share; those without one have a narrow allowance a network of their own.
RATES = {
    "comment": {"visitor": "5/10m", "network": "40/h", "article": "200/h", "unproved": "10/h"},
    "rating": {"visitor": "20/h", "network": "120/h", "article": "3000/h", "unproved": "30/h"},
    "report": {"visitor": "10/h", "network": "30/h", "article": "200/h", "unproved": "5/h"},
    "challenge": {"network": "60/m"},
}
OWN = ("visitor",)
SHARED = ("network", "article")
UNPROVED = ("unproved",)
MESSAGES = {
    "comment": _("Too many comments in a short time. Please try again later."),
    "rating": _("Too many ratings in a short time. Please try again later."),
    "report": _("Too many reports in a short time. Try again later."),
    "challenge": _("Too many requests in a short time. Please try again later."),
}


class Limits:
    """The limits of one kind of act by one sender; what is exceeded raises `FeedbackFull`."""

    def __init__(
        self, act: str, *, network: str, visitor: UUID | None = None, article: int | None = None
    ):
        self.act = act
        self.values = {
            "visitor": visitor,
            "network": network,
            "article": article,
            "unproved": network,
        }

    def check(self, *kinds: str) -> None:
        """Raise if one more act would exceed a limit of these kinds; count nothing."""
        self._apply(RateLimit.check, kinds)

    def count(self, *kinds: str) -> None:
        """Count the act against the limits of these kinds; raise if it is one too many."""
        self._apply(RateLimit.count, kinds)

    def _apply(self, operation, kinds):
        for kind in kinds:
            value = self.values[kind]
            if value is None:
                continue
            try:
                operation(
                    RateLimit.parse(RATES[self.act][kind]), f"feedback.{self.act}.{kind}:{value}"
                )
            except RateLimitExceeded as error:
                raise FeedbackFull(MESSAGES[self.act], retry_after=error.retry_after) from error
