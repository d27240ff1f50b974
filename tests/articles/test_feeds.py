from xml.etree import ElementTree

from django.test import TestCase
from django.urls import reverse

from articles.models import ArticleIndexPage
from tests.factories import (
    language,
    make_article,
    make_category,
    make_directive,
    make_english,
    make_portal,
    publish,
    restrict,
    translate,
)
from tests.feedback.test_comments import make_comment
from tests.queries import queries_of

ATOM = {"a": "http://www.w3.org/2005/Atom"}


class FeedTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        make_english(cls.portal)
        cls.category = make_category("Giáo dục")

    def feed(self, address):
        response = self.client.get(address)
        assert response.status_code == 200
        assert response["Content-Type"].startswith("application/atom+xml")
        return ElementTree.fromstring(response.content)  # noqa: S314

    def titles(self, address):
        return [each.text for each in self.feed(address).findall("a:entry/a:title", ATOM)]

    def test_articles_are_those_of_the_language_without_drafts_and_private_ones(self):
        article = make_article(self.portal.news, title="Khai giảng")
        translate(article, title="School begins")
        make_article(self.portal.news, title="Nháp", live=False)
        restrict(make_article(self.portal.news, title="Riêng"))

        assert self.titles("/feeds/articles/") == ["Khai giảng"]
        assert self.titles("/en/feeds/articles/") == ["School begins"]

    def test_an_entry_has_what_atom_demands(self):
        article = make_article(
            self.portal.news, title="Tin <b>&</b>", byline="Lan Chi", category=self.category
        )

        feed = self.feed("/feeds/articles/")

        for name in ("a:id", "a:title", "a:updated", "a:link"):
            assert feed.find(name, ATOM) is not None, name
        [entry] = feed.findall("a:entry", ATOM)
        assert entry.findtext("a:title", namespaces=ATOM) == "Tin <b>&</b>"
        assert entry.findtext("a:author/a:name", namespaces=ATOM) == "Lan Chi"
        assert entry.find("a:link", ATOM).get("href").endswith(article.url)
        assert entry.find("a:category", ATOM).get("term") == "Giáo dục"
        for name in ("a:id", "a:updated", "a:published", "a:summary"):
            assert entry.findtext(name, namespaces=ATOM)

    def test_a_feed_of_a_category_has_its_articles_only(self):
        make_article(self.portal.news, title="Khai giảng", category=self.category)
        make_article(self.portal.news, title="Sửa cầu")

        assert self.titles("/feeds/articles/giao-duc/") == ["Khai giảng"]

    def ids(self, address):
        feed = self.feed(address)
        entries = feed.findall("a:entry", ATOM)
        return [each.findtext("a:id", namespaces=ATOM) for each in (feed, *entries)]

    def test_ids_outlive_addresses_and_sites_names(self):
        article = make_article(self.portal.news, category=self.category)
        directive = make_directive(self.portal.register)
        make_comment(article)
        feeds = [
            "/feeds/articles/",
            "/feeds/articles/giao-duc/",
            "/feeds/directives/",
            reverse("civic_feedback:comment_feed", args=[article.pk]),
        ]
        before = [self.ids(address) for address in feeds]
        other = ArticleIndexPage(title="Tin khác", slug="tin-khac")
        self.portal.home.add_child(instance=other)

        for page in (article, directive, self.portal.register, self.portal.news):
            page.slug = f"{page.slug}-moi"
            publish(page)
        article.refresh_from_db()
        article.move(other, "last-child")
        self.portal.site.port = 8080
        self.portal.site.save()

        assert [self.ids(address) for address in feeds] == before
        assert all(len(ids) == 2 for ids in before)
        assert all(each.startswith("urn:uuid:") for ids in before for each in ids)
        of_feeds = {ids[0] for ids in before}
        assert len(of_feeds) == len(feeds)

    def test_an_id_belongs_to_one_language(self):
        article = make_article(self.portal.news)
        translate(article, title="Water")

        vietnamese, english = self.ids("/feeds/articles/"), self.ids("/en/feeds/articles/")

        assert not set(vietnamese) & set(english)

    def test_a_category_of_no_or_another_language_is_not_found(self):
        make_category("School", locale=language("en"))

        assert self.client.get("/feeds/articles/khong-co/").status_code == 404
        assert self.client.get("/feeds/articles/school/").status_code == 404

    def test_documents_are_in_their_feed_newest_first(self):
        old = make_directive(self.portal.register, issued_on="2022-01-01")
        new = make_directive(self.portal.register, issued_on="2024-01-01")
        make_directive(self.portal.register, live=False)
        restrict(make_directive(self.portal.register))

        assert self.titles("/feeds/directives/") == [new.title, old.title]

    def test_more_entries_cost_no_more_queries(self):
        for address, make in (
            ("/feeds/articles/", lambda: make_article(self.portal.news, category=self.category)),
            ("/feeds/directives/", lambda: make_directive(self.portal.register)),
        ):
            counts = []
            for _ in range(2):
                for _ in range(10):
                    make()
                counts.append(queries_of(self.client, address))

            assert counts[0] == counts[1], address
