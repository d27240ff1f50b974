import copy
import hashlib
from typing import Literal

from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from typing_extensions import TypedDict
from wagtail.blocks import (
    CharBlock,
    ChoiceBlock,
    ListBlock,
    PageChooserBlock,
    RichTextBlock,
    StreamBlock,
    StructBlock,
    StructBlockValidationError,
    TextBlock,
    URLBlock,
)
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail_localize.segments import StringSegmentValue

from directives.models import DirectivePage
from headless.api.fields import (
    PortalFile,
    PortalImage,
    PortalPage,
    describe_file,
    describe_image,
    describe_page,
)
from headless.content.rich_text import public_rich_text, render_block_for_display
from headless.content.stream_prefetch import PrefetchedChooserMixin, current_prefetch
from headless.content.translation import published_translations
from headless.content.visibility import public_documents_among

from .conf import conf
from .tables import MAX_CELLS, MAX_COLUMNS, normalise_table, render_table
from .videos import player

TEXT = _("Prose")
MEDIA = _("Pictures and files")
REFERENCES = _("References")


class PortalHeading(TypedDict):
    """A heading in an article."""

    text: str
    level: Literal["h2", "h3"]


class PortalQuote(TypedDict):
    """What somebody said; `attribution` tells who, if it is known."""

    text: str
    attribution: str


class PortalFigure(TypedDict):
    """A picture in an article, with its caption."""

    image: PortalImage | None
    caption: str


class PortalDownload(TypedDict):
    """A file offered in an article; null if not everybody may download it."""

    file: PortalFile | None
    description: str


class PortalTable(TypedDict):
    """A table in an article, row by row."""

    caption: str
    first_row_is_header: bool
    first_column_is_header: bool
    rows: list[list[str | None]]


class PortalVideo(TypedDict):
    """A video on another site; `player` is the address for an inline frame."""

    url: str
    provider: str
    player: str
    caption: str


class PortalDirectiveReference(TypedDict):
    """An official document pointed out in an article; null if it is not public."""

    directive: PortalPage | None
    note: str


class PortalCallout(TypedDict):
    """A message set apart in an article."""

    kind: Literal["note", "warning", "deadline"]
    title: str
    text: str


def _known(block, name, value):
    """A choice as a client knows it: one that is no longer offered is the usual one."""
    child = block.child_blocks[name]
    offered = [each for each, _label in child.field.choices if each]
    return value if value in offered else child.get_default()


class PictureChooserBlock(PrefetchedChooserMixin, ImageChooserBlock):
    """A picture, read with the others of a text."""


class FileChooserBlock(PrefetchedChooserMixin, DocumentChooserBlock):
    """A file, read with the others of a text."""


class DirectiveChooserBlock(PrefetchedChooserMixin, PageChooserBlock):
    """An official document, read with the other pages a text refers to."""


class HeadingBlock(StructBlock):
    """A heading inside an article."""

    text = CharBlock(label=_("Text"), max_length=200)
    level = ChoiceBlock(
        label=_("Level"),
        choices=[("h2", _("Section")), ("h3", _("Part of a section"))],
        default="h2",
    )

    class Meta:
        label = _("Heading")
        icon = "h2"
        group = TEXT
        template = "civic_articles/blocks/heading.html"
        preview_value = {"text": "Đăng ký bảo hiểm y tế tại phường", "level": "h2"}
        description = _("A heading that divides the text.")

    def get_api_representation(self, value, context=None) -> PortalHeading:
        return {"text": value["text"] or "", "level": _known(self, "level", value["level"])}


class ParagraphBlock(RichTextBlock):
    """Running text with simple formatting."""

    def get_api_representation(self, value, context=None) -> str:
        text = super().get_api_representation(public_rich_text(value, context), context)
        return render_block_for_display(text, context)

    class Meta:
        label = _("Paragraph")
        icon = "pilcrow"
        group = TEXT
        template = "civic_articles/blocks/paragraph.html"
        preview_value = (
            "<p>Từ thứ Hai, bộ phận một cửa làm việc <b>từ 7 giờ 30</b> đến 17 giờ, "
            "kể cả sáng thứ Bảy.</p>"
        )
        description = _("One or more paragraphs, with lists and links.")


