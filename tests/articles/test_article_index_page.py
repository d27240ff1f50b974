import datetime
from unittest.mock import patch
from urllib.parse import urlencode

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.test.utils import WagtailPageTestCase
from wagtail.test.utils.form_data import nested_form_data

from articles.models import ArticleIndexPage, ArticlePage
from home.models import HomePage
from tests.factories import (
    language,
    log_in,
    make_article,
    make_category,
    make_english,
    make_image,
    make_portal,
    restrict,
    translate,
)
from tests.forms import NO_SIDEBAR, preview_new
from tests.queries import queries_of


def moment(year, month, day=1, hour=12, minute=0):
    return timezone.make_aware(datetime.datetime(year, month, day, hour, minute))


class ArticleIndexPageTests(WagtailPageTestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.news = cls.portal.news

    def titles(self, **asked):
        response = self.client.get(f"{self.news.url}?{urlencode(asked)}")
        assert response.status_code == 200
        return [article.title for article in response.context["articles"]]

    def test_links_repeat_no_parameter_that_the_list_does_not_know(self):
        category = make_category()
        with patch.object(ArticleIndexPage, "PER_PAGE", 1):
            for number in range(3):
                make_article(self.news, slug=f"tin-{number}", category=category)
            asked = {"category": category.slug, "page": 2, "utm": "x" * 7000, "x" * 5000: ""}
            response = self.client.get(f"{self.news.url}?{urlencode(asked)}")

        self.assertNotContains(response, "x" * 100)
        links = {
            link["href"] for link in self.get_soup(response.content).select("main a[href^='?']")
        }
        assert f"?category={category.slug}&page=3" in links
        assert "?" in links  # without the category: not this very page again

    def test_pages_are_numbered_up_to_a_limit_and_older_articles_found_by_month(self):
        for number in range(5):
            make_article(self.news, title=f"Tin {number}", published_at=moment(2024, 3, number + 1))
        limit = patch("articles.models.pages.LAST_NUMBERED_PAGE", 2)
        with limit, patch.object(ArticleIndexPage, "PER_PAGE", 1):
            last = self.client.get(f"{self.news.url}?page=2")
            beyond = self.client.get(f"{self.news.url}?page=3")
            nowhere = self.client.get(f"{self.news.url}?page=6")
            in_month = self.titles(year=2024, month=3, page=5)

        assert not self.get_soup(last.content).select("nav.pagination a[rel=next]")
        self.assertContains(last, "theo năm và tháng")
        self.assertContains(beyond, "theo năm và tháng")
        assert list(beyond.context["articles"]) == []
        assert nowhere.status_code == 404
        assert in_month == ["Tin 0"]

    def test_a_list_is_counted_once_until_content_changes(self):
        for _ in range(2):
            make_article(self.news)
            self.client.get(self.news.url)
        with CaptureQueriesContext(connection) as warm:
            self.client.get(self.news.url)
        make_article(self.news)

        assert not [each for each in warm if "COUNT(" in each["sql"].upper()]
        assert self.client.get(self.news.url).context["articles"].paginator.count == 3

    def test_lives_where_the_host_wants_it_and_holds_articles_only(self):
        self.assertCanCreateAt(HomePage, ArticleIndexPage)
        self.assertAllowedSubpageTypes(ArticleIndexPage, {ArticlePage})

    def test_an_editor_can_create_it(self):
        log_in(self.client)
        data = {"title": "Thông báo", "introduction": "", **NO_SIDEBAR}

        self.assertCanCreate(self.portal.home, ArticleIndexPage, nested_form_data(data))

    def test_can_be_previewed_before_its_first_save(self):
        log_in(self.client)
        data = {"title": "Tin nội bộ", "introduction": "Lời dẫn", **NO_SIDEBAR}

        response = preview_new(self.client, self.portal.home, ArticleIndexPage, data)

        self.assertContains(response, "Lời dẫn")

    def test_more_articles_cost_no_more_queries(self):
        category = make_category()
        counts = []
        for _ in range(2):
            for _ in range(10):
                make_article(self.news, category=category, cover=make_image())
            counts.append(queries_of(self.client, self.news.url))

        assert counts[0] == counts[1]

    def test_shows_the_newest_first_and_neither_drafts_nor_private_ones(self):
        make_article(self.news, title="Cũ", published_at=moment(2023, 1))
        make_article(self.news, title="Mới", published_at=moment(2024, 1))
        make_article(self.news, title="Nháp", live=False)
        restrict(make_article(self.news, title="Riêng"))

        assert self.titles() == ["Mới", "Cũ"]

    def test_narrows_by_category(self):
        school = make_category("Giáo dục")
        make_article(self.news, title="Khai giảng", category=school)
        make_article(self.news, title="Sửa cầu", category=make_category("Giao thông"))

        assert self.titles(category="giao-duc") == ["Khai giảng"]

    def test_narrows_by_tag(self):
        tagged = make_article(self.news, title="Khai giảng")
        tagged.tags.add("Trường học")
        tagged.save()
        make_article(self.news, title="Sửa cầu")

        assert self.titles(tag="truong-hoc") == ["Khai giảng"]

    def test_narrows_by_year_and_month_as_they_are_in_vietnam(self):
        make_article(self.news, title="Giao thừa", published_at=moment(2023, 12, 31, 23, 59))
        make_article(self.news, title="Năm mới", published_at=moment(2024, 1, 1, 0, 1))
        make_article(self.news, title="Tháng Hai", published_at=moment(2024, 2))

        assert self.titles(year=2023) == ["Giao thừa"]
        assert self.titles(year=2024) == ["Tháng Hai", "Năm mới"]
        assert self.titles(year=2024, month=1) == ["Năm mới"]

    def test_conditions_add_up(self):
        category = make_category()
        make_article(self.news, title="Đúng", category=category, published_at=moment(2024, 5))
        make_article(self.news, title="Năm khác", category=category, published_at=moment(2022, 5))
        make_article(self.news, title="Mục khác", published_at=moment(2024, 5))

        assert self.titles(category=category.slug, year=2024, month=5) == ["Đúng"]

    def test_turns_pages_and_the_links_keep_the_conditions(self):
        category = make_category()
        for _ in range(ArticleIndexPage.PER_PAGE + 1):
            make_article(self.news, category=category)

        first = self.client.get(f"{self.news.url}?category={category.slug}")

        soup = self.get_soup(first.content)
        [link] = soup.select("nav.pagination a[rel=next]")
        assert f"category={category.slug}" in link["href"]
        assert len(first.context["articles"]) == ArticleIndexPage.PER_PAGE
        second = self.client.get(f"{self.news.url}{link['href']}")
        assert len(second.context["articles"]) == 1

    def test_what_cannot_be_is_a_readable_404(self):
        make_article(self.news)
        make_category("Chỉ tiếng Anh", locale=language("en"))
        impossible = [
            {"page": "abc"},
            {"page": "0"},
            {"page": "2"},
            {"page": "9" * 30},
            {"year": "99999"},
            {"year": "-1"},
            {"year": "nay"},
            {"year": "2024", "month": "13"},
            {"month": "5"},
            {"category": "khong-co"},
            {"category": "chi-tieng-anh"},
            {"category": "' OR 1=1"},
            {"tag": "khong-co"},
            {"tag": "x" * 500},
        ]

        for asked in impossible:
            with self.subTest(asked=asked):
                response = self.client.get(f"{self.news.url}?{urlencode(asked)}")
                assert response.status_code == 404
                self.assertContains(response, "<h1", status_code=404)
                self.assertContains(response, self.portal.home.title, status_code=404)

    def test_unknown_parameters_change_nothing(self):
        make_article(self.news, title="Tin")

        assert self.titles(utm_source="facebook", fbclid="x") == ["Tin"]

    def test_offers_only_categories_and_months_that_have_articles(self):
        used = make_category("Giáo dục")
        make_category("Trống")
        make_category("Chỉ có nháp")
        make_article(self.news, category=used, published_at=moment(2024, 5, 31, 23, 30))
        make_article(self.news, published_at=moment(2023, 2))

        context = self.client.get(self.news.url).context

        assert context["categories"] == [used]
        assert [(day.year, day.month) for day in context["months"]] == [(2024, 5), (2023, 2)]

    def test_an_alias_is_not_listed(self):
        english = make_english(self.portal)
        article = make_article(self.news, title="Gốc")
        alias = article.copy_for_translation(language("en"), alias=True)
        translated = translate(make_article(self.news), title="Translated")

        response = self.client.get(english.news.url)

        assert alias.live
        assert list(response.context["articles"]) == [translated]
