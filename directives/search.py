"""Official documents in the full-text search."""

from headless.extending import SearchKind

from .models import DirectivePage


class DirectiveSearch(SearchKind):
    """Search official documents by number, in any spelling, or by text."""

    def find(self, home, query):
        """Return the published documents below `home` that match `query`, newest first."""
        documents = DirectivePage.objects.descendant_of(home).published().newest_first()
        return documents.with_number_or_text(query)

    def text(self, page):
        """Return the text of a document that search results take their excerpt from."""
        return f"{page.document_number}. {page.subject}"
