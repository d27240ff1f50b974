"""Register the admin views of articles with Wagtail."""

from wagtail.snippets.models import register_snippet

from .viewsets import CategoryViewSet

register_snippet(CategoryViewSet)
