"""Full-text search that a Vietnamese reader can use with or without diacritics."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from django.db.models import CharField, F, Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat, StrIndex
from django.db.models.lookups import Contains

from .search_index import MOST_MATCHES, Match, known_words, newest_matches, similar_words
from .texts.slugs import FOLDED_LETTERS

# The Icelandic and the African letter look like the Vietnamese Đ and are typed by mistake.
HOMOGLYPHS = str.maketrans("ÐðƉɖ", "ĐđĐđ")
SNIPPET_LENGTH = 240
MAX_QUERY_LENGTH = 200
MAX_QUERY_WORDS = 16
# Words that are corrected where nothing has them as they are typed.
MOST_CORRECTED = 3
WORDS = re.compile(r"[^\W_]+")
GLUED = re.compile(r"([0-9]+)([a-z]+)")


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
    words = WORDS.findall(text)
    return " ".join(words[:MAX_QUERY_WORDS])


def filter_by_search(queryset: QuerySet, text: str, *, as_typed: bool = False) -> QuerySet:
    """
    Return the objects of an indexed model's queryset whose text contains every word of `text`.

    With `as_typed` also those whose `AutocompleteField`s do, where the last word may be begun only.
    If there are none, the last word may be begun anywhere; if there are still none, a letter of one
    word may be wrong.

    The queryset's order is kept. At most the newest `MOST_MATCHES` are found. A query without any
    word matches nothing.
    """
    return queryset.filter(pk__in=[each.key for each in find(queryset, text, as_typed=as_typed)])


def search_by_relevance(queryset: QuerySet, text: str, first: Sequence[int] = ()) -> QuerySet:
    """
    Return what `filter_by_search` does, best first: those whose title is `text`, then by relevance.

    The objects with the keys `first` come before all others, found or not.
    """
    words = " ".join(WORDS.findall(fold(clean_query(text))))
    matches = find(queryset, text)
    if len(matches) == MOST_MATCHES:
        # Its title may be older than the newest that have these words somewhere.
        titled = newest_matches(queryset, [[word] for word in words.split()], column="title")
        matches = [each for each in titled if _is_titled(each, words)] + matches
    matches.sort(key=lambda match: not _is_titled(match, words))
    return in_order(queryset, [*first, *(each.key for each in matches)])


def _is_titled(match, words):
    return " ".join(WORDS.findall(match.title)) == words


def in_order(queryset: QuerySet, keys: Iterable[int]) -> QuerySet:
    """Return the objects of `queryset` with these primary keys, in the order of the keys."""
    keys = list(dict.fromkeys(keys))
    places = Value(f",{','.join(map(str, keys))},", TextField())
    comma = Value(",", TextField())
    place = StrIndex(places, Concat(comma, Cast("pk", TextField()), comma))
    return queryset.filter(pk__in=keys).order_by(place)


def find(queryset: QuerySet, text: str, *, as_typed: bool = False) -> list[Match]:
    """Return the matches of `filter_by_search`, the most relevant first."""
    words = fold(clean_query(text)).split()
    if not words:
        return []
    asked = [_writings(word) for word in words]
    return (
        newest_matches(queryset, asked, begun=as_typed)
        or newest_matches(queryset, asked, whole=False, begun=True)
        or _find_corrected(queryset, words)
    )


def _writings(word):
    """Return a word, and what it is where a text parts its numeral: «65kh» is of 65/KH-UBND."""
    glued = GLUED.fullmatch(word)
    return [word, " ".join(glued.groups())] if glued else [word]


def _find_corrected(queryset, words):
    """Return what matches `words` when one of them, or each that nobody uses, is corrected."""
    known = known_words(queryset.db, words)
    wrong = [[place for place, word in enumerate(words) if word not in known]]
    if not wrong[0]:
        # A word may be mistyped as another one.
        wrong = [[place] for place in range(len(words))] if len(words) <= MOST_CORRECTED else []
    for likelihood in range(2):
        for places in wrong:
            asked = [[word] for word in words]
            for place in places[:MOST_CORRECTED]:
                similar = similar_words(words[place])
                asked[place] = sorted(
                    known_words(queryset.db, set().union(*similar[: likelihood + 1]))
                )
            if all(asked) and (found := newest_matches(queryset, asked)):
                return found
    return []


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
