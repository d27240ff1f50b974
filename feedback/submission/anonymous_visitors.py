"""
Visitor ids: random UUIDs that are stored only on the reader's own device.

The site uses a signed cookie, set when a reader first posts something; the API uses a signed token
in the header `X-Portal-Visitor`. One is not accepted in place of the other.
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
    """Return the visitor id of the signed cookie; None without a valid one."""
    return _unsign(request.COOKIES.get(COOKIE, ""), COOKIE_SALT)


def set_visitor_cookie(response, visitor: UUID) -> None:
    """Set the signed cookie with the visitor id."""
    response.set_cookie(
        COOKIE,
        signing.TimestampSigner(salt=COOKIE_SALT).sign(visitor.hex),
        max_age=LIFETIME,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def visitor_of_token(token: str) -> UUID | None:
    """Return the visitor id of an API token; None if it is forged or expired."""
    return _unsign(token, TOKEN_SALT)


def token_of(visitor: UUID) -> str:
    """Return the signed token that an API client sends back in `X-Portal-Visitor`."""
    return signing.TimestampSigner(salt=TOKEN_SALT).sign(visitor.hex)


def _unsign(value, salt):
    try:
        return UUID(signing.TimestampSigner(salt=salt).unsign(value, max_age=LIFETIME))
    except (signing.BadSignature, ValueError):
        return None
