"""
An autosave and a submission of one form, which make two pages where they meet.

Wagtail 8.0.1 lets a form be submitted while its autosave is under way: of a new page both requests
make one, and of any other the autosave leaves a draft behind what was published. There is no issue
yet; it would say that the form must wait for the autosave, and that none may begin after it.
"""

from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.staticfiles import versioned_static


def install() -> None:
    """Let forms be submitted only when no autosave of them is under way."""
    hooks.register("insert_global_admin_js", submit_after_autosave)


def submit_after_autosave() -> str:
    """Return the script that holds a submission up."""
    return format_html(
        '<script src="{}"></script>', versioned_static("civic_headless/submitting.js")
    )
