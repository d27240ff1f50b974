"""Rules about the pages of official documents that views, the API and signals share."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.models import Page

from headless.content.page_tree import root_path

from .models import DirectivePage


def check_move(page: Page, destination: Page) -> None:
    """
    Raise `ValidationError` if moving `page` below `destination` gives a document a second page.

    A document, `page` itself or one below it, may have one page on a site in each language.
    """
    root = root_path(destination)
    if root == root_path(page):
        return
    for moved in DirectivePage.objects.descendant_of(page, inclusive=True).filter(alias_of=None):
        if duplicate := moved.find_duplicate(root):
            message = _("“%(title)s” cannot be moved there: the document has the page “%(twin)s”.")
            raise ValidationError(message % {"title": moved.title, "twin": duplicate.title})
