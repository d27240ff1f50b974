"""
Search queries that modelsearch 1.3.2, the search of Wagtail 8.0.1, puts into FTS5 unescaped.

A double quote ends the FTS5 string that a word or phrase is put into: an `OperationalError`, as
reported in https://github.com/wagtail/wagtail/issues/13227. To be imported where a database is
SQLite, without which modelsearch lacks the model.
"""

from modelsearch.backends.database.sqlite.query import Lexeme, SearchQueryExpression

lexeme_sql = Lexeme.as_sql
init_expression = SearchQueryExpression.__init__


def install() -> None:
    """Escape the words and phrases of every search and autocompletion, whoever asks for it."""
    Lexeme.as_sql = escaped_lexeme_sql
    SearchQueryExpression.__init__ = init_escaped_expression


def escaped_lexeme_sql(self, compiler, connection):
    """Return the FTS5 string of one word."""
    template, params = lexeme_sql(self, compiler, connection)
    return template, [param.replace('"', '""') for param in params]


def init_escaped_expression(self, value, using=None, **extra):
    """Take a phrase, which becomes an FTS5 string, or a lexeme."""
    if isinstance(value, str):
        value = value.replace('"', '""')
    init_expression(self, value, using, **extra)
