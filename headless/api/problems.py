"""Error responses of API v3: problems (RFC 9457) that name the invalid values."""

from typing import NotRequired

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja.errors import ValidationError
from typing_extensions import TypedDict
from wagtail.api.v3.errors import problem_response

RETRY_SECONDS = 10


class PortalProblemEntry(TypedDict):
    """
    An invalid value: its location, for example `["query", "limit"]`, and a message.

    `type` identifies the reason for programs; `ctx` holds its numbers, such as a limit.
    """

    type: NotRequired[str]
    loc: NotRequired[list[str | int]]
    msg: str
    ctx: NotRequired[dict[str, str | int | float | bool | None]]


def problem_entry(place: str, name: str, message: str, kind: str = "value_error") -> dict:
    """Return an entry of a problem's `errors`; `place` is "query", "path", "header" or "body"."""
    return {"type": kind, "loc": [place, name], "msg": str(message)}


def unprocessable(place: str, name: str, message: str, kind: str = "value_error"):
    """Return an exception to raise for one invalid value, which is answered with a 422."""
    return ValidationError([problem_entry(place, name, message, kind)])


def nested_too_deeply(request: HttpRequest, error: RecursionError) -> HttpResponse:
    """Return a 422 problem for input that is nested too deeply to parse (exception handler)."""
    return problem_response(status=422, detail=_("This is nested too deeply."))


def service_unavailable(request: HttpRequest, error: Exception) -> HttpResponse:
    """Return a 503 problem with `Retry-After` for an unavailable cache (exception handler)."""
    response = problem_response(
        status=503, detail=_("The portal is busy at the moment. Please try again shortly.")
    )
    response["Retry-After"] = str(RETRY_SECONDS)
    return response


def problem_with_status(status: int, detail: str, retry_after: int | None = None) -> HttpResponse:
    """Return a problem with this status, and `Retry-After` in seconds if `retry_after` is given."""
    response = problem_response(status=status, detail=str(detail))
    if retry_after is not None:
        response["Retry-After"] = str(retry_after)
    return response


def rate_limited(detail: str, retry_after: int) -> HttpResponse:
    """Return a 429 problem with `Retry-After` in seconds."""
    return problem_with_status(429, detail, retry_after)
