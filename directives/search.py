"""Official documents in the full-text search."""

from headless.extending import SearchKind

from .models import DirectivePage


class DirectiveSearch(SearchKind):
    """Search official documents by number, in any spelling, or by text."""

    def find(self, home, query):
        """
        Return the published documents below `home` that match `query`.

        Those that it names by their number come first, then the newest.
        """
        documents = DirectivePage.objects.descendant_of(home).published()
        return documents.with_number_or_text(query).numbered_first(query)

    def text(self, page):
        """Return the text of a document that search results take their excerpt from."""
        return f"{page.document_number}. {page.subject}"
