"""Blocks of an article's prose: headings, paragraphs, quotations, call-outs."""

from typing import Literal

from django.utils.translation import gettext_lazy as _
from typing_extensions import TypedDict
from wagtail.blocks import (
    CharBlock,
    ChoiceBlock,
    RichTextBlock,
    StructBlock,
    TextBlock,
)

from headless.content.texts.rich_text import public_rich_text, render_block_for_display

from .groups import TEXT


class PortalHeading(TypedDict):
    """A heading in an article."""

    text: str
    level: Literal["h2", "h3"]


class PortalQuote(TypedDict):
    """What somebody said; `attribution` tells who, if it is known."""

    text: str
    attribution: str


class PortalCallout(TypedDict):
    """A message set apart in an article."""

    kind: Literal["note", "warning", "deadline"]
    title: str
    text: str


def _offered(block, name, value):
    """Return a choice as clients know it: the default for one that is no longer offered."""
    child = block.child_blocks[name]
    offered = [each for each, _label in child.field.choices if each]
    return value if value in offered else child.get_default()


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
        return {"text": value["text"] or "", "level": _offered(self, "level", value["level"])}


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
            "kind": _offered(self, "kind", value["kind"]),
            "title": value["title"] or "",
            "text": render_block_for_display(text or "", context),
        }
