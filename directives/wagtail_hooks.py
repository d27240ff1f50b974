from wagtail.snippets.models import register_snippet

from .viewsets import DocumentTypeViewSet, IssuingBodyViewSet

register_snippet(DocumentTypeViewSet)
register_snippet(IssuingBodyViewSet)
