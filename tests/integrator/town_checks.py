"""What a project can add to articles and citations; run by tests/test_integrator.py."""

import datetime
import json

from bs4 import BeautifulSoup
from django.test import TestCase
from town.models import EventPage, NoticePage, Sponsor
from town.terms import add_terms
from wagtail.rich_text import RichText
from wagtail.test.utils import WagtailPageTestCase
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from articles.models import ArticleIndexPage, ArticlePage
from directives.models import Citation, DocumentType, IssuingBody
from feedback.models import Comment, CommentSettings
from tests.factories import (
    committed,
    document_type,
    issuing_body,
    language,
    log_in,
    make_article,
    make_directive,
    make_portal,
    publish,
)
from tests.forms import article_form

CONVENTION = "Hương ước số 3/HƯ-TDP5"
ENTRY = {"type": "item", "id": "1", "value": {"time": "8 giờ", "what": f"Đọc {CONVENTION}"}}


def timetable():
    return json.dumps([{"type": "timetable", "value": {"entries": [ENTRY]}}])


class TownTests(WagtailPageTestCase, TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        add_terms()
        with committed():
            cls.convention = make_directive(
                cls.portal.register,
                document_number="3/HƯ-TDP5",
                document_type=document_type("huong-uoc"),
                issuing_body=issuing_body("hoi-nghi-to-dan-pho"),
                slug="huong-uoc-3",
                title="Hương ước số 3",
            )

    def links_of(self, page):
        soup = BeautifulSoup(self.client.get(page.url).content, "html.parser")
        return [link["href"] for link in soup.select("a.citation-link")]

    def test_types_and_bodies_of_the_town_are_terms_like_others(self):
        assert DocumentType.objects.get(code="huong-uoc").symbol == "HƯ"
        assert IssuingBody.objects.get(code="hoi-nghi-to-dan-pho").name == "Hội nghị tổ dân phố"

    def test_a_block_of_the_town_is_read_searched_and_told_by_the_api(self):
        article = make_article(self.portal.news, body=timetable())

        self.assertContains(self.client.get(article.url), '<dl class="timetable">')
        block = self.client.get(f"/api/v3/pages/{article.pk}/").json()["body"][0]
        assert block["type"] == "timetable"
        assert block["value"][0]["time"] == "8 giờ"
        schemas = self.client.get("/api/v3/openapi.json").json()["components"]["schemas"]
        assert "TimetableEntry" in schemas

    def test_an_editor_composes_it(self):
        log_in(self.client)
        entry = {
            "value": {"time": "8 giờ", "what": "Khai mạc"},
            "order": 0,
            "deleted": "",
            "id": "",
        }
        form = article_form(
            body=streamfield([("timetable", {"entries": {"count": 1, "0": entry}})]),
            sponsors=inline_formset([{"name": "Hợp tác xã Bến Ngà"}]),
        )

        self.assertCanCreate(self.portal.news, ArticlePage, nested_form_data(form), publish=True)

        article = ArticlePage.objects.get(slug="nuoc-sach")
        assert article.body[0].value["entries"][0]["what"] == "Khai mạc"
        assert [each.name for each in article.sponsors.all()] == ["Hợp tác xã Bến Ngà"]

    def test_a_citation_only_the_town_knows_is_linked_in_its_own_block(self):
        with committed():
            article = make_article(self.portal.news, body=timetable())
            publish(article)

        assert self.links_of(article) == [self.convention.url]
        assert Citation.objects.get(source=article).directive == self.convention.page_ptr.specific

    def test_the_portal_goes_on_finding_what_it_knows(self):
        plan = make_directive(self.portal.register, document_number="65/KH-UBND")
        text = f"<p>Kế hoạch số 65/KH-UBND ngày {plan.issued_on:%d/%m/%Y} và {CONVENTION}.</p>"
        with committed():
            article = make_article(
                self.portal.news, body=json.dumps([{"type": "paragraph", "value": text}])
            )
            publish(article)

        assert self.links_of(article) == [plan.url, self.convention.url]

    def test_a_page_type_of_the_town_takes_part_in_citations(self):
        with committed():
            notice = self.portal.home.add_child(
                instance=NoticePage(
                    title="Thông báo", text=f"<p>Theo {CONVENTION}.</p>", locale=language("vi")
                )
            )
            publish(notice)

        assert self.links_of(notice) == [self.convention.url]
        self.assertContains(self.client.get(self.convention.url), "Thông báo")
        told = self.client.get(f"/api/v3/pages/{notice.pk}/").json()
        assert [each["id"] for each in told["documents"]] == [self.convention.pk]

    def test_a_related_model_stands_in_both_apis(self):
        article = make_article(self.portal.news)
        article.sponsors = [Sponsor(name="Hợp tác xã Bến Ngà")]
        article.save()

        for version in ("v2", "v3"):
            told = self.client.get(f"/api/{version}/pages/{article.pk}/").json()
            assert told["sponsors"][0]["name"] == "Hợp tác xã Bến Ngà"

    def test_a_page_type_made_from_an_article_lives_among_the_news(self):
        self.assertAllowedParentPageTypes(EventPage, {ArticleIndexPage})
        event = self.portal.news.add_child(
            instance=EventPage(
                title="Hội làng",
                summary="Ba ngày vui.",
                starts_at=datetime.datetime(2026, 12, 1, 8, tzinfo=datetime.UTC),
                body=[("paragraph", RichText("<p>Mời bà con.</p>"))],
                locale=language("vi"),
            )
        )

        self.assertContains(self.client.get(event.url), "Mời bà con.")
        self.assertContains(self.client.get(self.portal.news.url), "Hội làng")
        told = self.client.get(f"/api/v3/pages/{event.pk}/").json()
        assert told["type"] == "town.EventPage"
        assert told["starts_at"].startswith("2026-12-01")

    def test_a_template_of_the_town_takes_the_place_of_ours(self):
        article = make_article(self.portal.news)

        self.assertContains(self.client.get(article.url), "Kể cho hàng xóm")

    def test_the_town_judges_comments_and_verifies_readers_in_its_own_way(self):
        CommentSettings.objects.create(site=self.portal.site, policy="publish_first")
        article = make_article(self.portal.news)
        address = f"/api/v3/pages/{article.pk}/comments/"

        def post(body, network):
            written = {"name": "Lan", "body": body}
            return self.client.post(
                address, written, content_type="application/json", REMOTE_ADDR=network
            )

        assert post("Cảm ơn phường rất nhiều.", "192.0.2.10").status_code == 201
        assert post("Tốt.", "192.0.2.10").status_code == 201
        assert post("Cảm ơn phường nhiều lắm.", "192.0.2.11").status_code == 422
        statuses = Comment.objects.order_by("pk").values_list("status", flat=True)
        assert list(statuses) == [Comment.Status.APPROVED, Comment.Status.PENDING]