class FigureBlock(StructBlock):
    """A picture with the text that stands for it and a caption."""

    image = PictureChooserBlock(label=_("Image"))
    alt_text = CharBlock(
        label=_("Alternative text"),
        required=False,
        default="",
        max_length=255,
        help_text=_("For those who cannot see it. Left empty, the image's description serves."),
    )
    caption = CharBlock(label=_("Caption"), required=False, default="", max_length=300)

    class Meta:
        label = _("Image")
        icon = "image"
        group = MEDIA
        template = "civic_articles/blocks/image.html"
        preview_value = {"image": None, "alt_text": "", "caption": "Cầu Bến Ngà lúc bình minh."}
        description = _("A picture across the column, with a caption.")

    def get_api_representation(self, value, context=None) -> PortalFigure:
        image = value["image"]
        return {
            "image": describe_image(image, value["alt_text"]),
            "caption": value["caption"] or "",
        }


class GalleryBlock(ListBlock):
    """Several pictures side by side."""

    def __init__(self, **kwargs):
        kwargs.setdefault("min_num", 2)
        kwargs.setdefault("max_num", 24)
        super().__init__(FigureBlock(), **kwargs)

    class Meta:
        label = _("Gallery")
        icon = "grid"
        group = MEDIA
        template = "civic_articles/blocks/gallery.html"
        preview_value = [{"image": None, "alt_text": "", "caption": "Chợ Bến Ngà."}] * 2
        description = _("Two or more pictures side by side.")


class QuoteBlock(StructBlock):
    """What somebody said."""

    text = TextBlock(label=_("Quotation"), max_length=1000)
    attribution = CharBlock(label=_("Who said it"), required=False, default="", max_length=200)

    class Meta:
        label = _("Quotation")
        icon = "openquote"
        group = TEXT
        template = "civic_articles/blocks/quote.html"
        preview_value = {
            "text": "Con đường mới giúp các cháu đi học an toàn hơn.",
            "attribution": "Một phụ huynh ở khu phố 3",
        }
        description = _("Words of a person, set apart from the text.")

    def get_api_representation(self, value, context=None) -> PortalQuote:
        return {"text": value["text"] or "", "attribution": value["attribution"] or ""}


class DownloadBlock(StructBlock):
    """A file to take home."""

    document = FileChooserBlock(label=_("File"))
    description = CharBlock(label=_("Description"), required=False, default="", max_length=300)

    class Meta:
        label = _("File")
        icon = "download"
        group = MEDIA
        template = "civic_articles/blocks/download.html"
        preview_value = {"document": None, "description": "Tờ khai đăng ký, mẫu số 01."}
        description = _("A file with its type and size.")

    def get_context(self, value, parent_context=None):
        """Adds `document`: the file, or None if not everybody may download it."""
        context = super().get_context(value, parent_context)
        document = value["document"]
        shown = context.get("public_documents")
        if document and shown is None:
            shown = public_documents_among([document])
        context["document"] = shown.get(document.pk) if document else None
        return context

    def get_api_representation(self, value, context=None) -> PortalDownload:
        shown = (context or {}).get("public_documents", {})
        document = value["document"] and shown.get(value["document"].pk)
        return {
            "file": describe_file(document) if document else None,
            "description": value["description"] or "",
        }


