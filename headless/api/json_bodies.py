"""What is wrong with a JSON body before any operation reads it."""

import json
import re
from collections.abc import Iterator

from django.http import HttpRequest
from django.utils.translation import gettext as _

# A NUL, or half a pair of surrogates: JSON can escape both, PostgreSQL keeps neither.
UNFIT = re.compile("[\0\ud800-\udfff]")


def find_invalid_text(request: HttpRequest) -> dict | None:
    """The entry of a problem for JSON that is no object or holds what no database keeps."""
    if request.content_type == "multipart/form-data" or not request.body:
        return None
    try:
        told = json.loads(request.body)
        place = next(_unfit_places(told, ()), None)
    except ValueError:
        # Who reads it refuses it.
        return None
    except RecursionError:
        return _fault(_("This is nested too deeply."))
    if not isinstance(told, dict):
        return _fault(_("The body is no JSON object."))
    if place is None:
        return None
    return _fault(_("A text holds a NUL or half a character."), *place)


def _fault(message: str, *place) -> dict:
    return {"type": "value_error", "loc": ["body", *place], "msg": message}


def _unfit_places(value, place) -> Iterator[tuple]:
    """Where in `value` such texts stand; a name that is one counts as its object's."""
    if isinstance(value, str):
        if UNFIT.search(value):
            yield place
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from _unfit_places(each, (*place, number))
    elif isinstance(value, dict):
        for name, each in value.items():
            if UNFIT.search(name):
                yield place
            yield from _unfit_places(each, (*place, name))
