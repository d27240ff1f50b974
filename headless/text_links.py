"""What becomes of links in a rich text: to pages that readers may see, and to files."""

from collections.abc import Callable, Iterable
from contextlib import contextmanager

from asgiref.local import Local
from django.utils.html import escape
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from .paths import localise

_text = Local()


@contextmanager
def looked_up_together(references: Callable[[], Iterable[tuple]]):
    """
    Within the block, the links of many rich texts are looked up at once, when the first is asked.

    `references` gives what the texts refer to, as a block's `extract_references` does.
    """
    before = getattr(_text, "links", None)
    _text.links = _Links(references)
    try:
        yield
    finally:
        _text.links = before


class _Links:
    def __init__(self, references):
        self.references = references
        self.found = {}

    def of(self, model, look_up) -> dict:
        if model not in self.found:
            ids = {int(pk) for kind, pk, *_paths in self.references() if issubclass(kind, model)}
            self.found[model] = look_up(ids)
        return self.found[model]


def _linked(model, attrs_list, look_up) -> list:
    """What each link leads to, None for what is not there."""
    ids = [str(attrs.get("id", "")) for attrs in attrs_list]
    ids = [int(pk) if pk.isdecimal() and len(pk) < 19 else None for pk in ids]
    links = getattr(_text, "links", None)
    found = links.of(model, look_up) if links else look_up(set(ids) - {None})
    return [found.get(pk) for pk in ids]


def _shown_pages(ids) -> dict:
    """By the id of a page, what a reader sees for it in the active language."""
    pages = Page.objects.in_bulk(ids)
    shown = {page.translation_key: page for page in localise(pages.values())}
    return {pk: shown.get(page.translation_key) for pk, page in pages.items()}


class PublishedPageLinkHandler(PageLinkHandler):
    """A link to a page that readers may see, in their language; the words alone to any other."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        pages = _linked(Page, attrs_list, _shown_pages)
        urls = [page.url if page else None for page in pages]
        return [f'<a href="{escape(url)}">' if url else "<a>" for url in urls]


class TogetherDocumentLinkHandler(DocumentLinkHandler):
    """A link to a file, looked up with those of the other texts of a page."""

    @classmethod
    def get_many(cls, attrs_list: list[dict]) -> list:
        model = cls.get_model()
        return _linked(model, attrs_list, model.objects.in_bulk)
