"""
Exports of Wagtail 8.0.1 that stop at one control character.

openpyxl raises `IllegalCharacterError` for what XML cannot hold, and Wagtail hands it every text as
it is stored. There is no issue for it yet.
"""

from wagtail.admin.views.mixins import SpreadsheetExportMixin

from ..content.text_normalisation import normalise_text

preprocess = SpreadsheetExportMixin.preprocess_field_value


def install() -> None:
    """Leave out of the cells of every report and listing what a spreadsheet cannot hold."""
    SpreadsheetExportMixin.preprocess_field_value = normalised_field_value


def normalised_field_value(self, field, value, export_format):
    """Return what is written into a cell."""
    value = preprocess(self, field, value, export_format)
    return normalise_text(value) if isinstance(value, str) else value
