"""Read the search index of the database: the newest matches of a few words, and its vocabulary."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import BigIntegerField, QuerySet
from django.db.models.expressions import RawSQL
from modelsearch.utils import get_descendants_content_types_pks
from wagtail.search.backends import get_search_backend
from wagtail.search.models import IndexEntry

# Of a search, so that its cost does not grow with the number of pages that have a word. The last
# one tells that there are more.
MOST_MATCHES = 1001
# PostgreSQL finds words of more entries faster by reading the newest entries than by the words' index.
COMMON = 40 * MOST_MATCHES
ENTRIES = IndexEntry._meta.db_table
# Made by the first migration of this app: a view of the index's words on SQLite, and on PostgreSQL
# one vector of all that an entry holds.
VOCABULARY = "civic_headless_vocabulary"
VECTOR = "civic_text"


@dataclass(frozen=True, slots=True)
class Match:
    """An object found, its title as it is indexed, and its rank; greater ranks are better."""

    key: int
    title: str
    rank: float


def newest_matches(
    queryset: QuerySet,
    words: Sequence[Sequence[str]],
    *,
    whole: bool = True,
    begun: bool = False,
    column: str = "",
) -> list[Match]:
    """
    Return the newest `MOST_MATCHES` objects of `queryset` that match, best first.

    Of `words`, one of the alternatives at each place must occur, each a word or several in their
    order: as `whole` words, or with the last of them only `begun`, or either. They are looked for in
    one `column` of the index, or in all; but what is only begun beside whole words in what is meant
    for it, such as numbers.

    The index is read from its newest entry, and each match is looked up in `queryset` by its primary
    key, so that no statistics lead the database to read the whole table of pages first.
    """
    connection = connections[queryset.db]
    reads = _READ[connection.vendor]
    number = {"sqlite": "INTEGER", "postgresql": "bigint"}[connection.vendor]
    key = RawSQL(f"CAST(entry.object_id AS {number})", [], output_field=BigIntegerField())  # noqa: S611
    found = queryset.filter(pk=key).order_by().values("pk")
    try:
        exists, its_params = found.query.get_compiler(using=queryset.db).as_sql()
    except EmptyResultSet:
        return []
    kinds = ", ".join(map(str, get_descendants_content_types_pks(queryset.model)))
    with connection.cursor() as cursor:
        sql, before, after = reads(cursor, words, whole, begun, column)
        sql = sql.format(kinds=kinds, exists=exists)
        cursor.execute(sql, [*before, *its_params, *after])
        matches = [Match(int(key), title, rank) for key, title, rank in cursor.fetchall()]
    return sorted(matches, key=lambda match: -match.rank)


def _read_sqlite(cursor, words, whole, begun, column):
    expressions = []
    if whole:
        columns = column or "title body"
        expressions.append(f"({{{columns}}} : ({_joined(words, ' AND ', ' OR ', _fts_word)}))")
    if begun:
        columns = "autocomplete" if whole else column or "title body autocomplete"
        last = _joined(words, " AND ", " OR ", _fts_word, ending=" *")
        expressions.append(f"({{{columns}}} : ({last}))")
    fts = f"{ENTRIES}_fts"
    # CROSS JOIN keeps the order of the tables.
    sql = (
        f"SELECT entry.object_id, entry.title, -bm25({fts}, 1.0, 1.0, 10.0)"  # noqa: S608
        f" FROM {fts} CROSS JOIN {ENTRIES} entry"
        f" WHERE {fts} MATCH %s AND entry.id = {fts}.rowid"
        " AND entry.content_type_id IN ({kinds}) AND EXISTS({exists})"
        f" ORDER BY {fts}.rowid DESC LIMIT {MOST_MATCHES}"
    )
    return sql, [" OR ".join(expressions)], []


def _fts_word(word):
    return f'"{word}"'


def _read_postgresql(cursor, words, whole, begun, column):
    queries, params = [], []
    if whole:
        every = _joined(words, " & ", " | ", _lexeme)
        config = get_search_backend().config
        queries += ["to_tsquery(%s::regconfig, %s)" if config else "to_tsquery(%s)"]
        params += [config, every] if config else [every]
        # What is meant to be begun is indexed without stemming.
        queries += ["to_tsquery('simple', %s)"]
        params += [every]
    if begun:
        queries += ["to_tsquery('simple', %s)"]
        params += [_joined(words, " & ", " | ", _lexeme, ending=":*")]
    query = " || ".join(queries)
    vector = f"entry.{column or VECTOR}"
    is_common = _estimate_matches(cursor, f"{vector} @@ ({query})", params) > COMMON
    # A scalar subquery is looked up for each match; EXISTS may become a join with all pages.
    sql = (
        f"WITH matching AS {'' if is_common else 'MATERIALIZED'} (SELECT entry.id, entry.object_id"  # noqa: S608
        f" FROM {ENTRIES} entry WHERE {vector} @@ ({query})"
        " AND entry.content_type_id IN ({kinds}) ORDER BY entry.id DESC),"
        " newest AS MATERIALIZED (SELECT entry.id FROM matching entry"
        " WHERE (SELECT 1 FROM ({exists}) page LIMIT 1) IS NOT NULL"
        f" LIMIT {MOST_MATCHES}), asked AS (SELECT {query} AS query)"
        " SELECT entry.object_id, entry.title_text,"
        " 10 * ts_rank(entry.title, asked.query) + ts_rank(entry.body, asked.query)"
        f" FROM newest JOIN {ENTRIES} entry USING (id), asked ORDER BY entry.id DESC"
    )
    return sql, params, params


def _estimate_matches(cursor, condition, params) -> int:
    """Return how many entries PostgreSQL expects to match; the estimate costs no reading."""
    cursor.execute(f"EXPLAIN (FORMAT JSON) SELECT 1 FROM {ENTRIES} entry WHERE {condition}", params)  # noqa: S608
    [[[explained]]] = cursor.fetchall()
    return explained["Plan"]["Plan Rows"]


def _lexeme(word):
    return " <-> ".join(f"'{each}'" for each in word.split())


def _joined(words, every, either, quoted, ending=""):
    """Join the alternatives at each place; those at the last one get an `ending`."""
    endings = [*[""] * (len(words) - 1), ending]
    places = [
        either.join(f"({quoted(word)}{end})" for word in alternatives)
        for alternatives, end in zip(words, endings, strict=True)
    ]
    return every.join(f"({each})" for each in places)


_READ = {"sqlite": _read_sqlite, "postgresql": _read_postgresql}


def known_words(using: str, words: Iterable[str]) -> set[str]:
    """Return those of `words` that the index of the database `using` has."""
    words = list(words)
    if not words:
        return set()
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            places = ", ".join(["%s"] * len(words))
            cursor.execute(f"SELECT term FROM {VOCABULARY} WHERE term IN ({places})", words)  # noqa: S608
        else:
            cursor.execute(
                "SELECT word FROM unnest(%s::text[]) word WHERE EXISTS"  # noqa: S608
                f" (SELECT 1 FROM {ENTRIES} entry"
                f" WHERE entry.{VECTOR} @@ to_tsquery('simple', word))",
                [words],
            )
        return {word for (word,) in cursor.fetchall()}


LETTERS = "abcdefghijklmnopqrstuvwxyz"
# What is typed in a hurry for the same sound.
SPELLINGS = [
    ("f", "ph"),
    ("j", "gi"),
    ("z", "d"),
    ("z", "gi"),
    ("w", "qu"),
    ("k", "c"),
    ("c", "k"),
    ("d", "gi"),
    ("gi", "d"),
    ("s", "x"),
    ("x", "s"),
    ("ch", "tr"),
    ("tr", "ch"),
    ("i", "y"),
    ("y", "i"),
    ("l", "n"),
    ("n", "l"),
    ("v", "d"),
    ("r", "d"),
]


def similar_words(word: str) -> list[set[str]]:
    """
    Return what `word` may be meant to be: neighbouring letters swapped or the sound spelled
    differently, then one letter wrong, missing or too many. Nothing for a short one or a number.
    """
    if len(word) < 3 or not (word.isascii() and word.isalpha()):
        return []
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    likely = {left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1}
    for typed, meant in SPELLINGS:
        likely |= {
            word[: each.start()] + meant + word[each.end() :] for each in re.finditer(typed, word)
        }
    possible = {left + right[1:] for left, right in cuts if right}
    possible |= {left + letter + right for left, right in cuts for letter in LETTERS}
    possible |= {left + letter + right[1:] for left, right in cuts if right for letter in LETTERS}
    likely -= {word}
    return [likely, possible - likely - {word}]
