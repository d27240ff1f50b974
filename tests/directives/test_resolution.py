"""A number is not an identity: what becomes of a citation, and why."""

import datetime

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from directives.citations import Reference, find_citations
from directives.citing.resolution import resolve_references
from directives.models import Citation, CitationDecision, DirectiveSettings
from tests.factories import (
    document_type,
    issuing_body,
    make_article,
    make_directive,
    make_english,
    make_portal,
    restrict,
    translate,
)

Status = Citation.Status
DAY = datetime.date(2021, 10, 25)


class ResolutionTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.article = make_article(cls.portal.news)
        cls.other = make_portal("other.example", "Phường Khác")
        cls.settle(cls.portal, "phường Bến Ngà", "tỉnh Lam Giang")
        cls.settle(cls.other, "phường Đông Hà", "tỉnh Quảng Trị")
        cls.conclusion = cls.make("21-KL/TW", "ket-luan", "ban-chap-hanh-trung-uong")

    @classmethod
    def settle(cls, portal, commune, province):
        DirectiveSettings.objects.update_or_create(
            site=portal.site, defaults={"commune": commune, "province": province}
        )

    @classmethod
    def make(cls, number, kind, body, register=None, **fields):
        fields.setdefault("issued_on", DAY)
        facts = {}
        if body == "ubnd-ha-tinh":
            facts = {"name": "UBND tỉnh Hà Tĩnh", "level": "province", "locality": "tỉnh Hà Tĩnh"}
        if body == "ubnd-lam-giang":
            facts = {"name": "UBND tỉnh Lam Giang", "level": "province", "locality": "Lam Giang"}
        if body == "ubnd-dong-ha":
            facts = {"name": "UBND phường Đông Hà", "locality": "phường Đông Hà"}
        return make_directive(
            register or cls.portal.register,
            document_number=number,
            document_type=document_type(kind),
            issuing_body=issuing_body(body, **facts),
            **fields,
        )

    def resolve(self, key, kind=None, page=None, **facts):
        if facts.get("date"):
            facts["year"] = facts["date"].year
        [resolution] = resolve_references([(page or self.article, Reference(key, kind, **facts))])
        return resolution

    def check(self, expected, *asked, **facts):
        resolution = self.resolve(*asked, **facts)
        if isinstance(expected, Status):
            assert (resolution.status, resolution.directive) == (expected, None)
        else:
            assert (resolution.status, resolution.directive) == (Status.LINKED, expected)

    def test_one_candidate_is_linked(self):
        self.check(self.conclusion, "21-KL/TW", "ket-luan", date=DAY)
        self.check(self.conclusion, "21-KL/TW")
        self.check(self.conclusion, "21-KL/TW", issuer="Ban Chấp hành Trung ương Đảng khóa XIII")

    def test_nothing_is_missing(self):
        self.check(Status.MISSING, "22-KL/TW", "ket-luan")

    def test_another_date_is_a_conflict(self):
        self.check(Status.CONFLICT, "21-KL/TW", "ket-luan", date=datetime.date(2021, 10, 26))
        self.check(Status.CONFLICT, "21-KL/TW", "ket-luan", year=2020)

    def test_a_number_whose_year_is_not_that_of_its_date_is_a_conflict_without_any_page(self):
        self.check(Status.CONFLICT, "12/2012/TT-BNV", "thong-tu", date=datetime.date(2008, 10, 6))

    def test_the_date_chooses_among_documents_of_one_number(self):
        later = self.make(
            "21-KL/TW", "ket-luan", "bo-chinh-tri", issued_on=datetime.date(2026, 5, 1)
        )

        self.check(later, "21-KL/TW", "ket-luan", date=datetime.date(2026, 5, 1))
        self.check(self.conclusion, "21-KL/TW", year=2021)
        self.check(Status.AMBIGUOUS, "21-KL/TW", "ket-luan")
        assert set(self.resolve("21-KL/TW").candidates) == {self.conclusion, later}

    def test_the_type_word_chooses_between_decision_and_rules(self):
        rules = self.make("38-QĐ/TW", "quy-dinh", "ban-chap-hanh-trung-uong")

        self.check(rules, "38-QĐ/TW", "quy-dinh")
        self.check(Status.MISSING, "38-QĐ/TW", "quyet-dinh")

    def test_another_provinces_document_is_never_linked(self):
        foreign = self.make("123/QĐ-UBND", "quyet-dinh", "ubnd-ha-tinh")

        self.check(Status.MISSING, "123/QĐ-UBND", "quyet-dinh")
        self.check(Status.MISSING, "123/QĐ-UBND", "quyet-dinh", date=DAY)
        self.check(Status.MISSING, "123/QĐ-UBND", "quyet-dinh", issuer="UBND tỉnh")
        self.check(Status.MISSING, "123/QĐ-UBND", issuer="UBND tỉnh Nghệ An", date=DAY)
        self.check(foreign, "123/QĐ-UBND", issuer="Ủy ban nhân dân tỉnh Hà Tĩnh")

    def test_another_bodys_document_is_never_linked(self):
        own = self.make("9/QĐ-BCĐ", "quyet-dinh", "ubnd-phuong-ben-nga")

        for issuer in (
            "Ban Chỉ đạo chuyển đổi số tỉnh Hà Tĩnh",
            "Ban Chỉ đạo chuyển đổi số tỉnh Lam Giang",
            "Ban Chỉ đạo chuyển đổi số Hà Tĩnh",
            "Ban Chỉ đạo chuyển đổi số phường Đông Hà",
            "Ban Chỉ đạo chuyển đổi số phường Bến Ngà, tỉnh Hà Tĩnh",
            "Ban Chỉ đạo chuyển đổi số tỉnh",
            "Ban Chỉ đạo quốc gia về chuyển đổi số",
            "Vụ Pháp chế Bộ Tư pháp",
            "Sở Nội vụ",
            "UBND Đông Hà",
            "Steering Committee of Hà Tĩnh province",
            "National Steering Committee",
        ):
            with self.subTest(issuer):
                text = f"Quyết định số 09/QĐ-BCĐ của {issuer} về việc kiện toàn."
                [found] = find_citations(text.replace("của Steering", "of the Steering"))
                self.check(Status.MISSING, "9/QĐ-BCĐ", "quyet-dinh", issuer=found.issuer or issuer)
        for issuer in (
            "",
            "Ban Chỉ đạo",
            "Ban Chỉ đạo chuyển đổi số",
            "Ban Chỉ đạo chuyển đổi số phường",
            "Ban Chỉ đạo chuyển đổi số phường Bến Ngà, tỉnh Lam Giang",
            "UBND Bến Ngà",
        ):
            with self.subTest(issuer):
                self.check(own, "9/QĐ-BCĐ", "quyet-dinh", issuer=issuer)

    def test_committees_of_one_place_are_told_apart_by_what_they_are_for(self):
        digital, storms = (
            self.make("9/QĐ-BCĐ", "quyet-dinh", issuing_body(code, name=name).code)
            for code, name in (
                ("bcd-chuyen-doi-so", "Ban Chỉ đạo chuyển đổi số phường Bến Ngà"),
                ("bcd-thien-tai", "Ban Chỉ đạo phòng, chống thiên tai phường Bến Ngà"),
            )
        )
        ward = self.make("9/QĐ-BCĐ", "quyet-dinh", "ubnd-phuong-ben-nga")
        for issuer, expected in (
            ("Ban Chỉ đạo chuyển đổi số phường Bến Ngà", digital),
            ("Ban chỉ đạo về chuyển đổi số và Đề án 06 phường", digital),
            ("Ban Chỉ đạo CĐS", digital),
            ("Ban Chỉ đạo phòng chống thiên tai và tìm kiếm cứu nạn phường Bến Ngà", storms),
            ("Ban Chỉ đạo phòng, chống thiên tai", storms),
            ("Ban Chỉ đạo vệ sinh an toàn thực phẩm phường Bến Ngà", ward),
            ("Ban Chỉ đạo phường Bến Ngà", Status.AMBIGUOUS),
            ("Ban Chỉ đạo", Status.AMBIGUOUS),
            ("", Status.AMBIGUOUS),
        ):
            with self.subTest(issuer=issuer):
                self.check(expected, "9/QĐ-BCĐ", "quyet-dinh", issuer=issuer)

        ward.unpublish()
        storms.unpublish()
        text = "Quyết định số 09/QĐ-BCĐ của Ban Chỉ đạo phòng, chống thiên tai phường Bến Ngà."
        [found] = find_citations(text)
        self.check(Status.MISSING, "9/QĐ-BCĐ", "quyet-dinh", issuer=found.issuer)

    def test_a_body_without_a_place_is_not_that_of_the_country_or_of_a_district(self):
        issuing_body("bcd-qg", name="Ban Chỉ đạo quốc gia", level="central")
        issuing_body("bcd-cu", name="Ban Chỉ đạo", level="province", locality="huyện Cũ")
        national = self.make("9/QĐ-BCĐ", "quyet-dinh", "bcd-qg")
        self.make("8/QĐ-BCĐ", "quyet-dinh", "bcd-cu")

        self.check(Status.AMBIGUOUS, "9/QĐ-BCĐ", issuer="Ban Chỉ đạo")
        self.check(Status.AMBIGUOUS, "8/QĐ-BCĐ", issuer="Ban Chỉ đạo")
        self.check(national, "9/QĐ-BCĐ", issuer="Ban Chỉ đạo quốc gia về chuyển đổi số")
        self.check(Status.MISSING, "9/QĐ-BCĐ", issuer="Ban Chỉ đạo tỉnh")

    def test_without_a_place_the_sites_own_province_is_meant(self):
        own = self.make("123/QĐ-UBND", "quyet-dinh", "ubnd-lam-giang")
        self.make("123/QĐ-UBND", "quyet-dinh", "ubnd-ha-tinh")

        self.check(own, "123/QĐ-UBND", "quyet-dinh")
        self.check(own, "123/QĐ-UBND", "quyet-dinh", issuer="UBND tỉnh")
        self.check(Status.MISSING, "123/QĐ-UBND", "quyet-dinh", issuer="UBND phường")

    def test_the_sites_own_province_may_stand_in_another_sites_register(self):
        self.settle(self.other, "phường Đông Hà", "tỉnh Lam Giang")
        own = self.make("123/QĐ-UBND", "quyet-dinh", "ubnd-lam-giang", self.other.register)

        self.check(own, "123/QĐ-UBND", "quyet-dinh")

    def test_another_communes_document_needs_its_name(self):
        self.settle(self.other, "phường Đông Hà", "tỉnh Lam Giang")
        theirs = self.make("65/KH-UBND", "ke-hoach", "ubnd-dong-ha", self.other.register)

        self.check(Status.MISSING, "65/KH-UBND", "ke-hoach", date=DAY)
        self.check(theirs, "65/KH-UBND", "ke-hoach", issuer="UBND phường Đông Hà")

    def test_a_commune_of_the_same_name_elsewhere_is_another_one(self):
        self.make("65/KH-UBND", "ke-hoach", "ubnd-dong-ha", self.other.register)

        self.check(Status.MISSING, "65/KH-UBND", "ke-hoach", issuer="UBND phường Đông Hà")

    def test_without_a_locality_only_the_sites_own_register_counts(self):
        DirectiveSettings.objects.all().delete()
        own = self.make("65/KH-UBND", "ke-hoach", "ubnd-phuong-ben-nga")

        self.check(own, "65/KH-UBND", "ke-hoach")
        elsewhere = make_article(self.other.news)
        self.check(Status.MISSING, "65/KH-UBND", "ke-hoach", page=elsewhere)

    def test_the_sites_own_copy_wins(self):
        copy = self.make("21-KL/TW", "ket-luan", "ban-chap-hanh-trung-uong", self.other.register)

        self.check(self.conclusion, "21-KL/TW", "ket-luan", date=DAY)
        self.check(copy, "21-KL/TW", "ket-luan", date=DAY, page=make_article(self.other.news))

    def test_another_sites_central_document_serves_everybody(self):
        self.check(self.conclusion, "21-KL/TW", page=make_article(self.other.news))

    def test_translations_are_one_candidate_by_the_page_in_the_default_language(self):
        make_english(self.portal)
        translated = translate(self.conclusion)

        self.check(self.conclusion, "21-KL/TW")
        self.conclusion.unpublish()
        self.check(translated, "21-KL/TW")

    def test_drafts_and_private_documents_are_no_candidates(self):
        restrict(self.conclusion)
        self.make("22-KL/TW", "ket-luan", "bo-chinh-tri", live=False)

        self.check(Status.MISSING, "21-KL/TW")
        self.check(Status.MISSING, "22-KL/TW")

    def test_a_short_form_is_only_suggested(self):
        resolution = self.resolve("?KL:21", "ket-luan")

        assert resolution.status == Status.AMBIGUOUS
        assert resolution.candidates == [self.conclusion]
        decree = self.make("100/2019/NĐ-CP", "nghi-dinh", "chinh-phu")
        assert self.resolve("?NĐ:100/2019", "nghi-dinh", year=2019).candidates == [decree]
        self.check(Status.MISSING, "?NĐ:100/2020", "nghi-dinh", year=2020)

    def test_an_editors_choice_wins_while_the_document_is_there(self):
        chosen = self.make("9/KH-UBND", "ke-hoach", "ubnd-ha-tinh")
        reference = Reference("21-KL/TW", "ket-luan")
        CitationDecision.objects.create(
            source=self.article, identity=reference.identity, directive=chosen
        )

        self.check(chosen, "21-KL/TW", "ket-luan")
        chosen.unpublish()
        self.check(Status.MISSING, "21-KL/TW", "ket-luan")

    def test_what_is_not_to_be_linked_is_not(self):
        reference = Reference("21-KL/TW", "ket-luan")
        CitationDecision.objects.create(source=self.article, identity=reference.identity)

        self.check(Status.DISMISSED, "21-KL/TW", "ket-luan")

    def test_many_references_cost_no_more_queries_than_one(self):
        many = [(self.article, Reference(f"{number}-KL/TW")) for number in range(1, 60)]

        resolve_references(many[:1])

        with CaptureQueriesContext(connection) as one:
            resolve_references(many[:1])
        with self.assertNumQueries(len(one)):
            resolve_references(many)
