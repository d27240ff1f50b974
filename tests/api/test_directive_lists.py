"""Lists of official documents in API v3: fields, filters, facets and invalid parameters."""

import datetime

from django.test import TestCase

from tests.api.answers import Document
from tests.factories import (
    attach,
    cite,
    committed,
    document_type,
    issuing_body,
    make_article,
    make_directive,
    make_english,
    make_portal,
    relate,
    restrict,
    translate,
)
from tests.queries import queries_of

DIRECTIVES = "/api/v3/directives/"
FACETS = f"{DIRECTIVES}facets/"


class DirectiveListTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.plan = make_directive(
            cls.portal.register,
            document_number="65/KH-UBND",
            subject="Trồng cây xanh",
            issued_on=datetime.date(2024, 3, 15),
            effective_on=datetime.date(2024, 4, 1),
        )
        cls.decree = make_directive(
            cls.portal.register,
            document_number="30/2020/NĐ-CP",
            document_type=document_type("nghi-dinh"),
            issuing_body=issuing_body("chinh-phu"),
            issued_on=datetime.date(2020, 3, 5),
            expires_on=datetime.date(2021, 3, 5),
        )

    def answer(self, path="/directives/", **asked):
        response = self.client.get(f"/api/v3{path}", asked)
        assert response.status_code == 200, response.content
        assert Document(self.client).complaints(response.json(), path) == []
        return response.json()

    def ids(self, **asked):
        return [card["id"] for card in self.answer(**asked)["items"]]

    def refused(self, path, **asked):
        response = self.client.get(path, asked)
        assert response.status_code == 422, (asked, response.content)
        return [error["loc"] for error in response.json()["errors"]]

    def test_a_card_tells_what_a_list_shows(self):
        attach(self.plan, title="Bản ký")

        card = self.answer()["items"][0]

        assert card["url"] == self.plan.full_url
        assert card["document_number"] == "65/KH-UBND"
        assert card["document_type"]["code"] == "ke-hoach"
        assert card["issuing_body"]["code"] == "ubnd-phuong-ben-nga"
        assert card["issued_on"] == "2024-03-15"
        assert card["legal_status"] == "in_force"
        [file] = card["attachments"]
        assert (file["title"], file["extension"]) == ("Bản ký", "pdf")
        assert file["url"].startswith("http://")

    def test_a_list_leaves_out_drafts_private_documents_and_those_of_other_sites(self):
        make_directive(self.portal.register, live=False)
        restrict(make_directive(self.portal.register))
        other = make_directive(make_portal("khac.example").register)

        assert self.ids() == [self.plan.pk, self.decree.pk]
        assert self.ids(site="khac.example") == [other.pk]

    def test_a_list_and_its_facets_are_in_one_language(self):
        make_english(self.portal)
        copy = translate(self.plan, title="Plan")

        assert self.ids(locale="en") == [copy.pk]
        facets = self.answer("/directives/facets/", locale="en")
        assert facets["statuses"] == [{"code": "in_force", "name": "In force", "count": 1}]

    def test_a_list_narrows(self):
        article = make_article(self.portal.news)
        cite(article, self.plan)
        for asked in (
            {"q": "trong cay"},
            {"q": "65khubnd"},
            {"number": "65/kh-ubnd"},
            {"number": self.plan.number_key},
            {"type": "ke-hoach"},
            {"issuer": "ubnd-phuong-ben-nga"},
            {"year": 2024},
            {"issued_from": "2024-03-15"},
            {"issued_from": "2024-03-15", "issued_to": "2024-03-15"},
            {"effective_from": "2024-04-01", "effective_to": "2024-04-01"},
            {"status": "in_force"},
            {"cited_by": article.pk},
        ):
            with self.subTest(asked=asked):
                assert self.ids(**asked) == [self.plan.pk]

    def test_related_documents_are_found_from_both_sides(self):
        relate(self.plan, "based_on", self.decree)

        assert self.ids(related_to=self.plan.pk) == [self.decree.pk]
        assert self.ids(related_to=self.decree.pk) == [self.plan.pk]

    def test_a_list_is_ordered_and_cut(self):
        assert self.ids(order="oldest") == [self.decree.pk, self.plan.pk]
        assert self.ids(order="number") == self.ids(order="-number")[::-1]
        assert self.ids(limit=1, offset=1) == [self.decree.pk]

    def test_each_facet_is_counted_without_its_own_filter(self):
        facets = self.answer("/directives/facets/", type="nghi-dinh")

        assert {row["code"]: row["count"] for row in facets["types"]} == {
            "ke-hoach": 1,
            "nghi-dinh": 1,
        }
        assert [row["code"] for row in facets["issuers"]] == ["chinh-phu"]
        assert facets["years"] == [{"year": 2020, "count": 1}]
        assert [row["code"] for row in facets["statuses"]] == ["expired"]

    def test_facets_tell_nothing_of_drafts(self):
        make_directive(self.portal.register, document_type=document_type("ket-luan"), live=False)

        types = self.answer("/directives/facets/")["types"]

        assert {row["code"] for row in types} == {"ke-hoach", "nghi-dinh"}

    def test_what_cannot_be_is_refused_by_name(self):
        draft = make_directive(self.portal.register, live=False)
        for name, value in (
            ("typ", "ke-hoach"),
            ("type", "khong-co"),
            ("issuer", "khong-co"),
            ("year", "abc"),
            ("issued_from", "2024-02-30"),
            ("effective_to", "0001-01-01"),
            ("status", "broken"),
            ("related_to", draft.pk),
            ("cited_by", draft.pk),
            ("locale", "fr"),
            ("site", "nowhere.example"),
        ):
            for path in (DIRECTIVES, FACETS):
                with self.subTest(path=path, name=name):
                    assert self.refused(path, **{name: value}) == [["query", name]]
        assert self.refused(DIRECTIVES, order="title") == [["query", "order"]]
        assert self.refused(DIRECTIVES, limit="51") == [["query", "limit"]]
        wrong_way = {"issued_from": "2024-03-02", "issued_to": "2024-03-01"}
        assert self.refused(DIRECTIVES, **wrong_way) == [["query", "issued_to"]]

    def test_facets_are_kept_until_something_changes(self):
        address = f"{FACETS}?year=2024"
        assert queries_of(self.client, address) <= 2

        with committed():
            make_directive(self.portal.register, issued_on=datetime.date(2024, 5, 1))

        assert self.answer("/directives/facets/", year="2024")["types"][0]["count"] == 2

    def test_more_documents_cost_no_more_queries(self):
        def fill():
            for _ in range(10):
                page = make_directive(self.portal.register)
                attach(page), attach(page)

        fill()
        few = [queries_of(self.client, path) for path in (f"{DIRECTIVES}?limit=50", FACETS)]
        fill()
        many = [queries_of(self.client, path) for path in (f"{DIRECTIVES}?limit=50", FACETS)]

        assert few == many
        assert max(many) <= 10
