"""Conditions for what a reader's query names by number: documents, and citations of documents."""

import re
from dataclasses import dataclass

from django.db.models import F, Q, Value
from django.db.models.functions import Replace
from django.db.models.lookups import Regex, StartsWith

from headless.content.search import Folded, fold

from .citations import citation_key, find_citations, loose_key, parse_number

# «nd 168», «KH65»: the symbol of a type in front of its number.
SYMBOL_FIRST = re.compile(r"([^\W\d_]{1,6})[ .]?([0-9]+(?:/[0-9]{4})?)")


class IndexedStartsWith(StartsWith):
    """`startswith` as a range of the index on SQLite, whose LIKE reads all rows."""

    def as_sqlite(self, compiler, connection):
        """Return the condition: at or after the beginning, and before the one that follows it."""
        column, params = self.process_lhs(compiler, connection)
        following = f"{self.rhs[:-1]}{chr(ord(self.rhs[-1]) + 1)}"
        return f"({column} >= %s AND {column} < %s)", (*params, self.rhs, *params, following)


@dataclass(frozen=True)
class NumberColumns:
    """Where a model has the key of a number, the code of its type, and its year."""

    key: str
    kind: str
    years: tuple[str, ...]


def names_number(text: str) -> bool:
    """Return whether a query may name the number of a document: it has a digit."""
    return any(letter.isdigit() for letter in text)


def has_number(text: str, columns: NumberColumns) -> Q:
    """
    Return the condition for a number, alone or after its type: «21kl/tw», «nghị định 30/2020».

    A number without its symbol matches every document of that type and number.
    """
    exact = {citation_key(text), citation_key(text.split(" ")[-1])}
    number = Q()
    for citation in _cited(text):
        exact.add(citation.key)
        if citation.form == "short":
            number |= _has_short(citation, columns)
    return Q(**{f"{columns.key}__in": sorted(exact)}) | number


def is_named(text: str, columns: NumberColumns) -> Q:
    """
    Return the condition for a number in full, or for its beginning.

    «65/KH-UBND», «65-kh/ubnd», «65KH», «kh 65» and «65» all name number 65/KH-UBND; «13qd» also
    names 13/2024/QĐ-UBND.
    """
    exact = has_number(text, columns)
    text = _number_first(text)
    parsed = parse_number(text)
    if parsed is None or not text[:1].isdigit():
        return exact
    year = str(parsed.year or "")
    symbols = fold(loose_key(text)).removeprefix(fold(f"{parsed.ordinal}{year}"))
    if symbols and not year:
        year = "([0-9]{4})?"
    glued = Replace(Replace(Folded(F(columns.key)), Value("/")), Value("-"))
    begun = Q(Regex(glued, f"^{re.escape(fold(parsed.ordinal))}{year}{re.escape(symbols)}"))
    return exact | _has_ordinal(parsed.ordinal, columns, begun)


def names_more_than_ordinal(text: str) -> bool:
    """Return whether a query names a number by a year, a symbol or a type beside its numeral."""
    text = _number_first(text)
    parsed = parse_number(text) if text[:1].isdigit() else None
    return bool(parsed and (parsed.year or parsed.tokens)) or any(_cited(text))


def _number_first(text):
    text = text.strip()
    turned = SYMBOL_FIRST.fullmatch(text)
    return f"{turned[2]}/{turned[1]}" if turned else text


def _has_short(citation, columns):
    ordinal, _, year = citation.key.partition(":")[2].partition("/")
    same = Q(**{columns.kind: citation.document_type})
    if year:
        of_year = Q(**{f"{columns.key}__contains": f"/{year}/"})
        for name in columns.years:
            of_year |= Q(**{name: year})
        same &= of_year
    return _has_ordinal(ordinal, columns, same)


def _has_ordinal(ordinal, columns, condition):
    """Return `condition` for numbers of an ordinal; each side of the OR can use the key's index."""
    # The whole ordinal: «65» is no beginning of «655/QĐ-UBND».
    begun = [Q(IndexedStartsWith(F(columns.key), f"{ordinal}{sign}")) for sign in "/-"]
    return (begun[0] & condition) | (begun[1] & condition)


def _cited(text):
    """Yield the citations in a query; readers type symbols in lower case as well: «nđ 168»."""
    found = find_citations(f"{text[:1].upper()}{text[1:]}")
    return found or find_citations(text.upper())
