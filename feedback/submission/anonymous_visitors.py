"""
Who acts, as far as we want to know it: a random number that the reader's own device keeps.

The site keeps it in a signed cookie, set only when a reader acts; over the API it is a signed
token in the header `X-Portal-Visitor`. Neither counts in the other's place.
"""

from uuid import UUID, uuid4

from django.conf import settings
from django.core import signing

COOKIE = "portal_visitor"
COOKIE_SALT = "feedback.visitors.cookie"
TOKEN_SALT = "feedback.visitors.token"  # noqa: S105
LIFETIME = 365 * 24 * 3600


def new_visitor() -> UUID:
    return uuid4()


def visitor_of_cookie(request) -> UUID | None:
    """Return the visitor whose browser asks, None if it has no cookie of ours or a forged one."""
    return _unsign(request.COOKIES.get(COOKIE, ""), COOKIE_SALT)


def remember(response, visitor: UUID) -> None:
    """Set the signed cookie with the visitor's number, the only trace of the reader."""
    response.set_cookie(
        COOKIE,
        signing.TimestampSigner(salt=COOKIE_SALT).sign(visitor.hex),
        max_age=LIFETIME,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def visitor_of_token(token: str) -> UUID | None:
    """Return the visitor of an API client, None if the token is forged or too old."""
    return _unsign(token, TOKEN_SALT)


def token_of(visitor: UUID) -> str:
    """Return the signed token that an API client sends back in `X-Portal-Visitor`."""
    return signing.TimestampSigner(salt=TOKEN_SALT).sign(visitor.hex)


def _unsign(value, salt):
    try:
        return UUID(signing.TimestampSigner(salt=salt).unsign(value, max_age=LIFETIME))
    except (signing.BadSignature, ValueError):
        return None
