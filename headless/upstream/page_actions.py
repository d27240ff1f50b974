"""
Actions of API v3 that Wagtail 8.0.1 answers with a server error instead of a refusal.

The root of the page tree has no parent to ask for a slug or a permission: copying it, making an alias
of it and moving a page beside it fail. Copying a page for a language that it has breaks a constraint
of the database. The admin offers none of them. There is no issue yet.
"""

from functools import wraps

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.actions.copy_for_translation import CopyPageForTranslationAction
from wagtail.actions.move_page import MovePageAction, MovePagePermissionError
from wagtail.api.v3.routers import pages


def install() -> None:
    """Refuse them with a 422, and the place beside the root with a 403."""
    pages.find_available_slug = _below_a_parent(pages.find_available_slug)
    MovePageAction.check = _below_a_page(MovePageAction.check)
    CopyPageForTranslationAction.check = _untranslated(CopyPageForTranslationAction.check)


def _below_a_parent(find_available_slug):
    @wraps(find_available_slug)
    def find(parent, *args, **kwargs):
        if parent is None:
            raise ValidationError(_("The root of all pages has no parent: name a destination."))
        return find_available_slug(parent, *args, **kwargs)

    return find


def _below_a_page(check):
    @wraps(check)
    def checking(self, parent_after, *args, **kwargs):
        if parent_after is None:
            raise MovePagePermissionError(_("No page stands beside the root of all pages."))
        return check(self, parent_after, *args, **kwargs)

    return checking


def _untranslated(check):
    @wraps(check)
    def checking(self, *args, **kwargs):
        check(self, *args, **kwargs)
        if self.page.has_translation(self.locale):
            raise ValidationError(_("The page is in this language already."))

    return checking
