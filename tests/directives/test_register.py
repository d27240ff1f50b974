import datetime
from unittest.mock import patch
from urllib.parse import urlencode

import pytest
from wagtail.test.utils import WagtailPageTestCase
from wagtail.test.utils.form_data import nested_form_data

from directives.models import DirectiveIndexPage, DirectivePage
from home.models import HomePage
from tests.factories import (
    document_type,
    issuing_body,
    language,
    log_in,
    make_directive,
    make_english,
    make_portal,
    relate,
    restrict,
    translate,
)
from tests.forms import NO_SIDEBAR, preview_new
from tests.queries import queries_of

pytestmark = pytest.mark.vendor


class RegisterTests(WagtailPageTestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.register = cls.portal.register
        cls.plan = make_directive(
            cls.register,
            document_number="65/KH-UBND",
            subject="Thu gom rác tại nguồn",
            issued_on=datetime.date(2024, 3, 15),
        )
        cls.decree = make_directive(
            cls.register,
            document_number="100/2019/NĐ-CP",
            document_type=document_type("nghi-dinh"),
            issuing_body=issuing_body("chinh-phu"),
            subject="Giao thông đường bộ",
            issued_on=datetime.date(2019, 12, 30),
            expires_on=datetime.date(2024, 12, 31),
        )

    def found(self, **asked):
        response = self.client.get(f"{self.register.url}?{urlencode(asked)}")
        assert response.status_code == 200
        return list(response.context["directives"])

    def test_links_repeat_no_parameter_that_the_register_does_not_know(self):
        asked = {"q": "KH-UBND", "year": 2024, "sort": "oldest", "utm": "x" * 7000}
        query = f"{urlencode(asked)}&q=65&{'x' * 5000}"
        response = self.client.get(f"{self.register.url}?{query}")

        self.assertNotContains(response, "x" * 100)
        links = {
            link["href"] for link in self.get_soup(response.content).select("main a[href^='?']")
        }
        assert "?q=65&year=2024&sort=number" in links
        assert "?year=2024&sort=oldest" in links
        assert "?q=65&sort=oldest" in links

    def test_links_keep_a_day_as_it_was_asked_for(self):
        response = self.client.get(f"{self.register.url}?issued_from=2024-01-31&status=")

        self.assertContains(response, 'href="?issued_from=2024-01-31&amp;sort=number"')
        assert self.found(issued_from="2024-01-31") == [self.plan]

    def test_lives_where_the_host_wants_it_and_holds_documents_only(self):
        self.assertCanCreateAt(HomePage, DirectiveIndexPage)
        self.assertAllowedSubpageTypes(DirectiveIndexPage, {DirectivePage})

    def test_an_editor_can_create_it(self):
        log_in(self.client)
        data = {"title": "Văn bản cũ", "introduction": "", **NO_SIDEBAR}

        self.assertCanCreate(self.portal.home, DirectiveIndexPage, nested_form_data(data))

    def test_can_be_previewed_before_its_first_save(self):
        log_in(self.client)
        data = {"title": "Văn bản", "introduction": "Lời dẫn", **NO_SIDEBAR}

        response = preview_new(self.client, self.portal.home, DirectiveIndexPage, data)

        self.assertContains(response, "Lời dẫn")

    def test_more_documents_cost_no_more_queries(self):
        counts = []
        for _ in range(2):
            for _ in range(9):
                relate(make_directive(self.register), "amends", self.plan)
            counts.append(queries_of(self.client, self.register.url))

        assert counts[0] == counts[1]

    def test_shows_the_newest_first_and_neither_drafts_nor_private_ones(self):
        make_directive(self.register, live=False)
        restrict(make_directive(self.register))

        assert self.found() == [self.plan, self.decree]

    def test_finds_a_number_however_it_is_typed(self):
        for text in ("65/KH-UBND", "65/kh-ubnd", "65/KH–UBND", "Kế hoạch số 65/KH-UBND"):
            assert self.found(q=text) == [self.plan], text

    def test_finds_words_with_and_without_diacritics(self):
        for text in ("đường bộ", "duong bo", "ĐƯỜNG BỘ", "giao thong"):
            assert self.found(q=text) == [self.decree], text

    def test_narrows_by_each_filter(self):
        assert self.found(type="nghi-dinh") == [self.decree]
        assert self.found(issuer="chinh-phu") == [self.decree]
        assert self.found(year=2024) == [self.plan]
        assert self.found(issued_from="2020-01-01") == [self.plan]
        assert self.found(issued_to="2020-01-01") == [self.decree]
        assert self.found(issued_from="2024-03-15", issued_to="2024-03-15") == [self.plan]
        assert self.found(status="in_force") == [self.plan]
        assert self.found(status="expired") == [self.decree]

    def test_filters_add_up(self):
        assert self.found(type="nghi-dinh", year=2019, q="duong bo") == [self.decree]
        assert self.found(type="nghi-dinh", status="in_force") == []

    def test_sorts_both_ways_by_each_column(self):
        assert self.found(sort="oldest") == [self.decree, self.plan]
        assert self.found(sort="newest") == [self.plan, self.decree]
        for name in ("number", "type", "issuer"):
            ascending = self.found(sort=name)
            assert ascending == self.found(sort=f"-{name}")[::-1]

    def test_an_order_by_type_goes_on_over_pages(self):
        days = [datetime.date(2024, month, 1) for month in range(1, 5)]
        plans = [make_directive(self.register, issued_on=day) for day in days]
        decree = make_directive(
            self.register, document_type=document_type("nghi-dinh"), issued_on=days[0]
        )
        # «Kế hoạch» comes before «Nghị định».
        wanted = [plans[3], self.plan, *plans[2::-1], decree, self.decree]
        with patch.object(DirectiveIndexPage, "PER_PAGE", 2):
            found = [each for page in range(1, 5) for each in self.found(sort="type", page=page)]
            [*_pages, last] = [self.found(sort="-type", page=page) for page in range(1, 5)]

        assert found == wanted
        assert last == [plans[0]]
        assert self.found(sort="type", type="nghi-dinh") == [decree, self.decree]
        assert self.found(sort="type", q="65/KH-UBND") == [self.plan]

    def test_an_empty_filter_is_no_filter(self):
        empty = dict.fromkeys(
            ("q", "type", "issuer", "year", "issued_from", "issued_to", "status", "sort"), ""
        )

        assert self.found(**empty) == [self.plan, self.decree]

    def test_turns_pages_and_the_links_keep_filter_and_order(self):
        for _ in range(DirectiveIndexPage.PER_PAGE):
            make_directive(self.register, issued_on=datetime.date(2024, 5, 1))

        first = self.client.get(f"{self.register.url}?type=ke-hoach&sort=oldest")

        [link] = self.get_soup(first.content).select("nav.pagination a[rel=next]")
        assert "type=ke-hoach" in link["href"]
        assert "sort=oldest" in link["href"]
        second = self.client.get(f"{self.register.url}{link['href']}")
        assert len(second.context["directives"]) == 1

    def test_what_cannot_be_is_a_readable_404(self):
        impossible = [
            {"page": "abc"},
            {"page": "99"},
            {"year": "99999"},
            {"year": "nay"},
            {"type": "khong-co"},
            {"issuer": "khong-co"},
            {"status": "khong-co"},
            {"sort": "password"},
            {"issued_from": "hôm qua"},
            {"issued_from": "2024-02-31"},
            {"issued_from": "2024-02-02", "issued_to": "2024-02-01"},
            {"q": "x" * 500},
        ]

        for asked in impossible:
            with self.subTest(asked=asked):
                response = self.client.get(f"{self.register.url}?{urlencode(asked)}")
                assert response.status_code == 404
                self.assertContains(response, "<h1", status_code=404)

    def test_a_hostile_query_is_answered(self):
        for text in ('"', "'", '"a', "AND OR NOT", "a* ^b (c) :d", "%", "\\", "''; DROP TABLE x"):
            with self.subTest(text=text):
                self.found(q=text)

    def test_offers_what_occurs_in_this_register(self):
        make_directive(self.register, document_type=document_type("quyet-dinh"), live=False)

        filters = self.client.get(self.register.url).context["filters"]

        assert [code for code, name in filters.fields["type"].choices] == [
            "",
            "ke-hoach",
            "nghi-dinh",
        ]
        assert [year for year, name in filters.fields["year"].widget.choices] == ["", 2024, 2019]

    def test_names_the_filters_in_use_with_links_that_take_them_away(self):
        response = self.client.get(f"{self.register.url}?type=nghi-dinh&year=2019")

        soup = self.get_soup(response.content)
        links = [chip["href"] for chip in soup.select(".chips a[href^='?']")]
        assert links == ["?year=2019", "?type=nghi-dinh"]

    def test_each_language_has_its_own(self):
        english = make_english(self.portal)
        translated = translate(self.plan)
        self.decree.copy_for_translation(language("en"), alias=True)

        response = self.client.get(english.register.url)

        assert list(response.context["directives"]) == [translated]
