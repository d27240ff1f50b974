"""What readers see of links in a rich text: to pages that they may see, and to files."""

from django.utils.html import escape
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.rich_text.pages import PageLinkHandler

from ..texts.stream_prefetch import current_prefetch
from ..translation import pages_with_translations
from ..visibility import documents_with_restriction


def ids_in(attrs_list) -> list[int | None]:
    """Return the ids that links name, None for what cannot be one."""
    ids = [str(attrs.get("id", "")) for attrs in attrs_list]
    return [int(pk) if pk.isdecimal() and len(pk) < 19 else None for pk in ids]


class PublishedPageLinkHandler(PageLinkHandler):
    """Link to the published translation of a page; print only the link text for any other page."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        ids = ids_in(attrs_list)
        look_up = here.pages if (here := current_prefetch()) else pages_with_translations
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
        ids, model = ids_in(attrs_list), cls.get_model()
        wanted = set(ids) - {None}
        prefetched = current_prefetch()
        found = prefetched.files(model, wanted) if prefetched else _files(wanted)
        files = [found.get(pk) for pk in ids]
        return [file if file and not file.is_restricted else None for file in files]


def _files(ids) -> dict:
    return documents_with_restriction().in_bulk(ids) if ids else {}
