"""
Take JPEG images under all names that programs give them.

Browsers on Windows save JPEG images as `.jfif`; `.jpe` and `.pjpeg` are older names. Of a file whose
format is JPEG, `WagtailImageField` of Wagtail 8.0.1 knows the extensions `jpg` and `jpeg` only, also
where `WAGTAILIMAGES_EXTENSIONS` names more (no issue yet).
"""

from functools import wraps
from pathlib import PurePath

from wagtail.images.fields import WagtailImageField

NAMES = {".jfif", ".jfi", ".jif", ".jpe", ".pjpeg", ".pjp"}


def install() -> None:
    """Replace the method at fault; to be called once, from `AppConfig.ready`."""
    WagtailImageField.to_python = _named_jpg(WagtailImageField.to_python)


def _named_jpg(stock):
    @wraps(stock)
    def to_python(self, data):
        name = PurePath(getattr(data, "name", None) or "")
        if name.suffix.lower() in NAMES:
            # Stored under this name too, for servers that know no other of its media type.
            data.name = f"{name.stem}.jpg"
        return stock(self, data)

    return to_python
