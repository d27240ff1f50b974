"""The number of a document taken apart: «30a/2008/NQ-CP» is an ordinal, a year and tokens.

Rules K1 to K6 of docs/citation-grammar.md; its section 2 has the grammars.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from .cleaning import clean
from .document_types import PARTY_CODES, TYPE_SYMBOLS, Family
from .issuers import ABBREVIATIONS, is_issuer, is_party_issuer, is_state_issuer
from .letters import as_symbol, fold_symbol

_LONGEST = 250  # characters of a number; what is behind them is not looked at
_AMPERSAND = re.compile(r"\s*&\s*")
_NUMERAL = re.compile(r"([0-9]+)(\.[0-9]{1,3})?(?:([^\W\d_])(?![^\W_]))?")
_PREFIX = re.compile(r"[^\W\d_][^0-9/]*")
_SEPARATORS = re.compile(r"[\s/\-]+|(?<=[^\W\d_])\.(?=[^\W\d_])")
_YEAR = re.compile(r"(?:1[89]|20|21)[0-9]{2}")
_TYPES_OF_ONE_BODY = ("NĐ", "NQ", "QĐ", "CT", "TT", "KH", "TB", "BC", "TTR", "KL", "QC", "CĐ")
_GLUED_ISSUERS = ("CP", "TTG", "UBND", "HĐND", "CTN", "TW", "TU", "ĐU", "BTC", "BCA", "BQP", "BYT")


def _glued_pairs() -> dict[str, tuple[str, str]]:
    pairs: dict[str, tuple[str, str]] = {}
    for symbol in _TYPES_OF_ONE_BODY:
        for issuer in _GLUED_ISSUERS:
            for glued in (symbol + issuer, fold_symbol(symbol + issuer)):
                if glued not in ABBREVIATIONS and glued not in TYPE_SYMBOLS:
                    pairs[glued] = (symbol, issuer)
    return pairs


GLUED_PAIRS = _glued_pairs()
# «HD» and «DA» are symbols of their own: what they stand for is never guessed.
_TYPE_REPAIRS = {"ND": "NĐ", "QD": "QĐ", "CD": "CĐ", "QDI": "QĐI", "QYD": "QYĐ", "GDD": "GĐĐ"}
_ISSUER_REPAIRS = {
    fold_symbol(issuer): issuer
    for issuer in sorted(ABBREVIATIONS)
    if fold_symbol(issuer) not in ABBREVIATIONS and issuer not in ("ĐH", "CĐ", "TĐ")
}


class DocumentNumber(NamedTuple):
    """A number in parts: ordinal («30A», «66.25»), year, upper-case tokens, family."""

    ordinal: str
    year: int | None
    tokens: tuple[str, ...]
    family: Family


@lru_cache(maxsize=4096)
def repair(token: str, *, first: bool, draft: bool = False) -> str:
    """Give a token the letters that typing lost; `draft` says that the type word is «Đề án»."""
    symbol = as_symbol(token).replace("TƯ", "TW")
    if first and draft and symbol == "DA":
        return "ĐA"
    if first and symbol in _TYPE_REPAIRS:
        return _TYPE_REPAIRS[symbol]
    return _ISSUER_REPAIRS.get(symbol, symbol)


def tidy(number: str) -> str:
    """Give a number as it was typed in one composed form, without what cannot be seen."""
    text = _AMPERSAND.sub("", clean(number[:_LONGEST]).text)
    return unicodedata.normalize("NFC", text.strip())


def parse_number(number: str, document_type: str | None = None) -> DocumentNumber | None:
    """Take `number` apart; words before it («Kết luận số») are passed over. None: no numeral."""
    text = tidy(number)
    prefix = _PREFIX.match(text)
    numeral = _NUMERAL.match(text, prefix.end() if prefix else 0)
    if numeral is None:
        return None
    rest = text[numeral.end() :].strip()
    by_hyphen = rest.startswith("-") or not rest.startswith("/")
    parts = [part for part in _SEPARATORS.split(rest) if part]
    year = None
    if parts and _YEAR.fullmatch(parts[0]):
        year = int(parts.pop(0))
    tokens = _tokens(parts, draft=document_type == "de-an")
    family = family_of(tokens, year, by_hyphen=by_hyphen)
    return DocumentNumber(as_ordinal(numeral.group()), year, tokens, family)


def as_ordinal(numeral: str) -> str:
    """Write a numeral without the zeros in front (rule K2): «030a» gives «30A»."""
    if numeral[:1] != "0" and numeral.isdigit():
        return numeral
    stripped = numeral.lstrip("0")
    return stripped.upper() if stripped[:1].isdigit() else "0" + stripped.upper()


def _tokens(parts: list[str], *, draft: bool) -> tuple[str, ...]:
    tokens: list[str] = []
    for part in parts:
        first = not tokens or tokens == ["VBHN"]
        token = repair(part, first=first, draft=draft)
        glued = GLUED_PAIRS.get(token) if first else None
        tokens.extend(glued or (token,))
    return tuple(token for token in tokens if token)


def family_of(tokens: tuple[str, ...], year: int | None, *, by_hyphen: bool) -> Family:
    """Tell whose number it is (rule K6): the separator decides where no token is known."""
    if year is None and len(tokens) > 1 and tokens[0] in PARTY_CODES and is_party_issuer(tokens[1]):
        return "party"
    # «411-KH/TWĐTN-BTC»: the body stands first; what follows it is a unit of that body.
    own = by_hyphen and len(tokens) > 2 and tokens[0] in PARTY_CODES and is_issuer(tokens[1])
    bodies = tokens[1:2] if own else tokens
    if year is not None or any(map(is_state_issuer, bodies)):
        return "state"
    return "party" if by_hyphen and tokens else "state"


def is_type_symbol(token: str) -> bool:
    """Tell whether a repaired token is the symbol of a type."""
    return token in TYPE_SYMBOLS


def is_known(token: str) -> bool:
    """Tell whether a repaired token is a type, a body, or both glued together."""
    return token in TYPE_SYMBOLS or token in GLUED_PAIRS or is_issuer(token)
