"""What the two APIs say of citations: links in text for display, documents cited, cited by."""

import datetime

from bs4 import BeautifulSoup
from django.test import TestCase

from tests.factories import (
    committed,
    document_type,
    issuing_body,
    link_directive,
    make_article,
    make_directive,
    make_english,
    make_portal,
    paragraph,
    publish,
    translate,
)
from tests.queries import queries_of

CITED = "Kết luận số 21-KL/TW, ngày 25/10/2021 của Ban Chấp hành Trung ương"


class CitationApiTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        with committed():
            cls.directive = make_directive(
                cls.portal.register,
                document_number="21-KL/TW",
                document_type=document_type("ket-luan"),
                issuing_body=issuing_body("ban-chap-hanh-trung-uong"),
                issued_on=datetime.date(2021, 10, 25),
            )
        callout = {"kind": "note", "title": "", "text": f"<p>{CITED}</p>"}
        cls.article = make_article(
            cls.portal.news, body=[paragraph(f"Thực hiện {CITED}."), ("callout", callout)]
        )
        publish(cls.article)

    def read(self, page, version, **query):
        address = f"/api/{version}/pages/{page.pk}/"
        response = self.client.get(address, query)
        assert response.status_code == 200
        return response.json()

    def texts(self, *asked, **query):
        body = self.read(*asked, **query)["body"]
        return body[0]["value"], body[1]["value"]["text"]

    def test_text_for_display_has_links_in_both_versions(self):
        for version in ("v2", "v3"):
            for text in self.texts(self.article, version, rich_text_format="html"):
                [link] = BeautifulSoup(text, "html.parser").select("a.citation-link")
                assert link["href"] == self.directive.full_url
                assert link.text == "Kết luận số 21-KL/TW"

    def test_text_as_it_is_stored_has_none(self):
        for version in ("v2", "v3"):
            for query in ({"rich_text_format": "db_html"}, {"rich_text_format": "markdown"}):
                for text in self.texts(self.article, version, **query):
                    assert "citation-link" not in text
                    assert "](" not in text

    def test_links_lead_to_the_pages_language(self):
        make_english(self.portal)
        translated = translate(self.directive)
        article = translate(self.article)

        for version in ("v2", "v3"):
            for text in self.texts(article, version, rich_text_format="html"):
                assert translated.full_url in text

    def test_documents_cited_are_one_list(self):
        link_directive(self.article, self.directive)
        publish(self.article)

        for version in ("v2", "v3"):
            documents = self.read(self.article, version)["documents"]
            assert [each["id"] for each in documents] == [self.directive.pk]

    def test_links_cost_at_most_one_query(self):
        plain = make_article(self.portal.news, body=[paragraph(), paragraph()])
        link_directive(plain, self.directive)
        for version in ("v2", "v3"):
            query = "?rich_text_format=html"
            costs = [
                queries_of(self.client, f"/api/{version}/pages/{page.pk}/{query}")
                for page in (plain, self.article)
            ]
            assert costs[1] <= costs[0] + 1, version

    def test_a_document_says_who_cites_it(self):
        for version in ("v2", "v3"):
            citing = self.read(self.directive, version)["cited_by"]
            assert [each["id"] for each in citing] == [self.article.pk]

    def test_who_cites_a_document_can_be_paged_newest_first(self):
        address = f"/api/v3/directives/{self.directive.pk}/cited_by/"
        costs = []
        for _ in range(2):
            for _ in range(4):
                publish(make_article(self.portal.news, live=False, body=[paragraph(CITED)]))
            costs.append(queries_of(self.client, address))

        first = self.client.get(address, {"limit": 3}).json()
        last = self.client.get(address, {"limit": 3, "offset": 6}).json()

        assert first["count"] == last["count"] == 9
        assert len(first["items"]) == len(last["items"]) == 3
        assert self.article.pk not in [each["id"] for each in first["items"]]
        assert costs[0] == costs[1]

    def test_who_cites_a_draft_is_not_told(self):
        self.directive.unpublish()

        response = self.client.get(f"/api/v3/directives/{self.directive.pk}/cited_by/")

        assert response.status_code == 404

    def test_a_document_is_found_by_its_number_however_it_is_typed(self):
        decree = make_directive(
            self.portal.register,
            document_number="30/2020/NĐ-CP",
            document_type=document_type("nghi-dinh"),
            issuing_body=issuing_body("chinh-phu"),
        )
        typed = {
            self.directive.pk: ["21KL/TW", "21-kl/tw", "21 kl tw", "21kltw", "ket luan 21-KL/TW"],
            decree.pk: ["nghi dinh 30/2020", "30/2020/ND-CP", "30/2020/NĐCP", "30/2020"],
        }
        for pk, texts in typed.items():
            for text in texts:
                for version in ("v2", "v3"):
                    response = self.client.get(
                        f"/api/{version}/pages/",
                        {"type": "civic_directives.DirectivePage", "search": text},
                    )
                    found = [each["id"] for each in response.json()["items"]]
                    assert found == [pk], (text, version)
