"""What editors see of citations, and what they decide."""

import csv
import datetime
from io import BytesIO, StringIO
from urllib.parse import quote

from bs4 import BeautifulSoup
from django.core.management import call_command
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.models import Page

from directives.forms import CitationDecisionForm
from directives.models import Citation, CitationDecision
from home.services import create_site_groups
from tests.factories import (
    committed,
    document_type,
    issuing_body,
    log_in,
    make_article,
    make_directive,
    make_portal,
    make_user,
    paragraph,
    publish,
)

CITED = "Kết luận số 21-KL/TW, ngày 25/10/2021 của Ban Chấp hành Trung ương Đảng khóa XIII"

NEW_DOCUMENT = "/admin/citations/create/?number=21-KL%2FTW&type=ket-luan&date=2021-10-25"


class AdminTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.article = make_article(cls.portal.news, body=[paragraph(f"Thực hiện {CITED}.")])
        publish(cls.article)

    def setUp(self):
        log_in(self.client)

    def row(self):
        return Citation.objects.get(source=self.article)

    def make(self, **fields):
        fields.setdefault("document_number", "21-KL/TW")
        fields.setdefault("document_type", document_type("ket-luan"))
        fields.setdefault("issuing_body", issuing_body("ban-chap-hanh-trung-uong"))
        fields.setdefault("issued_on", datetime.date(2021, 10, 25))
        with committed():
            return make_directive(self.portal.register, **fields)

    def decide(self, decision, page=None, identity=None):
        address = reverse(
            "directives_citations:decide",
            args=[(page or self.article).pk, identity or self.row().identity],
        )
        with committed():
            return self.client.post(address, {"decision": str(decision)})


class PanelTests(AdminTests):
    def panel(self, page=None):
        return self.client.get(
            reverse("directives_citations:of_page", args=[(page or self.article).pk])
        )

    def test_the_form_has_the_panel(self):
        response = self.client.get(reverse("wagtailadmin_pages:edit", args=[self.article.pk]))

        self.assertContains(response, f'data-citations="/admin/citations/{self.article.pk}/"')

    def test_the_form_of_a_new_article_has_it_too(self):
        address = reverse(
            "wagtailadmin_pages:add", args=["civic_articles", "articlepage", self.portal.news.pk]
        )

        self.assertContains(self.client.get(address), 'data-citations=""')

    def test_shows_the_draft_as_it_will_resolve(self):
        directive = self.make()
        self.article.body = [paragraph(f"{CITED}; Nghị định số 30/2020/NĐ-CP.")]
        self.article.save_revision()

        response = self.panel()

        rows = response.context["rows"]
        assert [(row.reference.number, row.status) for row in rows] == [
            ("21-KL/TW", "linked"),
            ("30/2020/NĐ-CP", "missing"),
        ]
        self.assertContains(response, reverse("wagtailadmin_pages:edit", args=[directive.pk]))
        self.assertContains(response, "citations/create/?number=30%2F2020%2FN%C4%90-CP")

    def test_more_citations_cost_no_more_queries(self):
        costs = []
        for size in (3, 30):
            text = "; ".join(f"Kết luận số {number}-KL/TW" for number in range(1, size))
            self.article.body = [paragraph(text)]
            self.article.save_revision()
            self.panel()
            with CaptureQueriesContext(connection) as captured:
                self.panel()
            costs.append(len(captured))
        assert costs[0] == costs[1]

    def test_is_for_those_who_may_edit_the_page(self):
        other = make_portal("other.example", "Phường Khác")
        editors, _ = create_site_groups(site=other.site)
        self.client.logout()
        log_in(self.client, make_user("bien-tap", editors))

        assert self.panel().status_code in (302, 403)
        assert self.decide(CitationDecisionForm.NO_LINK).status_code in (302, 403)
        assert not CitationDecision.objects.exists()


class OtherDocumentTests(AdminTests):
    """A citation is pointed to a document that the rules do not find."""

    def choose(self, document):
        address = reverse(
            "directives_citations:decide", args=[self.article.pk, self.row().identity]
        )
        decided = {"decision": CitationDecisionForm.OTHER, "document": document and document.pk}
        with committed():
            return self.client.post(address, {k: v for k, v in decided.items() if v})

    def test_a_missing_citation_is_pointed_to_an_existing_document(self):
        meant = self.make(document_number="22-KL/TW")
        assert self.row().status == Citation.Status.MISSING
        panel = self.client.get(reverse("directives_citations:of_page", args=[self.article.pk]))
        self.assertContains(panel, "Chọn văn bản")
        decide = reverse("directives_citations:decide", args=[self.article.pk, self.row().identity])
        self.assertContains(self.client.get(decide), reverse("choose_directive:choose"))

        self.choose(meant)

        assert self.row().directive == meant
        self.assertContains(self.client.get(self.article.url), f'href="{meant.url}"')
        form = self.client.get(decide).context["form"]
        assert form["decision"].value() == str(meant.pk)

    def test_is_linked_when_the_document_is_published_and_no_longer_when_it_is_not(self):
        draft = self.make(document_number="22-KL/TW", live=False)
        response = self.choose(draft)
        assert self.row().status == Citation.Status.MISSING
        self.assertContains(self.client.get(response["location"]), "chưa được đăng")

        publish(draft)
        assert self.row().directive_id == draft.pk

        draft.refresh_from_db()
        with committed():
            draft.unpublish()
        assert self.row().status == Citation.Status.MISSING
        publish(draft)
        assert self.row().directive_id == draft.pk

    def test_a_document_must_be_chosen_and_be_one_that_the_chooser_offers(self):
        other = make_portal("other.example", "Phường Khác")
        hidden = make_directive(other.register, document_number="22-KL/TW", live=False)
        _editors, moderators = create_site_groups(site=self.portal.site)
        self.client.logout()
        log_in(self.client, make_user("duyet-bai", moderators))

        for document in (None, hidden):
            response = self.choose(document)
            assert response.status_code == 200
            assert response.context["form"].errors["document"]
        assert not CitationDecision.objects.exists()


