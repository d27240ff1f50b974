from django.urls import reverse
from wagtail.test.utils import WagtailPageTestCase
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from tests.factories import (
    add_card,
    log_in,
    make_article,
    make_english,
    make_links,
    make_portal,
    make_statistics,
    restrict,
    set_mode,
    translate,
)
from tests.queries import queries_of


class SidebarTests(WagtailPageTestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.article = make_article(cls.portal.news)
        cls.of_home = make_links(cls.portal.shelf, title="Liên kết chung")
        cls.of_news = make_statistics(cls.portal.shelf, title="Thống kê riêng")
        add_card(cls.portal.home, cls.of_home)

    def cards(self, page):
        soup = self.get_soup(self.client.get(page.url).content)
        return [heading.get_text(strip=True) for heading in soup.select("aside .widget-card h2")]

    def test_a_page_has_the_cards_of_those_above(self):
        for page in (self.portal.home, self.portal.news, self.article, self.portal.register):
            assert self.cards(page) == ["Liên kết chung"], page

    def test_cards_of_a_section_come_after_those_from_above(self):
        add_card(self.portal.news, self.of_news)

        assert self.cards(self.article) == ["Liên kết chung", "Thống kê riêng"]
        assert self.cards(self.portal.home) == ["Liên kết chung"]

    def test_a_section_may_add_to_those_from_above_and_say_so(self):
        add_card(self.portal.news, self.of_news)
        set_mode(self.portal.news, "add")

        assert self.cards(self.portal.news) == ["Liên kết chung", "Thống kê riêng"]

    def test_a_section_may_have_only_its_own(self):
        add_card(self.portal.news, self.of_news)
        set_mode(self.portal.news, "own")

        assert self.cards(self.portal.news) == ["Thống kê riêng"]
        assert self.cards(self.article) == ["Thống kê riêng"]
        assert self.cards(self.portal.register) == ["Liên kết chung"]

    def test_a_section_may_have_none(self):
        set_mode(self.portal.news, "none")

        assert self.cards(self.portal.news) == []
        assert self.cards(self.article) == []
        assert "<aside" not in self.client.get(self.article.url).content.decode()

    def test_a_card_may_have_a_title_of_its_own(self):
        add_card(self.portal.news, self.of_news, title="Lượt xem")

        assert self.cards(self.portal.news) == ["Liên kết chung", "Lượt xem"]

    def test_a_widget_that_is_a_draft_or_private_is_left_out(self):
        add_card(self.portal.home, make_links(self.portal.shelf, title="Nháp", live=False))
        private = make_links(self.portal.shelf, title="Riêng")
        restrict(private)
        add_card(self.portal.home, private)

        assert self.cards(self.portal.home) == ["Liên kết chung"]

    def test_a_widget_is_not_repeated_beside_itself(self):
        add_card(self.portal.home, self.of_news)

        assert self.cards(self.of_home) == ["Thống kê riêng"]
        assert self.cards(self.of_news) == ["Liên kết chung"]
        assert self.cards(self.article) == ["Liên kết chung", "Thống kê riêng"]
        found = self.client.get("/api/v3/sidebar/", {"path": self.of_home.url}).json()
        assert [card["title"] for card in found["cards"]] == ["Thống kê riêng"]

    def test_a_translated_widget_is_not_repeated_beside_itself(self):
        make_english(self.portal)

        assert self.cards(translate(self.of_home, title="Common links")) == []

    def test_another_language_shows_the_translated_widgets(self):
        english = make_english(self.portal)
        translate(self.of_home, title="Common links")

        assert self.cards(english.home) == ["Common links"]
        assert self.cards(english.news) == ["Common links"]

    def test_an_untranslated_widget_is_shown_in_its_own_language(self):
        english = make_english(self.portal)

        assert self.cards(english.home) == ["Liên kết chung"]

    def test_more_cards_cost_no_more_queries(self):
        counts = []
        for _ in range(2):
            for _ in range(10):
                add_card(self.portal.home, make_statistics(self.portal.shelf))
            counts.append(queries_of(self.client, self.article.url))

        assert counts[0] == counts[1]

    def test_a_preview_shows_cards_that_are_not_saved_yet(self):
        log_in(self.client)
        news = self.portal.news
        data = {
            "title": news.title,
            "slug": news.slug,
            "introduction": "",
            "sidebar_modes": inline_formset([{"mode": "own"}]),
            "sidebar_cards": inline_formset([{"widget": self.of_news.pk, "title": "Mới thêm"}]),
        }
        address = reverse("wagtailadmin_pages:preview_on_edit", args=[news.pk])

        valid = self.client.post(address, nested_form_data(data))
        soup = self.get_soup(self.client.get(address).content)

        assert valid.json()["is_valid"], valid.json()
        cards = [each.get_text(strip=True) for each in soup.select("aside .widget-card h2")]
        assert cards == ["Mới thêm"]
        assert self.cards(news) == ["Liên kết chung"]

    def test_cards_in_a_draft_are_not_shown_before_it_is_published(self):
        log_in(self.client)
        news = self.portal.news
        data = nested_form_data(
            {
                "title": news.title,
                "slug": news.slug,
                "introduction": "",
                "sidebar_modes": inline_formset([]),
                "sidebar_cards": inline_formset([{"widget": self.of_news.pk, "title": ""}]),
            }
        )
        address = reverse("wagtailadmin_pages:edit", args=[news.pk])

        self.client.post(address, data)

        assert self.cards(news) == ["Liên kết chung"]
        self.client.post(address, data | {"action-publish": "yes"})
        news.refresh_from_db()
        assert news.sidebar_cards.count() == 1

    def test_a_page_that_is_no_widget_is_refused_at_its_field(self):
        log_in(self.client)
        news = self.portal.news
        data = {
            "title": news.title,
            "slug": news.slug,
            "introduction": "",
            "sidebar_modes": inline_formset([]),
            "sidebar_cards": inline_formset([{"widget": self.article.pk, "title": ""}]),
        }

        response = self.client.post(
            reverse("wagtailadmin_pages:edit", args=[news.pk]), nested_form_data(data)
        )

        assert "widget" in response.context["form"].formsets["sidebar_cards"].errors[0]
