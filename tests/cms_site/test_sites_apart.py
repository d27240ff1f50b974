"""Two wards in one installation see nothing of each other."""

from urllib.parse import urlsplit

from django.test import Client, TestCase

from tests.factories import make_article, make_directive, make_english, make_portal, translate

HOSTS = ("localhost", "go-say.localhost")
LISTS = [
    "/",
    "/tin-tuc/",
    "/van-ban/",
    "/tim-kiem/?q=chung",
    "/tim-kiem/?q=chung&kind=directives",
    "/feeds/articles/",
    "/feeds/directives/",
    "/sitemap-1.xml",
    "/api/v2/pages/?type=civic_articles.ArticlePage",
    "/api/v2/pages/?search=chung",
    "/api/v2/pages/?type=civic_articles.ArticlePage&fields=*",
    "/api/v3/pages/?type=civic_articles.ArticlePage",
    "/api/v3/pages/?search=chung",
]


class TwoSitesTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portals = [make_portal(HOSTS[0]), make_portal(HOSTS[1], "Phường Gò Sậy")]
        for portal, name in zip(cls.portals, ("benga", "gosay"), strict=True):
            make_article(portal.news, title=f"Tin chung {name}", slug=f"tin-{name}")
            make_directive(
                portal.register, title=f"Văn bản {name}", subject="chung", slug=f"van-ban-{name}"
            )

    def client_of(self, number):
        return Client(headers={"host": HOSTS[number]})

    def test_every_list_holds_its_own(self):
        for number, (own, other) in enumerate((("benga", "gosay"), ("gosay", "benga"))):
            for address in LISTS:
                with self.subTest(host=HOSTS[number], address=address):
                    html = self.client_of(number).get(address).content.decode()
                    assert own in html
                    assert other not in html

    def test_a_page_of_the_other_site_is_not_found_here(self):
        for number in (0, 1):
            there = self.portals[1 - number]
            for page in (*there.news.get_children(), *there.register.get_children()):
                path = urlsplit(page.full_url).path
                assert self.client_of(1 - number).get(path).status_code == 200
                assert self.client_of(number).get(path).status_code == 404

    def test_an_id_of_the_other_site_is_not_found_in_the_apis(self):
        for number in (0, 1):
            [article] = self.portals[1 - number].news.get_children()
            for version in ("v2", "v3"):
                address = f"/api/{version}/pages/{article.pk}/"
                assert self.client_of(1 - number).get(address).status_code == 200
                assert self.client_of(number).get(address).status_code == 404

    def test_the_same_address_may_be_on_both(self):
        for portal in self.portals:
            make_article(portal.news, title=f"Họp dân {portal.site.hostname}", slug="hop-dan")

        for number in (0, 1):
            response = self.client_of(number).get("/tin-tuc/hop-dan/")
            self.assertContains(response, f"Họp dân {HOSTS[number]}")

    def test_an_unknown_host_gets_the_default_site(self):
        response = Client(headers={"host": "khong-biet.example"}).get("/")

        self.assertContains(response, "benga")

    def test_each_site_switches_to_its_own_translation(self):
        english = [make_english(portal) for portal in self.portals]
        for number, portal in enumerate(self.portals):
            article = portal.news.get_children().first().specific
            translate(article, slug=f"translated-{number}", title=f"Translated {number}")

        for number in (0, 1):
            response = self.client_of(number).get("/en/news/")
            self.assertContains(response, f"Translated {number}")
            self.assertNotContains(response, f"Translated {1 - number}")
        assert len(english) == 2
