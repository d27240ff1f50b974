"""Normalise all stored text: NFC, without characters that XML 1.0 cannot contain."""

import re
import unicodedata
from typing import Any

# Characters outside https://www.w3.org/TR/xml/#charsets; the first group separates words.
SEPARATORS = re.compile("[\x0b\x0c\x1c-\x1f]")
NOT_IN_XML = re.compile("[\x00-\x08\x0e-\x1b\ud800-\udfff\ufffe\uffff]")


def normalise_text(text: str) -> str:
    """
    Return `text` in NFC without the characters that XML 1.0 cannot contain.

    Word and PDF viewers copy a soft line break as U+000B and a page break as U+000C. Feeds and XLSX
    files are XML and cannot be written with them; PostgreSQL refuses NUL and unpaired surrogates.
    Separators become a space, other such characters are dropped.
    """
    text = NOT_IN_XML.sub("", SEPARATORS.sub(" ", text))
    return unicodedata.normalize("NFC", text)


def normalise_data(value: Any) -> Any:
    """Return `value` with every string normalised, in nested lists and dictionaries too."""
    if isinstance(value, str):
        return normalise_text(value)
    if isinstance(value, dict):
        return {normalise_data(name): normalise_data(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [normalise_data(each) for each in value]
    return value
