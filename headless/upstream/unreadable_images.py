"""
Make Wagtail treat an image that cannot be decoded like one whose file is lost.

Wagtail 8.0.1 raises `SourceImageIOError`, which its template tags, choosers and admin views
expect, only where an original cannot be opened. What Pillow raises for a damaged file, and what
the storage raises when a rendition cannot be written, is a server error in every page that shows
the image, and in all forms for uploads: https://github.com/wagtail/wagtail/issues/1354. For a lost
file its tags print a broken `img`, and its image chooser is a server error (no issue yet).
"""

from functools import wraps
from io import BytesIO

from django.core.exceptions import ValidationError
from django.db import OperationalError
from wagtail.images.exceptions import InvalidFilterSpecError, UnknownOutputImageFormatError
from wagtail.images.fields import WagtailImageField
from wagtail.images.models import AbstractImage, AbstractRendition, SourceImageIOError
from wagtail.images.shortcuts import get_rendition_or_not_found
from wagtail.images.views.chooser import ImageChosenResponseMixin

# Faults of templates, not of files.
MISTAKES = (InvalidFilterSpecError, UnknownOutputImageFormatError)


def install() -> None:
    """Replace the methods at fault; to be called once, from `AppConfig.ready`."""
    AbstractImage.generate_rendition_file = _reading(AbstractImage.generate_rendition_file)
    AbstractImage.create_rendition = _writing(AbstractImage.create_rendition)
    AbstractImage.create_renditions = _writing(AbstractImage.create_renditions)
    AbstractRendition.img_tag = _without_lost(AbstractRendition.img_tag)
    WagtailImageField.to_python = _decoding(WagtailImageField.to_python)
    ImageChosenResponseMixin.get_chosen_response_data = _chosen_response_data


def _reading(stock):
    @wraps(stock)
    def generate_rendition_file(self, *args, **kwargs):
        try:
            return stock(self, *args, **kwargs)
        except MISTAKES:
            raise
        except Exception as error:
            # Decoders raise anything: OSError, SyntaxError, struct.error, DecompressionBombError.
            raise SourceImageIOError(f"{type(error).__name__}: {error}") from error

    return generate_rendition_file


def _writing(stock):
    @wraps(stock)
    def create(self, *filters):
        try:
            return stock(self, *filters)
        except (OSError, OperationalError) as error:
            # A full disk, or a database that is locked for long: the page is shown without it.
            raise SourceImageIOError(str(error)) from error

    return create


def _without_lost(stock):
    @wraps(stock)
    def img_tag(self, extra_attributes=None):
        # As `get_rendition_or_not_found` names it.
        return "" if self.file.name == "not-found" else stock(self, extra_attributes)

    return img_tag


def _decoding(stock):
    @wraps(stock)
    def to_python(self, data):
        try:
            uploaded = stock(self, data)
            if uploaded is not None and uploaded.image.format_name != "svg":
                _try(uploaded.image)
        except ValidationError:
            raise
        except Exception as error:
            raise ValidationError(
                self.error_messages["invalid_image"], code="invalid_image"
            ) from error
        return uploaded

    return to_python


def _try(image) -> None:
    """Do with a small copy of `image` what renditions need; raises whatever they would raise."""
    small = image.auto_orient().resize((16, 16))
    small.save_as_webp(BytesIO())
    if small.has_alpha():
        small = small.set_background_color_rgb((255, 255, 255))
    small.save_as_jpeg(BytesIO())


def _chosen_response_data(self, image, preview_image_filter="max-165x165"):
    data = super(ImageChosenResponseMixin, self).get_chosen_response_data(image)
    preview = get_rendition_or_not_found(image, preview_image_filter)
    data["preview"] = {"url": preview.url, "width": preview.width, "height": preview.height}
    data["default_alt_text"] = image.default_alt_text
    return data
