"""What a list of articles in API v2 is read with, whatever its length."""

from django.db.models import Prefetch, prefetch_related_objects

from headless.api.fields import RENDITIONS

from .models import ArticlePage


def prefetch_articles(articles: list[ArticlePage]) -> None:
    """Reads what the fields of a card show: cover, category, tags."""
    covers = ArticlePage._meta.get_field("cover").related_model.objects.all()
    prefetch_related_objects(
        articles,
        "category",
        "tags",
        Prefetch("cover", covers.prefetch_renditions(*RENDITIONS)),
    )
