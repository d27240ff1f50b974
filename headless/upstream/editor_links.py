"""
Links and images in the texts of a form of the editor.

Wagtail 8.0.1 answers a form with a server error if a link or an image in a rich text of it names no
row, as imports and pasted texts leave them (https://github.com/wagtail/wagtail/issues/13815 is a case
of that); and it tells the address of a page, the name of a file and the address of an image to editors
who may not see them, for which there is no issue yet.
"""

from wagtail import hooks
from wagtail.admin.rich_text.converters.html_to_contentstate import PageLinkElementHandler
from wagtail.documents import get_document_model
from wagtail.documents.rich_text.contentstate import DocumentLinkElementHandler
from wagtail.images import get_image_model
from wagtail.images.formats import get_image_formats
from wagtail.images.rich_text.contentstate import ImageElementHandler
from wagtail.models import Page

from ..content.admin.viewers import current_viewer
from ..content.links.link_handlers import ids_in


def install() -> None:
    """Replace the handlers of links and images after Wagtail has registered its own."""
    hooks.register("register_rich_text_features", replace_handlers, order=10)


def replace_handlers(features) -> None:
    """Register ours in their place; receives `register_rich_text_features`."""
    for feature, element, handler in (
        ("link", 'a[linktype="page"]', EditedPageLinkHandler("LINK")),
        ("document-link", 'a[linktype="document"]', EditedDocumentLinkHandler("DOCUMENT")),
        ("image", 'embed[embedtype="image"]', EditedImageHandler()),
    ):
        rule = features.converter_rules_by_converter["contentstate"][feature]
        rules = rule["from_database_format"] | {element: handler}
        rule = rule | {"from_database_format": rules}
        features.register_converter_rule("contentstate", feature, rule)


class EditedPageLinkHandler(PageLinkElementHandler):
    """
    A link to a page in the editor's form, also one that names none.

    The address of a page that the editor may not be told of is left out.
    """

    def get_attribute_data(self, attrs):
        [pk] = ids_in([attrs])
        if not pk:
            return {"url": ""}
        if _is_hidden(Page, pk):
            return {"id": pk, "url": None, "parentId": None}
        return super().get_attribute_data({"id": pk})


class EditedDocumentLinkHandler(DocumentLinkElementHandler):
    """A link to a file in the editor's form, without the name of one they may not be told of."""

    def get_attribute_data(self, attrs):
        [pk] = ids_in([attrs])
        hidden = pk and _is_hidden(get_document_model(), pk)
        return {"id": pk} if hidden else super().get_attribute_data(attrs)


class EditedImageHandler(ImageElementHandler):
    """
    An image in the editor's form, also one that names none or has no known format.

    The address of an image that the editor may not be told of is left out.
    """

    def create_entity(self, name, attrs, state, contentstate):
        [pk] = ids_in([attrs])
        known = {image_format.name for image_format in get_image_formats()}
        shape = attrs.get("format") if attrs.get("format") in known else min(known)
        attrs = {**attrs, "id": pk or 0, "format": shape}
        entity = super().create_entity(name, attrs, state, contentstate)
        if pk and _is_hidden(get_image_model(), pk):
            entity.data["src"] = ""
        return entity


def _is_hidden(model, pk) -> bool:
    """Whether the row is there, and the editor whose form is rendered may not be told of it."""
    viewer, found = current_viewer(), model.objects.filter(pk=pk).first()
    return bool(viewer and found) and not viewer.may_see_object(found)
