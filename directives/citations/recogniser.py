"""The recogniser: goes from numeral to numeral and asks what stands before and behind each.

Every look to the left or right is bounded, so the whole is linear in the length of the text.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from .cleaning import Projection, clean
from .date_and_issuer import Particulars, read_particulars, read_subject
from .document_types import TYPES_BY_CODE, Family, codes_of_symbol
from .keys import key_of
from .laws import read_law_name
from .lead_in import REACH, Head, may_have_head, read_head
from .letters import fold
from .markup import project_html
from .not_citations import is_judgment, is_permit
from .number_grammar import CANDIDATE, Reading, goes_on, may_begin, read_number
from .numbering import DocumentNumber, as_ordinal
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
    end: int
    items: list[_Item] = field(default_factory=list)
    model: Reading | None = None


class _Recogniser:
    def __init__(self, visible: str, cleaned: Projection, markup: Projection | None) -> None:
        self.visible = visible
        self.cleaned = cleaned
        self.markup = markup
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
            start, position = match.start(), match.end("numeral")
            if match["tail"] is None and not self._is_of_interest(start):
                continue
            if not may_begin(text, start) or not match["numeral"].strip("0"):
                continue
            reading = read_number(text, match)
            if self._read_full(reading) if reading.symbol.complete else self._read_bare(reading):
                position = max(reading.end, self.read_to)
        self._settle()
        return self.found

    def _is_of_interest(self, start: int) -> bool:
        """Tell quickly whether a bare numeral may be a short form or an item of a list."""
        return self._joint(start) is not None or may_have_head(self.text, start)

    def _joint(self, start: int) -> re.Match[str] | None:
        """Match what joins a number at `start` to the series, if nothing else is between."""
        series = self.series
        if series is None or start - series.end > _LONGEST_JOINT:
            return None
        return _JOINT.fullmatch(self.text, series.end, start)

    # Numbers with a symbol

    def _read_full(self, reading: Reading) -> bool:
        """Cite a number that has its symbol, and the items of its list that lack one."""
        joint = self._joint(reading.start)
        series = self.series if joint else None
        if series is None:
            self._settle()
        if goes_on(self.text, reading.end) or is_judgment(reading.tokens):
            return False
        if series and (series.head.typed or reading.symbol.known) and not is_permit(reading.tokens):
            start = joint.start("sign") if joint and joint["sign"] else reading.start
            self._cite_series(series, reading, start)
            return True
        if series:
            self._settle()
        head = self._read_head(reading)
        if head.start < self.last_end:  # the name of what was cited before
            head.start = head.so_start
        if not _accepts(reading, head):
            return False
        self._cite_full(reading, head, head.start)
        self.series = _Series(head, reading.end, model=reading)
        return True

    def _read_head(self, reading: Reading) -> Head:
        """Read what stands before a number that has its symbol; before a law's, its name."""
        symbol = reading.symbol
        if not symbol.law:
            codes = _codes_of_either(symbol.type_symbol) or (("cong-van",) if symbol.known else ())
            return read_head(self.text, reading.start, codes)
        head = read_head(self.text, reading.start, _LAWS, near=True)
        if head.typed and head.gap == 0:
            return head
        if not read_law_name(self.text, reading.start, self.last_end, head):
            head = read_head(self.text, reading.start, _LAWS)
            head.rejected = False  # Nothing else is numbered like a law: «luật căn cước số …»
        return head

    def _cite_series(self, series: _Series, reading: Reading, start: int) -> None:
        for order, item in enumerate(series.items):
            first = order == 0 and series.model is None
            self._cite_item(item, reading, series.head, series.head.start if first else item.start)
        self._cite_full(reading, series.head, start, shared=series.model is not None)
        series.items, series.model, series.end = [], reading, reading.end

    def _cite_full(self, reading: Reading, head: Head, start: int, *, shared: bool = False) -> None:
        number = _number(reading)
        code = _document_type(reading, head, number.family, shared=shared)
        if start == head.start and head.gap and code not in head.codes:
            start = head.so_start
        particulars = read_particulars(self.text, reading.end)
        self.read_to = particulars.end
        if particulars.issuer is None and start == head.start:
            at_once = head.numbered and not head.typed
            issuer = head.issuer or read_subject(self.text, start, at_once=at_once)
            if issuer is None and head.named:  # «Quyết định UBND tỉnh Hà Tĩnh số …»
                issuer = read_subject(self.text, head.so_start, at_once=True)
                if issuer and fold(self.text[head.start : issuer[0]].strip()) not in TYPE_WORDS:
                    issuer = None
            if issuer:
                particulars = particulars._replace(issuer=issuer)
        self._report(reading, start, number, code, "full", particulars)

    def _cite_item(self, item: _Item, model: Reading, head: Head, start: int) -> None:
        """Cite an item of a list with the symbol of `model`."""
        shared = _number(model)
        own = (
            item.reading.tokens[:1] if item.reading.symbol.type_symbol else ()
        )  # «15-KH, 16-KH/TU»
        number = shared._replace(
            ordinal=as_ordinal(item.reading.numeral),
            tokens=own + shared.tokens[len(own) :],
            year=item.reading.year or shared.year,
        )
        code = _document_type(model, head, number.family)
        self._report(item.reading, start, number, code, "list", Particulars())

    # Numbers without

    def _read_bare(self, reading: Reading) -> bool:
        """Keep a number without symbol until it is known whether a list follows."""
        series = self.series
        joint = self._joint(reading.start)
        if series and joint and len(series.items) < _LONGEST_LIST:
            start = joint.start("sign") if joint["sign"] else reading.start
            series.items.append(_Item(reading, start))
            series.end = reading.end
            return True
        self._settle()
        if not may_have_head(self.text, reading.start):
            return False
        head = read_head(self.text, reading.start)
        if head.rejected or not (head.numbered or (head.typed and head.direct)):
            return False
        self.series = _Series(head, reading.end, [_Item(reading, head.so_start)])
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

    def _cite_followers(self, series: _Series, model: Reading) -> None:
        """Cite what follows a full number and shares its symbol: «26-CT/TU và số 11»."""
        if not series.head.typed or not may_end_short(self.text, series.end):
            return
        if not all(self._may_follow(item, model) for item in series.items):
            return
        for item in series.items:
            self._cite_item(item, model, series.head, item.start)

    def _may_follow(self, item: _Item, model: Reading) -> bool:
        reading = item.reading
        if reading.tokens or goes_on(self.text, reading.end):
            return False
        if reading.year:  # «10/2021» is a month, unless numbers have years here.
            return bool(model.year)
        return len(reading.numeral) > 1 and (item.start < reading.start or not is_year(reading))

    def _cite_shorts(self, series: _Series, code: str) -> None:
        """Cite numbers that have a type word and no symbol: «Nghị quyết số 79 và 80»."""
        head = series.head
        shorts: list[_Item] = []
        for item in series.items:
            known = (code, as_ordinal(item.reading.numeral)) in self.cited
            if not is_short_form(self.text, item.reading, head, code, known=known):
                break
            if shorts and not known and not may_end_short(self.text, item.reading.end):
                break
            shorts.append(item)
        if len(shorts) < len(series.items) and not head.numbered and code not in ORDERS:
            return
        for item in shorts:
            reading = item.reading
            family = self.cited.get((code, as_ordinal(reading.numeral)))
            family = family or ("state" if reading.year else TYPES_BY_CODE[code].families[0])
            number = DocumentNumber(as_ordinal(reading.numeral), reading.year, (), family)
            start = head.start if item is series.items[0] else item.start
            particulars = read_particulars(self.text, reading.end)
            self._report(reading, start, number, code, "short", particulars)

    def _report(
        self,
        reading: Reading,
        start: int,
        number: DocumentNumber,
        code: str | None,
        form: Form,
        particulars: Particulars,
    ) -> None:
        start, end = min(start, reading.start), reading.end
        if code == "de-an" and number.tokens[:1] == ("DA",):
            number = number._replace(tokens=("ĐA", *number.tokens[1:]))
        if form != "short":
            self.cited[code, number.ordinal] = number.family
        self.last_end = end
        cleaned = self.cleaned
        num_start, num_end = cleaned.start(reading.start), cleaned.end(end)
        first = num_start if start == reading.start else cleaned.start(start)
        number_shown = self.visible[num_start:num_end]
        if self.markup:
            first, num_start = self.markup.start(first), self.markup.start(num_start)
            num_end = self.markup.end(num_end)
        issuer = None
        if particulars.issuer:
            begin, last = particulars.issuer
            issuer = " ".join(self.visible[cleaned.start(begin) : cleaned.end(last)].split())
        self.found.append(
            FoundCitation(
                start=first,
                end=num_end,
                num_start=num_start,
                num_end=num_end,
                number=number_shown,
                key=key_of(number, code),
                document_type=code,
                year=number.year or particulars.year,
                date=particulars.date,
                issuer=issuer,
                form=form,
                family=number.family,
            )
        )


