"""A corrected number, type or date reaches all that was made of it: title, heading, address."""

import datetime

from django.test import TestCase
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data
from wagtail_localize.models import StringTranslation, TranslationSource

from directives.models import Citation, DirectivePage, DocumentType, IssuingBody
from directives.vocabularies.seed_data import seed_terms
from tests.api.test_writing import Writer
from tests.factories import (
    committed,
    document_type,
    language,
    link_directive,
    log_in,
    make_article,
    make_directive,
    make_english,
    make_portal,
    make_superuser,
    publish,
    relate,
)
from tests.forms import directive_form


class CorrectionTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.page = make_directive(
            cls.portal.register,
            document_number="65/KH-UBND",
            issued_on=datetime.date(2024, 3, 15),
        )
        publish(cls.page)
        cls.address = cls.page.url

    def setUp(self):
        self.user = log_in(self.client)

    def edit(self, action="action-publish", **changes):
        """Post the form as the editor has it open, with `changes`."""
        data = directive_form(title=self.page.title, slug=self.page.slug) | changes
        with committed():
            response = self.client.post(
                reverse("wagtailadmin_pages:edit", args=[self.page.pk]),
                nested_form_data(data) | {action: "yes"},
            )
        assert response.status_code == 302, response.context["form"].errors
        return DirectivePage.objects.get(pk=self.page.pk)

    def assert_redirects_to(self, page):
        self.assertRedirects(self.client.get(self.address), page.url, status_code=301)


class FormTests(CorrectionTests):
    def test_title_heading_and_address_follow_the_number(self):
        page = self.edit(document_number="66/KH-UBND")

        assert page.title == page.draft_title == "Kế hoạch số 66/KH-UBND"
        assert page.slug == "ke-hoach-66-kh-ubnd-2024-03-15"
        self.assert_redirects_to(page)
        self.assertContains(
            self.client.get(page.url), '<span class="directive__number">66/KH-UBND</span>'
        )

    def test_title_and_address_follow_the_type(self):
        page = self.edit(document_type=document_type("quyet-dinh").pk)

        assert page.title == "Quyết định số 65/KH-UBND"
        assert page.slug == "quyet-dinh-65-kh-ubnd-2024-03-15"
        self.assert_redirects_to(page)

    def test_the_address_follows_the_date(self):
        page = self.edit(issued_on="2024-03-16")

        assert page.title == "Kế hoạch số 65/KH-UBND"
        assert page.slug == "ke-hoach-65-kh-ubnd-2024-03-16"
        self.assert_redirects_to(page)

    def test_a_title_and_an_address_in_the_editors_words_stay(self):
        self.page = self.edit(title="Kế hoạch thu gom rác", slug="thu-gom-rac")

        page = self.edit(document_number="66/KH-UBND", issued_on="2024-03-16")

        assert (page.title, page.slug) == ("Kế hoạch thu gom rác", "thu-gom-rac")

    def test_a_title_worded_with_the_correction_stays(self):
        page = self.edit(document_number="66/KH-UBND", title="Kế hoạch số 66 về thu gom rác")

        assert page.title == "Kế hoạch số 66 về thu gom rác"

    def test_a_correction_that_is_withdrawn_takes_title_and_address_back(self):
        self.page = self.edit(document_number="66/KH-UBND")

        page = self.edit(document_number="65/KH-UBND")

        assert (page.title, page.url) == ("Kế hoạch số 65/KH-UBND", self.address)

    def test_a_draft_leaves_the_published_page_until_it_is_published(self):
        page = self.edit(action="action-save", document_number="66/KH-UBND")

        draft = page.get_latest_revision_as_object()
        assert (page.title, page.url) == ("Kế hoạch số 65/KH-UBND", self.address)
        assert (draft.title, draft.slug) == (
            "Kế hoạch số 66/KH-UBND",
            "ke-hoach-66-kh-ubnd-2024-03-15",
        )

        with committed():
            page.get_latest_revision().publish()

        page.refresh_from_db()
        assert page.title == "Kế hoạch số 66/KH-UBND"
        self.assert_redirects_to(page)

    def test_a_form_that_saves_while_one_types_keeps_the_title_made(self):
        self.edit(action="action-save", document_number="6")
        self.edit(action="action-save", document_number="67")

        page = self.edit(document_number="67/KH-UBND")

        assert page.title == "Kế hoạch số 67/KH-UBND"
        assert page.slug == "ke-hoach-67-kh-ubnd-2024-03-15"

    def test_a_slug_that_was_numbered_follows(self):
        DirectivePage.objects.filter(pk=self.page.pk).update(slug=f"{self.page.slug}-2")
        self.page.refresh_from_db()

        page = self.edit(document_number="66/KH-UBND")

        assert page.slug == "ke-hoach-66-kh-ubnd-2024-03-15"

    def test_saving_without_a_correction_changes_nothing(self):
        page = self.edit(subject="Khác")

        assert (page.title, page.url) == (self.page.title, self.address)

    def test_relations_and_links_by_hand_show_the_new_number(self):
        other = make_directive(self.portal.register, document_number="3/KH-UBND")
        relate(other, "amends", self.page)
        article = make_article(self.portal.news)
        link_directive(article, self.page)
        publish(article)

        self.edit(document_number="66/KH-UBND", issued_on="2024-03-16")

        for page in (other, article):
            shown = self.client.get(page.url).content.decode()
            assert "66/KH-UBND" in shown
            assert "65/KH-UBND" not in shown
        row = Citation.objects.get(origin=Citation.Origin.HAND)
        assert (row.number, row.date) == ("66/KH-UBND", datetime.date(2024, 3, 16))

    def test_titles_follow_the_name_of_their_type(self):
        draft = self.edit(action="action-save", document_number="66/KH-UBND")
        kind = document_type()
        kind.name = "Kế hoạch chung"
        with committed():
            kind.save()

        draft.refresh_from_db()
        assert draft.title == "Kế hoạch chung số 65/KH-UBND"
        assert draft.draft_title == "Kế hoạch chung số 66/KH-UBND"
        assert draft.get_latest_revision_as_object().title == draft.draft_title
        self.page = draft
        assert self.edit(document_number="67/KH-UBND").title == "Kế hoạch chung số 67/KH-UBND"

    def test_a_script_that_saves_a_page_corrects_all(self):
        self.page.document_number = "66/KH-UBND"
        with committed():
            self.page.save()

        assert self.page.title == "Kế hoạch số 66/KH-UBND"
        self.assert_redirects_to(self.page)


