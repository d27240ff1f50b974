"""
Searches that tell «Đêm hội» from «dem hoi».

The database backends of modelsearch 1.3.2, the search of Wagtail 8.0.1, index texts as they are:
SQLite's tokenizer keeps đ and letters with two diacritics, PostgreSQL drops none, and of decomposed
letters it makes words of their own. Neither has a setting for it that needs no extension of the
database. PostgreSQL also takes «65/KH-UBND» for the path of a file, one word, where SQLite reads
three: it is given words that spaces part. Models that are not indexed, such as users, are searched by `icontains`, which tells them
apart as well. No issue is reported yet.
"""

from importlib import import_module

from django.db import connections
from django.db.models import Q
from modelsearch.backends.base import BaseSearchBackend
from modelsearch.query import And, Boost, Fuzzy, Not, Or, Phrase, PlainText
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.search.index import class_is_indexed

from ..content.search import WORDS, contains_folded, fold

search_queryset = BaseListingView.search_queryset
# The method of each backend in use, by vendor, for the test of the stock library.
prepare_values = {}

MODULES = {
    "sqlite": "modelsearch.backends.database.sqlite.sqlite",
    "postgresql": "modelsearch.backends.database.postgres.postgres",
}


def install() -> None:
    """Fold what the backends of the databases in use index, and what they are asked for."""
    BaseListingView.search_queryset = search_folded_queryset
    for vendor in {each.vendor for each in connections.all()} & MODULES.keys():
        module = import_module(MODULES[vendor])
        prepare_values[vendor] = module.ObjectIndexer.prepare_value
        _fold(module, fold_words if vendor == "postgresql" else fold)


def search_folded_queryset(view, queryset):
    """Return what a list of the admin shows for its query."""
    indexed = class_is_indexed(queryset.model) and view.search_backend_name
    if not view.is_searching or indexed:
        return search_queryset(view, queryset)
    found = Q()
    for name in view.search_fields or []:
        found |= Q(contains_folded(name, view.search_query))
    return queryset.filter(found)


def fold_words(text: str) -> str:
    """Return the words of `text` as `fold` returns them, parted by spaces alone."""
    return " ".join(WORDS.findall(fold(text)))


def _fold(module, fold_text) -> None:
    prepare = module.ObjectIndexer.prepare_value

    def prepare_folded_value(self, value):
        return fold_text(prepare(self, value))

    def search_folded(self, compiler, query, model_or_queryset, **kwargs):
        query = folded(query, fold_text)
        return BaseSearchBackend._search(self, compiler, query, model_or_queryset, **kwargs)

    module.ObjectIndexer.prepare_value = prepare_folded_value
    module.SearchBackend._search = search_folded


def folded(query, fold_text=fold):
    """Return a query, a text or what Wagtail has parsed of one, with its texts folded."""
    if isinstance(query, str):
        return fold_text(query)
    if isinstance(query, PlainText):
        return PlainText(fold_text(query.query_string), query.operator, query.boost)
    if isinstance(query, Phrase):
        return Phrase(fold_text(query.query_string))
    if isinstance(query, Fuzzy):
        return Fuzzy(fold_text(query.query_string), query.operator, query.unaccent)
    if isinstance(query, And | Or):
        return type(query)([folded(each, fold_text) for each in query.subqueries])
    if isinstance(query, Not):
        return Not(folded(query.subquery, fold_text))
    if isinstance(query, Boost):
        return Boost(folded(query.subquery, fold_text), query.boost)
    return query
