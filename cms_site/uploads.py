"""Which files may be uploaded as documents."""

import filetype
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm

# Kinds whose first bytes tell what they are; office files of today are zip archives.
SIGNATURES = {
    "pdf": {"pdf"},
    "zip": {"zip"},
    **dict.fromkeys(("docx", "xlsx", "pptx", "odt", "ods", "odp"), {"zip"}),
}


class CheckedDocumentForm(BaseDocumentForm):
    """Refuses a file that is too large, or that is not what its name says."""

    def clean_file(self):
        file = self.cleaned_data["file"]
        if not file or "file" not in self.changed_data:
            return file
        if file.size > settings.MAX_DOCUMENT_BYTES:
            raise ValidationError(
                _("The file has %(size)s; at most %(limit)s are allowed.")
                % {
                    "size": filesizeformat(file.size),
                    "limit": filesizeformat(settings.MAX_DOCUMENT_BYTES),
                }
            )
        extension = file.name.rpartition(".")[2].lower()
        file.seek(0)
        start = file.read(8192)
        file.seek(0)
        guessed = filetype.guess(start)
        kind = guessed.extension if guessed else ""
        # An archive that holds an office file is recognised as that.
        kinds = {kind, "zip" if start[:4] == b"PK\x03\x04" else kind}
        wanted = SIGNATURES.get(extension)
        disguised = extension in {"txt", "csv"} and (kind or b"\0" in start)
        if disguised or (wanted and not wanted & kinds):
            raise ValidationError(
                _("This is not a %(extension)s file. Save it again in that format and upload it.")
                % {"extension": extension.upper()}
            )
        return file
