"""What the searches of Wagtail's admin answer to what people and programs type into them."""

import unicodedata
from importlib import import_module

import pytest
from django.db import OperationalError, connection
from django.test import Client, TestCase
from django.urls import reverse
from modelsearch.backends.base import BaseSearchBackend
from wagtail.contrib.redirects.models import Redirect
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.search.backends import get_search_backend
from wagtail.search.query import And, Phrase, PlainText

from articles.models import Tag
from feedback.models import Comment
from headless.upstream import search_folding, search_queries, search_relevance
from tests.factories import (
    log_in,
    make_article,
    make_category,
    make_document,
    make_image,
    make_portal,
    make_user,
)

pytestmark = [pytest.mark.vendor, pytest.mark.slow]

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
    "AND",
    "(",
    ")",
    "*",
    "\0",
    '"a',
    "-a",
    "a-b.2",
    "AND OR NOT",
    "a:b",
    "  ",
]
SEARCHES = [
    "wagtailimages:index",
    "wagtailimages_chooser:choose_results",
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

    def test_names_are_found_by_letters_and_accents_typed_apart(self):
        name = "Nguyễn Đường Cũ"
        image, document = make_image(name), make_document(name)
        make_article(self.portal.news, title=name)
        category = make_category(name)
        user = make_user("nguyen")
        type(user).objects.filter(pk=user.pk).update(last_name=name)
        Redirect.objects.create(old_path="/đường-cũ", redirect_link="/")
        typed = unicodedata.normalize("NFD", name)
        found = {
            "wagtailimages:index": reverse("wagtailimages:edit", args=[image.pk]),
            "wagtailimages_chooser:choose_results": name,
            "wagtaildocs:index": reverse("wagtaildocs:edit", args=[document.pk]),
            "wagtailadmin_pages:search": name,
            "wagtailadmin_choose_page_search": name,
            "wagtailsnippets_civic_articles_category:list": reverse(
                "wagtailsnippets_civic_articles_category:edit", args=[category.pk]
            ),
            "wagtailusers_users:index": reverse("wagtailusers_users:edit", args=[user.pk]),
        }
        for address, shown in found.items():
            with self.subTest(address=address):
                self.assertContains(self.asker.get(reverse(address), {"q": typed}), shown)
        response = self.asker.get(
            reverse("wagtailredirects:index"), {"q": unicodedata.normalize("NFD", "đường-cũ")}
        )
        self.assertContains(response, "/đường-cũ")

    def test_every_search_finds_with_and_without_diacritics(self):
        name = "Đêm hội Nguyễn Huệ"
        image, document = make_image(name), make_document(name)
        article, category = make_article(self.portal.news, title=name), make_category(name)
        user = make_user("nguyen")
        type(user).objects.filter(pk=user.pk).update(last_name=name)
        Redirect.objects.create(old_path="/đêm-hội", redirect_link="/")
        Comment.objects.create(page=self.article, name="Huệ", body="Mai có đêm hội không ạ?")
        found = {
            "wagtailimages:index": reverse("wagtailimages:edit", args=[image.pk]),
            "wagtailimages_chooser:choose_results": name,
            "wagtaildocs:index": reverse("wagtaildocs:edit", args=[document.pk]),
            "wagtaildocs_chooser:choose_results": name,
            "wagtailadmin_explore_root": reverse("wagtailadmin_pages:edit", args=[article.pk]),
            "wagtailadmin_pages:search": name,
            "wagtailadmin_choose_page_search": name,
            "choose_article:choose_results": name,
            "wagtailsnippets_civic_articles_category:list": reverse(
                "wagtailsnippets_civic_articles_category:edit", args=[category.pk]
            ),
            "wagtailusers_users:index": reverse("wagtailusers_users:edit", args=[user.pk]),
            "wagtailredirects:index": "/đêm-hội",
            "wagtailsnippets_civic_feedback_comment:list": "Mai có đêm hội",
        }
        for address, shown in found.items():
            for typed in ("dem hoi", "Đêm hội", "DEM HOI", unicodedata.normalize("NFD", "đêm hội")):
                typed = typed.replace(" ", "-") if address == "wagtailredirects:index" else typed
                with self.subTest(address=address, typed=typed):
                    query = {"q": typed, "search_all": "1"}
                    self.assertContains(self.asker.get(reverse(address), query), shown)

    def test_a_tag_is_completed_from_what_is_typed(self):
        Tag.objects.create(name="Đường bộ")
        address = reverse("wagtailadmin_tag_model_autocomplete", args=["civic_articles", "tag"])
        for typed in ("Đườ", unicodedata.normalize("NFD", "Đườ"), "Đườ\0"):
            with self.subTest(typed=typed):
                response = self.asker.get(address, {"term": typed})
                assert response.json() == ["Đường bộ"]
        assert self.asker.get(address, {"term": "ß" * 5000}).json() == []

    def test_no_query_of_a_program_fails(self):
        backend = get_search_backend()
        for text in ODD:
            if not text.strip("\0\x0b "):
                continue
            for query in (text, PlainText(text), Phrase(text), And([PlainText(text)] * 500)):
                with self.subTest(query=repr(query)[:20]):
                    list(backend.search(query, Page))
                    list(backend.autocomplete(query, Page))


def use_stock_compilers(monkeypatch):
    for compiler, stock in search_relevance.searches.items():
        monkeypatch.setattr(compiler, "search", stock)


@pytest.mark.django_db
@pytest.mark.xfail(strict=True)
def test_modelsearch_looks_for_matches_once_and_by_an_index(monkeypatch):
    use_stock_compilers(monkeypatch)
    sql = str(get_search_backend().search("bai", Page).get_queryset().query)
    assert sql.count("MATCH") == 1
    assert "::varchar" not in sql


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="FTS5 is SQLite's.")
@pytest.mark.xfail(raises=OperationalError, strict=True)
def test_modelsearch_escapes_a_quote(monkeypatch):
    from headless.upstream import sqlite_search

    use_stock_compilers(monkeypatch)
    monkeypatch.setattr(sqlite_search.Lexeme, "as_sql", sqlite_search.lexeme_sql)
    list(get_search_backend().search('"', Page))


@pytest.mark.django_db
@pytest.mark.xfail(
    raises=RecursionError, strict=True, reason="https://github.com/wagtail/wagtail/issues/4701"
)
def test_modelsearch_searches_for_many_words(monkeypatch):
    monkeypatch.setattr(BaseSearchBackend, "_search", search_queries.search)
    use_stock_compilers(monkeypatch)
    list(get_search_backend().search("a " * 500, Page))


def use_stock_folding(monkeypatch):
    module = import_module(search_folding.MODULES[connection.vendor])
    stock = search_folding.prepare_values[connection.vendor]
    monkeypatch.setattr(module.ObjectIndexer, "prepare_value", stock)
    monkeypatch.setattr(module.SearchBackend, "_search", BaseSearchBackend._search)


@pytest.mark.django_db
@pytest.mark.xfail(strict=True)
def test_modelsearch_folds_vietnamese_letters(monkeypatch):
    use_stock_folding(monkeypatch)
    make_image("Đường phố ngày hội")
    assert list(get_search_backend().search("duong ngay hoi", get_image_model()))


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite parts words at signs.")
@pytest.mark.xfail(strict=True)
def test_modelsearch_finds_a_part_of_what_has_slashes(monkeypatch):
    use_stock_folding(monkeypatch)
    make_image("Theo 21-KL/TW")
    assert list(get_search_backend().search("TW", get_image_model()))
