"""
Forms for uploads, which judge what documents hold and store files while they are validated.

A project names them in `WAGTAILDOCS_DOCUMENT_FORM_BASE` and `WAGTAILIMAGES_IMAGE_FORM_BASE`; they
serve the admin and API v3 alike.
"""

import logging
import zipfile

import filetype
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from ..conf import conf
from .download_names import set_given_name

logger = logging.getLogger(__name__)

# Legacy Office files are OLE containers; current ones are zip archives with a certain entry.
OLE_START = bytes.fromhex("d0cf11e0a1b11ae1")
OLE_EXTENSIONS = {"doc", "xls", "ppt"}
ARCHIVE_ENTRIES = {
    **dict.fromkeys(("docx", "xlsx", "pptx"), "[Content_Types].xml"),
    **dict.fromkeys(("odt", "ods", "odp"), "mimetype"),
}
ARCHIVE_EXTENSIONS = {"zip", *ARCHIVE_ENTRIES}
TEXT_EXTENSIONS = {"txt", "csv"}


class StoreFileOnValidationMixin:
    """
    Store an uploaded file while the form is validated.

    A file that cannot be written, for example because the disk is full, is then a field error
    instead of a server error.
    """

    def _post_clean(self):
        super()._post_clean()
        if self.errors or "file" not in self.changed_data:
            return
        uploaded = self.cleaned_data["file"]
        try:
            self.instance.file.save(uploaded.name, uploaded, save=False)
        except OSError:
            logger.exception("The file %s cannot be stored.", uploaded.name)
            self.add_error(
                "file",
                _("The file could not be stored. Nothing was changed; tell your administrator."),
            )


class CheckedImageForm(StoreFileOnValidationMixin, BaseImageForm):
    """Take an image that could be stored whole."""


class CheckedDocumentForm(StoreFileOnValidationMixin, BaseDocumentForm):
    """Refuse a file that is too large, or that is not what its name says."""

    def _post_clean(self):
        if not self.errors and "file" in self.changed_data:
            set_given_name(self.instance, self.cleaned_data["file"])
        super()._post_clean()

    def clean_file(self):
        """Return the file; raise `ValidationError` for its size or content."""
        file = self.cleaned_data["file"]
        if not file or "file" not in self.changed_data:
            return file
        if file.size > conf.MAX_DOCUMENT_BYTES:
            raise ValidationError(
                _("The file has %(size)s; at most %(limit)s are allowed.")
                % {
                    "size": filesizeformat(file.size),
                    "limit": filesizeformat(conf.MAX_DOCUMENT_BYTES),
                }
            )
        extension = file.name.rpartition(".")[2].lower()
        file.seek(0)
        genuine = content_matches_extension(file, extension)
        file.seek(0)
        if not genuine:
            raise ValidationError(
                _("This is not a %(extension)s file. Save it again in that format and upload it.")
                % {"extension": extension.upper()}
            )
        return file


def content_matches_extension(file, extension: str) -> bool:
    """
    Return whether the content of an open file is of the kind that `extension` promises.

    Of a kind that is not known here it is: `WAGTAILDOCS_EXTENSIONS` says which may be uploaded.
    """
    start = file.read(8192)
    if extension in TEXT_EXTENSIONS:
        return filetype.guess(start) is None and b"\0" not in start
    if extension in OLE_EXTENSIONS:
        return start.startswith(OLE_START)
    if extension == "pdf":
        return b"%PDF-" in start[:1024]
    if extension not in ARCHIVE_EXTENSIONS:
        return True
    if not zipfile.is_zipfile(file):
        return False
    if entry := ARCHIVE_ENTRIES.get(extension):
        with zipfile.ZipFile(file) as archive:
            return entry in archive.namelist()
    return True
