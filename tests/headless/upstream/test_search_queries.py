"""What the searches of Wagtail's admin answer to what people and programs type into them."""

import pytest
from django.db import OperationalError, connection
from django.test import Client, TestCase
from django.urls import reverse
from wagtail.models import Page
from wagtail.search.backends import get_search_backend
from wagtail.search.query import And, Phrase, PlainText

from tests.factories import log_in, make_article, make_document, make_image, make_portal

ODD = [
    '"',
    '30"',
    'a"b"',
    '""" """',
    "'",
    "\\",
    "NEAR(",
    "%s",
    "-",
    "a\0b",
    "x" * 5000,
    "ß" * 5000,
    "a " * 500,
    "a-" * 500,
    '"a" ' * 500,
    "  ",
]
SEARCHES = [
    "wagtailimages:index",
    "wagtaildocs:index",
    "wagtaildocs_chooser:choose_results",
    "wagtailadmin_explore_root",
    "wagtailadmin_pages:search",
    "wagtailadmin_choose_page_search",
    "wagtailsnippets_civic_articles_category:list",
    "wagtailsnippets_civic_feedback_comment:list",
    "wagtailusers_users:index",
    "wagtailredirects:index",
    "wagtailadmin_reports:site_history",
]


class SearchTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.article = make_article(cls.portal.news, title='Màn hình 30" mới')
        make_image(), make_document()

    def setUp(self):
        self.asker = Client(raise_request_exception=False)
        log_in(self.asker)

    def test_no_search_of_the_admin_fails_on_what_is_typed(self):
        for name in SEARCHES:
            for typed in ODD:
                with self.subTest(name=name, typed=typed[:10]):
                    response = self.asker.get(reverse(name), {"q": typed})
                    assert response.status_code == 200

    def test_a_title_with_a_quote_is_found_by_it(self):
        response = self.asker.get(reverse("wagtailadmin_pages:search"), {"q": '30"'})

        self.assertContains(response, reverse("wagtailadmin_pages:edit", args=[self.article.pk]))

    def test_no_query_of_a_program_fails(self):
        backend = get_search_backend()
        for text in ODD:
            if not text.strip("\0\x0b "):
                continue
            for query in (text, PlainText(text), Phrase(text), And([PlainText(text)] * 500)):
                with self.subTest(query=repr(query)[:20]):
                    list(backend.search(query, Page))
                    list(backend.autocomplete(query, Page))


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="FTS5 is SQLite's.")
@pytest.mark.xfail(raises=OperationalError, strict=True)
def test_modelsearch_escapes_a_quote(monkeypatch):
    from headless.upstream import sqlite_search

    monkeypatch.setattr(sqlite_search.Lexeme, "as_sql", sqlite_search.lexeme_sql)
    list(get_search_backend().search('"', Page))
