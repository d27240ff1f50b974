"""Render links in rich text without revealing drafts, restricted pages or restricted files."""

from django.utils.html import escape
from wagtail.admin.rich_text.converters.html_to_contentstate import PageLinkElementHandler
from wagtail.documents import get_document_model
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.documents.rich_text.contentstate import DocumentLinkElementHandler
from wagtail.images import get_image_model
from wagtail.images.rich_text.contentstate import ImageElementHandler
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from .admin_visibility import current_viewer
from .stream_prefetch import current_prefetch
from .translation import pages_with_translations
from .visibility import documents_with_restriction


def _ids(attrs_list) -> list[int | None]:
    """Return the ids that links contain, None for each that cannot be a primary key."""
    ids = [str(attrs.get("id", "")) for attrs in attrs_list]
    return [int(pk) if pk.isdecimal() and len(pk) < 19 else None for pk in ids]


class PublishedPageLinkHandler(PageLinkHandler):
    """Link to the published translation of a page; print only the link text for any other page."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        ids = _ids(attrs_list)
        prefetched = current_prefetch()
        look_up = prefetched.pages if prefetched else pages_with_translations
        pages = look_up(set(ids) - {None})
        shown = [pages.get(pk, (None, None))[1] for pk in ids]
        urls = [page.url if page else None for page in shown]
        return [f'<a href="{escape(url)}">' if url else "<a>" for url in urls]


class PublicDocumentLinkHandler(DocumentLinkHandler):
    """
    Link to a document that everybody may download; print only the link text for any other.

    The URL of a restricted document would reveal its filename. Documents are prefetched with those
    of the other texts of a page.
    """

    @classmethod
    def get_many(cls, attrs_list: list[dict]) -> list:
        ids, model = _ids(attrs_list), cls.get_model()
        wanted = set(ids) - {None}
        prefetched = current_prefetch()
        found = prefetched.files(model, wanted) if prefetched else _files(wanted)
        files = [found.get(pk) for pk in ids]
        return [file if file and not file.is_restricted else None for file in files]


def _files(ids) -> dict:
    return documents_with_restriction().in_bulk(ids) if ids else {}


class EditedPageLinkHandler(PageLinkElementHandler):
    """
    A page link in the editor's form, without the URL of a page hidden from the editor.

    A link without an id is a server error in Wagtail 8.
    """

    def get_attribute_data(self, attrs):
        [pk] = _ids([attrs])
        if not pk:
            return {"url": ""}
        if _is_hidden(Page, pk):
            return {"id": pk, "url": None, "parentId": None}
        return super().get_attribute_data({"id": pk})


class EditedDocumentLinkHandler(DocumentLinkElementHandler):
    """A document link in the editor's form, without the filename of one hidden from the editor."""

    def get_attribute_data(self, attrs):
        [pk] = _ids([attrs])
        hidden = pk and _is_hidden(get_document_model(), pk)
        return {"id": pk} if hidden else super().get_attribute_data(attrs)


class EditedImageHandler(ImageElementHandler):
    """An image in the editor's form, without the URL of one hidden from the editor."""

    def create_entity(self, name, attrs, state, contentstate):
        entity = super().create_entity(name, attrs, state, contentstate)
        [pk] = _ids([attrs])
        if pk and _is_hidden(get_image_model(), pk):
            entity.data["src"] = ""
        return entity


def _is_hidden(model, pk) -> bool:
    """Return whether the object exists but must be hidden from the current viewer."""
    viewer, found = current_viewer(), model.objects.filter(pk=pk).first()
    return bool(viewer and found) and not viewer.may_see_object(found)
