"""Admin views of document types and issuing bodies."""

from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import LocaleColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import DocumentType, IssuingBody


class DocumentTypeViewSet(SnippetViewSet):
    """List, create and edit document types in the admin."""

    model = DocumentType
    icon = "doc-full-inverse"
    list_display = ["name", LocaleColumn(label=gettext_lazy("Language")), "code", "symbol"]


class IssuingBodyViewSet(SnippetViewSet):
    """List, create and edit issuing bodies in the admin."""

    model = IssuingBody
    icon = "group"
    list_display = [
        "name",
        LocaleColumn(label=gettext_lazy("Language")),
        "level",
        "branch",
        "locality",
    ]
    list_filter = ["level", "branch"]
