"""
Texts that a model's `clean()` makes longer than their column.

A form judges the length of a text before the model's `clean()`, in which Django 5.2 writes a user's
name in NFKC (one letter may become eighteen) and Wagtail 8 adds a slash to the path of a redirect.
PostgreSQL refuses what has then grown too long, which is a server error. There is no issue yet.
"""

from functools import wraps

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.validators import MaxLengthValidator
from django.forms.models import BaseModelForm


def install() -> None:
    """Have every form of a model judge its texts once more as they are stored."""
    BaseModelForm._post_clean = _measuring_again(BaseModelForm._post_clean)


def _measuring_again(post_clean):
    @wraps(post_clean)
    def clean_and_measure(form):
        post_clean(form)
        for name in form.fields.keys() - form.errors.keys():
            if limit := _max_length(form.instance, name):
                text = getattr(form.instance, name)
                try:
                    MaxLengthValidator(limit)(text if isinstance(text, str) else "")
                except ValidationError as error:
                    form.add_error(name, error)

    return clean_and_measure


def _max_length(instance, name):
    try:
        return getattr(instance._meta.get_field(name), "max_length", None)
    except FieldDoesNotExist:
        return None
