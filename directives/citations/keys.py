"""Keys: what two ways of writing one number have in common.

Rules K1 to K9 of docs/citation-grammar.md. A key is not an identity: every province has its
«123/QĐ-UBND», so pages found by key are candidates, no more.
"""

import re
from functools import lru_cache

from .document_types import TYPES_BY_CODE, Family
from .letters import fold, fold_symbol
from .numbering import parse_number, tidy

_SAME_TYPE = {"QDI": "QD", "QYD": "QD"}
_MOST_PARTS = 8
_ZEROS = re.compile(r"(?<![0-9])0{1,3}(?=[0-9])")


def citation_key(number: str, document_type: str | None = None) -> str:
    """Give the key of `number`, as in «21-KL/TW», «30/2020/NĐ-CP», «749/QĐ-TTG».

    `document_type` is a code such as "ket-luan". It makes the partial key of a number without
    symbol («?KL:21») and settles «DA», which is a Đề án only under that word. Never fails:
    a text without numeral is its own key, in upper case.
    """
    parsed = parse_number(number, document_type)
    if parsed is None:
        return " ".join(tidy(number).upper().split())
    return key_of(*parsed, document_type)


def key_of(
    ordinal: str,
    year: int | None,
    tokens: tuple[str, ...],
    family: Family,
    document_type: str | None = None,
) -> str:
    """Write the parts of a number as its key."""
    before, behind = _around_ordinal(year, tokens, family, document_type)
    return f"{before}{ordinal}{behind}"


@lru_cache(maxsize=4096)
def _around_ordinal(
    year: int | None, tokens: tuple[str, ...], family: Family, document_type: str | None
) -> tuple[str, str]:
    written_year = f"/{year}" if year else ""
    if not tokens:
        known = TYPES_BY_CODE.get(document_type or "")
        return f"?{known.symbol}:" if known else "", written_year
    first, *rest = tokens
    if document_type == "de-an" and first == "DA":
        first = "ĐA"
    if family == "party":
        return "", f"-{first}" + (f"/{'-'.join(rest)}" if rest else "")
    return "", f"{written_year}/{'-'.join((first, *rest))}"


def loose_key(number: str, document_type: str | None = None) -> str:
    """Give a key that forgives diacritics and separators. For suggestions and searches only.

    It merges what must not be merged: HD and HĐ, DA and ĐA.
    """
    parsed = parse_number(number, document_type)
    if parsed is None:
        return fold_symbol("".join(filter(str.isalnum, tidy(number))))
    tokens = (fold_symbol(token) for token in parsed.tokens)
    symbols = "".join(_SAME_TYPE.get(token, token) for token in tokens)
    return f"{fold_symbol(parsed.ordinal)}{parsed.year or ''}{symbols}"


def search_terms(number: str, document_type: str | None = None) -> list[str]:
    """Name the words that find `number` however a reader types it, in lower case.

    Each run of its parts glued together: «21-KL/TW» gives 21, 21kl, 21kltw, kl, kltw and tw, so
    that «21KL/TW», «21-kl/tw» and «21kltw» are all words of it. Likewise with the zero of «05», and
    without the year: «13qd» is a word of 13/2024/QĐ-UBND.
    """
    parsed = parse_number(number, document_type)
    if parsed is None:
        return []
    year = (str(parsed.year),) if parsed.year else ()
    parts = [parsed.ordinal, *year, *parsed.tokens][:_MOST_PARTS]
    # With «đ» as well: a search engine that drops other marks keeps it.
    parts = ["".join(filter(str.isalnum, part)).lower() for part in parts]
    written = tidy(number)
    terms = [
        term
        for spelled in (parts, [*map(fold, parts)])
        for run in ((spelled, [spelled[0], *spelled[2:]]) if year else (spelled,))
        for term in _runs(run, written)
    ]
    return list(dict.fromkeys(terms))


def _runs(parts: list[str], written: str) -> list[str]:
    """Glue each run of `parts` together, in front also with the zeros that are written there."""
    runs = [parts[start:end] for end in range(len(parts) + 1) for start in range(end)]
    if zeros := _ZEROS.search(written):
        runs += [[zeros.group() + parts[0], *parts[1:end]] for end in range(1, len(parts) + 1)]
    return ["".join(run) for run in runs]
