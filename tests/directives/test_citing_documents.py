"""Official documents cite each other in their own text."""

import datetime

from bs4 import BeautifulSoup
from django.core.management import call_command
from django.test import TestCase

from directives.models import Citation, DirectiveSettings
from tests.factories import (
    committed,
    document_type,
    issuing_body,
    make_directive,
    make_english,
    make_portal,
    publish,
    translate,
)
from tests.queries import queries_of

TEXT = (
    "<p>Số: 65/KH-UBND</p><p>Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ;</p>"
    "<p>Kế hoạch số 65/KH-UBND này có hiệu lực từ ngày ký.</p>"
)


class CitingDocumentTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        DirectiveSettings.objects.create(
            site=cls.portal.site, commune="phường Bến Ngà", province="tỉnh Lam Giang"
        )
        cls.decree = make_directive(
            cls.portal.register,
            document_number="30/2020/NĐ-CP",
            document_type=document_type("nghi-dinh"),
            issuing_body=issuing_body("chinh-phu"),
            issued_on=datetime.date(2020, 3, 5),
        )
        cls.plan = make_directive(
            cls.portal.register, document_number="65/KH-UBND", subject="Văn thư", body=TEXT
        )

    def cited(self, page=None):
        rows = Citation.objects.filter(source=page or self.plan).order_by("order")
        return [(row.number, row.status, row.directive_id) for row in rows]

    def links(self, page):
        soup = BeautifulSoup(self.client.get(page.url).content, "html.parser")
        return [(link.text, link["href"]) for link in soup.select("a.citation-link")]

    def test_a_published_document_cites_what_its_text_names_but_not_itself(self):
        publish(self.plan)

        assert self.cited() == [("30/2020/NĐ-CP", "linked", self.decree.pk)]

    def test_its_subject_is_read_as_well(self):
        self.plan.subject = "Về việc thực hiện Kết luận số 21-KL/TW"
        publish(self.plan)

        assert self.cited()[0][:2] == ("21-KL/TW", "missing")

    def test_readers_see_links_and_who_cites(self):
        publish(self.plan)

        assert self.links(self.plan) == [("Nghị định số 30/2020/NĐ-CP", self.decree.url)]
        response = self.client.get(self.decree.url)
        assert [page.pk for page in response.context["cited_by"]] == [self.plan.pk]
        assert not self.client.get(self.plan.url).context["cited_by"]

    def test_both_apis_give_the_text_with_its_links_where_it_is_displayed(self):
        publish(self.plan)
        for version in ("v2", "v3"):
            address = f"/api/{version}/pages/{self.plan.pk}/"
            with self.subTest(version):
                body = self.client.get(address, {"rich_text_format": "html"}).json()["body"]
                (link,) = BeautifulSoup(body, "html.parser").select("a.citation-link")
                assert link.text == "Nghị định số 30/2020/NĐ-CP"
                assert link["href"] == self.decree.full_url
                stored = self.client.get(address, {"rich_text_format": "db_html"}).json()["body"]
                assert stored == TEXT

    def test_a_document_that_changes_its_type_alone_is_found_by_the_new_one(self):
        rules = make_directive(
            self.portal.register,
            document_number="399-QĐ/TW",
            document_type=document_type("quyet-dinh"),
            issuing_body=issuing_body("bo-chinh-tri"),
            issued_on=datetime.date(2026, 1, 9),
        )
        self.plan.body = "<p>Căn cứ Quy định số 399-QĐ/TW ngày 09/01/2026 của Bộ Chính trị.</p>"
        publish(self.plan)
        assert self.cited() == [("399-QĐ/TW", "missing", None)]

        rules.document_type = document_type("quy-dinh")
        with committed():
            publish(rules)
        assert self.cited() == [("399-QĐ/TW", "linked", rules.pk)]

        rules.document_type = document_type("quyet-dinh")
        with committed():
            publish(rules)
        assert self.cited() == [("399-QĐ/TW", "missing", None)]

    def test_a_translation_links_to_translations(self):
        make_english(self.portal)
        decree = translate(self.decree, title="Decree")
        plan = translate(self.plan, title="Plan")

        assert self.links(plan) == [("Nghị định số 30/2020/NĐ-CP", decree.url)]

    def test_the_same_number_of_another_day_is_another_document(self):
        self.plan.body = "<p>Thay thế Kế hoạch số 65/KH-UBND ngày 01/02/2019 của UBND phường.</p>"
        publish(self.plan)

        assert self.cited() == [("65/KH-UBND", "conflict", None)]

    def test_a_document_of_another_province_speaks_of_that_province(self):
        with committed():
            make_directive(
                self.portal.register,
                document_number="5/QĐ-UBND",
                document_type=document_type("quyet-dinh"),
                issuing_body=issuing_body("ubnd-lam-giang", name="UBND tỉnh Lam Giang"),
            )
            there = make_directive(
                self.portal.register,
                document_number="7/KH-UBND",
                issuing_body=issuing_body("ubnd-ha-tinh", name="UBND tỉnh Hà Tĩnh"),
                body="<p>Căn cứ Quyết định số 5/QĐ-UBND</p>",
            )
        publish(there)

        assert self.cited(there) == [("5/QĐ-UBND", "missing", None)]

    def test_the_rebuild_reads_documents(self):
        call_command("rebuild_citations", verbosity=0)

        assert self.cited() == [("30/2020/NĐ-CP", "linked", self.decree.pk)]

    def test_more_links_cost_no_more_queries(self):
        counts = []
        for size in (3, 20):
            for number in range(100 * size, 101 * size):
                make_directive(
                    self.portal.register,
                    document_number=f"{number}/2020/NĐ-CP",
                    document_type=document_type("nghi-dinh"),
                    issuing_body=issuing_body("chinh-phu"),
                )
            text = "; ".join(f"Nghị định {n}/2020/NĐ-CP" for n in range(100 * size, 101 * size))
            page = make_directive(self.portal.register, body=f"<p>{text}</p>")
            publish(page)
            assert len(self.links(page)) == size
            counts.append(queries_of(self.client, page.url))

        assert counts[0] == counts[1]
