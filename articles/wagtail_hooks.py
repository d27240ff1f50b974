"""Register the admin views of articles with Wagtail."""

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from .viewsets import CategoryViewSet, article_chooser

register_snippet(CategoryViewSet)


@hooks.register("register_admin_viewset")
def register_article_chooser():
    """Return the chooser of articles, which serves every foreign key to them."""
    return article_chooser
