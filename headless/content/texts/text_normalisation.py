"""Normalise all stored text: NFC, without characters that XML 1.0 cannot contain."""

import re
import unicodedata
from typing import Any

# Characters outside https://www.w3.org/TR/xml/#charsets; the first group separates words.
SEPARATORS = re.compile("[\x0b\x0c\x1c-\x1f]")
NOT_IN_XML = re.compile("[\x00-\x08\x0e-\x1b\ud800-\udfff\ufffe\uffff]")
# Letters and symbols without a glyph: fillers of Hangul, Khitan and Egyptian, the blank of Braille,
# a note without a head, and the place of an object that was not pasted.
BLANK_LETTERS = frozenset(
    "\u115f\u1160\u2800\u3164\uffa0\ufffc\U00013441\U00013442\U00016fe4\U0001d159"
)
# Reserved by Unicode for characters without a glyph (Default_Ignorable_Code_Point).
RESERVED = re.compile("[\u2065\ufff0-\ufff8\U000e0000-\U000e0fff]")


def normalise_text(text: str) -> str:
    """
    Return `text` in NFC without the characters that XML 1.0 cannot contain.

    Word and PDF viewers copy a soft line break as U+000B and a page break as U+000C. Feeds and XLSX
    files are XML and cannot be written with them; PostgreSQL refuses NUL and unpaired surrogates.
    Separators become a space, other such characters are dropped.
    """
    text = NOT_IN_XML.sub("", SEPARATORS.sub(" ", text))
    return unicodedata.normalize("NFC", text)


def is_visible(character: str) -> bool:
    """
    Return whether a character is seen on its own.

    It is not if it is a space, a control or format character, a mark for another letter, or one of
    the letters without a glyph.
    """
    category = unicodedata.category(character)
    if category[0] in "ZM" or category in {"Cc", "Cf", "Cs"}:
        return False
    return character not in BLANK_LETTERS and not RESERVED.match(character)


def empty_if_invisible(text: str) -> str:
    """Return `text`, or "" if no character of it is visible."""
    return text if any(map(is_visible, text)) else ""


def normalise_data(value: Any) -> Any:
    """Return `value` with every string normalised, in nested lists and dictionaries too."""
    if isinstance(value, str):
        return normalise_text(value)
    if isinstance(value, dict):
        return {normalise_data(name): normalise_data(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [normalise_data(each) for each in value]
    return value
