"""Admin views of document types and issuing bodies, and the chooser of official documents."""

from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, LocaleColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from headless.content.admin.page_choosers import PageChooserViewSet, page_status

from .models import DirectivePage, DocumentType, IssuingBody


class DocumentTypeViewSet(SnippetViewSet):
    """List, create and edit document types in the admin."""

    model = DocumentType
    icon = "doc-full-inverse"
    list_display = ["name", LocaleColumn(label=_("Language")), "code", "symbol"]


class IssuingBodyViewSet(SnippetViewSet):
    """List, create and edit issuing bodies in the admin."""

    model = IssuingBody
    icon = "group"
    list_display = [
        "name",
        LocaleColumn(label=_("Language")),
        "level",
        "branch",
        "locality",
    ]
    list_filter = ["level", "branch"]


class DirectiveChooserViewSet(PageChooserViewSet):
    """Choose an official document by its number in any spelling, or by words of it."""

    model = DirectivePage
    icon = "doc-full"
    page_title = _("Choose an official document")
    choose_one_text = _("Choose an official document")
    choose_another_text = _("Choose another official document")
    edit_item_text = _("Edit this official document")
    search_placeholder = _("Number or words, for example 65KH")
    ordering = ["-issued_on", "-pk"]
    title_label = _("Number and subject")
    columns = [
        Column("document_type", label=_("Type")),
        Column("issuing_body", label=_("Issuing body")),
        Column(
            "issued_on", label=_("Issued on"), accessor=lambda page: f"{page.issued_on:%d/%m/%Y}"
        ),
        Column(
            "status",
            label=_("Status"),
            accessor=lambda page: page.legal_status_label if page.live else page_status(page),
        ),
    ]

    def find(self, pages, words):
        """Return the documents whose number is `words`, or whose text contains them."""
        return pages.with_number_or_text(words, as_typed=True)

    def best_first(self, words):
        """Return the order in which documents come first that `words` name by their number."""
        return DirectivePage.objects.all().order_for(words)

    def for_rows(self, pages):
        return super().for_rows(pages.for_list().defer("body"))

    def title_of(self, page):
        return page.document_number or page.get_admin_display_title()

    def note_of(self, page):
        return Truncator(page.subject).chars(160)


directive_chooser = DirectiveChooserViewSet("choose_directive", url_prefix="choose-directive")
