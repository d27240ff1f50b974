"""Models of articles."""

from .pages import ArticleDirective, ArticleIndexPage, ArticlePage, ArticleTag, RelatedArticle
from .taxonomy import Category, Tag

__all__ = [
    "ArticleDirective",
    "ArticleIndexPage",
    "ArticlePage",
    "ArticleTag",
    "Category",
    "RelatedArticle",
    "Tag",
]
