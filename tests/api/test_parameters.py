"""Invalid query parameters are refused with their name."""

from django.test import TestCase

from tests.factories import cite, make_article, make_directive, make_portal


class ParameterTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.article = make_article(cls.portal.news)
        cls.directive = make_directive(cls.portal.register)
        cite(cls.article, cls.directive)
        cls.lists = [
            "articles/",
            f"pages/{cls.article.pk}/comments/",
            "directives/",
            f"directives/{cls.directive.pk}/cited_by/",
            "sitemap/",
        ]

    def assert_refused(self, path, *names):
        response = self.client.get(f"/api/v3/{path}")
        assert response.status_code == 422, (path, response.status_code)
        assert response["Content-Type"] == "application/problem+json"
        named = [error["loc"] for error in response.json()["errors"]]
        assert named == [["query", name] for name in names], path

    def test_a_part_of_a_list_that_cannot_be_is_named(self):
        for path in self.lists:
            for value in ("0", "-1", "51", "x", "1.5", ""):
                self.assert_refused(f"{path}?limit={value}", "limit")
            for value in ("-1", str(2**31), "x", ""):
                self.assert_refused(f"{path}?offset={value}", "offset")
            self.assert_refused(f"{path}?limit=0&offset=-1", "limit", "offset")

    def test_lists_are_cut_alike(self):
        for path in self.lists:
            answer = self.client.get(f"/api/v3/{path}?limit=1&offset=100").json()
            window = {"items": [], "next_cursor": None}
            assert answer == {"count": answer["count"], **window}, path

    def test_a_search_for_a_long_number_or_for_no_word_finds_nothing(self):
        for api in ("v2", "v3"):
            for words in ("9" * 20, "0" * 60, "", "%22"):
                response = self.client.get(f"/api/{api}/pages/?search={words}")
                assert response.status_code == 200, (api, words)
                assert response.json()["items"] == []

    def test_a_day_is_written_as_a_date(self):
        for value in ("0", "1710460800", "2024-03-15T00:00:00", "0999-01-01", "9000-01-01"):
            self.assert_refused(f"articles/?published_from={value}", "published_from")

    def test_a_parameter_given_twice_is_named(self):
        for path in self.lists:
            self.assert_refused(f"{path}?limit=1&limit=2", "limit")
        self.assert_refused("articles/?category=a&tag=b&tag=b&category=c", "category", "tag")
        self.assert_refused("directives/facets/?year=2024&year=2025", "year")
        self.assert_refused("resolve/?path=/&path=/tin-tuc/", "path")
        self.assert_refused("search/?q=a&q=b", "q")
        self.assert_refused("navigation/?depth=1&depth=2&tiefe=1", "depth", "tiefe")
