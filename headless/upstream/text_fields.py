"""
Texts that Django accepts and no XML, no PostgreSQL and no comparison can handle.

Django keeps control characters as they come; of all of them its forms refuse NUL alone
(https://code.djangoproject.com/ticket/28201). A required field is satisfied by characters that
nobody sees, such as U+200B, because only `str.strip` judges what is empty (no issue yet). It normalises user names and nothing else
(https://code.djangoproject.com/ticket/26719), so that two spellings of one name differ.
There is no setting for either, so the fields themselves are extended here: those of forms, through
which passes what people type, and those of models, through which passes whatever is stored.
"""

from django import forms
from django.db import models
from django.db.models.lookups import IExact, PatternLookup
from wagtail.fields import StreamField

from ..content.texts.text_normalisation import empty_if_invisible, normalise_data, normalise_text

form_text = forms.CharField.to_python
short_text = models.CharField.to_python
long_text = models.TextField.to_python
json_value = models.JSONField.get_prep_value
stream_value = StreamField.get_prep_value
prepared_lookup = PatternLookup.get_prep_lookup


def install() -> None:
    """Normalise every text of every form and model before its length or anything else is judged."""
    forms.CharField.to_python = normalised_form_text
    models.CharField.to_python = normalised_short_text
    models.TextField.to_python = normalised_long_text
    models.JSONField.get_prep_value = normalised_json
    StreamField.get_prep_value = normalised_stream
    PatternLookup.get_prep_lookup = normalised_lookup
    IExact.get_prep_lookup = normalised_lookup


def normalised_form_text(self, value):
    """
    Return the text typed into a form, "" if nobody can see it.

    Passwords stay as they are, because their hashes were made of other texts, and so do spaces in a
    field that does not strip them.
    """
    if isinstance(value, str) and not isinstance(self.widget, forms.PasswordInput):
        value = normalise_text(value)
        if not value.isspace():
            value = empty_if_invisible(value)
    return form_text(self, value)


def normalised_short_text(self, value):
    """Return what a `CharField` validates, stores and is compared with."""
    value = short_text(self, value)
    return normalise_text(value) if isinstance(value, str) else value


def normalised_long_text(self, value):
    """Return what a `TextField` validates, stores and is compared with."""
    value = long_text(self, value)
    return normalise_text(value) if isinstance(value, str) else value


def normalised_json(self, value):
    """Return what a `JSONField` stores; revisions of pages are kept in one."""
    return normalise_data(json_value(self, value))


def normalised_stream(self, value):
    """Return what a `StreamField` stores, and what a revision keeps of it as a text of JSON."""
    return normalise_data(stream_value(self, value))


def normalised_lookup(self):
    """Return what a part or another case of a stored text is looked up by."""
    value = prepared_lookup(self)
    return normalise_text(value) if isinstance(value, str) else value