def _number(reading: Reading) -> DocumentNumber:
    symbol = reading.symbol
    return DocumentNumber(as_ordinal(reading.numeral), symbol.year, symbol.tokens, symbol.family)


def _accepts(reading: Reading, head: Head) -> bool:
    """Apply the acceptance rules: a number needs a type word, or a type and issuer we know."""
    if head.rejected or (is_permit(reading.tokens) and not (head.typed and head.gap == 0)):
        return False
    if reading.symbol.known or (head.typed and head.gap <= REACH):
        return True
    return head.numbered and reading.symbol.type_symbol is not None and reading.symbol.known_issuer


@lru_cache(maxsize=256)
def _codes_of_either(symbol: str | None) -> tuple[str, ...]:
    """Name the types a symbol may stand for, whoever issued the number."""
    if symbol is None:
        return ()
    return codes_of_symbol(symbol, "state") + codes_of_symbol(symbol, "party")


def _document_type(
    reading: Reading, head: Head, family: Family, *, shared: bool = False
) -> str | None:
    """Name the type: the word wins over the symbol, if it is the word of this number.

    It may not be when it stands far off, or before another number (`shared`).
    """
    by_symbol: tuple[str, ...] = ()
    if reading.symbol.type_symbol:
        by_symbol = codes_of_symbol(reading.symbol.type_symbol, family)
    elif len(reading.tokens) > 1 and not reading.year and family == "state":
        by_symbol = ("cong-van",)
    codes = head.codes if head.typed else ()
    if codes and by_symbol and (shared or (head.gap and not head.capital)):
        codes = tuple(code for code in codes if code in by_symbol)
    if len(codes) > 1:
        codes = tuple(code for code in codes if code in by_symbol) or codes
    codes = codes or by_symbol
    return codes[0] if len(codes) == 1 else None
