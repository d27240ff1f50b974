"""
Search queries that modelsearch 1.3.2, the search of Wagtail 8.0.1, hands to a database unescaped.

On SQLite a double quote ends the FTS5 string that the word is put into: an `OperationalError`, as
reported in https://github.com/wagtail/wagtail/issues/13227. On PostgreSQL a NUL is an error, and so
is a word of more than 2046 bytes; there is no issue for these yet.
"""

from modelsearch.backends.base import BaseSearchBackend
from modelsearch.backends.database.sqlite import query as sqlite
from modelsearch.utils import MAX_QUERY_STRING_LENGTH

from ..plain_text import normalise_text

search = BaseSearchBackend._search
lexeme_sql = sqlite.Lexeme.as_sql
init_expression = sqlite.SearchQueryExpression.__init__


def install() -> None:
    """Escape the queries of every search and autocompletion, whoever asks for it."""
    BaseSearchBackend._search = search_normalised
    sqlite.Lexeme.as_sql = escaped_lexeme_sql
    sqlite.SearchQueryExpression.__init__ = init_escaped_expression


def search_normalised(self, compiler, query, model_or_queryset, **kwargs):
    """Search for a text that a database can take, of the length the library itself allows."""
    if isinstance(query, str):
        query = normalise_text(query)[:MAX_QUERY_STRING_LENGTH].strip()
    return search(self, compiler, query, model_or_queryset, **kwargs)


def escaped_lexeme_sql(self, compiler, connection):
    """Return the FTS5 string of one word."""
    template, params = lexeme_sql(self, compiler, connection)
    return template, [param.replace('"', '""') for param in params]


def init_escaped_expression(self, value, using=None, **extra):
    """Take a phrase, which becomes an FTS5 string, or a lexeme."""
    if isinstance(value, str):
        value = value.replace('"', '""')
    init_expression(self, value, using, **extra)
