from headless.content.search import filter_by_search
from headless.extending import SearchKind

from .models import ArticlePage


class ArticleSearch(SearchKind):
    """Articles, by all that they say."""

    def find(self, home, query):
        return filter_by_search(
            ArticlePage.objects.descendant_of(home).published().newest_first(), query
        )

    def text(self, page):
        words = page.body.stream_block.get_searchable_content(page.body)
        return " ".join([page.summary, *words])
