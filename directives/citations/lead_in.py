"""What stands before a number: the type word, «số», or a word that makes it no citation.

Rules A1 to A4 and A7 of docs/citation-grammar.md.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from .cleaning import BREAK
from .letters import fold, spelling, spellings
from .markup import OPAQUE
from .not_citations import CODES, FAR_WORDS, NEAR_WORDS
from .type_words import ABBREVIATIONS, ENGLISH, LAST_WORDS, TYPE_WORDS

# Characters to look back: at first, if that is not enough, and if the name of a body fills it.
_NARROW, _WIDE, _WIDEST = 26, 112, 200
_WORD = re.compile(r"[^\W_]+|[^\w\s]")

# Up to the last character that no type word holds. What begins with it is the same again and
# again; only what stands before a digit may still be read.
_BORDER = re.compile(rf".*[0-9;{BREAK}{OPAQUE}]", re.DOTALL)
_OF = re.compile(r"\bc[ủu]a\b")
_ENDS_OF_HEADS = LAST_WORDS | {"so", "hieu", "la", "no", "nos", "number"}
_LAST_WORD = re.compile(r"([^\W\d_]+)[:.(\"“«‘']*\Z")

# A number behind one of these belongs to something new.
_NEW_TURNS = spellings("theo tại cứ kèm thực và với đến từ như")
_NUMBER_SIGNS = spellings("số sô so number")
_ENGLISH_SIGNS = frozenset(("No", "NO", "Nos"))
_QUOTES = frozenset("\"'“”«‘")
_OPENING = _QUOTES | {"(", "["}
REACH = 3  # words that may stand between type word and number
_ISSUER_REACH = 28
_PREFER_REACH = 5
_REJECT_REACH = 8
_COURTS_WORD = "ly"  # of «thụ lý»: a court's notices are none of the administration
_IN_NAMES = frozenset(",-&")  # the punctuation of documents' names


@dataclass(slots=True, eq=False)
class Head:
    """What was read before a number; positions are relative to the number, so that many share it.

    `start` is where the span to link begins.
    """

    start: int = 0
    so_start: int = 0  # where «số» begins, else the number
    codes: tuple[str, ...] = ()
    typed: bool = False  # there is a type word, if only the generic «văn bản»
    gap: int = 0  # words between it and the number
    exact: bool = False  # it is spelt as it should be
    capital: bool = False
    abbreviated: bool = False
    english: bool = False
    numbered: bool = False  # there is a «số»
    named: bool = False  # a document's name stands between type word and number
    direct: bool = False  # nothing but «số» between type word and number, not even a line's end
    rejected: bool = False
    sure: bool = False  # words further left would not change it
    issuer: tuple[int, int] | None = None


class _TypeWord(NamedTuple):
    size: int
    codes: tuple[str, ...]
    exact: bool
    abbreviated: bool = False
    english: bool = False


class _Words:
    """The words before a number, and how they are spelt and folded."""

    def __init__(self, window: str) -> None:
        folded = fold(window)
        spans = [match.span() for match in _WORD.finditer(folded)]
        self.raw = [window[start:end] for start, end in spans]
        self.folded = [folded[start:end] for start, end in spans]
        self.starts = [start - len(window) for start, _ in spans]

    def phrase(self, end: int, size: int) -> str:
        return " ".join(self.folded[end - size + 1 : end + 1]) if size <= end + 1 else ""

    def spelt(self, end: int, size: int) -> str:
        return " ".join(map(spelling, self.raw[end - size + 1 : end + 1]))

    def is_plain(self, end: int, size: int) -> bool:
        return all(word.isascii() for word in self.raw[end - size + 1 : end + 1])

    def type_word(self, end: int) -> _TypeWord | None:
        """Read the longest type word that ends with the word at `end`."""
        if self.folded[end] not in LAST_WORDS:
            return None
        for size in (4, 3, 2, 1):
            phrase = self.phrase(end, size)
            if phrase in TYPE_WORDS:
                spelt, codes = TYPE_WORDS[phrase]
                exact = self.is_plain(end, size) or self.spelt(end, size) == spelt
                if size > 1 or (exact and self.phrase(end, 2) != "phap luat"):
                    return _TypeWord(size, codes, exact, english=phrase in ENGLISH)
        if self.raw[end] in ABBREVIATIONS:
            return _TypeWord(1, ABBREVIATIONS[self.raw[end]], exact=True, abbreviated=True)
        return None

    def rejects(self, end: int, gap: int) -> bool:
        """Tell whether a word that ends at `end` makes the number no citation."""
        for size in (3, 2, 1):
            phrase = self.phrase(end, size)
            far = FAR_WORDS.get(phrase)
            if far and (self.is_plain(end, size) or self.spelt(end, size) == far):
                return True
            near = NEAR_WORDS.get(phrase) if gap <= (REACH if phrase in CODES else 0) else None
            if near and self.spelt(end, size) == near:
                return True
        return False

    def number_sign(self, end: int) -> int:
        """Give where «số», «số ký hiệu», «số là» begins that ends at `end`; -1 if there is none."""
        dotted = end >= 0 and self.raw[end] in ":."
        if dotted:
            end -= 1
        if end < 0:
            return -1
        if spelling(self.raw[end]) in _NUMBER_SIGNS or self.raw[end] in _ENGLISH_SIGNS:
            return end
        if dotted and self.raw[end] in ("no", "nos"):
            return end
        if self.phrase(end, 2) in ("so hieu", "so la"):
            return end - 1
        if self.phrase(end, 2) == "ky hieu":
            if self.phrase(end, 3) == "so ky hieu":
                return end - 2
            if end >= 3 and self.folded[end - 3] == "so" and self.raw[end - 2] in ",/":
                return end - 3
            return end - 1
        return -1


def may_have_head(text: str, position: int) -> bool:
    """Tell quickly whether «số» or a type word may stand directly before `position`."""
    before = text[position - 18 if position > 18 else 0 : position]
    words = before.rsplit(None, 1)
    return bool(words) and not before[-5:].isspace() and _ends_head(words[-1])


@lru_cache(maxsize=8192)
def _ends_head(word: str) -> bool:
    match = _LAST_WORD.search(word)
    if match is None or match[1].lower() == "mới":  # no «(giấy) mời»
        return False
    return fold(match[1]) in _ENDS_OF_HEADS


def read_head(text: str, position: int, codes: tuple[str, ...] = (), *, near: bool = False) -> Head:
    """Read what stands before the number at `position`, in the same block.

    `codes` are the types that the number's symbol may stand for. They help where two type words
    compete: «Thông báo kết luận số 45/TB-VPUBND». With `near` only the last words are read.
    """
    floor = position - _NARROW if position > _NARROW else 0
    whole = floor == 0
    if border := _BORDER.match(text, floor, position):
        floor = border.end() - 1
        whole = not text[floor].isdigit()
    elif floor:  # The first word may be half a word.
        floor = max(floor, text.find(" ", floor, position) + 1)
    head = _read_again(text[floor:position], codes)
    if not (head.sure or whole or near):
        floor = _floor(text, position, _WIDE)
        head = _read(text[floor:position], codes)
        if not (head.typed or head.rejected) and _OF.search(text, floor, position):
            head = _read(text[_floor(text, position, _WIDEST) : position], codes)
    return head


def _floor(text: str, position: int, width: int) -> int:
    floor = max(0, position - width)
    floor = max(floor, text.rfind(BREAK, floor, position) + 1)
    return max(floor, text.rfind(OPAQUE, floor, position) + 1)


def _read(window: str, codes: tuple[str, ...]) -> Head:
    """Read the head at the end of `window`."""
    words = _Words(window.lstrip(BREAK + OPAQUE))
    head = Head()
    last = len(words.raw) - 1
    while last >= 0 and words.raw[last] in _OPENING:
        last -= 1
    sign = words.number_sign(last)
    if sign >= 0:
        head.numbered = True
        head.start = head.so_start = words.starts[sign]
        last = sign - 1
        while last >= 0 and (words.raw[last] in _OPENING or words.raw[last] == ","):
            last -= 1
    elif last >= 0 and words.raw[last] == ":":
        last -= 1
    _look_back(words, last, head, codes)
    if head.typed and head.gap == 0:
        between = window[len(window) + head.start : len(window) + head.so_start]
        head.direct = "\n" not in between and (head.numbered or ":" not in between)
        fits = head.capital or not codes or not set(codes).isdisjoint(head.codes)
        head.sure = fits and head.start > words.starts[0]
    if _QUOTES.intersection(window[len(window) + head.start : len(window) + head.so_start]):
        head.start = head.so_start  # A link that opens a quotation has to close it.
    return head


# The few words before a number are the same again and again.
_read_again = lru_cache(maxsize=4096)(_read)


def _look_back(words: _Words, last: int, head: Head, codes: tuple[str, ...]) -> None:
    """Find the nearest word that says what the number is of."""
    for end in range(last, max(-1, last - _ISSUER_REACH - 1), -1):
        gap = last - end
        if not words.raw[end][0].isalnum():
            if words.raw[end] in _OPENING:
                continue
            _look_for_name(words, end, last, head, codes)
            return
        found = words.type_word(end)
        longer = found is not None and found.size > 2  # «giấy đi đường» is no road
        if not longer and gap <= _REJECT_REACH and words.rejects(end, gap):
            head.rejected = True
            if words.folded[end] != _COURTS_WORD:
                _look_for_name(words, end - 1, last, head, codes)
            return
        if found is None:
            if spelling(words.raw[end]) in _NEW_TURNS:
                return
            continue
        by_issuer = gap > 0 and words.folded[end + 1] == "cua"
        if gap > REACH and not by_issuer:
            _look_for_name(words, end, last, head, codes)
        else:
            end, found = _prefer(words, end, found, codes)
            _take(words, end, last, found, head)
            if by_issuer and gap > 1:
                stop = words.starts[last] + len(words.raw[last])
                head.issuer = (words.starts[last - gap + 2], stop)
        return


def _look_for_name(words: _Words, end: int, last: int, head: Head, codes: tuple[str, ...]) -> None:
    """Take the type word that a document's own name begins with, if the symbol agrees with it.

    «Quyết định thu hồi giấy phép xây dựng số 12/QĐ-UBND» is a decision, whatever it is about.
    """
    if not codes:
        return
    while end >= 0 and last - end <= _ISSUER_REACH:
        word = words.raw[end]
        if not word[0].isalnum() and word not in _IN_NAMES and word not in _QUOTES:
            return
        if word[0].isdigit() and words.number_sign(end - 1) >= 0:  # another number's name
            return
        found = words.type_word(end)
        if (
            found
            and not found.abbreviated
            and (head.rejected or words.raw[end - found.size + 1][0].isupper())
        ):
            if not set(codes).isdisjoint(found.codes or ("cong-van",)):
                _take(words, end, last, found, head)
                head.named, head.rejected = True, False
                return
        elif spelling(word) in _NEW_TURNS and words.phrase(end + 2, 3) != "theo hop dong":
            return
        end -= 1


def _prefer(
    words: _Words, end: int, found: _TypeWord, codes: tuple[str, ...]
) -> tuple[int, _TypeWord]:
    """Prefer a type word further left if the symbol says that the number is of that."""
    first = end - found.size + 1
    if not words.raw[first].islower() or not found.codes or not codes:
        return end, found
    if not set(codes).isdisjoint(found.codes):
        return end, found
    for other_end in range(first - 1, max(-1, first - 2 - _PREFER_REACH), -1):
        if not words.raw[other_end][0].isalnum():
            break
        other = words.type_word(other_end)
        if other and not set(codes).isdisjoint(other.codes):
            return other_end, other
    return end, found


def _take(words: _Words, end: int, last: int, found: _TypeWord, head: Head) -> None:
    first = end - found.size + 1
    head.start = words.starts[first]
    head.codes, head.exact, head.typed = found.codes, found.exact, True
    head.abbreviated, head.english = found.abbreviated, found.english
    head.gap = min(last - end, REACH)
    head.capital = words.raw[first][0].isupper()