class CreateTests(AdminTests):
    def test_the_form_of_a_missing_document_is_filled(self):
        [row] = self.client.get(
            reverse("directives_citations:of_page", args=[self.article.pk])
        ).context["rows"]

        response = self.client.get(row.create_url)

        form = response.context["form"]
        assert form["document_number"].value() == "21-KL/TW"
        assert form["document_type"].value() == document_type("ket-luan").pk
        assert form["issuing_body"].value() == issuing_body("ban-chap-hanh-trung-uong").pk
        assert form["issued_on"].value() == datetime.date(2021, 10, 25)
        assert response.context["parent_page"].pk == self.portal.register.pk

    def test_the_register_of_the_citing_pages_site_is_taken(self):
        other = make_portal("other.example", "Phường Khác")
        article = make_article(other.news)

        response = self.client.get(
            reverse("directives_citations:create"), {"number": "1-KL/TW", "page": article.pk}
        )

        assert response.context["parent_page"].pk == other.register.pk

    def test_facts_that_cannot_be_are_left_out(self):
        response = self.client.get(
            reverse("directives_citations:create"),
            {"number": "1", "type": "no such", "date": "31/31", "issuer": "x" * 999, "page": "x"},
        )

        assert response.status_code == 200
        assert response.context["form"]["document_number"].value() == "1"

    def test_who_may_not_add_documents_cannot(self):
        self.client.logout()
        editors, _ = create_site_groups(site=make_portal("other.example", "Khác").site)
        log_in(self.client, make_user("bien-tap", editors))
        Page.objects.filter(pk=self.portal.register.pk).update(live=True)

        response = self.client.get(
            reverse("directives_citations:create"), {"page": self.article.pk}
        )

        assert response.context["parent_page"].pk != self.portal.register.pk


class DecisionTests(AdminTests):
    def test_a_choice_among_candidates_sticks(self):
        self.article.body = [paragraph("Theo Kết luận số 21-KL/TW.")]
        publish(self.article)
        self.make()
        later = self.make(issued_on=datetime.date(2026, 5, 1))
        assert self.row().status == "ambiguous"

        self.decide(later.pk)

        assert (self.row().status, self.row().directive) == ("linked", later)
        publish(self.article)
        assert self.row().directive == later
        call_command("rebuild_citations", verbosity=0, stdout=StringIO())
        assert self.row().directive == later

    def test_do_not_link_sticks(self):
        self.make()

        self.decide(CitationDecisionForm.NO_LINK)

        assert self.row().status == "dismissed"
        publish(self.article)
        assert self.row().status == "dismissed"
        call_command("rebuild_citations", verbosity=0, stdout=StringIO())
        assert self.row().status == "dismissed"
        assert b"citation-link" not in self.client.get(self.article.url).content

    def test_a_decision_outlives_unpublishing(self):
        self.make()
        self.decide(CitationDecisionForm.NO_LINK)
        self.article.refresh_from_db()

        with committed():
            self.article.unpublish()
        publish(self.article)

        assert self.row().status == "dismissed"

    def test_a_decision_can_be_withdrawn(self):
        directive = self.make()
        self.decide(CitationDecisionForm.NO_LINK)

        self.decide(CitationDecisionForm.RULES)

        assert self.row().directive == directive

    def test_a_citation_in_a_draft_can_be_decided_before_it_is_published(self):
        self.article.body = [paragraph("Theo Kết luận số 22-KL/TW.")]
        self.article.save_revision()
        [row] = self.client.get(
            reverse("directives_citations:of_page", args=[self.article.pk])
        ).context["rows"]

        self.decide(CitationDecisionForm.NO_LINK, identity=row.reference.identity)
        publish(self.article)

        assert self.row().status == "dismissed"

    def test_a_document_that_is_no_candidate_is_refused(self):
        stranger = self.make(document_number="9-KL/TW")

        response = self.decide(stranger.pk)

        assert response.context["form"].errors
        assert not CitationDecision.objects.exists()

    def test_the_view_shows_what_there_is_to_choose(self):
        directive = self.make(issued_on=datetime.date(2021, 10, 26), subject="Về cán bộ")
        address = reverse(
            "directives_citations:decide", args=[self.article.pk, self.row().identity]
        )

        response = self.client.get(address)

        assert self.row().status == "conflict"
        self.assertContains(response, directive.title)
        self.assertContains(response, "26/10/2021")

    def test_the_view_says_what_is_cited_and_leads_to_the_form_of_a_new_document(self):
        address = reverse(
            "directives_citations:decide", args=[self.article.pk, self.row().identity]
        )

        response = self.client.get(address)

        page = BeautifulSoup(response.content, "html.parser")
        facts = " ".join(page.select_one(".nice-padding > p").text.split())
        label = Citation.Status.MISSING.label
        assert facts.startswith(f"Trạng thái: {label}. Loại: Kết luận. Ngày: 25/10/2021."), facts
        assert page.select_one("form a.button")["href"].startswith(NEW_DOCUMENT)

    def test_does_not_lead_to_other_hosts(self):
        self.make()
        address = reverse(
            "directives_citations:decide", args=[self.article.pk, self.row().identity]
        )

        response = self.client.post(
            address, {"decision": CitationDecisionForm.RULES, "next": "https://evil.example/"}
        )

        assert response["Location"] == reverse("wagtailadmin_pages:edit", args=[self.article.pk])


