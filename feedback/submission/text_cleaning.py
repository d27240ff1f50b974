"""Sanitise readers' text: no invisible or bidirectional control characters, few combining marks."""

import re
import unicodedata

# Joins the parts of an emoji; all other format characters only deceive.
JOINER = "\u200d"
MARKS = 3
# No part may be tried again from another start: a long text of dots must not take seconds.
LINK = re.compile(
    r"""(?:
        ://\S*                 # https://…
        | \bwww\.\S*
        | [a-z0-9-]\.          # example.vn, also without a scheme
          (?:com|net|org|info|biz|vn|io|me|cc|top|xyz|shop|site|online|club|live|link|ru|cn|app|dev|gg|ly|tv|asia|pro|vip|win|bet)\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)


def clean_text(text: str) -> str:
    """
    Return `text` in NFC with plain line breaks, at most one empty line in a row.

    Control, format (such as bidirectional overrides) and unassigned characters are removed, and
    combining marks after the third on one letter.
    """
    text = re.sub(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]", "\n", text).replace("\t", " ")
    text = unicodedata.normalize("NFC", text)
    kept, marks = [], 0
    for character in text:
        category = unicodedata.category(character)
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if marks > MARKS or (category[0] == "C" and character not in {"\n", JOINER}):
            continue
        kept.append(character)
    text = "".join(kept)
    text = re.sub(r"[^\S\n]+", " ", text)
    return re.sub(r" ?\n ?", "\n", re.sub(r"\n\s*\n", "\n\n", text)).strip(" \n" + JOINER)


def clean_line(text: str) -> str:
    """Return `text` as `clean_text` gives it, on one line."""
    return " ".join(clean_text(text).split())


def has_word(text: str) -> bool:
    """Return whether `text` contains a letter, a digit or a symbol."""
    return any(unicodedata.category(character)[0] in "LNS" for character in text)


def count_links(text: str) -> int:
    """Return the number of links in `text`, also of those without a scheme."""
    return len(LINK.findall(text))
