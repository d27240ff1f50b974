"""The recogniser: goes from numeral to numeral and asks what stands before and behind each.

Every look to the left or right is bounded, so the whole is linear in the length of the text.
"""

import re
from dataclasses import dataclass, field, replace

from .cleaning import Projection, clean
from .date_and_issuer import NO_PARTICULARS, Particulars, read_particulars, read_subject
from .document_types import TYPES_BY_CODE, Family, codes_of_symbol
from .keys import key_of
from .laws import read_law_name
from .lead_in import REACH, Head, may_have_head, read_head
from .letters import fold
from .markup import project_html
from .number_grammar import (
    CANDIDATE,
    Reading,
    Symbol,
    goes_on,
    may_begin,
    read_number,
    share_symbol,
    year_alone,
)
from .result import Form, FoundCitation
from .short_forms import ORDERS, is_short_form, is_year, may_end_short
from .type_words import TYPE_WORDS

_JOINT = re.compile(
    r"[ \n]{0,3}(?:[,;&+]|,?[ \n]{0,2}\b(?:và|va|hoặc|hoac|hay|cùng|cung|and|or)\b)[ \n]{0,3}"
    r"(?P<sign>(?:(?:số|so)\b ?:?|nos?\.) ?)?",
    re.IGNORECASE,
)
_LONGEST_JOINT = 24
_LAWS = ("luat", "bo-luat", "phap-lenh", "nghi-quyet")  # what the National Assembly numbers
_LONGEST_LIST = 40


def find_citations(text: str, *, html: bool = False) -> list[FoundCitation]:
    """Find the citations of official documents in `text`, in order of appearance.

    Positions are code points of `text` as given, in HTML too; what stands in tags, in `<code>`
    and in links is passed over. Linear in the length of `text`; never fails.
    """
    markup = project_html(text) if html else None
    visible = markup.text if markup else text
    return _Recogniser(visible, clean(visible), markup).run()


@dataclass(slots=True)
class _Item:
    """A number, and where it begins in a list: at its own «số», if it has one."""

    reading: Reading
    start: int


@dataclass(slots=True)
class _Series:
    """Numbers in a row under one head: «Chỉ thị 11, 26-CT/TU».

    `items` wait for a symbol: that of a later number, else that of `model`, which they follow.
    """

    head: Head
    start: int
    end: int
    items: list[_Item] = field(default_factory=list)
    model: Symbol | None = None


