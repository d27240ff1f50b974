"""Make renditions of images; an image that cannot be rendered is left out instead of an error."""

import logging
from functools import lru_cache

from django.core.files.storage import Storage
from PIL import Image as Picture
from PIL.ExifTags import Base as ExifTag
from wagtail.images.models import AbstractImage, AbstractRendition, SourceImageIOError

logger = logging.getLogger(__name__)

# The EXIF orientations whose picture is shown with its file's width as its height.
TURNED = {5, 6, 7, 8}


def get_renditions(image: AbstractImage | None, *specs: str) -> list[AbstractRendition]:
    """
    Return the renditions of `image` by `specs`, in their order.

    The list is empty without an image, and for one whose file is missing or unreadable, which is
    logged.
    """
    if image is None:
        return []
    try:
        return list(image.get_renditions(*specs).values())
    except SourceImageIOError as error:
        logger.warning("Image %s (%s) cannot be rendered: %s", image.pk, image.file.name, error)
        return []


def display_size(image: AbstractImage) -> tuple[int, int]:
    """
    Return the width and height that `image` is shown with.

    The columns of one that was stored before this package was installed hold those of a file that
    lies on its side. Of a file that cannot be read they are returned as they are.
    """
    stored = image.width, image.height
    return _turned_size(image.file.storage, image.file.name, stored) if image.file else stored


@lru_cache(maxsize=4096)
def _turned_size(storage: Storage, name: str, stored: tuple[int, int]) -> tuple[int, int]:
    """Return `stored` the other way round if it is the size of a file that is shown turned."""
    try:
        with storage.open(name) as file, Picture.open(file) as picture:
            as_stored = picture.size == stored
            turned = picture.getexif().get(ExifTag.Orientation) in TURNED
    # `UnidentifiedImageError`, as of SVG, is an `OSError`.
    except (OSError, SyntaxError, ValueError, Picture.DecompressionBombError):
        return stored
    return stored[::-1] if as_stored and turned else stored
