import datetime
from unittest.mock import patch
from xml.etree import ElementTree

from django.test import TestCase
from django.utils import timezone

from tests.factories import language, make_article, make_english, make_portal, restrict, translate
from tests.queries import queries_of

SPACES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}


class CrawlerTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.english = make_english(cls.portal)
        cls.article = make_article(cls.portal.news, slug="khai-giang")
        cls.translated = translate(cls.article, slug="school-begins")

    def test_whoever_finds_a_weakness_is_told_whom_to_tell(self):
        with self.settings(
            SECURITY_CONTACT=["mailto:security@benga.example", "https://benga.example/bao-loi/"],
            SECURITY_POLICY=["https://benga.example/chinh-sach/"],
        ):
            response = self.client.get("/.well-known/security.txt", secure=True)

        assert response["Content-Type"] == "text/plain; charset=utf-8"
        lines = [line.partition(": ") for line in response.content.decode().splitlines()]
        fields = {}
        for name, _colon, value in lines:
            fields.setdefault(name, []).append(value)
        assert fields["Contact"][0] == "mailto:security@benga.example"
        assert fields["Policy"] == ["https://benga.example/chinh-sach/"]
        assert fields["Canonical"] == ["https://testserver/.well-known/security.txt"]
        assert fields["Preferred-Languages"] == ["vi, en"]
        [expires] = fields["Expires"]
        left = datetime.datetime.fromisoformat(expires) - timezone.now()
        assert datetime.timedelta(days=30) < left < datetime.timedelta(days=365)

    def test_without_a_contact_there_is_no_security_txt(self):
        response = self.client.get("/.well-known/security.txt")

        self.assertContains(response, "<h1", status_code=404)

    def parsed(self, address, **extra):
        response = self.client.get(address, **extra)
        assert response.status_code == 200
        assert response["Content-Type"] == "application/xml"
        return ElementTree.fromstring(response.content)  # noqa: S314

    def parts(self, **extra):
        index = self.parsed("/sitemap.xml", **extra)
        return [
            part.findtext("s:loc", namespaces=SPACES) for part in index.findall("s:sitemap", SPACES)
        ]

    def sitemap(self, **extra):
        urls = [
            url
            for part in self.parts(**extra)
            for url in self.parsed(part, **extra).findall("s:url", SPACES)
        ]
        found = {
            url.findtext("s:loc", namespaces=SPACES): {
                link.get("hreflang"): link.get("href") for link in url.findall("x:link", SPACES)
            }
            for url in urls
        }
        assert len(found) == len(urls)
        return found

    def test_a_large_sitemap_has_several_parts_that_follow_changes(self):
        whole = self.sitemap()
        with patch("cms_site.sitemaps.PAGES_IN_PART", 4):
            make_article(self.portal.news, slug="moi")
            parts = self.parts()

            assert parts == [f"http://testserver/sitemap-{number}.xml" for number in (1, 2, 3)]
            assert set(self.sitemap()) == {*whole, "http://localhost/tin-tuc/moi/"}
            self.article.unpublish()
            assert "http://localhost/tin-tuc/khai-giang/" not in self.sitemap()
        assert self.client.get("/sitemap-4.xml").status_code == 404
        assert self.client.get("/sitemap-0.xml").status_code == 404

    def test_the_sitemap_lists_every_public_page_of_both_languages_once(self):
        make_article(self.portal.news, slug="nhap", live=False)
        restrict(make_article(self.portal.news, slug="rieng"))
        make_article(self.portal.news).copy_for_translation(language("en"), alias=True)

        addresses = list(self.sitemap())

        paths = [address.removeprefix("http://localhost") for address in addresses]
        assert len(set(paths)) == len(paths) == 11
        assert {"/", "/en/", "/tin-tuc/khai-giang/", "/en/news/school-begins/"} <= set(paths)
        assert not [path for path in paths if "nhap" in path or "rieng" in path]

    def test_each_page_names_its_translations(self):
        alternates = self.sitemap()

        expected = {
            "vi": "http://localhost/tin-tuc/khai-giang/",
            "en": "http://localhost/en/news/school-begins/",
        }
        for address in expected.values():
            assert alternates[address] == expected

    def test_the_sitemap_of_a_site_holds_its_own_pages_only(self):
        make_portal("go-say.localhost", "Phường Gò Sậy")

        there = self.sitemap(headers={"host": "go-say.localhost"})

        assert there
        assert all(address.startswith("http://go-say.localhost/") for address in there)
        assert all(
            "localhost/" in address and "go-say" not in address for address in self.sitemap()
        )

    def test_more_pages_cost_no_more_queries(self):
        counts = []
        for _ in range(2):
            for _ in range(10):
                make_article(self.portal.news)
            counts.append(queries_of(self.client, "/sitemap-1.xml"))

        assert counts[0] == counts[1]

    def test_robots_are_kept_from_admin_and_search_and_told_of_the_sitemap(self):
        response = self.client.get("/robots.txt", headers={"host": "localhost"})

        assert response["Content-Type"].startswith("text/plain")
        lines = response.content.decode().splitlines()
        assert {"Disallow: /admin/", "Disallow: /tim-kiem/", "Disallow: /en/search/"} <= set(lines)
        assert "Sitemap: http://localhost/sitemap.xml" in lines

    def test_the_balancer_is_told_that_all_is_well(self):
        response = self.client.get("/healthz")

        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"]
