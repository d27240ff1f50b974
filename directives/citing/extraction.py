"""Texts of pages and what they cite: page types register here what they have to say."""

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

from django.utils.module_loading import import_string
from wagtail.models import Page, PageQuerySet

from headless.cache.response_cache import local_cache
from headless.extending import CITATION_EXTRACTORS

from ..citations import FoundCitation, References
from ..conf import conf

REMEMBERED_FOR = 24 * 3600


class Text(NamedTuple):
    """A piece of a page's text that a citation does not reach beyond."""

    content: str
    html: bool = False


class Extractor:
    """What a page type tells of its citations; to be subclassed and registered."""

    def prepare(self, pages: PageQuerySet) -> PageQuerySet:
        """`pages` with what the other methods read, so that many pages cost few queries."""
        return pages

    def texts(self, page: Page) -> Iterable[Text]:
        """The texts of `page` in the order a reader meets them."""
        raise NotImplementedError

    def directives(self, page: Page) -> Iterable[int]:
        """Primary keys of the documents that an editor linked by hand."""
        return ()

    def cites(self, page: Page, found: FoundCitation) -> bool:
        """Whether what was found in the texts of `page` is a citation."""
        return True


class DirectiveExtractor(Extractor):
    """What an official document cites: in its subject and its text, but not itself."""

    def texts(self, page):
        yield Text(page.subject)
        yield Text(page.body, html=True)

    def cites(self, page, found):
        own = found.key == page.number_key and found.date in (None, page.issued_on)
        return not own or found.document_type not in (None, page.document_type.code)


def citing_models() -> list[type[Page]]:
    """The page types that may cite, in the order they were registered."""
    return list(CITATION_EXTRACTORS)


def extractor_of(model: type[Page]) -> Extractor | None:
    """What was registered for a page type or one it is made from."""
    return next(
        (CITATION_EXTRACTORS[each] for each in model.__mro__ if each in CITATION_EXTRACTORS), None
    )


def references_of(page: Page, *, remember: bool = True) -> References:
    """What the texts of `page` cite; nothing, if its type is not registered."""
    extractor = extractor_of(type(page))
    if extractor is None:
        return References(())
    return References(
        found
        for text in extractor.texts(page)
        for found in recognise(text.content, html=text.html, remember=remember)
        if extractor.cites(page, found)
    )


def recognise(text: str, *, html: bool = False, remember: bool = True) -> list[FoundCitation]:
    """
    The citations in `text`, in order of appearance, by the project's recognisers.

    Where two of them find something at one place, it is what the one named first found. What was
    found is kept in this process by the text's hash, unless it is not to be remembered.
    """
    if not any(map(str.isdigit, text)):
        return []
    if not remember:
        return _find(text, html)
    paths = " ".join(conf.RECOGNISERS)
    digest = hashlib.sha256(f"{paths}:{html}:{text}".encode("utf-8", "surrogatepass")).hexdigest()
    return local_cache().get_or_set(
        f"citations:{digest}", lambda: _find(text, html), REMEMBERED_FOR
    )


def _find(text, html):
    found: list[FoundCitation] = []
    taken = bytearray(len(text))
    for path in conf.RECOGNISERS:
        more = import_string(path)(text, html=html)
        more = [each for each in more if not any(taken[each.start : each.end])]
        for each in more:
            taken[each.start : each.end] = b"\1" * (each.end - each.start)
        found += more
    return sorted(found, key=lambda each: each.start)
