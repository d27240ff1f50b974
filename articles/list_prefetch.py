"""Prefetches for lists of articles in API v2."""

from django.db.models import Prefetch, prefetch_related_objects

from headless.api.fields import RENDITIONS

from .models import ArticlePage


def prefetch_articles(articles: list[ArticlePage]) -> None:
    """
    Prefetch category, tags and cover renditions of `articles` in a constant number of queries.
    """
    covers = ArticlePage._meta.get_field("cover").related_model.objects.all()
    prefetch_related_objects(
        articles,
        "category",
        "tags",
        Prefetch("cover", covers.prefetch_renditions(*RENDITIONS)),
    )
