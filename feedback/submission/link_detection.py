"""
Count links in readers' texts, also those that are written without https://.

A domain and a sentence that begins without a space after a full stop look alike («cam on
phuong.me toi vui», «ở quê tôi.vn đẹp»). What tells them apart is the label before the dot: one
Vietnamese syllable or a number is the end of a sentence, anything else the name of a domain.
"""

import re
import unicodedata

# No part may be tried again from another start: a long text of dots must not take seconds.
SCHEME = re.compile(r"://|\bwww\.", re.IGNORECASE)
# What begins a sentence as often as it ends a domain, also in Vietnamese without diacritics: «ly do»,
# «ru con», «cn» for Sunday, “me too”.
WORDS = "me|top|shop|site|online|club|live|link|ru|cn|app|ly|tv|asia|pro|vip"
TOP_LEVELS = rf"(?:{WORDS}|com|net|org|info|biz|vn|io|cc|xyz|dev|gg|win|bet)"
BARE_DOMAIN = re.compile(rf"[^\W_]\.(?P<top>{TOP_LEVELS})(?!\w)", re.IGNORECASE)
WORD = re.compile(WORDS, re.IGNORECASE)
# A path, query, fragment or port, or one more domain: «com.vn».
REST_OF_ADDRESS = re.compile(rf"/|\?\w+=|#\w|:\d|\.{TOP_LEVELS}(?!\w)", re.IGNORECASE)
LABEL_LENGTH = 63
# A syllable without its marks.
SYLLABLE = re.compile(
    r"(?:ngh?|nh|gh?|gi|kh|ph|th|tr|ch|qu|[bcdhklmnpqrstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?",
    re.IGNORECASE,
)


def count_links(text: str) -> int:
    """
    Return how many links `text`, in NFC, holds.

    Links with a scheme or `www.` count, and domains of common top-level domains.
    """
    links, counted_to = 0, 0
    starts = sorted(
        [match.span() for match in SCHEME.finditer(text)]
        + [match.span() for match in BARE_DOMAIN.finditer(text) if _is_domain(text, match)]
    )
    for start, end in starts:
        if start >= counted_to:
            links += 1
            # One address may hold a scheme, www. and several domains.
            counted_to = _end_of_word(text, end)
    return links


def _end_of_word(text: str, start: int) -> int:
    space = re.compile(r"\s").search(text, start)
    return space.start() if space else len(text)


def _is_domain(text: str, match: re.Match) -> bool:
    """Return whether a dot and a top-level domain, as `BARE_DOMAIN` finds them, end a domain."""
    dot, top = match.start() + 1, match["top"]
    before = re.split(r"[^\w.-]", text[max(0, dot - LABEL_LENGTH) : dot])[-1]
    *others, label = before.split(".")
    if not label.isascii() and _is_syllable(label):
        return False
    if REST_OF_ADDRESS.match(text, match.end()):
        return True
    # No domain is written with a capital there: «…vui.Link».
    if label.islower() and top.istitle():
        return False
    if top.lower() == "me":
        return not all(map(_ends_sentence, others))
    return not WORD.fullmatch(top) or not all(map(_ends_sentence, [*others, label]))


def _ends_sentence(label: str) -> bool:
    return label.isdigit() or _is_syllable(label)


def _is_syllable(word: str) -> bool:
    """Return whether a word is spelt like one Vietnamese syllable, with or without its marks."""
    decomposed = unicodedata.normalize("NFD", word.lower().replace("đ", "d"))
    letters = "".join(each for each in decomposed if not unicodedata.combining(each))
    return SYLLABLE.fullmatch(letters) is not None
