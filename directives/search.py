from headless.extending import SearchKind

from .models import DirectivePage


class DirectiveSearch(SearchKind):
    """Official documents, by their number, however it is typed, or by what they say."""

    def find(self, home, query):
        documents = DirectivePage.objects.descendant_of(home).published().newest_first()
        return documents.with_number_or_text(query)

    def text(self, page):
        return f"{page.document_number}. {page.subject}"
