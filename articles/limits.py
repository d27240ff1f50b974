"""How often a reader, a network and all readers of an article may act."""

from uuid import UUID

from django_ratelimit.core import is_ratelimited

# Whole offices and villages share an address, so a network may do more than a visitor; what an
# article takes from all together protects the moderators.
RATES = {
    "comment": {"visitor": "5/10m", "network": "40/h", "article": "200/h"},
    "rating": {"visitor": "20/h", "network": "120/h", "article": "3000/h"},
    "report": {"visitor": "10/h", "network": "30/h", "article": "200/h"},
    "challenge": {"network": "60/m"},
}
RETRY_AFTER = 600


def is_allowed(
    request, act: str, *, network: str, visitor: UUID | None = None, article: int | None = None
) -> bool:
    """Whether one more `act` is within every limit; who is refused uses up nobody else's."""
    counted = {"visitor": visitor, "network": network, "article": article}
    for kind, rate in RATES[act].items():
        value = counted[kind]
        if value is None:
            continue
        if is_ratelimited(
            request,
            group=f"articles.{act}.{kind}",
            key=lambda group, request, value=value: str(value),
            rate=rate,
            increment=True,
        ):
            return False
    return True
