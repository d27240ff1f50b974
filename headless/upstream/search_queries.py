"""
Search queries that modelsearch 1.3.2, the search of Wagtail 8.0.1, cannot handle.

On every database each word nests the expression of the query deeper, until it cannot be compiled
any more (https://github.com/wagtail/wagtail/issues/4701). On PostgreSQL a word of more than 2046
bytes is an error, and so is a NUL; there is no issue for these two yet. Of results without any word
the library does not tell the model, which listings ask for; there is none for that either.
"""

import re

from modelsearch.backends.base import BaseSearchBackend
from modelsearch.query import And, Or, Phrase, PlainText
from modelsearch.utils import MAX_QUERY_STRING_LENGTH

from ..content.texts.text_normalisation import normalise_text

MOST_WORDS = 32
# As PostgreSQL's backend takes words apart.
FIRST_WORDS = re.compile(rf"(?:[\s-]*[^\s-]+){{0,{MOST_WORDS}}}")

search = BaseSearchBackend._search


def install() -> None:
    """Bound the query of every search and autocompletion, whoever asks for it."""
    BaseSearchBackend._search = bounded_search


def bounded_search(self, compiler, query, model_or_queryset, **kwargs):
    """Search for the beginning of a query, which is a text or what Wagtail has parsed of one."""
    results = search(self, compiler, bounded(query), model_or_queryset, **kwargs)
    if results.model is None:
        results.model = getattr(model_or_queryset, "model", model_or_queryset)
    return results


def bounded(query):
    """
    Return a query of the length that the library allows elsewhere, and of `MOST_WORDS`.

    One without any word is the empty text, by which the library finds nothing.
    """
    if isinstance(query, str):
        text = normalise_text(query)[:MAX_QUERY_STRING_LENGTH]
        return FIRST_WORDS.match(text).group().strip()
    if isinstance(query, PlainText):
        text = bounded(query.query_string)
        return text and PlainText(text, query.operator, query.boost)
    if isinstance(query, Phrase):
        text = bounded(query.query_string)
        return text and Phrase(text)
    if isinstance(query, And | Or):
        parts = [part for each in query.subqueries[:MOST_WORDS] if (part := bounded(each))]
        return type(query)(parts) if parts else ""
    return query
