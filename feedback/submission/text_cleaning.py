"""Sanitise readers' text: no invisible or bidirectional control characters, few combining marks."""

import re
import unicodedata

from headless.content.texts.text_normalisation import BLANK_LETTERS, is_visible

# Joins the parts of an emoji; all other format characters only deceive.
JOINER = "\u200d"
MARKS = 3


def clean_text(text: str) -> str:
    """
    Return `text` in NFC with plain line breaks, at most one empty line in a row.

    Control and format characters (such as bidirectional overrides) are removed, and so is what no
    font shows; letters without a glyph become spaces. Combining marks after the third on one letter
    are removed.
    """
    text = re.sub(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]", "\n", text).replace("\t", " ")
    text = unicodedata.normalize("NFC", text)
    kept, marks = [], 0
    for character in text:
        category = unicodedata.category(character)
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if marks > MARKS or (category[0] == "C" and character not in {"\n", JOINER}):
            continue
        kept.append(" " if character in BLANK_LETTERS else character)
    text = "".join(kept)
    text = re.sub(r"[^\S\n]+", " ", text)
    return re.sub(r" ?\n ?", "\n", re.sub(r"\n\s*\n", "\n\n", text)).strip(" \n" + JOINER)


def clean_line(text: str) -> str:
    """Return `text` as `clean_text` gives it, on one line."""
    return " ".join(clean_text(text).split())


def has_word(text: str) -> bool:
    """Return whether `text` contains a letter, a digit or a symbol that has a glyph."""
    return any(
        unicodedata.category(character)[0] in "LNS" and is_visible(character) for character in text
    )
