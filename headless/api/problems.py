"""What a request to API v3 is refused with: problems (RFC 9457) that name the value and the reason."""

from typing import NotRequired

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja.errors import ValidationError
from typing_extensions import TypedDict
from wagtail.api.v3.errors import problem_response

RETRY_SECONDS = 10


class PortalProblemEntry(TypedDict):
    """
    What is wrong with one value: where it stands (`["query", "limit"]`), and why in words.

    `type` is a name of the reason for programs; `ctx` holds its numbers, as a limit.
    """

    type: NotRequired[str]
    loc: NotRequired[list[str | int]]
    msg: str
    ctx: NotRequired[dict[str, str | int | float | bool | None]]


def problem_entry(place: str, name: str, message: str, kind: str = "value_error") -> dict:
    """One entry of a problem's `errors`; `place` is "query", "path", "header" or "body"."""
    return {"type": kind, "loc": [place, name], "msg": str(message)}


def unprocessable(place: str, name: str, message: str, kind: str = "value_error"):
    """A 422 to raise for one value."""
    return ValidationError([problem_entry(place, name, message, kind)])


def nested_too_deeply(request: HttpRequest, error: RecursionError) -> HttpResponse:
    """A 422 for what is nested more deeply than it can be read."""
    return problem_response(status=422, detail=_("This is nested too deeply."))


def service_unavailable(request: HttpRequest, error: Exception) -> HttpResponse:
    """A 503 that says when to come back: something is needed that cannot be reached for a moment."""
    response = problem_response(
        status=503, detail=_("The portal is busy at the moment. Please try again shortly.")
    )
    response["Retry-After"] = str(RETRY_SECONDS)
    return response


def problem_with_status(status: int, detail: str, retry_after: int | None = None) -> HttpResponse:
    """A problem of this status; if `retry_after` is given, it says in how many seconds to retry."""
    response = problem_response(status=status, detail=str(detail))
    if retry_after is not None:
        response["Retry-After"] = str(retry_after)
    return response


def rate_limited(detail: str, retry_after: int) -> HttpResponse:
    """A 429 that says after how many seconds to come back."""
    return problem_with_status(429, detail, retry_after)