class TranslatableTableBlock(TableBlock):
    """A table whose caption and cells can be translated one by one."""

    class Meta:
        label = _("Table")
        icon = "table"
        group = TEXT
        template = "civic_articles/blocks/table.html"
        preview_value = {
            "data": [["Thứ", "Giờ thu gom"], ["Thứ Hai", "18:00"], ["Thứ Năm", "18:00"]],
            "cell": [],
            "first_row_is_table_header": True,
            "first_col_is_header": False,
            "table_header_choice": "row",
            "table_caption": "Lịch thu gom rác",
        }
        description = _("Figures or times in rows and columns.")

    def to_python(self, value):
        return super().to_python(normalise_table(value))

    def normalize(self, value):
        return super().normalize(normalise_table(value))

    def value_from_form(self, value):
        return normalise_table(super().value_from_form(value))

    def clean(self, value):
        rows = value["data"] if value else []
        columns = max(map(len, rows), default=0)
        if columns > MAX_COLUMNS:
            raise ValidationError(
                _("This table has %(columns)d columns; at most %(limit)d can be shown in a page.")
                % {"columns": columns, "limit": MAX_COLUMNS}
            )
        if len(rows) * columns > MAX_CELLS:
            raise ValidationError(
                _(
                    "This table has %(cells)d cells; at most %(limit)d can be shown in a page. "
                    "Divide it, or offer it as a file."
                )
                % {"cells": len(rows) * columns, "limit": MAX_CELLS}
            )
        return super().clean(value)

    def render(self, value, context=None):
        if not value:
            return ""
        table = {"table_caption": value["table_caption"], "table": render_table(value)}
        return render_to_string(self.meta.template, {**(context or {}), **table})

    def get_api_representation(self, value, context=None) -> PortalTable:
        value = value or {}
        return {
            "caption": value.get("table_caption") or "",
            "first_row_is_header": bool(value.get("first_row_is_table_header")),
            "first_column_is_header": bool(value.get("first_col_is_header")),
            "rows": value.get("data", []),
        }

    # wagtail-localize calls the next two by name. A text's hash is its path, so that a cell keeps
    # its translation when rows move.
    def get_translatable_segments(self, value):
        return [StringSegmentValue(self._path(text), text) for text in self._texts(value)]

    def restore_translated_segments(self, value, segments):
        translations = {segment.path: segment.render_text() for segment in segments}
        value = copy.deepcopy(value)

        def translated(cell):
            return translations.get(self._path(cell), cell) if isinstance(cell, str) else cell

        value["data"] = [[translated(cell) for cell in row] for row in value["data"]]
        value["table_caption"] = translated(value.get("table_caption"))
        return value

    def _texts(self, value):
        value = value or {}
        cells = [cell for row in value.get("data") or [] for cell in row]
        texts = [value.get("table_caption"), *cells]
        return list(dict.fromkeys(t for t in texts if isinstance(t, str) and t.strip()))

    def _path(self, text):
        return "c" + hashlib.sha256(text.encode()).hexdigest()[:16]


class VideoBlock(StructBlock):
    """A video of another site, loaded only when the reader asks for it."""

    url = URLBlock(
        label=_("Address"),
        help_text=_("The address of a video on YouTube or Vimeo."),
        max_length=300,
    )
    caption = CharBlock(label=_("Caption"), required=False, default="", max_length=300)

    class Meta:
        label = _("Video")
        icon = "media"
        group = MEDIA
        template = "civic_articles/blocks/embed.html"
        preview_value = {
            "url": "https://www.youtube.com/watch?v=aqz-KE-bpKQ",
            "caption": "Hướng dẫn nộp hồ sơ trực tuyến.",
        }
        description = _("A video of YouTube or Vimeo; nothing is loaded before the reader asks.")

    def clean(self, value):
        cleaned = super().clean(value)
        if player(cleaned["url"]) is None:
            message = _("This is not the address of a video on YouTube or Vimeo.")
            raise StructBlockValidationError({"url": ValidationError(message)})
        return cleaned

    def get_context(self, value, parent_context=None):
        """Adds `provider` (the name of the video's site) and `player` (its player's address)."""
        context = super().get_context(value, parent_context)
        context["provider"], context["player"] = player(value["url"] or "") or ("", "")
        return context

    def get_api_representation(self, value, context=None) -> PortalVideo:
        provider, address = player(value["url"] or "") or ("", "")
        return {
            "url": value["url"] or "",
            "provider": provider,
            "player": address,
            "caption": value["caption"] or "",
        }


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


class CalloutBlock(StructBlock):
    """A message that must not be overlooked."""

    kind = ChoiceBlock(
        label=_("Kind"),
        choices=[
            ("note", _("Note")),
            ("warning", _("Warning")),
            ("deadline", _("Deadline")),
        ],
        default="note",
    )
    title = CharBlock(label=_("Title"), required=False, default="", max_length=150)
    text = RichTextBlock(label=_("Text"), features=["bold", "italic", "link", "ol", "ul"])

    class Meta:
        label = _("Call-out")
        icon = "warning"
        group = TEXT
        template = "civic_articles/blocks/callout.html"
        preview_value = {
            "kind": "deadline",
            "title": "Hạn cuối",
            "text": "<p>Nộp hồ sơ trước 17 giờ ngày 30/11.</p>",
        }
        description = _("A note, a warning or a deadline in a box.")

    def get_api_representation(self, value, context=None) -> PortalCallout:
        text = public_rich_text(value["text"], context)
        text = self.child_blocks["text"].get_api_representation(text, context)
        return {
            "kind": _known(self, "kind", value["kind"]),
            "title": value["title"] or "",
            "text": render_block_for_display(text or "", context),
        }


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
