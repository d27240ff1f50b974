"""
Store the width and height of an image as it is shown, not as its file is turned.

Wagtail 8.0.1 turns renditions by the EXIF orientation of the original, but keeps the measures of
the file as it lies in the database, in both APIs and in the editor for focal points. There is no
issue yet.
"""

import willow
from wagtail.images.models import WagtailImageFieldFile


def install() -> None:
    """Replace the method at fault; to be called once, from `AppConfig.ready`."""
    WagtailImageFieldFile.get_image_dimensions = _get_image_dimensions


def _get_image_dimensions(self):
    close = self.closed
    try:
        self.open()
        image = willow.Image.open(self)
        if image.format_name != "svg":
            image = image.auto_orient()
        return image.get_size()
    finally:
        if close:
            self.close()
        else:
            self.seek(0)
