from wagtail import hooks
from wagtail.snippets.models import register_snippet

from .models import ArticlePage
from .viewsets import CategoryViewSet

register_snippet(CategoryViewSet)


@hooks.register("register_statistics")
def articles():
    """What the statistics call articles."""
    return [ArticlePage]
