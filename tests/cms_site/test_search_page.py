import datetime
import unicodedata
from unittest.mock import patch
from urllib.parse import urlencode

import pytest
from django.test import TestCase
from wagtail.test.utils.wagtail_tests import WagtailTestUtils

from tests.factories import (
    document_type,
    language,
    make_article,
    make_category,
    make_directive,
    make_english,
    make_image,
    make_portal,
    paragraph,
    publish,
    restrict,
    translate,
)
from tests.queries import queries_of

pytestmark = [pytest.mark.vendor, pytest.mark.slow]


class SearchTests(WagtailTestUtils, TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.english = make_english(cls.portal)
        cls.insurance = make_article(cls.portal.news, title="Đổi thẻ bảo hiểm y tế")
        cls.road = make_article(
            cls.portal.news,
            title="Sửa chữa mùa mưa",
            body=[paragraph("Con đường bộ qua chợ được làm lại.")],
        )
        cls.decree = make_directive(
            cls.portal.register, document_number="100/2019/NĐ-CP", subject="Giao thông đường bộ"
        )

    def search(self, text, address="/tim-kiem/", **extra):
        kind = {"kind": extra.pop("kind")} if "kind" in extra else {}
        response = self.client.get(f"{address}?{urlencode({'q': text} | kind)}", **extra)
        assert response.status_code == 200
        return response

    def found(self, text, **extra):
        return list(self.search(text, **extra).context["results"])

    def test_diacritics_make_no_difference(self):
        for text in ("bảo hiểm", "bao hiem", "BẢO HIỂM", "Bao Hiem", "bảo hiểm"):
            assert self.found(text) == [self.insurance], text
        for text in ("đường bộ", "duong bo", "ĐƯỜNG BỘ", "dường bổ"):
            assert self.found(text) == [self.road], text
            assert self.found(text, kind="directives") == [self.decree], text

    def test_every_word_must_be_there(self):
        assert self.found("bảo hiểm đường") == []

    def test_a_word_may_be_begun_only(self):
        assert self.found("bao hie") == [self.insurance]
        assert self.found("duong b", kind="directives") == [self.decree]

    def test_one_wrong_letter_is_forgiven(self):
        admission = make_article(self.portal.news, title="Tuyển sinh lớp 10")
        flood = make_article(self.portal.news, title="Khắc phục ngập úng")
        for text in ("tuyen sihn", "tuyen sinnh", "tuyn sinh", "tuyen sunh", "tuyển sihn"):
            assert self.found(text) == [admission], text
        for text in ("khac fuc", "khacs phuc", "khắc phụk"):
            assert self.found(text) == [flood], text
        # What is found as it is typed is not corrected.
        assert self.found("sinh") == [admission]

    def test_a_title_comes_first_then_what_is_more_about_it(self):
        exact = make_article(self.portal.news, title="Ngày hội đọc sách")
        about = make_article(self.portal.news, title="Sau ngày hội đọc sách, ngày hội đọc sách")
        beside = make_article(
            self.portal.news, title="Tin ngắn", body=[paragraph("Một ngày, hội phụ nữ đọc sách.")]
        )
        assert self.found("ngay hoi doc sach") == [exact, about, beside]

    def test_counts_stop_at_a_thousand(self):
        for number in range(4):
            make_article(self.portal.news, title=f"Lịch cúp điện {number}")
        limits = [
            patch(f"{module}.MOST_MATCHES", 3)
            for module in (
                "headless.content.search_index",
                "headless.content.search",
                "cms_site.views",
            )
        ]
        with limits[0], limits[1], limits[2]:
            response = self.search("cúp điện")
            exact = self.found("lich cup dien 0")

        assert response.context["counts"]["articles"] == 2
        tabs = self.get_soup(response.content).select(".tabs a")
        assert [tab.span.get_text() for tab in tabs] == ["hơn 2", "0"]
        assert [article.title for article in exact] == ["Lịch cúp điện 0"]

    def test_operators_are_words_like_others(self):
        assert self.found("bảo OR khongco") == []
        assert self.found("bao hiem*") == [self.insurance]
        assert self.found("title:bao") == []

    def test_documents_are_found_by_their_number(self):
        for text in ("100/2019/NĐ-CP", "100/2019/nđ-cp", "Nghị định 100/2019/NĐ-CP"):
            assert self.found(text, kind="directives") == [self.decree], text

    def test_both_kinds_are_counted_on_both_tabs(self):
        for kind in ("articles", "directives"):
            response = self.search("đường bộ", kind=kind)
            assert response.context["counts"] == {"articles": 1, "directives": 1}
            tabs = self.get_soup(response.content).select(".tabs a")
            assert [tab.span.get_text() for tab in tabs] == ["1", "1"]

    def test_finds_nothing_that_readers_may_not_see(self):
        make_article(self.portal.news, title="bảo hiểm nháp", live=False)
        restrict(make_article(self.portal.news, title="bảo hiểm nội bộ"))
        make_directive(self.portal.register, subject="đường bộ nháp", live=False)
        self.insurance.copy_for_translation(language("en"), alias=True)

        assert self.found("bảo hiểm") == [self.insurance]
        assert self.found("đường bộ", kind="directives") == [self.decree]
        assert self.found("bảo hiểm", address="/en/search/") == []

    def test_searches_the_pages_language_only(self):
        translated = translate(self.insurance, title="Health insurance cards", slug="health")

        assert self.found("insurance", address="/en/search/") == [translated]
        assert self.found("insurance") == []

    def test_searches_this_site_only(self):
        other = make_portal("go-say.localhost", "Phường Gò Sậy")
        there = make_article(other.news, title="bảo hiểm ở Gò Sậy")

        assert self.found("bảo hiểm") == [self.insurance]
        assert self.found("bảo hiểm", headers={"host": "go-say.localhost"}) == [there]

    def test_a_changed_text_is_found_by_its_new_words_only(self):
        self.road.title = "Làm cầu"
        self.road.body = [paragraph("Cầu bê tông.")]
        self.road.save()

        assert self.found("đường bộ", kind="articles") == []
        assert self.found("be tong") == [self.road]

    def test_hostile_queries_are_answered(self):
        hostile = [
            '"',
            'bao "hiem',
            "'",
            "'; DROP TABLE civic_articles_articlepage; --",
            "bao\0hiem",
            "x" * 10_000,
            "AND OR NOT",
            "* ^ ( ) :",
            "NEAR(bao hiem)",
            "{title}: bao",
            "- + | & ! < > ~",
            "\\",
            "%",
            "_",
            "\ud7ff\uffff",
            "🏫",
            "a " * 5_000,
            "..",
            "1e999",
        ]
        for address in ("/tim-kiem/", "/en/search/"):
            for kind in ("articles", "directives", "nonsense"):
                for text in hostile:
                    with self.subTest(text=text[:30], kind=kind):
                        query = urlencode({"q": text, "kind": kind})
                        response = self.client.get(f"{address}?{query}")
                        assert response.status_code == 200

    def test_what_was_asked_is_printed_as_text(self):
        response = self.search('"><script>alert(1)</script>')

        self.assertNotContains(response, "<script>alert(1)")
        self.assertContains(response, "alert(1)")

    def test_nothing_found_is_said_with_a_hint(self):
        response = self.search("khongcotunaynhuthe")

        self.assertContains(response, "khongcotunaynhuthe")
        assert self.get_soup(response.content).select(".empty")

    def test_turns_pages_and_a_page_that_is_not_there_is_a_readable_404(self):
        for _ in range(11):
            make_article(self.portal.news, title="Thẻ bảo hiểm")

        first = self.search("bảo hiểm")

        [link] = self.get_soup(first.content).select("nav.pagination a[rel=next]")
        assert len(self.client.get(f"/tim-kiem/{link['href']}").context["results"]) == 2
        for number in ("3", "abc", "0", "-1", "9" * 40):
            response = self.client.get(f"/tim-kiem/?q=bao+hiem&page={number}")
            self.assertContains(response, "<h1", status_code=404)

    def test_without_a_question_there_is_only_the_form(self):
        response = self.client.get("/tim-kiem/")

        assert not self.get_soup(response.content).select(".results, .tabs")

    def test_a_number_opens_the_documents_with_the_one_of_this_number_first(self):
        plan = make_directive(
            self.portal.register,
            document_number="65/KH-UBND",
            issued_on=datetime.date(2020, 1, 2),
        )
        for number in ("655/KH-UBND", "9/KH-UBND"):
            make_directive(
                self.portal.register, document_number=number, subject="Thay 65/KH-UBND (65KH)"
            )
        make_article(self.portal.news, title="Kế hoạch 65/KH-UBND (65KH)")
        for text in (
            "65/KH-UBND", "65/kh-ubnd", "65-KH/UBND", "65KH", "65kh", "65", "65khubnd", "065/KH-UBND",
            "Kế hoạch 65/KH-UBND", unicodedata.normalize("NFD", "kế hoạch số 65/KH-UBND"),
        ):  # fmt: skip
            with self.subTest(text=text):
                response = self.search(text)
                assert response.context["kind"] == "directives"
                assert next(iter(response.context["results"])) == plan
                found = self.client.get("/api/v3/search/", {"q": text}).json()["directives"]
                assert found["items"][0]["id"] == plan.pk

    def test_a_number_finds_what_cites_it_however_it_is_written(self):
        plan = make_directive(self.portal.register, document_number="65/KH-UBND")
        decision = make_directive(
            self.portal.register,
            document_number="13/2024/QĐ-UBND",
            document_type=document_type("quyet-dinh"),
            issued_on=datetime.date(2024, 4, 9),
        )
        citing = {
            plan: ["Theo Kế hoạch số 65/KH-UBND, đường được làm lại."],
            decision: ["Quyết định số 13/2024/QĐ-UBND có hiệu lực."],
            # In no register.
            None: ["Nghị định số 168/2024/NĐ-CP và Kết luận số 21-KL/TW nói gì."],
        }
        articles = {}
        for number, (document, texts) in enumerate(citing.items()):
            articles[document] = make_article(
                self.portal.news, title=f"Bài {number}", body=[*map(paragraph, texts)]
            )
            publish(articles[document])
        for text, document in [
            *((text, plan) for text in ("65KH", "65kh", "65khubnd", "65/kh-ubnd", "kh 65", "KH65")),
            *((text, decision) for text in ("13QD", "13qđ", "13/QD", "13 qd-ubnd", "13/2024/qd", "QĐ 13")),
            *((text, None) for text in ("168/2024", "168ND", "168nđ", "nd 168", "NĐ 168/2024", "21KLTW")),
        ]:  # fmt: skip
            with self.subTest(text=text):
                assert self.found(text, kind="articles")[0] == articles[document]
                if document:
                    assert self.found(text)[0] == document
                    rows = self.client.get(self.portal.register.url, {"q": text})
                    assert document in rows.context["directives"], text

    def test_a_number_is_found_by_its_parts_where_it_is_no_citation(self):
        fees = make_article(self.portal.news, title="Biểu phí 7/PL-ABC", summary="Xem mục A/B-C.")
        for text in ("7/PL-ABC", "PL-ABC", "7PL", "pl abc", "A/B-C"):
            with self.subTest(text=text):
                assert self.found(text, kind="articles") == [fees]

    def test_words_open_the_articles_unless_only_documents_have_them(self):
        make_directive(self.portal.register, subject="Trâu bò thả rông")

        assert self.search("đường bộ").context["kind"] == "articles"
        assert self.search("trâu bò").context["kind"] == "directives"

    def test_a_tab_without_hits_says_that_the_other_has_some(self):
        for text, kind, other in (
            ("100/2019/NĐ-CP", "articles", "directives"),
            ("bảo hiểm", "directives", "articles"),
        ):
            with self.subTest(text=text):
                response = self.search(text, kind=kind)
                [empty] = self.get_soup(response.content).select(".empty")
                assert "Không tìm thấy gì" not in empty.get_text()
                assert "1" in empty.a.get_text()
                there = self.client.get(f"/tim-kiem/{empty.a['href']}")
                assert there.context["kind"] == other
                assert len(there.context["results"]) == 1

    def test_more_results_cost_no_more_queries(self):
        counts = []
        for _ in range(2):
            for number in range(5):
                make_article(
                    self.portal.news,
                    title="đường bộ",
                    cover=make_image(),
                    category=make_category(f"Mục {number} {counts}"),
                )
                make_directive(self.portal.register, subject="đường bộ")
            counts.append(
                [
                    queries_of(self.client, f"/tim-kiem/?q=duong+bo&kind={kind}")
                    for kind in ("articles", "directives")
                ]
            )

        assert counts[0] == counts[1]
