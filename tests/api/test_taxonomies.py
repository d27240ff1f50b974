"""The terms by which front ends filter lists, with the number of pages for each."""

from django.test import TestCase

from tests.api.answers import Document
from tests.factories import (
    committed,
    make_article,
    make_category,
    make_directive,
    make_english,
    make_portal,
    restrict,
)
from tests.queries import queries_of

TAXONOMIES = "/api/v3/taxonomies/"


class TaxonomyTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.category = make_category("Giáo dục")

    def counts(self, name, **asked):
        answer = self.client.get(TAXONOMIES, asked).json()
        assert Document(self.client).complaints(answer, "/taxonomies/") == []
        return {term["code"]: term["count"] for term in answer[name]}

    def tagged(self, section, tag, **fields):
        article = make_article(section, category=self.category, **fields)
        article.tags.add(tag)
        article.save()
        return article

    def test_only_live_public_pages_of_the_site_count(self):
        self.tagged(self.portal.news, "Trường")
        self.tagged(self.portal.news, "Bí mật", live=False)
        restrict(self.tagged(self.portal.news, "Riêng tư"))
        self.tagged(make_portal("khac.example").news, "Nơi khác")

        assert self.counts("categories") == {"giao-duc": 1}
        assert self.counts("tags") == {"truong": 1}
        assert self.counts("tags", site="khac.example") == {"noi-khac": 1}

    def test_types_and_bodies_are_counted(self):
        make_directive(self.portal.register)

        assert self.counts("document_types")["ke-hoach"] == 1
        assert self.counts("document_types")["nghi-dinh"] == 0
        assert self.counts("issuing_bodies")["ubnd-phuong-ben-nga"] == 1

    def test_terms_are_in_one_language(self):
        english = make_english(self.portal)
        make_category("Education", locale=english.home.locale)

        assert self.counts("categories", locale="en") == {"education": 0}
        assert self.counts("categories") == {"giao-duc": 0}

    def test_a_new_article_is_counted_at_once(self):
        assert self.counts("categories") == {"giao-duc": 0}
        with committed():
            self.tagged(self.portal.news, "Trường")

        assert self.counts("categories") == {"giao-duc": 1}

    def test_what_cannot_be_is_refused_by_name(self):
        for name, value in (("locale", "fr"), ("site", "nowhere.example"), ("kind", "tags")):
            response = self.client.get(TAXONOMIES, {name: value})
            assert response.status_code == 422
            assert response.json()["errors"][0]["loc"] == ["query", name]

    def test_more_terms_cost_no_more_queries(self):
        for number in range(10):
            make_category(f"Mục {number}")
            self.tagged(self.portal.news, f"Từ {number}")
        ten = queries_of(self.client, TAXONOMIES)
        for number in range(10, 20):
            make_category(f"Mục {number}")
            self.tagged(self.portal.news, f"Từ {number}")

        assert queries_of(self.client, TAXONOMIES) == ten <= 6
