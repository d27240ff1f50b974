"""Articles in the full-text search."""

from directives.models import Citation
from headless.content.search import search_by_relevance
from headless.content.search_index import MOST_MATCHES
from headless.extending import SearchKind

from .models import ArticlePage


class ArticleSearch(SearchKind):
    """Search articles in all their text, and by the numbers of documents that they cite."""

    def find(self, home, query):
        """
        Return the published articles below `home` that match `query`.

        Those that cite the document it names come first, newest first, then the most relevant.
        """
        articles = ArticlePage.objects.descendant_of(home).published()
        citing = Citation.objects.naming(query).order_by().values("source")
        citing = articles.filter(pk__in=citing).newest_first()
        first = list(citing.values_list("pk", flat=True)[:MOST_MATCHES])
        return search_by_relevance(articles, query, first=first)

    def text(self, page):
        """Return the text of an article that search results take their excerpt from."""
        words = page.body.stream_block.get_searchable_content(page.body)
        return " ".join([page.summary, *words])
