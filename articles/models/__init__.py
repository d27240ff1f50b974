from .comments import Comment, CommentCount, CommentReport
from .networks import NetworkKey
from .pages import (
    ArticleDirective,
    ArticleIndexPage,
    ArticlePage,
    ArticleTag,
    RelatedArticle,
)
from .ratings import ArticleRating, Rating
from .settings import CommentSettings
from .taxonomy import Category, Tag

__all__ = [
    "ArticleDirective",
    "ArticleIndexPage",
    "ArticlePage",
    "ArticleRating",
    "ArticleTag",
    "Category",
    "Comment",
    "CommentCount",
    "CommentReport",
    "CommentSettings",
    "NetworkKey",
    "Rating",
    "RelatedArticle",
    "Tag",
]