class ApiTests(CorrectionTests):
    def setUp(self):
        self.writer = Writer(make_superuser())

    def change(self, publish=True, **data):
        with committed():
            response = self.writer.change(self.page, publish=publish, **data)
        assert response.status_code == 200, response.content
        return DirectivePage.objects.get(pk=self.page.pk)

    def test_title_and_address_follow_over_the_api(self):
        page = self.change(
            document_number="66/KH-UBND",
            document_type_id=document_type("quyet-dinh").pk,
            issued_on="2024-03-16",
        )

        assert page.title == "Quyết định số 66/KH-UBND"
        assert page.slug == "quyet-dinh-66-kh-ubnd-2024-03-16"
        self.assert_redirects_to(page)

    def test_a_title_of_ones_own_stays_over_the_api(self):
        self.change(title="Kế hoạch thu gom rác")

        assert self.change(document_number="66/KH-UBND").title == "Kế hoạch thu gom rác"


class TranslationTests(CorrectionTests):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        make_english(cls.portal)
        cls.locale = language("en")
        seed_terms(document_type=DocumentType, issuing_body=IssuingBody, locale=cls.locale)

    def setUp(self):
        super().setUp()
        with committed():
            self.client.post(
                reverse("wagtail_localize:submit_page_translation", args=[self.page.pk]),
                {"locales": [self.locale.pk]},
            )
        self.source = TranslationSource.objects.get_for_instance(self.page)
        self.english = self.page.get_translation(self.locale)

    def update_translations(self):
        address = reverse("wagtail_localize:update_translations", args=[self.source.pk])
        with committed():
            self.client.post(address, {"publish_translations": "on"})
        self.english.refresh_from_db()

    def translate_title(self, text):
        segment = self.source.stringsegment_set.get(context__path="title")
        StringTranslation.objects.create(
            translation_of=segment.string,
            context=segment.context,
            locale=self.locale,
            data=text,
        )

    def test_a_translated_document_is_titled_in_its_language(self):
        assert self.english.title == "Plan No. 65/KH-UBND"

    def test_a_translation_follows_the_corrected_number(self):
        self.translate_title("Plan No. 65/KH-UBND")
        self.update_translations()
        before = self.english.url
        assert self.client.get(before).status_code == 200

        self.edit(document_number="66/KH-UBND", document_type=document_type("quyet-dinh").pk)
        self.update_translations()

        assert self.english.title == "Decision No. 66/KH-UBND"
        self.assertRedirects(self.client.get(before), self.english.url, status_code=301)

    def test_a_title_in_the_translators_words_stays(self):
        self.translate_title("Plan for the collection of waste")
        self.update_translations()

        assert self.english.title == "Plan for the collection of waste"

    def test_a_title_follows_its_type_into_the_language(self):
        kind = DocumentType.objects.create(locale=language("vi"), name="Tờ rơi", code="to-roi")
        page = make_directive(self.portal.register, document_type=kind, document_number="7/TR")
        translated = page.copy_for_translation(self.locale)
        assert translated.title == "Tờ rơi số 7/TR"

        DocumentType.objects.create(
            locale=self.locale,
            name="Leaflet",
            code="to-roi",
            translation_key=kind.translation_key,
        )

        translated.refresh_from_db()
        assert translated.title == translated.draft_title == "Leaflet No. 7/TR"
