"""Lists of articles in API v3: fields, filters and invalid parameters."""

import datetime
from datetime import UTC

from django.test import TestCase

from articles.models import RelatedArticle
from feedback.models import CommentCount, PageRating
from tests.api.answers import Document
from tests.factories import (
    cite,
    language,
    make_article,
    make_category,
    make_directive,
    make_english,
    make_image,
    make_portal,
    restrict,
    translate,
)
from tests.queries import queries_of

ARTICLES = "/api/v3/articles/"


class ArticleListTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()

    def listed(self, **asked):
        response = self.client.get(ARTICLES, asked)
        assert response.status_code == 200, response.content
        answer = response.json()
        assert Document(self.client).complaints(answer, "/articles/") == []
        return answer

    def ids(self, **asked):
        return [card["id"] for card in self.listed(**asked)["items"]]

    def refused(self, path=ARTICLES, **asked):
        response = self.client.get(path, asked)
        assert response.status_code == 422, response.content
        return [error["loc"] for error in response.json()["errors"]]

    def test_a_card_tells_what_a_list_shows(self):
        article = make_article(
            self.portal.news,
            title="Khánh thành cầu",
            summary="Cầu mới.",
            category=make_category("Đường bộ"),
            cover=make_image(),
            cover_alt="Cây cầu",
            byline="Lan",
        )
        article.tags.add("Giao thông", "Cầu đường")
        article.save()
        PageRating.objects.create(
            translation_key=article.translation_key, count=2, stars_4=1, stars_5=1
        )
        CommentCount.objects.create(page=article, comments=3, threads=2)

        answer = self.listed()

        [card] = answer["items"]
        assert answer["count"] == 1
        assert card["url"] == article.full_url
        assert card["locale"] == "vi"
        assert card["category"]["code"] == "duong-bo"
        assert [tag["code"] for tag in card["tags"]] == ["cau-duong", "giao-thong"]
        assert card["cover"]["alt"] == "Cây cầu"
        assert all(each["url"].startswith("http://") for each in card["cover"]["renditions"])
        smallest = card["cover"]["renditions"][-1]
        # The image is smaller than any rendition, so there is one width.
        assert card["cover"]["srcset"] == f"{smallest['url']} {smallest['width']}w"
        assert card["feedback"] == {"ratings": 2, "average": 4.5, "comments": 3}

    def test_a_list_leaves_out_drafts_private_articles_and_those_of_other_sites(self):
        shown = make_article(self.portal.news)
        make_article(self.portal.news, live=False)
        restrict(make_article(self.portal.news))
        other = make_article(make_portal("khac.example").news)

        assert self.ids() == [shown.pk]
        assert self.ids(site="khac.example") == [other.pk]

    def test_a_list_is_in_one_language(self):
        english = make_english(self.portal)
        source = make_article(self.portal.news)
        category = make_category("Education", locale=english.home.locale)
        copy = translate(source, title="A bridge", category=category)

        assert self.ids() == [source.pk]
        assert self.ids(locale="en") == [copy.pk]
        assert self.ids(locale="en", category="education") == [copy.pk]
        assert self.refused(category="education") == [["query", "category"]]

    def test_a_list_narrows(self):
        day = datetime.datetime(2024, 3, 15, 17, 30, tzinfo=UTC)  # The 16th in Vietnam.
        category = make_category("Giáo dục")
        wanted = make_article(
            self.portal.news, title="Trường học mới", category=category, published_at=day
        )
        wanted.tags.add("Học sinh")
        wanted.save()
        directive = make_directive(self.portal.register)
        cite(wanted, directive)
        make_article(self.portal.news, published_at=day - datetime.timedelta(days=2))
        make_article(self.portal.news, published_at=day + datetime.timedelta(days=2))

        for asked in (
            {"q": "truong hoc"},
            {"category": "giao-duc"},
            {"tag": "hoc-sinh"},
            {"published_from": "2024-03-16", "published_to": "2024-03-16"},
            {"cites": directive.pk},
        ):
            with self.subTest(asked=asked):
                assert self.ids(**asked) == [wanted.pk]

    def test_a_list_is_ordered_and_cut(self):
        days = [datetime.datetime(2024, 3, day, tzinfo=UTC) for day in (1, 2, 3)]
        first, second, third = (make_article(self.portal.news, published_at=day) for day in days)

        assert self.ids() == [third.pk, second.pk, first.pk]
        assert self.ids(order="oldest", limit=1, offset=1) == [second.pk]
        assert self.listed(offset=7) == {"count": 3, "items": [], "next_cursor": None}

    def test_a_cursor_leads_through_a_list_once_though_articles_are_added(self):
        same = datetime.datetime(2024, 3, 1, tzinfo=UTC)
        articles = [make_article(self.portal.news, published_at=same) for _ in range(5)]
        for order, wanted in (("newest", articles[::-1]), ("oldest", articles)):
            with self.subTest(order=order):
                found, cursor = [], ""
                while cursor is not None:
                    asked = {"cursor": cursor} if cursor else {}
                    part = self.listed(order=order, limit=2, **asked)
                    found += [card["id"] for card in part["items"]]
                    cursor = part["next_cursor"]
                    late = make_article(self.portal.news)
                    late.delete()

                assert found == [article.pk for article in wanted]

    def test_a_cursor_is_of_one_list(self):
        for _ in range(3):
            make_article(self.portal.news, category=make_category(f"Mục {_}"))
        cursor = self.listed(limit=1)["next_cursor"]

        assert len(self.ids(cursor=cursor, limit=2)) == 2
        assert self.refused(cursor=cursor, order="oldest") == [["query", "cursor"]]
        assert self.refused(cursor=cursor, published_from="2020-01-01") == [["query", "cursor"]]
        assert self.refused(cursor=cursor + "x") == [["query", "cursor"]]
        assert self.refused("/api/v3/directives/", cursor=cursor) == [["query", "cursor"]]
        assert self.refused(cursor=cursor, offset=1) == [["query", "offset"]]

    def test_a_large_offset_is_refused_with_a_word_about_cursors(self):
        response = self.client.get(ARTICLES, {"offset": 2001})

        assert response.status_code == 422
        [error] = response.json()["errors"]
        assert (error["type"], error["loc"]) == ("offset_too_large", ["query", "offset"])
        assert "cursor" in error["msg"]

    def test_what_cannot_be_is_refused_by_name(self):
        secret = make_directive(self.portal.register, live=False)
        for name, value in (
            ("catgory", "giao-duc"),
            ("category", "khong-co"),
            ("tag", "khong-co"),
            ("published_from", "2024-02-30"),
            ("published_from", "0001-01-01"),
            ("published_to", "9999-12-31"),
            ("cites", secret.pk),
            ("cites", "abc"),
            ("order", "title"),
            ("limit", "0"),
            ("limit", "51"),
            ("offset", "-1"),
            ("locale", "fr"),
            ("site", "nowhere.example"),
            ("q", "x" * 201),
        ):
            with self.subTest(name=name, value=str(value)[:20]):
                assert self.refused(**{name: value}) == [["query", name]]
        assert self.refused(published_from="2024-03-02", published_to="2024-03-01") == [
            ["query", "published_to"]
        ]

    def test_more_articles_cost_no_more_queries(self):
        def fill():
            for _ in range(10):
                article = make_article(
                    self.portal.news,
                    cover=make_image(),
                    category=make_category(f"Mục {fill.count}"),
                )
                fill.count += 1
                article.tags.add("Học sinh", "Trường học")
                article.save()

        fill.count = 0
        fill()
        ten = queries_of(self.client, f"{ARTICLES}?limit=50")
        fill()
        twenty = queries_of(self.client, f"{ARTICLES}?limit=50")

        assert len(self.ids(limit=50)) == 20
        assert ten == twenty <= 10

    def test_a_search_in_a_category_by_tag_costs_few_queries(self):
        article = make_article(self.portal.news, title="Trường", category=make_category("Học"))
        article.tags.add("Lớp")
        article.save()

        asked = "q=truong&category=hoc&tag=lop&published_from=2020-01-01&locale=vi"
        assert queries_of(self.client, f"{ARTICLES}?{asked}") <= 13


class RelatedArticlesTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.category = make_category()
        cls.article = make_article(cls.portal.news, category=cls.category)

    def related(self):
        response = self.client.get(f"{ARTICLES}{self.article.pk}/related/")
        assert response.status_code == 200
        answer = response.json()
        document = Document(self.client)
        assert document.complaints(answer, "/articles/{article_id}/related/") == []
        return [card["id"] for card in answer]

    def test_without_a_choice_they_are_the_newest_three_of_the_category(self):
        days = [datetime.datetime(2030, 3, day, tzinfo=UTC) for day in (4, 3, 2, 1)]
        others = [
            make_article(self.portal.news, category=self.category, published_at=day) for day in days
        ]
        make_article(self.portal.news)

        assert self.related() == [other.pk for other in others[:3]]

    def test_those_an_editor_chose_keep_their_order_and_drafts_stay_hidden(self):
        chosen = [make_article(self.portal.news) for _ in range(2)]
        draft = make_article(self.portal.news, live=False)
        for number, article in enumerate([chosen[1], draft, chosen[0]]):
            RelatedArticle.objects.create(
                page=self.article, article=article, sort_order=number, locale=language("vi")
            )

        assert self.related() == [chosen[1].pk, chosen[0].pk]

    def test_an_article_that_no_reader_sees_here_is_not_found(self):
        draft = make_article(self.portal.news, live=False)
        foreign = make_article(make_portal("khac.example").news)
        for pk in (draft.pk, foreign.pk, self.portal.home.pk, 2**63, 0):
            assert self.client.get(f"{ARTICLES}{pk}/related/").status_code in (400, 404), pk

    def test_more_related_articles_cost_no_more_queries(self):
        def choose():
            for _ in range(10):
                chosen = make_article(self.portal.news, cover=make_image())
                RelatedArticle.objects.create(
                    page=self.article, article=chosen, locale=language("vi")
                )

        address = f"{ARTICLES}{self.article.pk}/related/"
        choose()
        ten = queries_of(self.client, address)
        choose()

        assert queries_of(self.client, address) == ten
