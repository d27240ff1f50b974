"""
Workaround for Wagtail 8: publishing pages in bulk is a server error if one of them is not valid.

A draft may lack what a published page needs. The bulk action lets the `ValidationError` of the first
such page escape (https://github.com/wagtail/wagtail/issues/14253).
"""

from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page


def install() -> None:
    """Judge the pages before they are published; none is if one is not valid."""
    hooks.register("before_bulk_action", _refuse_invalid_drafts)


def _refuse_invalid_drafts(request, action_type, objects, action):
    if action_type != "publish" or not issubclass(action.model, Page):
        return None
    pages = list(objects)
    if action.cleaned_form.cleaned_data["include_descendants"]:
        for page in objects:
            pages += page.get_descendants().not_live()
    refused = False
    for page in pages:
        draft = page.get_latest_revision_as_object()
        # What publishing sets, so that the page is judged as one that readers see.
        draft.live = True
        try:
            draft.full_clean()
        except ValidationError as error:
            refused = True
            message = _("“%(title)s” cannot be published: %(reasons)s")
            reasons = " ".join(error.messages)
            messages.error(request, message % {"title": draft.title, "reasons": reasons})
    return redirect(action.next_url) if refused else None
