"""Official documents are found by their number, in any spelling, on pages and in the API."""

import datetime

import pytest
from django.test import TestCase

from tests.factories import (
    document_type,
    issuing_body,
    make_article,
    make_directive,
    make_english,
    make_portal,
    translate,
)

pytestmark = [pytest.mark.vendor, pytest.mark.slow]

CONCLUSION = [
    "21-KL/TW",
    "21KL/TW",
    "21-kl/tw",
    "21kl/tw",
    "21 KL/TW",
    "21kltw",
    "21–KL/TW",
    "21-KL / TW",
    "Kết luận 21-KL/TW",
    "kết luận số 21-KL/TW",
    "ket luan 21",
    "KẾT LUẬN 21",
]
DECREE = [
    "30/2020/NĐ-CP",
    "30/2020/nđ-cp",
    "30/2020/ND-CP",
    "30/2020/NĐCP",
    "30/2020",
    "nghi dinh 30/2020",
    "nghị định 30/2020",
    "Nghị định số 30/2020/NĐ-CP",
    "NGHỊ ĐỊNH 30/2020/NÐ-CP",
]
PLAN = ["05/KH-UBND", "5/KH-UBND", "5/kh-ubnd", "05khubnd", "ke hoach 05/KH-UBND"]


class DirectiveSearchTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        make_english(cls.portal)
        cls.conclusion = make_directive(
            cls.portal.register,
            document_number="21-KL/TW",
            document_type=document_type("ket-luan"),
            issuing_body=issuing_body("bo-chinh-tri"),
            issued_on=datetime.date(2021, 10, 25),
        )
        cls.decree = make_directive(
            cls.portal.register,
            document_number="30/2020/NĐ-CP",
            document_type=document_type("nghi-dinh"),
            issuing_body=issuing_body("chinh-phu"),
            title="Về công tác văn thư",
            issued_on=datetime.date(2020, 3, 5),
        )
        cls.plan = make_directive(cls.portal.register, document_number="05/KH-UBND")
        for number in ("121-KL/TW", "230/2020/NĐ-CP", "65/KH-UBND"):
            make_directive(cls.portal.register, document_number=number)
        make_article(cls.portal.news)
        cls.asked = [
            *((text, cls.conclusion) for text in CONCLUSION),
            *((text, cls.decree) for text in DECREE),
            *((text, cls.plan) for text in PLAN),
        ]

    def assert_found_by(self, find, asked=None):
        missed = {
            text: found for text, page in asked or self.asked if (found := find(text)) != [page.pk]
        }
        assert missed == {}

    def test_in_the_register(self):
        def find(text):
            response = self.client.get(self.portal.register.url, {"q": text})
            return [page.pk for page in response.context["directives"]]

        self.assert_found_by(find)

    def test_by_the_search_page(self):
        def find(text):
            response = self.client.get("/tim-kiem/", {"q": text, "kind": "directives"})
            return [page.pk for page in response.context["results"]]

        self.assert_found_by(find)

    def test_over_both_apis(self):
        for version in ("v2", "v3"):
            for kind in ({}, {"type": "civic_directives.DirectivePage"}):

                def find(text, version=version, kind=kind):
                    response = self.client.get(f"/api/{version}/pages/", {"search": text, **kind})
                    assert response.status_code == 200
                    return [item["id"] for item in response.json()["items"]]

                with self.subTest(version=version, kind=kind):
                    self.assert_found_by(find)

    def test_by_the_search_over_the_api(self):
        def find(text):
            response = self.client.get("/api/v3/search/", {"q": text, "kind": "directives"})
            assert response.status_code == 200
            return [item["id"] for item in response.json()["directives"]["items"]]

        self.assert_found_by(find)

    def test_in_the_list_of_documents_over_the_api(self):
        def find(text):
            response = self.client.get("/api/v3/directives/", {"q": text})
            assert response.status_code == 200
            return [item["id"] for item in response.json()["items"]]

        self.assert_found_by(find)

    def test_a_translation_by_its_vietnamese_number_and_type(self):
        decree = translate(self.decree, title="Decree 30/2020/NĐ-CP", subject="Archives")

        def find(text):
            response = self.client.get("/en/search/", {"q": text, "kind": "directives"})
            return [page.pk for page in response.context["results"]]

        self.assert_found_by(find, [(text, decree) for text in DECREE])
