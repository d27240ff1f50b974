"""Text as the recogniser wants it, and the way back to the text as it was given.

Rule C2 of docs/citation-grammar.md: one composed form, one dash, one slash, one space,
nothing invisible. All positions are code points.
"""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import lru_cache

# Stands where a paragraph, table cell or list item ends: no citation reaches over it.
BREAK = "\x00"

_ONE_FOR_ONE = (
    ("ÐƉ", "Đ"),
    ("ðɖ", "đ"),
    ("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d", "-"),
    ("\u2044\u2215\uff0f", "/"),
    ("\t\r\v\f\x1c\x1d\x1e\x1f\x85\xa0\u3000", " "),
    ("\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f", " "),
    ("\u2028", "\n"),
    ("\u2029", BREAK),
)
_SUBSTITUTES = {old: new for many, new in _ONE_FOR_ONE for old in many}
_ODD = re.compile(f"[{''.join(_SUBSTITUTES)}]")
_MARKS = "\u0300-\u036f"
# At most eight marks make one letter: ordering more is quadratic work for nobody.
_UNSEEN = "\xad\u200b-\u200d\u2060\ufeff"
_CHANGES_LENGTH = re.compile(
    rf"[{_MARKS}{_UNSEEN}\\](?:(?<=[{_MARKS}])[{_MARKS}]{{0,7}}|(?<=[{_UNSEEN}])[{_UNSEEN}]*"
    r"|(?<=\\)(?=/))"
)
# Letters and marks of other scripts and what is dropped: where none is, the composed form (NFC) of
# a run of text is that of its letters, so that whole runs can be composed at once.
_NOT_BY_RUNS = re.compile(
    rf"[{_UNSEEN}\\\u0304\u0305\u0307\u0308\u030a-\u031a\u031c-\u0322\u0324-\u1dff\u1f00-\u1fff"
    r"\u2126-\u212b\u2329\u232a\u2adc\u3001-\ufaff\ufb00-\ufb4f"
    r"\U00010000-\U0001efff\U0001fb00-\U0010ffff]"
)
_RUN = re.compile(rf".{{1,48}}[^ \n]{{0,32}}[{_MARKS}]{{0,8}}", re.DOTALL)
_PARAGRAPH_END = re.compile(r"\n(?=[ ]*\n)")


@dataclass(slots=True)
class Projection:
    """A text made from another, with the spans of the original its characters come from.

    Runs are copied one for one (`verbatim`) or stand whole for a span of the original, such as
    an entity or a letter with its marks; between runs the original may have more, such as tags.
    """

    text: str = ""
    original: str = ""  # of composed runs
    _starts: list[int] = field(default_factory=list)
    _origins: list[tuple[int, int, bool]] = field(default_factory=list)

    def add(self, position: int, origin_start: int, origin_end: int, verbatim: bool) -> None:
        """Say that the text from `position` on comes from a span of the original."""
        self._starts.append(position)
        self._origins.append((origin_start, origin_end, verbatim))

    @property
    def moved(self) -> bool:
        """Whether positions differ from those of the original."""
        return bool(self._starts)

    def start(self, position: int) -> int:
        """Give where the character at `position` begins in the original."""
        if not self._starts:
            return position
        run = bisect_right(self._starts, position) - 1
        origin_start, origin_end, verbatim = self._origins[run]
        if self.original:
            starts, _ends = _letters(self.original[origin_start:origin_end], self._length(run))
            return origin_start + starts[position - self._starts[run]]
        return origin_start + (position - self._starts[run]) if verbatim else origin_start

    def end(self, position: int) -> int:
        """Give where the character before `position` ends in the original."""
        if not self._starts:
            return position
        run = bisect_right(self._starts, position - 1) - 1
        origin_start, origin_end, verbatim = self._origins[run]
        if self.original:
            _starts, ends = _letters(self.original[origin_start:origin_end], self._length(run))
            return origin_start + ends[position - 1 - self._starts[run]]
        return origin_start + (position - self._starts[run]) if verbatim else origin_end

    def _length(self, run: int) -> int:
        """Give the length of a run in the text that was made."""
        following = self._starts[run + 1] if run + 1 < len(self._starts) else len(self.text)
        return following - self._starts[run]


def clean(text: str) -> Projection:
    """Project `text` onto its clean form; as long as `text` where nothing had to change length."""
    for odd in set(_ODD.findall(text)):
        text = text.replace(odd, _SUBSTITUTES[odd])
    projection = Projection(text)
    if _CHANGES_LENGTH.search(text):
        if _NOT_BY_RUNS.search(text):
            _compose(projection)
        else:
            _compose_runs(projection)
    if "\n" in projection.text:
        projection.text = _PARAGRAPH_END.sub(BREAK, projection.text)
    return projection


def _compose(projection: Projection) -> None:
    """Put letters and their marks together and drop what cannot be seen."""
    text, pieces = projection.text, list[str]()
    add, append = projection.add, pieces.append
    length = done = 0  # of the clean text so far; of the original consumed
    for match in _CHANGES_LENGTH.finditer(text):
        start, end = match.span()
        letter = start - 1 if "\u0300" <= text[start] <= "\u036f" else start
        if letter < done:  # Marks without a letter of their own stay as they are.
            continue
        if letter > done:
            add(length, done, letter, True)
            append(text[done:letter])
            length += letter - done
        if letter < start:
            composed = _compose_letter(text[letter:end])
            add(length, letter, end, False)
            append(composed)
            length += len(composed)
        done = end
    if done < len(text):
        add(length, done, len(text), True)
        append(text[done:])
    projection.text = "".join(pieces)


def _compose_runs(projection: Projection) -> None:
    """Put letters and their marks together in text where nothing else changes its length."""
    projection.original, pieces, length = projection.text, list[str](), 0
    for run in _RUN.finditer(projection.original):
        composed = unicodedata.normalize("NFC", run.group())
        projection.add(length, run.start(), run.end(), False)
        pieces.append(composed)
        length += len(composed)
    projection.text = "".join(pieces)


@lru_cache(maxsize=64)
def _letters(run: str, length: int) -> tuple[list[int], list[int]]:
    """Give for each of the `length` letters of the composed `run` where it starts and ends in `run`."""
    starts = [at for at, letter in enumerate(run) if not "\u0300" <= letter <= "\u036f"]
    if starts[:1] != [0]:  # Marks without a letter count as one.
        starts.insert(0, 0)
    ends = [*starts[1:], len(run)]
    if len(starts) == length:
        return starts, ends
    lengths = [len(_compose_letter(run[at:end])) for at, end in zip(starts, ends, strict=True)]
    return _repeat(starts, lengths), _repeat(ends, lengths)


def _repeat(positions, times):
    return [each for each, count in zip(positions, times, strict=True) for _ in range(count)]


@lru_cache(maxsize=1024)
def _compose_letter(letter: str) -> str:
    return unicodedata.normalize("NFC", letter)
