"""
Forms for uploads, which judge what documents hold and store files while they are validated.

A project names them in `WAGTAILDOCS_DOCUMENT_FORM_BASE` and `WAGTAILIMAGES_IMAGE_FORM_BASE`; they
serve the admin and API v3 alike.
"""

import logging
from pathlib import PurePath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from ...conf import conf
from .document_formats import Finding, examine
from .download_names import set_given_name

logger = logging.getLogger(__name__)

REFUSALS = {
    Finding.PROTECTED: _(
        "This %(extension)s file is protected by a password, so that readers could not open it. "
        "Remove the password in the program that made it, then upload the file again."
    ),
    Finding.OTHER: _(
        "This is a %(actual)s file, although its name ends in .%(extension)s. Rename it so that it "
        "ends in .%(actual)s, or save it as %(extension)s, then upload it again."
    ),
    Finding.UNREADABLE: _(
        "The content of this file is not %(extension)s: it is damaged, or was made by renaming "
        "another file. Open it in its program, save it as %(extension)s, then upload it again."
    ),
}


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

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            self.fields["file"].error_messages["invalid_image_known_format"] = _(
                "This is a picture of the format %(image_format)s, although its name ends in "
                ".%(extension)s. Rename it so that it ends in .%(image_format)s, then upload it "
                "again."
            )


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
        self._check_format(file)
        return file

    def _check_format(self, file):
        """Raise `ValidationError` unless the file is of the allowed format that its name says."""
        extension = PurePath(file.name).suffix[1:].lower()
        allowed = getattr(settings, "WAGTAILDOCS_EXTENSIONS", None)
        facts = {
            "extension": extension.upper(),
            "allowed": ", ".join(each.upper() for each in allowed or ()),
        }
        if allowed and not extension:
            raise ValidationError(
                _(
                    "The name of this file does not end in a format, as in “form.pdf”. Rename it, "
                    "then upload it again. Possible formats: %(allowed)s."
                )
                % facts
            )
        if allowed and extension not in allowed:
            raise ValidationError(
                _(
                    "Files of the format %(extension)s cannot be uploaded here. "
                    "Possible formats: %(allowed)s."
                )
                % facts
            )
        file.seek(0)
        finding, actual = examine(file, extension)
        file.seek(0)
        if finding == Finding.OTHER and allowed and actual not in allowed:
            finding = Finding.UNREADABLE
        if finding != Finding.GENUINE:
            raise ValidationError(REFUSALS[finding] % (facts | {"actual": actual.upper()}))

    def _update_errors(self, errors):
        """Say why a file was refused, and not also that the model, without it, misses its format."""
        if "file" in self.errors:
            errors.error_dict.pop("file", None)
        super()._update_errors(errors)
