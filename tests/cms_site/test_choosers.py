"""The choosers of official documents and articles, in forms, blocks and the links of texts."""

import datetime
import json
import unicodedata

from bs4 import BeautifulSoup
from django.test import TestCase
from django.urls import reverse
from wagtail.models import Page

from articles.blocks.directives import DirectiveChooserBlock
from home.services import create_site_groups
from tests.factories import (
    issuing_body,
    language,
    log_in,
    make_article,
    make_category,
    make_directive,
    make_english,
    make_portal,
    make_user,
    restrict,
    translate,
)
from tests.queries import queries_of

LINK = {"page_type": "wagtailcore.page", "allow_external_link": "true", "link_text": "kế hoạch"}


class Chooser:
    """What the dialog at an address of the admin shows."""

    def __init__(self, client, name):
        self.client, self.name = client, name

    def open(self, **query):
        response = self.client.get(reverse(f"{self.name}:choose"), query)
        assert response.status_code == 200
        return BeautifulSoup(response.json()["html"], "html.parser")

    def search(self, words="", **query):
        response = self.client.get(reverse(f"{self.name}:choose_results"), {"q": words} | query)
        assert response.status_code == 200
        return BeautifulSoup(response.content, "html.parser")

    def found(self, words, **query):
        return first_column(self.search(words, **query))

    def choose(self, page, **query):
        return self.client.get(reverse(f"{self.name}:chosen", args=[page.pk]), query)


def first_column(soup):
    return [each.get_text(strip=True) for each in soup.select("td.title .title-wrapper")]


class ChooserCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.english = make_english(cls.portal)
        cls.other = make_portal("go-say.localhost", "Phường Gò Sậy")
        cls.moderator = make_user("duyet-bai", *create_site_groups(site=cls.portal.site))

    def setUp(self):
        log_in(self.client, self.moderator)


