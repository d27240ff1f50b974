"""
Keep the text of an exception out of API v3's answers.

Where a field of a response cannot be read, pydantic wraps whatever was raised in a validation error
that quotes it, and Ninja hands that to the same handler as an error of the request: the client is
told a 422 with, for example, the address of a database, although what it asked for may have been
done. There is no issue yet, at Ninja or at Wagtail.
"""

from functools import wraps

from ninja.operation import Operation
from pydantic import ValidationError


class InvalidResponse(Exception):
    """A response does not have the shape, or one of its fields raised: a fault of the server."""


def install() -> None:
    """Raise what is wrong with a response as a server error."""
    Operation._result_to_response = raise_invalid_response(Operation._result_to_response)


def raise_invalid_response(make_response):
    """Wrap a method of `Operation` that validates a response."""

    @wraps(make_response)
    def making(self, request, result, temporal_response):
        try:
            return make_response(self, request, result, temporal_response)
        except ValidationError as error:
            raise InvalidResponse(request.path) from error

    return making
