"""The documents a page cites, for its readers: as a list, and as links in its text."""

import re
from collections.abc import Callable, Iterable
from functools import cached_property
from html import escape

from django.http import HttpRequest
from wagtail.models import Page

from headless.content.render_state import object_state
from headless.content.translation import localise

from ..citations import FoundCitation
from ..models import Citation, DirectivePage
from .extraction import recognise, references_of
from .resolution import resolve

# A tag may hold «>» in its attributes.
_TAG = re.compile(r"(<!--.*?-->|<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>)", re.DOTALL)


class CitedDocuments:
    """
    What a page cites, as its reader may see it. A page type keeps one:
    `cited = cached_property(CitedDocuments)`, or tells it what an editor linked by hand.

    What is stored serves; what is not stored yet, as in a preview, is resolved on the way.
    """

    def __init__(self, page: Page, by_hand: Callable[[], Iterable[DirectivePage]] = tuple):
        self.page = page
        self.by_hand = by_hand

    @cached_property
    def references(self):
        """What the text at hand cites."""
        return references_of(self.page)

    @cached_property
    def documents(self) -> list[DirectivePage]:
        """
        The documents an editor linked, then those of the text, each once: live and public, in the
        page's language, with what a list prints.
        """
        return list(self._shown.values())

    def link(self, html: str, request: HttpRequest | None = None) -> str:
        """`html` with its citations as links; addresses are absolute without a request."""
        if not self.references:
            return html
        pieces, position = [], 0
        for citation in recognise(html, html=True):
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
        """The document of each reference that leads to one."""
        references = {each.identity: each for each in self.references}
        if not references:
            return {}
        source = self.page.alias_of_id or self.page.pk
        stored = Citation.objects.filter(source=source, origin=Citation.Origin.TEXT)
        found = {row.identity: row.directive for row in stored.select_related("directive")}
        new = [each for identity, each in references.items() if identity not in found]
        asked = [(self.page, each) for each in new]
        for reference, resolution in zip(new, resolve(asked), strict=True):
            found[reference.identity] = resolution.directive
        return {identity: found[identity] for identity in references if found[identity]}

    @cached_property
    def _shown(self) -> dict:
        """What readers see of each document, by translation key."""
        by_text = (self._directives.get(reference.identity) for reference in self.references)
        cited = [*self.by_hand(), *filter(None, by_text)]
        shown = localise(cited, self.page.locale_id, DirectivePage.objects.for_list())
        return {directive.translation_key: directive for directive in shown}

    def _shown_for(self, citation: FoundCitation) -> DirectivePage | None:
        reference = self.references.of(citation)
        directive = reference and self._directives.get(reference.identity)
        return self._shown.get(directive.translation_key) if directive else None


def link_citations_in_rich_text(html: str, page: Page, request: HttpRequest) -> str:
    """A rich text of `page` for an API client, with links of its citations."""
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
    Each run of text in `html` as a link: tags in it may open or close outside.

    The title says what the document is about, and since when.
    """
    title = f"{directive.title} ({directive.issued_on:%d/%m/%Y}): {directive.subject}"
    opening = f'<a class="citation-link" href="{escape(address)}" title="{escape(title)}">'
    return "".join(
        run if not run.strip() or run.startswith("<") else f"{opening}{run}</a>"
        for run in _TAG.split(html)
    )
