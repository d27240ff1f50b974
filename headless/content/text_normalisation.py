"""The one form in which text is kept: NFC, without characters that XML 1.0 cannot hold."""

import re
import unicodedata
from typing import Any

# https://www.w3.org/TR/xml/#charsets, and what separates words among it.
SEPARATORS = re.compile("[\x0b\x0c\x1c-\x1f]")
NOT_IN_XML = re.compile("[\x00-\x08\x0e-\x1b\ud800-\udfff\ufffe\uffff]")


def normalise_text(text: str) -> str:
    """
    Return `text` in NFC without the characters that XML 1.0 cannot hold.

    Word and PDF viewers copy a soft line break as U+000B and a page break as U+000C. Feeds and
    XLSX files are XML and cannot be written with them, PostgreSQL refuses NUL and half a pair of
    surrogates. What separates words becomes a space, the rest is dropped.
    """
    text = NOT_IN_XML.sub("", SEPARATORS.sub(" ", text))
    return unicodedata.normalize("NFC", text)


def normalise_data(value: Any) -> Any:
    """Return `value` with every text in it, as deep as lists and dicts are nested, normalised."""
    if isinstance(value, str):
        return normalise_text(value)
    if isinstance(value, dict):
        return {normalise_data(name): normalise_data(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [normalise_data(each) for each in value]
    return value
