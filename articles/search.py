"""Articles in the full-text search."""

from headless.content.search import search_by_relevance
from headless.extending import SearchKind

from .models import ArticlePage


class ArticleSearch(SearchKind):
    """Search articles in all their text."""

    def find(self, home, query):
        """Return the published articles below `home` that match `query`, most relevant first."""
        return search_by_relevance(ArticlePage.objects.descendant_of(home).published(), query)

    def text(self, page):
        """Return the text of an article that search results take their excerpt from."""
        words = page.body.stream_block.get_searchable_content(page.body)
        return " ".join([page.summary, *words])
