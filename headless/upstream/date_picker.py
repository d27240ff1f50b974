"""
A date picker that replaces what it cannot read by today, silently.

Wagtail 8.0.1 creates jquery-datetimepicker with `validateOnBlur`. The widget is to be replaced
(https://github.com/wagtail/wagtail/issues/8056).
"""

from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.staticfiles import versioned_static


def install() -> None:
    """Leave in every date and time field of the admin what was typed, for the form to judge."""
    hooks.register("insert_global_admin_js", keep_what_is_typed)


def keep_what_is_typed() -> str:
    """Return the script that comes after the picker's own and before any field."""
    return format_html('<script src="{}"></script>', versioned_static("civic_headless/dates.js"))
