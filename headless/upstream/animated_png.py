"""
Read animated PNG images, of which the first picture is shown.

Willow 1.12 asks `filetype`, which tells `apng` from `png`, and knows no class of that name: the file
is refused as no valid image (https://github.com/wagtail/Willow/issues/79).
"""

from willow.image import INITIAL_IMAGE_CLASSES, PNGImageFile


def install() -> None:
    """Register the class of PNG images for animated ones."""
    INITIAL_IMAGE_CLASSES.setdefault("apng", PNGImageFile)
