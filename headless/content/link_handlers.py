"""What becomes of links in a rich text: to pages that readers may see, and to files."""

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
    """The ids that links name, None for what cannot be one."""
    ids = [str(attrs.get("id", "")) for attrs in attrs_list]
    return [int(pk) if pk.isdecimal() and len(pk) < 19 else None for pk in ids]


class PublishedPageLinkHandler(PageLinkHandler):
    """A link to a page that readers may see, in their language; the words alone to any other."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        ids = _ids(attrs_list)
        look_up = here.pages if (here := current_prefetch()) else pages_with_translations
        pages = look_up(set(ids) - {None})
        shown = [pages.get(pk, (None, None))[1] for pk in ids]
        urls = [page.url if page else None for page in shown]
        return [f'<a href="{escape(url)}">' if url else "<a>" for url in urls]


class PublicDocumentLinkHandler(DocumentLinkHandler):
    """
    A link to a file that anybody may download, looked up with those of the other texts of a page;
    the words alone to any other, whose address tells its name.
    """

    @classmethod
    def get_many(cls, attrs_list: list[dict]) -> list:
        ids, model = _ids(attrs_list), cls.get_model()
        wanted = set(ids) - {None}
        found = here.files(model, wanted) if (here := current_prefetch()) else _files(wanted)
        files = [found.get(pk) for pk in ids]
        return [file if file and not file.is_restricted else None for file in files]


def _files(ids) -> dict:
    return documents_with_restriction().in_bulk(ids) if ids else {}


class EditedPageLinkHandler(PageLinkElementHandler):
    """
    A link to a page in the editor's form; one that names none is a server error in Wagtail 8.

    The address of a page that the editor may not be told of is left out.
    """

    def get_attribute_data(self, attrs):
        [pk] = _ids([attrs])
        if not pk:
            return {"url": ""}
        if _is_hidden(Page, pk):
            return {"id": pk, "url": None, "parentId": None}
        return super().get_attribute_data({"id": pk})


class EditedDocumentLinkHandler(DocumentLinkElementHandler):
    """A link to a file in the editor's form, without the name of one they may not be told of."""

    def get_attribute_data(self, attrs):
        [pk] = _ids([attrs])
        hidden = pk and _is_hidden(get_document_model(), pk)
        return {"id": pk} if hidden else super().get_attribute_data(attrs)


class EditedImageHandler(ImageElementHandler):
    """An image in the editor's form, without the address of one they may not be told of."""

    def create_entity(self, name, attrs, state, contentstate):
        entity = super().create_entity(name, attrs, state, contentstate)
        [pk] = _ids([attrs])
        if pk and _is_hidden(get_image_model(), pk):
            entity.data["src"] = ""
        return entity


def _is_hidden(model, pk) -> bool:
    """Whether the row is there, and the editor whose form is rendered may not be told of it."""
    viewer, found = current_viewer(), model.objects.filter(pk=pk).first()
    return bool(viewer and found) and not viewer.may_see_object(found)
