"""
Make Wagtail treat an image that cannot be decoded like one whose file is lost.

Wagtail 8.0.1 raises `SourceImageIOError`, which its template tags, choosers and admin views
expect, only where an original cannot be opened. Whatever Pillow raises for a truncated or damaged
file, and whatever the storage raises when a rendition cannot be written, is a server error in
every page that shows the image: https://github.com/wagtail/wagtail/issues/1354. For a lost file
its tags print a broken `img`, and its image chooser is a server error (no issue yet).
"""

from functools import wraps

from wagtail.images.exceptions import InvalidFilterSpecError, UnknownOutputImageFormatError
from wagtail.images.fields import WagtailImageField
from wagtail.images.models import AbstractImage, AbstractRendition, SourceImageIOError
from wagtail.images.shortcuts import get_rendition_or_not_found
from wagtail.images.views.chooser import ImageChosenResponseMixin
"""
