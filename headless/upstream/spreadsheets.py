"""
Exports of Wagtail 8.0.1 that stop at one control character, and hand formulas to spreadsheets.

openpyxl raises `IllegalCharacterError` for what XML cannot hold, and Wagtail hands it every text as
it is stored; so it does with texts that spreadsheets compute (CSV injection). There is no issue for
either yet.
"""

from wagtail.admin.views.mixins import SpreadsheetExportMixin

from ..content.texts.spreadsheet_cells import safe_cell

preprocess = SpreadsheetExportMixin.preprocess_field_value


def install() -> None:
    """Let every report and listing write cells that a spreadsheet can hold and does not compute."""
    SpreadsheetExportMixin.preprocess_field_value = safe_field_value


def safe_field_value(self, field, value, export_format):
    """Return what is written into a cell."""
    value = preprocess(self, field, value, export_format)
    return safe_cell(value) if isinstance(value, str) else value
