"""The number as it stands in running text: where it ends, and how sure we are that it is one.

Implements sections 2 (grammars) and 7 (acceptance) of docs/citation-grammar.md.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from .document_types import Family, codes_of_symbol
from .issuers import is_issuer
from .letters import words
from .not_citations import is_judgment, is_permit
from .numbering import GLUED_PAIRS, as_ordinal, family_of, is_known, is_type_symbol, repair

_GAP = r"[ \n]{0,3}"
_TOKEN = r"[^\W\d_][^\W_]{0,23}(?:&[^\W_]{1,16}){0,3}(?![^\W_])"  # noqa: S105
# A numeral, and after it whatever may be the rest of a number. It begins with a plain class, for
# which the regular expression engine has a fast search.
CANDIDATE = re.compile(
    r"(?P<numeral>[0-9](?<![0-9]{2})[0-9]{0,4}(?![0-9])(?:\.[0-9]{1,3}(?![0-9]))?(?:[^\W\d_](?![^\W_]))?)"
    rf"(?:(?P<lead>{_GAP}[/-]{_GAP}(?:(?P<year>(?:1[89]|20)[0-9]{{2}}(?![0-9]))"
    rf"(?:{_GAP}[/-]{_GAP}|[ ](?=[^\W\d_]{{2,4}}[/-])))?"
    rf"|[ ]{{0,2}}(?=[^\W\d_]{{2,4}} ?[/-]))(?P<tail>{_TOKEN}"
    rf"(?:(?:{_GAP}[/-]{_GAP}|[ .](?=[A-ZĐ]{{2}}|TTg)){_TOKEN}){{0,9}}))?"
)
_TAIL_TOKEN = re.compile(rf"(?P<separator>{_GAP}[/.-]?{_GAP})(?P<token>{_TOKEN})")
# A word that lost the space before it, as in text pasted from elsewhere: «12/QĐ-UBNDngày 5/5».
_GLUED_WORD = re.compile(r"(?:(?<=[A-ZĐ0-9])|(?<=TTg))(?:ngày|của|về)\Z")
_YEAR_ONLY = re.compile(r" ?/ ?((?:19|20)[0-9]{2})(?![0-9])")
_LETTERS = re.compile(r"[A-ZĐ][A-ZĐƯƠ0-9]*")
_LAW_SYMBOL = re.compile(r"(?:QH|UBTVQH)[0-9]{1,2}")

_BEFORE_NUMERAL = re.compile(r"[\w./\\@=%#+~$^&<>°…-]")
_NUMBER_SIGN = re.compile(r"\b(?:số|so|nos?)[.:]?$", re.IGNORECASE)
_GLUED_TYPE = re.compile(r"(?<![^\W_])(?:NQ|QĐ|QD|NĐ|ND|CT|KL|HD|TB|KH|CV|TT|BC|CTr|TTr)[.:]?$")
_BEYOND_NUMBER = re.compile(
    r"[\w+.-]{0,64}@|[_=\\]"
    r"|\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|7z|jpe?g|png|gif|tiff?|txt|html?|aspx?|php|xml|signed)\b",
    re.IGNORECASE,
)
_ENDS = frozenset(("", " ", ",", ";", ")", "\n"))  # where most numbers end
_UNITS = words("VX KT NC TH KGVX KTTH NN XD ĐT VP TC CN NV TD HC NL VHXH QLĐT")


@dataclass(frozen=True, slots=True, eq=False)
class Symbol:
    """The rest of a number behind its numeral: «/2020/NĐ-CP», «-KL/TW».

    It is `complete` if it has all that its grammar asks for, should a type word stand before it.
    """

    size: int  # characters, of which the number consists behind its numeral
    year: int | None
    tokens: tuple[str, ...] = ()
    family: Family = "state"
    type_symbol: str | None = None  # in upper case
    known_issuer: bool = False  # one of the tokens is the abbreviation of a body we know
    known: bool = False  # type and issuer are known: no type word is needed
    law: bool = False
    complete: bool = False
    codes: tuple[str, ...] = ()  # of the types it may stand for, whoever issued the number
    judgment: bool = False
    permit: bool = False


@dataclass(slots=True)
class Reading:
    """A numeral with the symbol behind it; `end` is where the number ends in the clean text."""

    start: int
    end: int
    numeral: str
    ordinal: str
    symbol: Symbol


_BARE = Symbol(0, None)


@lru_cache(maxsize=512)
def year_alone(year: int | None, family: Family = "state", size: int = 0) -> Symbol:
    """Make the symbol of a number that has a year at most: «100/2019», «57»."""
    return Symbol(size, year, family=family)


@lru_cache(maxsize=4096)
def share_symbol(own: Symbol, model: Symbol) -> Symbol:
    """Make the symbol of an item of a list out of that of another: «15-KH, 16-KH/TU»."""
    first = own.tokens[:1] if own.type_symbol else ()
    tokens = first + model.tokens[len(first) :]
    return replace(model, tokens=tokens, year=own.year or model.year)


def may_begin(text: str, position: int) -> bool:
    """Tell whether a number may begin at `position`, by the characters before it."""
    if position == 0:
        return True
    before = text[position - 1]
    if before in "\n,(":
        return True
    if before == " ":
        # «Số:      / 2021/QĐ-UBND» is a form that waits for its number.
        if position > 1 and text[position - 2].isalpha():
            return True
        return text[max(0, position - 16) : position].rstrip(" ")[-1:] != "/"
    if before == "-":
        return position == 1 or text[position - 2] in " \n(\x00"
    left = text[max(0, position - 16) : position]
    if before == ":":
        return not any(map(str.isdigit, left.rsplit(" ", 1)[-1]))
    if not _BEFORE_NUMERAL.match(before):
        return True
    return _NUMBER_SIGN.search(left) is not None or _GLUED_TYPE.search(left) is not None


def read_number(text: str, match: re.Match[str]) -> Reading:
    """Read the number that a match of `CANDIDATE` begins."""
    numeral, lead, year, tail = match.groups()
    start, end = match.span("numeral")
    symbol = _read_symbol(lead or "", year, tail) if tail else None
    if symbol is None:
        symbol = _BARE
        if with_year := _YEAR_ONLY.match(text, end):  # «100/2019» of «Nghị định 100/2019»
            symbol = year_alone(int(with_year[1]), size=with_year.end() - end)
    return Reading(start, end + symbol.size, numeral, as_ordinal(numeral), symbol)


# A text writes the same few symbols again and again.
@lru_cache(maxsize=4096)
def _read_symbol(lead: str, year: str | None, tail: str) -> Symbol | None:
    """Read what stands behind a numeral: separators with perhaps a year, and tokens.

    A separator with spaces around it is a dash between two phrases more often than a part of the
    number, so that one is read only where the number would not be complete without.
    """
    tokens: list[str] = []
    end = 0
    lower = False
    for part in _TAIL_TOKEN.finditer(tail):
        raw = _GLUED_WORD.sub("", part["token"])
        separator = part["separator"] if tokens else lead
        first = not tokens or tokens == ["VBHN"]
        token = repair(raw, first=first)
        if not _is_token(raw, token, tokens, lower=lower):
            break
        if separator == "." and any(map(is_issuer, tokens)) and token not in _UNITS:
            break  # A sentence ends, unless it is «3818/QĐ.UBND» or «12/QĐ-UBND.VX».
        if separator.strip() != separator or not separator:
            last = part.end() == len(tail)
            if not _may_join(token, tokens, separator, last=last):
                break
        lower = lower or raw.islower()
        tokens.extend(GLUED_PAIRS.get(token, (token,)) if first else (token,))
        end = part.start("token") + len(raw)
        if end < part.end():
            break
    return _classify(lead + tail[:end], year, tokens) if tokens else None


def _is_token(raw: str, token: str, tokens: list[str], *, lower: bool) -> bool:
    """Tell whether `raw` looks like a token of a number rather than a word of the sentence."""
    if not _LETTERS.fullmatch(token):
        return False
    if is_known(token):
        return True
    capitals = sum(map(str.isupper, raw))
    if raw[0].islower():
        return lower and bool(tokens) and len(raw) <= 12
    return capitals > 1 or (bool(tokens) and len(raw) <= 4)


def _may_join(token: str, tokens: list[str], separator: str, *, last: bool) -> bool:
    """Tell whether a token behind a separator with spaces, or none at all, is of the number."""
    by_slash = "/" in separator
    if not separator.strip():  # «1836 QĐ/TWĐTN», «21KL/TW», «30/2020/NĐ CP»
        if tokens:
            return len(tokens) == 1 and is_type_symbol(tokens[0]) and is_issuer(token)
        return is_type_symbol(token) and not last
    if not tokens:
        if token in GLUED_PAIRS or (is_type_symbol(token) and not last):
            return True
        return by_slash and token.isalnum()
    first = tokens[-1] if tokens[0] == "VBHN" else tokens[0]
    if first in ("TTLT", "NQLT"):
        return is_issuer(token)
    if separator[0] == "-" and not is_issuer(token) and is_issuer(first):  # «BCA- TTCNTT»
        return True
    if len(tokens) == (2 if tokens[0] == "VBHN" and first != "VBHN" else 1):
        if is_type_symbol(first):
            return True
        return is_issuer(first) and token in _UNITS
    return separator[0] != " " and token in _UNITS  # «UBKTTU- TH»


def _classify(written: str, year: str | None, tokens: list[str]) -> Symbol:
    """Say what is known of a symbol; the grammar of công văn has its issuer before the unit."""
    first, *rest = tokens
    law = bool(year and _LAW_SYMBOL.fullmatch(first))
    type_symbol = first if is_type_symbol(first) and not law else None
    letter = type_symbol is None and not law and is_issuer(first) and bool(rest) and not year
    begin = written.lstrip()[0]
    mixed = "/" in written or not written.islower()  # «-kl-tw» is a piece of an address
    known = law
    if type_symbol and rest:
        by_rank = first != "L" or rest[0] == "CTN"
        known = by_rank and mixed and not begin.isalpha() and any(map(is_issuer, rest[:2]))
    elif letter:
        known = begin == "/" and not written.islower()
    number_year = int(year) if year else None
    known_issuer = any(map(is_issuer, tokens))
    codes: tuple[str, ...] = ("cong-van",) if known else ()
    if type_symbol:
        both = codes_of_symbol(type_symbol, "state") + codes_of_symbol(type_symbol, "party")
        codes = both or codes
    return Symbol(
        size=len(written),
        year=number_year,
        tokens=tuple(tokens),
        family=family_of(tuple(tokens), number_year, by_hyphen=begin != "/"),
        type_symbol=type_symbol,
        known_issuer=known_issuer,
        known=known,
        law=law,
        # «Sắc lệnh số 64/SL» and the letters of some bodies, «12/UBND», have one token.
        complete=bool(rest) or law or first == "SL" or (type_symbol is None and known_issuer),
        codes=codes,
        judgment=is_judgment(tuple(tokens)),
        permit=is_permit(first),
    )


def goes_on(text: str, position: int) -> bool:
    """Tell whether what ends at `position` is but a piece: of a file name, an address."""
    if text[position : position + 1] in _ENDS:
        return False
    return _BEYOND_NUMBER.match(text, position) is not None
