"""
Leave no part of a file behind that could not be written whole.

Where the disk is full, `FileSystemStorage` of Django 5.2 raises and leaves a file of 0 bytes or
more in its place (no issue yet).
"""

import os
from functools import wraps

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage


def install() -> None:
    """Replace the method at fault; to be called once, from `AppConfig.ready`."""
    FileSystemStorage._save = _whole_or_not(FileSystemStorage._save)


def _whole_or_not(stock):
    @wraps(stock)
    def _save(self, name, content):
        # An empty file first: it settles the name between two processes, so what is removed below
        # is nobody else's.
        saved = stock(self, name, ContentFile(b""))
        path = self.path(saved)
        try:
            with open(path, "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk.encode() if isinstance(chunk, str) else chunk)
        except BaseException:
            os.unlink(path)
            raise
        return saved

    return _save