class _Recogniser:
    def __init__(self, visible: str, cleaned: Projection, markup: Projection | None) -> None:
        self.visible = visible
        self.cleaned = cleaned
        self.markup = markup
        self.moved = cleaned.moved
        self.text = cleaned.text
        self.found: list[FoundCitation] = []
        self.series: _Series | None = None
        # Types and ordinals that were cited with their symbol, with the family.
        self.cited: dict[tuple[str | None, str], Family] = {}
        self.last_end = 0
        self.read_to = 0  # where the date of the last number ends: it holds no other number

    def run(self) -> list[FoundCitation]:
        text, position = self.text, 0
        while match := CANDIDATE.search(text, position):
            start, position = match.span("numeral")
            joint = self._joint(start)
            if match["tail"] is None and joint is None and not may_have_head(text, start):
                continue
            if not may_begin(text, start) or not match["numeral"].strip("0"):
                continue
            reading = read_number(text, match)
            read = self._read_full if reading.symbol.complete else self._read_bare
            if read(reading, joint):
                position = max(reading.end, self.read_to)
        self._settle()
        return self.found

    def _joint(self, start: int) -> re.Match[str] | None:
        """Match what joins a number at `start` to the series, if nothing else is between."""
        series = self.series
        if series is None or start - series.end > _LONGEST_JOINT:
            return None
        return _JOINT.fullmatch(self.text, series.end, start)

    # Numbers with a symbol

    def _read_full(self, reading: Reading, joint: re.Match[str] | None) -> bool:
        """Cite a number that has its symbol, and the items of its list that lack one."""
        symbol, series = reading.symbol, self.series if joint else None
        if series is None:
            self._settle()
        if symbol.judgment or goes_on(self.text, reading.end):
            return False
        if series and joint:
            if (series.head.typed or symbol.known) and not symbol.permit:
                self._cite_series(series, reading, _start_of_item(reading, joint))
                return True
            self._settle()
        head = self._read_head(reading)
        if not _accepts(symbol, head):
            return False
        self._cite_full(reading, head)
        self.series = _Series(head, reading.start, reading.end, model=symbol)
        return True

    def _read_head(self, reading: Reading) -> Head:
        """Read what stands before a number that has its symbol; before a law's, its name."""
        if not reading.symbol.law:
            return read_head(self.text, reading.start, reading.symbol.codes)
        head = read_head(self.text, reading.start, _LAWS, near=True)
        if head.typed and head.gap == 0:
            return head
        if named := read_law_name(self.text, reading.start, self.last_end, head):
            return named
        # Nothing else is numbered like a law: «luật căn cước số …»
        return replace(read_head(self.text, reading.start, _LAWS), rejected=False)

    def _cite_series(self, series: _Series, reading: Reading, start: int) -> None:
        symbol, head = reading.symbol, series.head
        for order, item in enumerate(series.items):
            first = order == 0 and series.model is None
            self._cite_item(item, symbol, head, series.start if first else item.start)
        code = _document_type(symbol, head, shared=series.model is not None)
        self._report(reading, start, symbol, code, "full", self._read_particulars(reading))
        series.items, series.model, series.end = [], symbol, reading.end

    def _cite_full(self, reading: Reading, head: Head) -> None:
        """Cite a number under its own head."""
        code = _document_type(reading.symbol, head)
        so_start = reading.start + head.so_start
        begin = reading.start + head.start
        if begin < self.last_end:  # the name of what was cited before
            begin = so_start
        start = so_start if head.gap and code not in head.codes else begin
        particulars = self._read_particulars(reading)
        if particulars.issuer is None and start == begin:
            issuer = self._read_issuer_before(reading, head, begin)
            if issuer:
                particulars = particulars._replace(issuer=issuer)
        self._report(reading, start, reading.symbol, code, "full", particulars)

    def _read_issuer_before(
        self, reading: Reading, head: Head, begin: int
    ) -> tuple[int, int] | None:
        """Read who issued a number from what stands before it, or in its head."""
        if head.issuer:
            return reading.start + head.issuer[0], reading.start + head.issuer[1]
        issuer = read_subject(self.text, begin, at_once=head.numbered and not head.typed)
        if issuer is None and head.named:  # «Quyết định UBND tỉnh Hà Tĩnh số …»
            issuer = read_subject(self.text, reading.start + head.so_start, at_once=True)
            if issuer and fold(self.text[begin : issuer[0]].strip()) not in TYPE_WORDS:
                return None
        return issuer

    def _read_particulars(self, reading: Reading) -> Particulars:
        particulars = read_particulars(self.text, reading.end)
        self.read_to = particulars.end
        return particulars

    def _cite_item(self, item: _Item, model: Symbol, head: Head, start: int) -> None:
        """Cite an item of a list with the symbol of `model`."""
        symbol, code = share_symbol(item.reading.symbol, model), _document_type(model, head)
        self._report(item.reading, start, symbol, code, "list", NO_PARTICULARS)

    # Numbers without

    def _read_bare(self, reading: Reading, joint: re.Match[str] | None) -> bool:
        """Keep a number without symbol until it is known whether a list follows."""
        series = self.series
        if series and joint and len(series.items) < _LONGEST_LIST:
            series.items.append(_Item(reading, _start_of_item(reading, joint)))
            series.end = reading.end
            return True
        self._settle()
        if not may_have_head(self.text, reading.start):
            return False
        head = read_head(self.text, reading.start)
        if head.rejected or not (head.numbered or (head.typed and head.direct)):
            return False
        item = _Item(reading, reading.start + head.so_start)
        self.series = _Series(head, reading.start + head.start, reading.end, [item])
        return True

    def _settle(self) -> None:
        """Decide about numbers that no symbol followed."""
        series, self.series = self.series, None
        if series is None or not series.items:
            return
        if series.model:
            self._cite_followers(series, series.model)
        elif series.head.direct and series.head.exact and series.head.codes:
            # «QĐ» and «TT» stand for two types: the first is the usual one.
            self._cite_shorts(series, series.head.codes[0])

    def _cite_followers(self, series: _Series, model: Symbol) -> None:
        """Cite what follows a full number and shares its symbol: «26-CT/TU và số 11»."""
        if not series.head.typed or not may_end_short(self.text, series.end):
            return
        if not all(self._may_follow(item, model) for item in series.items):
            return
        for item in series.items:
            self._cite_item(item, model, series.head, item.start)

    def _may_follow(self, item: _Item, model: Symbol) -> bool:
        reading = item.reading
        if reading.symbol.tokens or goes_on(self.text, reading.end):
            return False
        if reading.symbol.year:  # «10/2021» is a month, unless numbers have years here.
            return bool(model.year)
        return len(reading.numeral) > 1 and (item.start < reading.start or not is_year(reading))

    def _cite_shorts(self, series: _Series, code: str) -> None:
        """Cite numbers that have a type word and no symbol: «Nghị quyết số 79 và 80»."""
        head = series.head
        shorts: list[_Item] = []
        for item in series.items:
            known = (code, item.reading.ordinal) in self.cited
            if not is_short_form(self.text, item.reading, head, code, known=known):
                break
            if shorts and not known and not may_end_short(self.text, item.reading.end):
                break
            shorts.append(item)
        if len(shorts) < len(series.items) and not head.numbered and code not in ORDERS:
            return
        for item in shorts:
            reading, year = item.reading, item.reading.symbol.year
            family = self.cited.get((code, reading.ordinal))
            family = family or ("state" if year else TYPES_BY_CODE[code].families[0])
            start = series.start if item is series.items[0] else item.start
            symbol = year_alone(year, family)
            particulars = read_particulars(self.text, reading.end)
            self._report(reading, start, symbol, code, "short", particulars)

    def _report(
        self,
        reading: Reading,
        start: int,
        symbol: Symbol,
        code: str | None,
        form: Form,
        particulars: Particulars,
    ) -> None:
        """Add a citation with a `symbol` that is its own, shared or no more than a year."""
        first, num_start, num_end = min(start, reading.start), reading.start, reading.end
        if form != "short":
            self.cited[code, reading.ordinal] = symbol.family
        self.last_end = num_end
        date, year, issuer_span, _ = particulars
        if self.moved:
            first, num_start = self.cleaned.start(first), self.cleaned.start(num_start)
            num_end = self.cleaned.end(num_end)
            if issuer_span:
                begin, end = issuer_span
                issuer_span = self.cleaned.start(begin), self.cleaned.end(end)
        issuer = None
        if issuer_span:
            issuer = " ".join(self.visible[slice(*issuer_span)].split())
        number_shown = self.visible[num_start:num_end]
        if self.markup:
            first, num_start = self.markup.start(first), self.markup.start(num_start)
            num_end = self.markup.end(num_end)
        self.found.append(
            FoundCitation(
                first,
                num_end,
                num_start,
                num_end,
                number_shown,
                key_of(reading.ordinal, symbol.year, symbol.tokens, symbol.family, code),
                code,
                symbol.year or year,
                date,
                issuer,
                form,
                symbol.family,
            )
        )


