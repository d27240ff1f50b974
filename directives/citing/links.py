"""Show a page's citations to its readers: as a list of documents and as links in its text."""

import re
from collections.abc import Callable, Iterable
from functools import cached_property
from html import escape

from django.http import HttpRequest
from wagtail.models import Page

from headless.content.requests.render_state import object_state
from headless.content.translation import published_translations

from ..citations import FoundCitation
from ..models import Citation, DirectivePage
from .extraction import extract_references, find_all_citations
from .resolution import resolve_references

# A tag may have «>» in quoted attribute values.
_TAG = re.compile(r"(<!--.*?-->|<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>)", re.DOTALL)


class CitedDocuments:
    """
    The documents a page cites, as readers may see them.

    A page type declares `cited = cached_property(CitedDocuments)`, or passes `linked_by_editor`, a callable
    that returns documents linked by an editor. Stored resolutions are used; references that are not
    stored yet, as in a preview, are resolved on demand.
    """

    def __init__(self, page: Page, linked_by_editor: Callable[[], Iterable[DirectivePage]] = tuple):
        self.page = page
        self.linked_by_editor = linked_by_editor

    @cached_property
    def references(self):
        """Return the references in the page's current text."""
        return extract_references(self.page)

    @cached_property
    def documents(self) -> list[DirectivePage]:
        """
        Return the live, public documents in the page's language, without duplicates.

        Those an editor linked come first, then those of the text; each has the prefetches of a list
        row.
        """
        return list(self._shown.values())

    def link(self, html: str, request: HttpRequest | None = None) -> str:
        """Return `html` with its citations as links; URLs are absolute if `request` is None."""
        if not self.references:
            return html
        pieces, position = [], 0
        for citation in find_all_citations(html, html=True):
            directive = self._shown_for(citation)
            if directive is None or citation.start < position:
                continue
            address = directive.get_url(request) if request else directive.full_url
            pieces.append(html[position : citation.start])
            pieces.append(_linked(html[citation.start : citation.end], address, directive))
            position = citation.end
        return "".join([*pieces, html[position:]])

    @cached_property
    def _directives(self) -> dict[str, DirectivePage]:
        """Return the resolved document of each reference by the reference's identity."""
        references = {each.identity: each for each in self.references}
        if not references:
            return {}
        source = self.page.alias_of_id or self.page.pk
        stored = Citation.objects.filter(source=source, origin=Citation.Origin.TEXT)
        found = {row.identity: row.directive for row in stored.select_related("directive")}
        new = [each for identity, each in references.items() if identity not in found]
        asked = [(self.page, each) for each in new]
        for reference, resolution in zip(new, resolve_references(asked), strict=True):
            found[reference.identity] = resolution.directive
        return {identity: found[identity] for identity in references if found[identity]}

    @cached_property
    def _shown(self) -> dict:
        """Return the visible translation of each document by translation key."""
        by_text = (self._directives.get(reference.identity) for reference in self.references)
        cited = [*self.linked_by_editor(), *filter(None, by_text)]
        shown = published_translations(cited, self.page.locale_id, DirectivePage.objects.for_list())
        return {directive.translation_key: directive for directive in shown}

    def _shown_for(self, citation: FoundCitation) -> DirectivePage | None:
        reference = self.references.of(citation)
        directive = reference and self._directives.get(reference.identity)
        return self._shown.get(directive.translation_key) if directive else None


def link_citations_in_rich_text(html: str, page: Page, request: HttpRequest) -> str:
    """Return a rich text of `page` with its citations linked, for an API client."""
    return cited_documents(page).link(html)


def cited_documents(page: Page) -> CitedDocuments:
    """Return what `page` cites: `cited` of its type, else what is kept in its state."""
    if cited := getattr(page, "cited", None):
        return cited
    state = object_state(page)
    if state.cited is None:
        state.cited = CitedDocuments(page)
    return state.cited


def _linked(html: str, address: str, directive: DirectivePage) -> str:
    """
    Wrap each text run of `html` in a link to `directive`.

    Tags within a citation may open or close outside of it, so each run gets a link of its own. The
    link's title has the document's title, date and subject.
    """
    title = f"{directive.title} ({directive.issued_on:%d/%m/%Y}): {directive.subject}"
    opening = f'<a class="citation-link" href="{escape(address)}" title="{escape(title)}">'
    return "".join(
        run if not run.strip() or run.startswith("<") else f"{opening}{run}</a>"
        for run in _TAG.split(html)
    )
