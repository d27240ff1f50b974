"""Official documents in the full-text search."""

from headless.content.search import search_by_relevance
from headless.content.search_index import MOST_MATCHES
from headless.extending import SearchKind

from .models import DirectivePage


class DirectiveSearch(SearchKind):
    """Search official documents by number, in any spelling, or by text."""

    def find(self, home, query):
        """
        Return the published documents below `home` that match `query`.

        Those that it names by their number come first, then the most relevant.
        """
        documents = DirectivePage.objects.descendant_of(home).published()
        numbered = documents.with_number(query) | documents.numbered(query)
        first = numbered.numbered_first(query).values_list("pk", flat=True)[:MOST_MATCHES]
        return search_by_relevance(documents, query, first=list(first))

    def text(self, page):
        """Return the text of a document that search results take their excerpt from."""
        return f"{page.document_number}. {page.subject}"
