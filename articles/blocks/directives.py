"""The block that points out an official document."""

from django.utils.functional import cached_property
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from typing_extensions import TypedDict
from wagtail.blocks import CharBlock, PageChooserBlock, StructBlock

from headless.api.fields import PortalPage, describe_page
from headless.content.texts.stream_prefetch import PrefetchedChooserMixin

from .groups import REFERENCES


class PortalDirectiveReference(TypedDict):
    """An official document pointed out in an article; null if it is not public."""

    directive: PortalPage | None
    note: str


class DirectiveChooserBlock(PrefetchedChooserMixin, PageChooserBlock):
    """An official document, read with the other pages a text refers to."""

    @cached_property
    def widget(self):
        """Return the chooser's widget; its views cannot be imported while models are loaded."""
        return import_string("directives.viewsets.directive_chooser").widget_class()

    def get_form_state(self, value):
        return self.widget.get_value_data(value)


class DirectiveBlock(StructBlock):
    """An official document pointed out where the text speaks of it."""

    directive = DirectiveChooserBlock(
        label=_("Official document"), page_type="civic_directives.DirectivePage"
    )
    note = CharBlock(
        label=_("Remark"),
        required=False,
        default="",
        max_length=300,
        help_text=_("Why a reader should open it."),
    )

    class Meta:
        label = _("Official document")
        icon = "doc-full"
        group = REFERENCES
        template = "civic_articles/blocks/directive.html"
        preview_value = {"directive": None, "note": "Quy định mức thu và đối tượng được miễn."}
        description = _("A link to an official document with its number, date and subject.")

    def get_context(self, value, parent_context=None):
        """Adds `directive`: the document for the reader, or None if it is not public."""
        context = super().get_context(value, parent_context)
        page = value["directive"]
        shown = context.get("shown_directives", {})
        context["directive"] = shown.get(page.translation_key) if page else None
        return context

    def get_api_representation(self, value, context=None) -> PortalDirectiveReference:
        shown = (context or {}).get("shown_directives", {})
        page = value["directive"] and shown.get(value["directive"].translation_key)
        return {"directive": describe_page(page) if page else None, "note": value["note"] or ""}
