"""Full-text search that a Vietnamese reader can use with or without diacritics."""

import re
import unicodedata

from django.db import connections
from django.db.models import BigIntegerField, CharField, F, Func, Q, QuerySet, TextField
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast
from django.db.models.lookups import Contains
from modelsearch.utils import get_descendants_content_types_pks
from wagtail.search import models as index

from .slugs import FOLDED_LETTERS

# The Icelandic and the African letter look like the Vietnamese Đ and are typed by mistake.
HOMOGLYPHS = str.maketrans("ÐðƉɖ", "ĐđĐđ")
SNIPPET_LENGTH = 240
MAX_QUERY_LENGTH = 200
MAX_QUERY_WORDS = 16


def fold(text: str) -> str:
    """
    Return `text` in lower case without diacritics: «Đường bộ» becomes «duong bo».

    Neither SQLite nor PostgreSQL folds đ, and SQLite's tokenizer keeps letters with two diacritics.
    `upstream.search_folding` therefore folds what is indexed and asked for in the same way.
    """
    plain = text.translate(_FOLDED).lower()
    return plain if plain.isascii() else _fold_any(plain)


def _fold_any(text: str) -> str:
    text = text.translate(HOMOGLYPHS).translate(FOLDED_LETTERS)
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).lower()


# Latin letters up to the Vietnamese ones in Latin Extended Additional, for speed.
_MARKED = [chr(code) for code in range(0xC0, 0x1EFA) if chr(code).isalpha()]
_FOLDED = {ord(letter): _fold_any(letter) for letter in _MARKED if _fold_any(letter).isascii()}


class Folded(Func):
    """The SQL expression of a text as `fold` returns it, but for letters that are not Latin."""

    output_field = CharField()

    def as_sqlite(self, compiler, connection, **extra):
        return self.as_sql(compiler, connection, function="civic_fold", **extra)

    def as_postgresql(self, compiler, connection, **extra):
        pairs = [(chr(code), plain) for code, plain in _FOLDED.items() if len(plain) == 1]
        sql, params = compiler.compile(self.source_expressions[0])
        marked, plain = ("".join(letters) for letters in zip(*pairs, strict=True))
        return f"lower(translate({sql}, %s, %s))", [*params, marked, plain]


def contains_folded(field: str, text: str) -> Q:
    """Return the condition that a field contains `text`, with or without diacritics."""
    folded = Contains(Folded(Cast(F(field), TextField())), fold(text))
    # PostgreSQL folds no letters of other scripts: they are found as they are written.
    return Q(folded) | Q(**{f"{field}__icontains": text})


def add_sqlite_function(sender, connection, **kwargs) -> None:
    """Give a new connection to SQLite the function of `Folded`; receives `connection_created`."""
    if connection.vendor == "sqlite":
        connection.connection.create_function(
            "civic_fold", 1, lambda text: text and fold(text), deterministic=True
        )


def clean_query(text: str) -> str:
    """
    Return the words of a user's query, separated by single spaces, without operators.

    Quotes, NULs and punctuation are operators of the search engines and cause server errors in
    Wagtail's own search; here they only separate words. At most the first `MAX_QUERY_WORDS` words
    of the first `MAX_QUERY_LENGTH` characters are used.
    """
    text = unicodedata.normalize("NFC", text[:MAX_QUERY_LENGTH]).translate(HOMOGLYPHS)
    words = re.findall(r"[^\W_]+", text)
    return " ".join(words[:MAX_QUERY_WORDS])


def filter_by_search(queryset: QuerySet, text: str, *, as_typed: bool = False) -> QuerySet:
    """
    Return the objects of an indexed model's queryset whose text contains every word of `text`.

    With `as_typed` also those whose `AutocompleteField`s do, where the last word may be begun only.

    The queryset's order is kept: ordering by relevance costs Wagtail's SQLite backend a subquery
    for each match (15 s for a common word in 10,000 pages), a plain filter one index lookup. A
    query without any word matches nothing.
    """
    query = fold(clean_query(text))
    if not query:
        return queryset.none()
    if connections[queryset.db].vendor == "sqlite":
        return queryset.filter(pk__in=_sqlite_keys(queryset.model, query, as_typed))
    objects = queryset.model.objects.all()
    results = [objects.search(query, order_by_relevance=False)]
    if as_typed:
        results.append(objects.autocomplete(query, order_by_relevance=False))
    found = Q()
    for each in results:
        found |= Q(pk__in=each.get_queryset().order_by().values("pk"))
    return queryset.filter(found)


def _sqlite_keys(model, query: str, as_typed: bool) -> QuerySet:
    """
    Return the primary keys of matches, read from an index of `IndexEntry` alone.

    Wagtail's own query joins the indexed texts, which makes it sixty times slower.
    """
    table = index.SQLiteFTSIndexEntry._meta.db_table
    words = " AND ".join(f'"{word}"' for word in query.split())
    expression = f"{{title body}} : ({words})"
    if as_typed:
        expression = f"({expression}) OR ({{autocomplete}} : ({words} *))"
    matches = RawSQL(  # noqa: S611
        f'SELECT rowid FROM "{table}" WHERE "{table}" MATCH %s',  # noqa: S608
        [expression],
    )
    entries = index.IndexEntry.objects.filter(
        content_type__in=get_descendants_content_types_pks(model), pk__in=matches
    )
    return entries.values_list(Cast("object_id", BigIntegerField()))


def highlight(text: str, query: str, length: int = SNIPPET_LENGTH) -> list[tuple[str, bool]]:
    """
    Return an excerpt of `text` around the first match of `query`, split at the matches.

    Each item is a piece of text and whether it is a match. Matching ignores diacritics, as the
    search does. `length` is the maximum number of characters.
    """
    text = unicodedata.normalize("NFC", text)
    words = sorted(set(fold(clean_query(query)).split()), key=len, reverse=True)
    folded, origins = [], []
    for position, letter in enumerate(text):
        plain = fold(letter)
        folded.append(plain)
        origins += [position] * len(plain)
    pattern = "|".join(map(re.escape, words))
    found = re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", "".join(folded)) if words else ()
    spans = [(origins[each.start()], origins[each.end() - 1] + 1) for each in found]
    start = max(0, spans[0][0] - length // 3) if spans else 0
    if start:
        start = text.find(" ", start) + 1 or start
    end = start + length
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + length // 2)
    pieces, position = [], start
    for first, last in spans:
        if first < position or last > end:
            continue
        pieces += [(text[position:first], False), (text[first:last], True)]
        position = last
    pieces.append((text[position:end], False))
    return [piece for piece in pieces if piece[0]]