class DirectiveChooserTests(ChooserCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.plan = make_directive(
            cls.portal.register,
            document_number="65/KH-UBND",
            subject="Tổ chức Đêm hội trăng rằm",
            issued_on=datetime.date(2024, 3, 15),
        )
        cls.decision = make_directive(
            cls.portal.register,
            document_number="12/QĐ-UBND",
            subject="Thu gom rác tại nguồn",
            issued_on=datetime.date(2025, 1, 2),
        )

    @property
    def chooser(self):
        return Chooser(self.client, "choose_directive")

    def test_opens_with_the_newest_and_shows_what_they_are(self):
        soup = self.chooser.open()

        assert first_column(soup) == ["12/QĐ-UBND", "65/KH-UBND"]
        row = soup.select("tbody tr")[1].get_text(" ", strip=True)
        for shown in ("Tổ chức Đêm hội trăng rằm", "Kế hoạch", "15/03/2024", "Phường Bến Ngà"):
            assert shown in row, shown
        assert issuing_body().name in row

    def test_finds_a_number_however_it_is_typed_and_a_subject_with_and_without_diacritics(self):
        for words in (
            "65/KH-UBND", "65KH", "65kh", "65", "65-KH/UBND", "kh 65", "Kế hoạch 65", "dem hoi",
            "Đêm hội", "đêm hộ", "trang ra", unicodedata.normalize("NFD", "Đêm hội"),
        ):  # fmt: skip
            with self.subTest(words=words):
                assert self.chooser.found(words) == ["65/KH-UBND"]

    def test_lists_the_own_site_first_and_nothing_that_others_have_not_published(self):
        newest = {"issued_on": datetime.date(2026, 5, 1)}
        make_directive(self.other.register, document_number="7/KH-UBND", **newest)
        make_directive(self.other.register, document_number="8/KH-UBND", live=False, **newest)
        restrict(make_directive(self.other.register, document_number="9/KH-UBND", **newest))
        make_directive(self.portal.register, document_number="3/KH-UBND", live=False)

        listed = first_column(self.chooser.open())

        assert listed[-1] == "7/KH-UBND"
        assert sorted(listed[:-1]) == ["12/QĐ-UBND", "3/KH-UBND", "65/KH-UBND"]

    def test_names_no_page_that_it_would_not_list(self):
        draft = make_directive(self.other.register, document_number="8/KH-UBND", live=False)

        assert self.chooser.choose(draft).status_code == 404
        several = reverse("choose_directive:chosen_multiple") + f"?id={draft.pk}&id={self.plan.pk}"
        chosen = self.client.get(several).json()["result"]
        assert [each["id"] for each in chosen] == [str(self.plan.pk)]
        for typed, status in (("x", 404), ("٣", 404), ("9" * 30, 400)):
            response = self.client.get(f"/admin/choose-directive/chosen/{typed}/")
            assert response.status_code == status
        assert self.client.get("/admin/choose-directive/?p=99").status_code == 404

    def test_lists_one_language_or_all(self):
        translate(self.plan)

        assert len(first_column(self.chooser.open(locale="vi"))) == 2
        assert first_column(self.chooser.open(locale="en")) == ["65/KH-UBND"]
        assert len(first_column(self.chooser.open())) == 3
        assert self.chooser.found("65KH", locale="en") == ["65/KH-UBND"]

    def test_costs_the_same_number_of_queries_for_any_number_of_rows(self):
        address = reverse("choose_directive:choose") + "?locale=vi"
        few = queries_of(self.client, address)
        for number in range(100, 130):
            make_directive(
                self.portal.register,
                document_number=f"{number}/KH-UBND",
                issuing_body=issuing_body(f"ubnd-{number}", name=f"UBND {number}"),
            )

        many = queries_of(self.client, address)

        assert many == few
        assert first_column(self.chooser.open(p=2)) != first_column(self.chooser.open())

    def test_is_the_widget_of_forms_and_blocks(self):
        article = make_article(self.portal.news)
        edit = reverse("wagtailadmin_pages:edit", args=[article.pk])

        form = self.client.get(edit).content.decode()

        assert form.count(reverse("choose_directive:choose")) >= 2
        assert reverse("choose_article:choose") in form
        state = DirectiveChooserBlock(page_type="civic_directives.DirectivePage").get_form_state(
            self.plan
        )
        assert state["id"] == self.plan.pk
        assert state["title"] == self.plan.title

    def test_translations_can_be_edited(self):
        article = make_article(self.portal.news)
        row = article.related_directives.create(directive=self.plan, locale=article.locale)
        address = reverse("wagtail_localize:submit_page_translation", args=[article.pk])
        log_in(self.client)
        self.client.post(address, {"locales": [language("en").pk]})
        copy = Page.objects.get(translation_key=article.translation_key, locale=language("en"))

        editor = self.client.get(reverse("wagtailadmin_pages:edit", args=[copy.pk]))

        assert editor.status_code == 200
        assert row.translation_key

    def test_a_link_is_stored_as_a_page_link(self):
        browse = self.client.get(reverse("wagtailadmin_choose_page"), LINK).json()["html"]
        tabs = BeautifulSoup(browse, "html.parser").select(".link-types a[data-link-chooser]")
        [tab] = [each for each in tabs if reverse("choose_directive:choose") in each["href"]]
        dialog = self.client.get(tab["href"]).json()
        assert dialog["step"] == "choose"
        soup = BeautifulSoup(dialog["html"], "html.parser")
        assert soup.select_one(".link-types b").get_text() == tab.get_text()
        assert len(soup.select(".link-types a")) >= 3

        link = soup.select("a[data-chooser-modal-choice]")[1]
        chosen = self.client.get(link["href"]).json()

        assert chosen["step"] == "page_chosen"
        assert chosen["result"]["id"] == self.plan.pk
        assert chosen["result"]["url"] == self.plan.url
        assert chosen["result"]["parentId"] == self.portal.register.pk

    def test_wagtails_own_chooser_of_a_field_shows_no_kinds_of_links(self):
        browse = self.client.get(
            reverse("wagtailadmin_choose_page"), {"page_type": "wagtailcore.page"}
        )
        assert "link-types" not in json.dumps(browse.json())


class ArticleChooserTests(ChooserCase):
    @property
    def chooser(self):
        return Chooser(self.client, "choose_article")

    def test_shows_section_date_category_and_status(self):
        make_article(
            self.portal.news,
            title="Đêm hội trăng rằm",
            category=make_category("Văn hóa"),
            live=False,
            published_at=datetime.datetime(2024, 9, 16, 23, 30, tzinfo=datetime.UTC),
        )
        make_article(self.portal.news, title="Bài mới")

        soup = self.chooser.open()

        assert first_column(soup) == ["Bài mới", "Đêm hội trăng rằm"]
        row = soup.select("tbody tr")[1].get_text(" ", strip=True)
        for shown in ("Tin tức", "17/09/2024", "Văn hóa", "Phường Bến Ngà"):
            assert shown in row, shown
        for words in ("dem hoi", "Đêm hộ"):
            assert self.chooser.found(words) == ["Đêm hội trăng rằm"], words

    def test_costs_the_same_number_of_queries_for_any_number_of_rows(self):
        make_article(self.portal.news)
        address = reverse("choose_article:choose") + "?locale=vi"
        few = queries_of(self.client, address)
        for number in range(12):
            make_article(self.portal.news, category=make_category(f"Mục {number}"))

        assert queries_of(self.client, address) == few
