"""The guard against formulas in exports: what somebody typed is text to a spreadsheet (CSV injection)."""

from .text_normalisation import normalise_text

# What spreadsheets take for the beginning of a formula, the full-width forms too.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe_cell(text: str) -> str:
    """Return `text` as a cell can hold it, with an apostrophe before what would be a formula."""
    text = normalise_text(text)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text
