"""
Store files of any name.

`Storage.get_available_name` of Django 5.2 takes all after the first dot for the extension and
refuses, with a bare 400, to shorten a long name with an early dot:
https://code.djangoproject.com/ticket/35818. It counts characters where file systems count bytes,
and `get_valid_name` leaves nothing but the extension of a name of mere symbols, or refuses it (no
issue yet).

`UploadedFile` keeps spaces and dots at the end of a name, which Windows and some browsers drop when a
file is saved: “van-ban.pdf ” would then have the extension “pdf ” (no issue yet).
"""

import os
import re
import unicodedata
from functools import wraps

from django.core.files.storage import Storage
from django.core.files.uploadedfile import UploadedFile

from ..content.texts.text_normalisation import is_visible

# What a file system takes for one name, and what is kept free for “_” and seven letters.
MAX_BYTES = 255
SUFFIX_LENGTH = 8


def install() -> None:
    """Replace the methods at fault; to be called once, from `AppConfig.ready`."""
    Storage.get_valid_name = _valid(Storage.get_valid_name)
    Storage.get_available_name = _shortened(Storage.get_available_name)
    UploadedFile._set_name = _trimmed(UploadedFile._set_name)
    UploadedFile.name = property(UploadedFile._get_name, UploadedFile._set_name)


def _trimmed(stock):
    @wraps(stock)
    def set_name(self, name):
        stock(self, name and (_without_unseen_end(str(name)) or name))

    return set_name


def _without_unseen_end(name):
    end = len(name)
    while end and (name[end - 1] == "." or not is_visible(name[end - 1])):
        end -= 1
    return name[:end]


def _valid(stock):
    @wraps(stock)
    def get_valid_name(self, name):
        stem, dot, extension = unicodedata.normalize("NFC", str(name)).rpartition(".")
        if not dot:
            stem, extension = extension, ""
        stem = stem if re.search(r"[^\W_]", stem) else "file"
        extension = extension if re.search(r"[^\W_]", extension) else ""
        return stock(self, f"{stem}.{extension}" if extension else stem)

    return get_valid_name


def _shortened(stock):
    @wraps(stock)
    def get_available_name(self, name, max_length=None):
        return stock(self, shorten(str(name), max_length), max_length)

    return get_available_name


def shorten(name: str, max_length: int | None) -> str:
    """
    Return a path whose last part leaves room for the suffix of a second file of that name.

    A path that is short enough is left as it is; of a longer one the stem is cut, and its dots
    become “_”.
    """
    folder, base = os.path.split(name)
    letters = (max_length or 10**6) - len(name) + len(base) - SUFFIX_LENGTH
    size = MAX_BYTES - SUFFIX_LENGTH
    if len(base) <= letters and len(os.fsencode(base)) <= size:
        return name
    stem, extension = os.path.splitext(base)
    if len(extension) > 20:
        stem, extension = base, ""
    stem = stem.replace(".", "_")[: max(1, letters - len(extension))]
    size -= len(os.fsencode(extension))
    stem = os.fsencode(stem)[:size].decode("utf-8", "ignore").rstrip("_- ") or "file"
    return os.path.join(folder, stem + extension)
