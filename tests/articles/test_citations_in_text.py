"""What an article's text cites: stored when it is published, linked when it is read."""

import datetime
from unittest import mock

from bs4 import BeautifulSoup
from django.core.cache import caches
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page
from wagtail.rich_text import RichText

from articles.models import ArticlePage
from directives.citing import services
from directives.models import Citation, DirectiveSettings
from tests.changes import version_now
from tests.factories import (
    committed,
    document_type,
    issuing_body,
    language,
    link_directive,
    make_article,
    make_directive,
    make_english,
    make_portal,
    paragraph,
    publish,
    restrict,
    translate,
)
from tests.queries import queries_of

CITED = "Kết luận số 21-KL/TW, ngày 25/10/2021 của Ban Chấp hành Trung ương"
Status = Citation.Status


class TextCitations(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.article = make_article(
            cls.portal.news, body=[paragraph(f"Thực hiện {CITED} về xây dựng Đảng.")]
        )

    def make(self, number="21-KL/TW", register=None, **fields):
        fields.setdefault("document_type", document_type("ket-luan"))
        fields.setdefault("issuing_body", issuing_body("ban-chap-hanh-trung-uong"))
        fields.setdefault("issued_on", datetime.date(2021, 10, 25))
        with committed():
            return make_directive(
                register or self.portal.register, document_number=number, **fields
            )

    def links(self, page, **extra):
        response = self.client.get(page.url, **extra)
        soup = BeautifulSoup(response.content, "html.parser")
        return soup.select(".article__body a.citation-link")

    def statuses(self):
        rows = Citation.objects.filter(origin="text").order_by("order")
        return [(row.number, row.status) for row in rows]


class RecordTests(TextCitations):
    def test_publishing_records_what_the_text_cites(self):
        publish(self.article)

        row = Citation.objects.get()
        assert (row.key, row.number, row.document_type) == ("21-KL/TW", "21-KL/TW", "ket-luan")
        assert (row.date, row.year) == (datetime.date(2021, 10, 25), 2021)
        assert row.issuer == "Ban Chấp hành Trung ương"
        assert (row.status, row.count, row.origin) == (Status.MISSING, 1, "text")

    def test_publishing_twice_writes_nothing_new(self):
        publish(self.article)
        before = list(Citation.objects.values())

        publish(self.article)

        assert list(Citation.objects.values()) == before

    def test_what_is_cited_no_more_goes(self):
        publish(self.article)

        self.article.body = [paragraph("Nghị định số 30/2020/NĐ-CP.")]
        publish(self.article)

        assert self.statuses() == [("30/2020/NĐ-CP", Status.MISSING)]

    def test_a_draft_changes_nothing(self):
        publish(self.article)

        self.article.body = [paragraph("Nghị định số 30/2020/NĐ-CP.")]
        with committed():
            self.article.save_revision()

        assert self.statuses() == [("21-KL/TW", Status.MISSING)]

    def test_unpublishing_forgets(self):
        publish(self.article)
        self.article.refresh_from_db()

        with committed():
            self.article.unpublish()

        assert not Citation.objects.exists()

    def test_all_kinds_of_blocks_are_read(self):
        table = {
            "data": [["Thông tư 12/2021/TT-BNV", None]],
            "first_row_is_table_header": False,
            "first_col_is_header": False,
            "table_caption": "",
        }
        self.article.summary = "Theo Kết luận số 1-KL/TW."
        self.article.body = [
            ("quote", {"text": "Kết luận số 2-KL/TW", "attribution": ""}),
            (
                "callout",
                {"kind": "note", "title": "", "text": RichText("<p>Kết luận số 3-KL/TW</p>")},
            ),
            ("gallery", [{"image": None, "alt_text": "", "caption": "Kết luận số 4-KL/TW"}] * 2),
            ("table", table),
        ]
        publish(self.article)

        numbers = [number for number, _ in self.statuses()]
        assert numbers == ["1-KL/TW", "2-KL/TW", "3-KL/TW", "4-KL/TW", "12/2021/TT-BNV"]

    def test_more_citations_cost_no_more_queries(self):
        counts = []
        publish(self.article)  # Where the sites are is known from now on.
        for size in (5, 25):
            text = "; ".join(f"Kết luận số {number}-KL/TW" for number in range(1, size))
            article = make_article(self.portal.news, body=[paragraph(text)])
            article = ArticlePage.objects.prefetch_related("related_directives").get(pk=article.pk)
            with CaptureQueriesContext(connection) as captured:
                services.record_citations(pages=[article])
            counts.append(len(captured))
        assert counts[0] == counts[1] < 20

    def test_a_task_that_fails_is_logged_and_publishes_all_the_same(self):
        with (
            mock.patch(
                "directives.citing.services.record_citations", side_effect=ValueError("broken")
            ),
            self.assertLogs("django_tasks", "ERROR") as logged,
        ):
            publish(self.article)

        assert "directives.citing.tasks.record_page" in logged.output[0]
        self.article.refresh_from_db()
        assert self.article.live

    def test_an_alias_cites_nothing_and_links_like_its_source(self):
        self.make()
        publish(self.article)
        with committed():
            alias = self.article.create_alias(update_slug="ban-sao", parent=self.portal.news)

        assert Citation.objects.values_list("source", flat=True).get() == self.article.pk
        assert len(self.links(alias)) == 1


class FollowTests(TextCitations):
    def setUp(self):
        publish(self.article)
        self.before = Page.objects.get(pk=self.article.pk).latest_revision_id

    def status(self):
        row = Citation.objects.get(source=self.article, origin="text")
        latest = Page.objects.get(pk=self.article.pk).latest_revision_id
        assert latest == self.before, "the article's revision was touched"
        return row.status

    def test_a_new_document_is_linked_without_touching_the_article(self):
        directive = self.make()

        assert self.status() == Status.LINKED
        [link] = self.links(self.article)
        assert link["href"] == directive.url
        assert link.text == "Kết luận số 21-KL/TW"
        assert directive.subject in link["title"]
        assert "25/10/2021" in link["title"]

    def test_a_draft_is_not_linked_until_it_is_published(self):
        directive = self.make(live=False)
        assert self.status() == Status.MISSING

        publish(directive)

        assert self.status() == Status.LINKED

    def test_unpublishing_the_document_takes_the_link_back(self):
        directive = self.make()

        with committed():
            directive.unpublish()

        assert self.status() == Status.MISSING
        assert self.links(self.article) == []

    def test_deleting_the_document_takes_the_link_back(self):
        directive = self.make()

        with committed():
            Page.objects.get(pk=directive.pk).delete()

        assert self.status() == Status.MISSING

    def test_a_document_with_a_new_number_is_another_one(self):
        directive = self.make("22-KL/TW")
        assert self.status() == Status.MISSING

        directive.document_number = "21-KL/TW"
        publish(directive)
        assert self.status() == Status.LINKED

        directive.document_number = "23-KL/TW"
        publish(directive)
        assert self.status() == Status.MISSING

    def test_a_conflict_ends_when_the_document_gets_another_number(self):
        directive = self.make(issued_on=datetime.date(2021, 10, 26))
        assert self.status() == Status.CONFLICT

        directive.document_number = "23-KL/TW"
        publish(directive)

        assert self.status() == Status.MISSING

    def test_restricting_and_opening_the_register_is_followed(self):
        self.make()

        with committed():
            restrict(self.portal.register)
        assert self.status() == Status.MISSING

        with committed():
            self.portal.register.view_restrictions.get().delete()
        assert self.status() == Status.LINKED

    def test_moving_an_article_to_another_site_resolves_its_local_citations_anew(self):
        other = make_portal("other.example", "Phường Khác")
        plan = self.make("65/KH-UBND", document_type=document_type(), issuing_body=issuing_body())
        article = make_article(self.portal.news, body=[paragraph("Kế hoạch số 65/KH-UBND.")])
        publish(article)
        row = Citation.objects.get(source=article)
        assert row.directive == plan

        with committed():
            Page.objects.get(pk=article.pk).move(other.news, pos="last-child")

        row.refresh_from_db()
        assert row.status == Status.MISSING

    def test_moving_a_document_to_another_site_is_followed(self):
        other = make_portal("other.example", "Phường Khác")
        plan = self.make("65/KH-UBND", document_type=document_type(), issuing_body=issuing_body())
        article = make_article(self.portal.news, body=[paragraph("Kế hoạch số 65/KH-UBND.")])
        publish(article)

        with committed():
            Page.objects.get(pk=plan.pk).move(other.register, pos="last-child")

        assert Citation.objects.get(source=article).status == Status.MISSING

    def test_a_new_locality_is_followed(self):
        body = issuing_body("ubnd-ha-tinh", name="UBND tỉnh Hà Tĩnh", level="province")
        self.make("9/KH-UBND", document_type=document_type(), issuing_body=body)
        article = make_article(self.portal.news, body=[paragraph("Kế hoạch số 9/KH-UBND.")])
        publish(article)
        row = Citation.objects.get(source=article)
        assert row.status == Status.LINKED

        settings = DirectiveSettings.objects.create(site=self.portal.site)
        settings.province = "tỉnh Lam Giang"
        with committed():
            settings.save()

        row.refresh_from_db()
        assert row.status == Status.MISSING

    def test_caches_are_told_when_a_link_appears(self):
        self.client.get(self.article.url)
        before = version_now()

        self.make()

        assert version_now() > before


class LinkTests(TextCitations):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.directive = cls().make()
        publish(cls.article)

    def linked(self, html):
        self.article.body = [("paragraph", RichText(html))]
        publish(self.article)
        response = self.client.get(self.article.url)
        soup = BeautifulSoup(response.content, "html.parser")
        return soup.select_one(".article__text")

    def test_the_link_leads_to_the_document_in_the_readers_language(self):
        english = make_english(self.portal)
        translated = translate(self.directive, subject="On building the Party")
        article = translate(self.article)
        article.body = [paragraph("Under Conclusion No. 21-KL/TW of 25 October 2021.")]
        publish(article)

        [link] = self.links(article)

        assert english.register.url in link["href"]
        assert link["href"] == translated.url
        assert "On building the Party" in link["title"]

    def test_without_a_translation_the_link_leads_to_the_source_language(self):
        make_english(self.portal)
        article = translate(self.article)

        [link] = self.links(article)

        assert link["href"] == self.directive.url

    def test_tags_inside_a_citation_stay_balanced(self):
        text = self.linked("<p>Theo <b>Kết luận <i>số</i> 21</b>-KL/TW, ngày 25/10/2021.</p>")

        links = text.select("a.citation-link")
        assert "".join(link.text for link in links) == "Kết luận số 21-KL/TW"
        assert {link["href"] for link in links} == {self.directive.url}
        assert text.b.text == "Kết luận số 21"
        assert text.text.strip() == "Theo Kết luận số 21-KL/TW, ngày 25/10/2021."

    def test_a_link_of_the_editor_stays_alone(self):
        text = self.linked('<p><a href="https://example.org/">Kết luận số 21-KL/TW</a></p>')

        assert text.select("a.citation-link") == []
        assert len(text.select("a")) == 1

    def test_a_subject_with_markup_is_printed_as_text(self):
        self.directive.subject = '"><script>alert(1)</script>'
        publish(self.directive)

        response = self.client.get(self.article.url)

        soup = BeautifulSoup(response.content, "html.parser")
        [link] = soup.select("a.citation-link")
        assert link["title"].endswith('"><script>alert(1)</script>')

    def test_short_forms_lead_where_the_full_one_does(self):
        text = self.linked(f"<p>Thực hiện {CITED}.</p><p>Kết luận 21 nêu rõ.</p>")

        assert [link.text for link in text.select("a.citation-link")] == [
            "Kết luận số 21-KL/TW",
            "Kết luận 21",
        ]

    def test_quotes_callouts_and_tables_have_links_headings_do_not(self):
        table = {
            "data": [[CITED]],
            "first_row_is_table_header": False,
            "first_col_is_header": False,
            "table_caption": "",
        }
        self.article.body = [
            ("heading", {"text": CITED, "level": "h2"}),
            ("quote", {"text": CITED, "attribution": ""}),
            ("callout", {"kind": "note", "title": "", "text": RichText(f"<p>{CITED}</p>")}),
            ("table", table),
        ]
        publish(self.article)

        links = self.links(self.article)

        assert len(links) == 3
        assert not any(link.find_parent("h2") for link in links)

    def test_the_stored_text_does_not_change(self):
        stored = ArticlePage.objects.get(pk=self.article.pk).body.raw_data[0]["value"]

        self.client.get(self.article.url)

        assert "<a" not in stored
        assert ArticlePage.objects.get(pk=self.article.pk).body.raw_data[0]["value"] == stored

    def test_a_preview_shows_links_of_text_that_was_never_published(self):
        self.make("22-KL/TW")
        self.article.body = [paragraph("Kết luận số 22-KL/TW và Kết luận số 21-KL/TW.")]

        response = self.article.make_preview_request()

        soup = BeautifulSoup(response.content, "html.parser")
        assert len(soup.select("a.citation-link")) == 2

    def test_summary_captions_and_notes_have_links_as_well(self):
        self.article.summary = f"Theo {CITED}."
        self.article.body = [
            ("image", {"image": None, "alt_text": "", "caption": f"Triển khai {CITED}"}),
            ("gallery", [{"image": None, "alt_text": "", "caption": CITED}] * 2),
            ("directive", {"directive": self.directive, "note": f"Cùng {CITED}"}),
        ]
        publish(self.article)

        response = self.client.get(self.article.url)

        soup = BeautifulSoup(response.content, "html.parser")
        assert len(soup.select(".article__summary a.citation-link")) == 1
        assert len(soup.select("figcaption a.citation-link")) == 3
        assert len(soup.select(".document__note a.citation-link")) == 1

    def test_a_plain_text_that_looks_like_markup_is_escaped_beside_its_links(self):
        self.article.summary = f"<b>a</b> & {CITED} <script>alert(1)</script>"
        publish(self.article)

        response = self.client.get(self.article.url)

        self.assertContains(response, "&lt;b&gt;a&lt;/b&gt; &amp; <a class=")
        self.assertNotContains(response, "<script>alert(1)")

    def test_an_unsaved_page_can_be_previewed_with_links(self):
        unsaved = ArticlePage(
            title="Mới",
            summary="Mới",
            slug="moi",
            body=[paragraph(CITED)],
            locale=language("vi"),
        )

        response = unsaved.make_preview_request()

        self.assertContains(response, "citation-link")

    def test_links_cost_at_most_one_query(self):
        plain = make_article(self.portal.news)
        link_directive(plain, self.directive)
        cited = make_article(self.portal.news, body=[paragraph(f"{CITED}. {CITED}.")])
        link_directive(cited, self.directive)
        publish(cited)

        assert queries_of(self.client, cited.url) <= queries_of(self.client, plain.url) + 1

    def test_more_links_cost_no_more_queries(self):
        counts = []
        for size in (3, 20):
            for number in range(100, 100 + size):
                if not Page.objects.filter(slug__contains=f"-{number}-kl-tw").exists():
                    self.make(f"{number}-KL/TW")
            text = "; ".join(f"Kết luận số {n}-KL/TW" for n in range(100, 100 + size))
            article = make_article(self.portal.news, body=[paragraph(text), paragraph(text)])
            publish(article)
            assert len(self.links(article)) == 2 * size
            counts.append(queries_of(self.client, article.url))

        assert counts[0] == counts[1]

    def test_an_unreadable_cache_is_no_harm(self):
        caches["local"].clear()

        assert len(self.links(self.article)) == 1


class DocumentsCitedTests(TextCitations):
    def documents(self, page):
        return list(self.client.get(page.url).context["documents"])

    def test_by_hand_and_by_text_are_one_list_without_repetition(self):
        directive = self.make()
        linked = self.make("1-KL/TW")
        link_directive(self.article, linked)
        link_directive(self.article, directive)
        publish(self.article)

        assert self.documents(self.article) == [linked, directive]

    def test_the_document_lists_who_cites_it_once(self):
        directive = self.make()
        link_directive(self.article, directive)
        publish(self.article)

        response = self.client.get(directive.url)

        assert [page.pk for page in response.context["cited_by"]] == [self.article.pk]

    def test_search_engines_are_told(self):
        directive = self.make()
        publish(self.article)

        response = self.client.get(self.article.url)

        soup = BeautifulSoup(response.content, "html.parser")
        found = [each.text for each in soup.select('script[type="application/ld+json"]')]
        assert any(
            '"legislationIdentifier": "21-KL/TW"' in text and directive.full_url in text
            for text in found
        )
