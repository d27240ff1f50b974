from .pages import (
    ArticleDirective,
    ArticleIndexPage,
    ArticlePage,
    ArticleTag,
    RelatedArticle,
)
from .taxonomy import Category

__all__ = [
    "ArticleDirective",
    "ArticleIndexPage",
    "ArticlePage",
    "ArticleTag",
    "Category",
    "RelatedArticle",
]
