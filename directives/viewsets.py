from wagtail.snippets.views.snippets import SnippetViewSet

from .models import DocumentType, IssuingBody


class DocumentTypeViewSet(SnippetViewSet):
    """Where editors keep the types of official documents."""

    model = DocumentType
    icon = "doc-full-inverse"
    list_display = ["name", "code", "symbol"]


class IssuingBodyViewSet(SnippetViewSet):
    """Where editors keep the bodies that issue official documents."""

    model = IssuingBody
    icon = "group"
    list_display = ["name", "level", "branch", "locality"]
    list_filter = ["level", "branch"]
