"""Blocks of pictures, files and videos."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from typing_extensions import TypedDict
from wagtail.blocks import (
    CharBlock,
    ListBlock,
    StructBlock,
    StructBlockValidationError,
    URLBlock,
)
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from headless.api.fields import PortalFile, PortalImage, describe_file, describe_image
from headless.content.texts.stream_prefetch import PrefetchedChooserMixin
from headless.content.visibility import public_documents_among

from .groups import MEDIA
from .video_players import find_video


class PortalFigure(TypedDict):
    """A picture in an article, with its caption."""

    image: PortalImage | None
    caption: str


class PortalDownload(TypedDict):
    """A file offered in an article; null if not everybody may download it."""

    file: PortalFile | None
    description: str


class PortalVideo(TypedDict):
    """A video on another site: the URLs of its page and, for an inline frame, of its player."""

    url: str
    provider: str
    player: str
    caption: str


class PictureChooserBlock(PrefetchedChooserMixin, ImageChooserBlock):
    """A picture, read with the others of a text."""


class FileChooserBlock(PrefetchedChooserMixin, DocumentChooserBlock):
    """A file, read with the others of a text."""


class FigureBlock(StructBlock):
    """A picture with the text that stands for it and a caption."""

    image = PictureChooserBlock(label=_("Image"))
    alt_text = CharBlock(
        label=_("Alternative text"),
        required=False,
        default="",
        max_length=255,
        help_text=_(
            "Describes the image for readers who cannot see it. Leave empty to use the image's own "
            "description."
        ),
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


class VideoAddressBlock(URLBlock):
    """The address of a video, or the provider's embed code, which is longer and holds it."""

    def __init__(self, *, help_text, max_length=2000, **kwargs):
        super().__init__(**kwargs)
        self.field = forms.CharField(help_text=help_text, max_length=max_length)


class VideoBlock(StructBlock):
    """A video of another site, loaded only when the reader asks for it."""

    url = VideoAddressBlock(
        label=_("Address"),
        help_text=_("The address or embed code of a video on YouTube or Vimeo."),
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
        video = find_video(cleaned["url"])
        if video is None:
            message = _(
                "This is not the address of a video on YouTube or Vimeo. "
                "Open the video there, copy its address and paste it here."
            )
            raise StructBlockValidationError({"url": ValidationError(message)})
        cleaned["url"] = video.page
        return cleaned

    def get_context(self, value, parent_context=None):
        """Adds `video`: what `find_video` returns."""
        context = super().get_context(value, parent_context)
        context["video"] = find_video(value["url"] or "")
        return context

    def get_api_representation(self, value, context=None) -> PortalVideo:
        video = find_video(value["url"] or "")
        return {
            "url": video.page if video else value["url"] or "",
            "provider": video.provider if video else "",
            "player": video.player if video else "",
            "caption": value["caption"] or "",
        }
