"""
Searches of modelsearch 1.3.2, the search of Wagtail 8.0.1, that grow with the square of the pages.

On SQLite it asks for the rank of each match by a subquery that looks for all matches again; on
PostgreSQL it joins pages and index entries by a text that no index has, over two vectors that no
one index has. A word of 10,000 pages takes seconds: https://github.com/wagtail/wagtail/issues/13227
is about the same query. It matters to everybody whose API offers `?search=`.
"""

from importlib import import_module

from django.db import connections
from django.db.models import IntegerField
from modelsearch.query import PlainText

from ..content.search import clean_query, find, in_order
from ..content.search_index import newest_matches

MODULES = {
    "sqlite": ("modelsearch.backends.database.sqlite.sqlite", "SQLite"),
    "postgresql": ("modelsearch.backends.database.postgres.postgres", "Postgres"),
}
# The methods of the compilers in use, by class, for the test of the stock library.
searches = {}


def install() -> None:
    """Read the newest matches from the index, whoever searches for words."""
    for vendor in {each.vendor for each in connections.all()} & MODULES.keys():
        path, prefix = MODULES[vendor]
        module = import_module(path)
        for kind in ("Search", "Autocomplete"):
            compiler = getattr(module, f"{prefix}{kind}QueryCompiler")
            searches[compiler] = compiler.search
            compiler.search = _bounded(compiler.search)


def _bounded(search):
    def search_newest(self, config, start, stop, score_field=None, **kwargs):
        if not is_plain(self) or score_field is not None:
            return search(self, config, start, stop, score_field, **kwargs)
        text = self.query.query_string
        if self.LAST_TERM_IS_PREFIX:
            words = [[word] for word in clean_query(text).split()]
            matches = newest_matches(
                self.queryset, words, whole=False, begun=True, column="autocomplete"
            )
        else:
            matches = find(self.queryset, text)
        keys = [each.key for each in matches]
        if self.order_by_relevance:
            return in_order(self.queryset, keys)[start:stop]
        found = self.queryset.filter(pk__in=keys)
        return (found if found.query.order_by else found.order_by("-pk"))[start:stop]

    return search_newest


def is_plain(compiler) -> bool:
    """Return whether all words of a query are looked for in all fields of a model with numeric keys."""
    query = compiler.query
    return (
        isinstance(query, PlainText)
        and query.operator.upper() == "AND"
        and bool(clean_query(query.query_string))
        and compiler.fields is None
        and isinstance(_key_of(compiler.queryset.model), IntegerField)
    )


def _key_of(model):
    key = model._meta.pk
    while key.remote_field:
        key = key.remote_field.model._meta.pk
    return key