def _start_of_item(reading: Reading, joint: re.Match[str]) -> int:
    return joint.start("sign") if joint["sign"] else reading.start


def _accepts(symbol: Symbol, head: Head) -> bool:
    """Apply the acceptance rules: a number needs a type word, or a type and issuer we know."""
    if head.rejected or (symbol.permit and not (head.typed and head.gap == 0)):
        return False
    if symbol.known or (head.typed and head.gap <= REACH):
        return True
    return head.numbered and symbol.type_symbol is not None and symbol.known_issuer


def _document_type(symbol: Symbol, head: Head, *, shared: bool = False) -> str | None:
    """Name the type: the word wins over the symbol, if it is the word of this number.

    It may not be when it stands far off, or before another number (`shared`).
    """
    codes = head.codes if head.typed else ()
    if len(codes) == 1 and not (shared or head.gap):
        return codes[0]
    by_symbol: tuple[str, ...] = ()
    if symbol.type_symbol:
        by_symbol = codes_of_symbol(symbol.type_symbol, symbol.family)
    elif len(symbol.tokens) > 1 and not symbol.year and symbol.family == "state":
        by_symbol = ("cong-van",)
    if codes and by_symbol and (shared or (head.gap and not head.capital)):
        codes = tuple(code for code in codes if code in by_symbol)
    if len(codes) > 1:
        codes = tuple(code for code in codes if code in by_symbol) or codes
    codes = codes or by_symbol
    return codes[0] if len(codes) == 1 else None
