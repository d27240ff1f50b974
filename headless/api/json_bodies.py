"""Check JSON request bodies before an operation parses them."""

import json
import re
from collections.abc import Iterator

from django.http import HttpRequest
from django.utils.translation import gettext as _

# NUL and unpaired surrogates: JSON can escape both, PostgreSQL can store neither.
INVALID_CHARACTERS = re.compile("[\0\ud800-\udfff]")


def find_invalid_text(request: HttpRequest) -> dict | None:
    """
    Return a problem entry if the JSON body is not an object or contains text no database can store.
    """
    if request.content_type == "multipart/form-data" or not request.body:
        return None
    try:
        data = json.loads(request.body)
        place = next(_invalid_text_locations(data, ()), None)
    except ValueError:
        # The operation itself answers malformed JSON with a 422.
        return None
    except RecursionError:
        return _problem_entry(_("This is nested too deeply."))
    if not isinstance(data, dict):
        return _problem_entry(_("The body is not a JSON object."))
    if place is None:
        return None
    return _problem_entry(_("A text contains a NUL character or an unpaired surrogate."), *place)


def _problem_entry(message: str, *place) -> dict:
    return {"type": "value_error", "loc": ["body", *place], "msg": message}


def _invalid_text_locations(value, place) -> Iterator[tuple]:
    """
    Yield the locations of invalid text in `value`; an invalid key counts as its object's location.
    """
    if isinstance(value, str):
        if INVALID_CHARACTERS.search(value):
            yield place
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from _invalid_text_locations(each, (*place, number))
    elif isinstance(value, dict):
        for name, each in value.items():
            if INVALID_CHARACTERS.search(name):
                yield place
            yield from _invalid_text_locations(each, (*place, name))
