"""
Extract citations from the texts of pages.

Page types take part by registering a `CitationExtractor` (`headless.extending`).
"""

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

from django.utils.module_loading import import_string
from wagtail.models import Page, PageQuerySet

from headless.cache.response_cache import local_cache
from headless.extending import CITATION_EXTRACTORS

from ..citations import FoundCitation, References
from ..conf import conf

CACHE_SECONDS = 24 * 3600


class TextFragment(NamedTuple):
    """A fragment of a page's text, plain or HTML; no citation spans two fragments."""

    content: str
    html: bool = False


class CitationExtractor:
    """Base class of extractors; a subclass is registered for each citing page type."""

    def prepare(self, pages: PageQuerySet) -> PageQuerySet:
        """Return `pages` with prefetches of what the other methods read."""
        return pages

    def texts(self, page: Page) -> Iterable[TextFragment]:
        """Yield the text fragments of `page` in reading order."""
        raise NotImplementedError

    def directives(self, page: Page) -> Iterable[int]:
        """Return the primary keys of documents that an editor linked explicitly."""
        return ()

    def cites(self, page: Page, found: FoundCitation) -> bool:
        """Return whether a citation found in the texts of `page` counts."""
        return True


class DirectiveExtractor(CitationExtractor):
    """Extract citations from the subject and text of an official document, except of itself."""

    def texts(self, page):
        """Yield the subject and the text."""
        yield TextFragment(page.subject)
        yield TextFragment(page.body, html=True)

    def cites(self, page, found):
        """Return False for a citation of the document itself, as its own heading has."""
        own = found.key == page.number_key and found.date in (None, page.issued_on)
        return not own or found.document_type not in (None, page.document_type.code)


def citing_models() -> list[type[Page]]:
    """Return the page types with a registered extractor, in the order of registration."""
    return list(CITATION_EXTRACTORS)


def get_extractor(model: type[Page]) -> CitationExtractor | None:
    """Return the extractor of a page type or of its nearest registered base class, or None."""
    return next(
        (CITATION_EXTRACTORS[each] for each in model.__mro__ if each in CITATION_EXTRACTORS), None
    )


def extract_references(page: Page, *, use_cache: bool = True) -> References:
    """
    Return the references in the texts of `page`; empty if its type has no extractor.

    `use_cache` caches the result of each text (see `find_all_citations`).
    """
    extractor = get_extractor(type(page))
    if extractor is None:
        return References(())
    return References(
        found
        for text in extractor.texts(page)
        for found in find_all_citations(text.content, html=text.html, use_cache=use_cache)
        if extractor.cites(page, found)
    )


def find_all_citations(
    text: str, *, html: bool = False, use_cache: bool = True
) -> list[FoundCitation]:
    """
    Return the citations in `text` by position, found by the recognisers in
    `CIVIC_PORTAL_RECOGNISERS`.

    Of overlapping results the one of the earlier recogniser counts. Results are cached in this
    process by the hash of the text, unless `use_cache` is False.
    """
    if not any(map(str.isdigit, text)):
        return []
    if not use_cache:
        return _find(text, html)
    paths = " ".join(conf.RECOGNISERS)
    digest = hashlib.sha256(f"{paths}:{html}:{text}".encode("utf-8", "surrogatepass")).hexdigest()
    return local_cache().get_or_set(f"citations:{digest}", lambda: _find(text, html), CACHE_SECONDS)


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
