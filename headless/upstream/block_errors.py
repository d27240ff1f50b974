"""
Problems of API v3 that do not say what is wrong with a block.

Wagtail 8.0.1 flattens the errors of a form for its API by their messages; that of a stream field is
“Validation error in StreamBlock”, whatever its blocks say. There is no issue yet; it would say that
`FormValidationError` must walk `block_errors` as it walks formsets.
"""

from collections.abc import Iterator
from functools import wraps

from django.core.exceptions import ValidationError
from wagtail.utils.forms import FieldPath, FormValidationError


def install() -> None:
    """Have every error of a block told with its message, and where the block stands."""
    stock = FormValidationError.get_form_errors_as_dict.__func__
    FormValidationError.get_form_errors_as_dict = classmethod(_with_blocks(stock))


def _with_blocks(stock):
    @wraps(stock)
    def get_form_errors_as_dict(cls, form, path=()):
        errors = stock(cls, form, path)
        for name, of_field in form.errors.as_data().items():
            if any(hasattr(error, "block_errors") for error in of_field):
                del errors[(*path, name)]
                for error in of_field:
                    for place, told in _errors_in(error, (*path, name)):
                        errors.setdefault(place, []).append(told)
        return errors

    return get_form_errors_as_dict


def _errors_in(error: ValidationError, place: FieldPath) -> Iterator[tuple[FieldPath, tuple]]:
    """Give each message with its code, and the indexes and names that lead to its block."""
    if not hasattr(error, "block_errors"):
        for each in error.error_list:
            for message in each.messages:
                yield place, (message, each.code or "invalid")
        return
    for each in error.non_block_errors.as_data():
        yield from _errors_in(each, place)
    for key, each in error.block_errors.items():
        yield from _errors_in(each, (*place, key))
