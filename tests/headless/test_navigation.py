"""Menus, breadcrumbs and language choices."""

from django.test import TestCase
from wagtail.test.utils.wagtail_tests import WagtailTestUtils

from articles.models import ArticleIndexPage
from tests.factories import language, make_article, make_english, make_portal, restrict, translate
from tests.queries import queries_of


class Soup(WagtailTestUtils, TestCase):
    def soup(self, address, **extra):
        return self.get_soup(self.client.get(address, **extra).content)


class MenuTests(Soup):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()

    def section(self, title, parent=None, **fields):
        page = ArticleIndexPage(
            title=title, locale=language("vi"), **{"show_in_menus": True} | fields
        )
        return (parent or self.portal.home).add_child(instance=page)

    def menu(self, address="/", **extra):
        soup = self.soup(address, **extra)
        return [link.get_text(strip=True) for link in soup.select("#menu .menu__list > li > a")]

    def test_holds_the_sections_that_editors_put_there_in_their_order(self):
        self.section("Thông báo")
        self.section("Không hiện", show_in_menus=False)

        assert self.menu() == ["Tin tức", "Văn bản", "Thông báo"]

    def test_holds_neither_drafts_nor_private_sections(self):
        self.section("Nháp", live=False)
        restrict(self.section("Nội bộ"))

        assert self.menu() == ["Tin tức", "Văn bản"]

    def test_marks_where_the_reader_is(self):
        article = make_article(self.portal.news)

        for page, value in ((self.portal.news, "page"), (article, "true")):
            [current] = self.soup(page.url).select("#menu .menu__list > li > a[aria-current]")
            assert current.get_text(strip=True) == "Tin tức"
            assert current["aria-current"] == value

    def test_is_in_the_pages_language(self):
        english = make_english(self.portal)

        assert self.menu(english.home.url) == ["News", "Documents"]

    def test_a_section_below_one_that_is_hidden_is_not_in_it(self):
        self.portal.shelf.show_in_menus = False
        self.portal.shelf.save()

        assert "Tiện ích" not in self.menu()


class BreadcrumbTests(Soup):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.article = make_article(cls.portal.news, title="Khai giảng")

    def test_lead_from_the_home_page_to_the_page_itself(self):
        soup = self.soup(self.article.url)

        steps = soup.select(".breadcrumbs li")
        assert [step.get_text(strip=True) for step in steps] == [
            "Phường Bến Ngà",
            "Tin tức",
            "Khai giảng",
        ]
        assert [link["href"] for link in soup.select(".breadcrumbs a")] == ["/", "/tin-tuc/"]
        assert soup.select_one(".breadcrumbs [aria-current=page]")

    def test_are_not_on_the_home_page(self):
        assert not self.soup("/").select(".breadcrumbs")

    def test_skip_a_section_that_is_taken_back(self):
        self.portal.news.live = False
        self.portal.news.save()

        steps = self.soup(self.article.url).select(".breadcrumbs li")

        assert [step.get_text(strip=True) for step in steps] == ["Phường Bến Ngà", "Khai giảng"]


class LanguageTests(Soup):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.english = make_english(cls.portal)
        cls.article = make_article(cls.portal.news)
        cls.translated = translate(cls.article, title="School begins", slug="school")

    def test_every_page_says_its_language(self):
        for page, code in (
            (self.portal.home, "vi"),
            (self.article, "vi"),
            (self.english.home, "en"),
            (self.translated, "en"),
        ):
            assert self.soup(page.url).html["lang"] == code
        assert self.soup("/tim-kiem/").html["lang"] == "vi"
        assert self.soup("/en/search/").html["lang"] == "en"

    def test_the_switch_leads_to_the_same_page_in_the_other_language(self):
        for here, there in (
            (self.article, self.translated),
            (self.translated, self.article),
            (self.portal.home, self.english.home),
        ):
            [link] = self.soup(here.url).select(".languages a")
            assert link["href"] == there.url
            assert link["lang"] == link["hreflang"] == there.locale.language_code
            [current] = self.soup(here.url).select(".languages [aria-current]")
            assert current["lang"] == here.locale.language_code

    def test_without_a_public_translation_it_leads_home(self):
        draft = make_article(self.portal.news)
        translate(draft, live=False)
        alone = make_article(self.portal.news)

        for page in (draft, alone):
            [link] = self.soup(page.url).select(".languages a")
            assert link["href"] == "/en/"

    def test_search_engines_learn_of_each_public_translation_at_its_full_address(self):
        for page in (self.article, self.translated):
            links = self.soup(page.url).select("link[rel=alternate][hreflang]")
            assert {link["hreflang"]: link["href"] for link in links} == {
                "vi": f"http://localhost{self.article.url}",
                "en": f"http://localhost{self.translated.url}",
                "x-default": f"http://localhost{self.article.url}",
            }

    def test_they_learn_of_no_draft(self):
        page = make_article(self.portal.news)
        translate(page, live=False)

        links = self.soup(page.url).select("link[rel=alternate][hreflang]")

        assert "en" not in {link["hreflang"] for link in links}

    def test_each_page_names_its_own_address_once_and_without_filters(self):
        for page in (self.article, self.portal.news, self.portal.home):
            [link] = self.soup(f"{page.url}?utm_source=x").select("link[rel=canonical]")
            assert link["href"] == f"http://localhost{page.url}"

    def test_the_second_page_of_a_list_has_an_address_of_its_own(self):
        for _ in range(ArticleIndexPage.PER_PAGE):
            make_article(self.portal.news)

        [link] = self.soup(f"{self.portal.news.url}?page=2").select("link[rel=canonical]")

        assert link["href"].endswith("/tin-tuc/?page=2")

    def test_the_browsers_language_changes_nothing(self):
        plain = self.soup("/")
        for languages in ("en", "en-GB,en;q=0.9", "fr"):
            asked = self.soup("/", headers={"accept-language": languages})
            assert asked.html["lang"] == plain.html["lang"] == "vi"
            assert asked.h1 == plain.h1

    def test_more_pages_and_languages_cost_no_more_queries(self):
        counts = []
        for _ in range(2):
            for _ in range(10):
                section = ArticleIndexPage(title="Mục", locale=language("vi"), show_in_menus=True)
                self.portal.home.add_child(instance=section)
            counts.append(queries_of(self.client, self.article.url))

        assert counts[0] == counts[1]
