"""The text of an article: the blocks it may consist of."""

from django.utils.module_loading import import_string
from wagtail.blocks import StreamBlock

from directives.models import DirectivePage
from headless.content.texts.stream_prefetch import current_prefetch
from headless.content.translation import published_translations
from headless.content.visibility import public_documents_among

from ..conf import conf
from .directives import DirectiveBlock
from .media import DownloadBlock, FigureBlock, GalleryBlock, VideoBlock
from .prose import CalloutBlock, HeadingBlock, ParagraphBlock, QuoteBlock
from .tables import TranslatableTableBlock


def project_blocks() -> list:
    """The blocks that a project adds to an article's text (`CIVIC_PORTAL_ARTICLE_BLOCKS`)."""
    return [(name, import_string(path)()) for name, path in conf.ARTICLE_BLOCKS.items()]


class ArticleBodyBlock(StreamBlock):
    """The text of an article."""

    heading = HeadingBlock()
    paragraph = ParagraphBlock(
        features=["h4", "bold", "italic", "ol", "ul", "link", "document-link", "superscript"]
    )
    image = FigureBlock()
    gallery = GalleryBlock()
    quote = QuoteBlock()
    download = DownloadBlock()
    table = TranslatableTableBlock()
    embed = VideoBlock()
    directive = DirectiveBlock()
    callout = CalloutBlock()

    class Meta:
        template = "civic_articles/blocks/body.html"

    def get_context(self, value, parent_context=None):
        """
        Adds, for all blocks in few queries, `shown_directives` (official documents by translation
        key) and `public_documents` (files by id).
        """
        context = super().get_context(value, parent_context)
        shown = [page.pk for page in published_translations(self._directives(value))]
        rows = DirectivePage.objects.for_list().in_bulk(shown)
        context["shown_directives"] = {page.translation_key: page for page in rows.values()}
        context["public_documents"] = self._public_files(value)
        return context

    def get_api_representation(self, value, context=None):
        page = (context or {}).get("page")
        pages, here = self._directives(value), current_prefetch()
        if here:
            found = here.pages([directive.pk for directive in pages]).values()
            shown = [directive for _page, directive in found if directive]
        else:
            shown = published_translations(pages, page and page.locale_id)
        shown = {directive.translation_key: directive for directive in shown}
        context = {**(context or {}), "shown_directives": shown}
        context["public_documents"] = self._public_files(value)
        return super().get_api_representation(value, context)

    def _public_files(self, value):
        files = [child.value["document"] for child in value if child.block_type == "download"]
        return public_documents_among([file for file in files if file])

    def _directives(self, value):
        pages = [child.value["directive"] for child in value if child.block_type == "directive"]
        return [page for page in pages if page]