class ReportTests(AdminTests):
    def report(self, **asked):
        return self.client.get(reverse("citations_report"), asked)

    def numbers(self, **asked):
        return [row.number for row in self.report(**asked).context["object_list"]]

    def test_lists_what_leads_nowhere_most_cited_first(self):
        text = "Nghị định số 30/2020/NĐ-CP."
        for _ in range(2):
            publish(make_article(self.portal.news, body=[paragraph(text)]))

        response = self.report()

        rows = response.context["object_list"]
        assert [(row.number, row.pages) for row in rows] == [
            ("30/2020/NĐ-CP", 2),
            ("30/2020/NĐ-CP", 2),
            ("21-KL/TW", 1),
        ]
        assert [count for *_, count in response.context["counts"]] == [0, 0, 3]

    def test_each_row_leads_to_the_form_of_a_new_document_and_to_the_decision(self):
        page = BeautifulSoup(self.report(order="date").content, "html.parser")

        create, decide = (link["href"] for link in page.select("ul.actions a.button-small"))
        assert create.startswith(NEW_DOCUMENT)
        back = quote(f"{reverse('citations_report')}?order=date", safe="")
        assert decide.endswith(f"/{self.row().identity}/?next={back}")

    def test_can_be_narrowed(self):
        publish(make_article(self.portal.news, body=[paragraph("Nghị định số 30/2020/NĐ-CP.")]))

        assert self.numbers(document_type="nghi-dinh") == ["30/2020/NĐ-CP"]
        assert self.numbers(year=2021) == ["21-KL/TW"]
        assert self.numbers(status="ambiguous") == []
        assert len(self.numbers(status="missing")) == 2

    def test_what_is_linked_is_not_there_and_what_is_dismissed_only_on_request(self):
        self.make()
        assert self.numbers() == []

        self.decide(CitationDecisionForm.NO_LINK)

        assert self.numbers() == []
        assert self.numbers(status="dismissed") == ["21-KL/TW"]

    def test_shows_only_pages_one_may_edit(self):
        other = make_portal("other.example", "Phường Khác")
        publish(make_article(other.news, body=[paragraph("Nghị định số 30/2020/NĐ-CP.")]))
        editors, _ = create_site_groups(site=other.site)
        self.client.logout()
        log_in(self.client, make_user("bien-tap", editors))

        assert self.numbers() == ["30/2020/NĐ-CP"]

    def test_is_in_the_reports_menu(self):
        self.assertContains(self.client.get("/admin/"), reverse("citations_report"))

    def test_the_export_holds_no_formula(self):
        Citation.objects.update(issuer="=HYPERLINK(1)", number="+1")

        text = b"".join(self.report(export="csv").streaming_content).decode()
        sheet = load_workbook(BytesIO(b"".join(self.report(export="xlsx").streaming_content)))

        [head, row] = csv.reader(StringIO(text))
        assert "'=HYPERLINK(1)" in row
        assert "'+1" in row
        cells = [cell for line in sheet.active.iter_rows() for cell in line]
        assert "'=HYPERLINK(1)" in [cell.value for cell in cells]
        assert {cell.data_type for cell in cells} <= {"s", "n", "d"}

    def test_more_rows_cost_no_more_queries(self):
        costs = []
        for _ in range(2):
            for _ in range(5):
                publish(make_article(self.portal.news, body=[paragraph(CITED)]))
            self.report()
            with CaptureQueriesContext(connection) as captured:
                self.report()
            costs.append(len(captured))
        assert costs[0] == costs[1]
