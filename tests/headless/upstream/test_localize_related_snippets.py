"""Translating a page leaves the categories and other terms it refers to as they are."""

import pytest
from django.test import TestCase
from django.urls import reverse
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.operations import TranslationCreator

from articles.models import ArticlePage, Category
from demo.translation import translate as translate_as_the_demo_does
from directives.models import DocumentType, IssuingBody
from directives.vocabularies.seed_data import seed_terms
from home.services import create_site_groups
from tests.api.test_writing import Writer
from tests.factories import (
    committed,
    document_type,
    issuing_body,
    language,
    log_in,
    make_article,
    make_category,
    make_directive,
    make_english,
    make_portal,
    make_user,
    publish,
)

pytestmark = pytest.mark.slow


def terms():
    return {
        (type(term).__name__, term.pk): (str(term), getattr(term, "code", None) or term.slug)
        for model in (Category, DocumentType, IssuingBody)
        for term in model.objects.all()
    }


class TermsOfTranslatedPagesTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        make_english(cls.portal)
        cls.locale = language("en")
        seed_terms(document_type=DocumentType, issuing_body=IssuingBody, locale=cls.locale)
        cls.category = make_category("Giáo dục")
        editors, moderators = create_site_groups(site=cls.portal.site)
        cls.contributor = make_user("cong-tac-vien", editors)
        cls.moderator = make_user("duyet-bai", editors, moderators)

    def setUp(self):
        log_in(self.client, self.contributor)

    def submit(self, page):
        address = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
        with committed():
            response = self.client.post(address, {"locales": [self.locale.pk]})
        assert response.status_code == 302
        return page.get_translation(self.locale)

    def english_category(self, **fields):
        return make_category(
            "Education",
            locale=self.locale,
            translation_key=self.category.translation_key,
            **fields,
        )

    def article(self, **fields):
        return make_article(self.portal.news, category=self.category, **fields)

    def publish_in_editor(self, page):
        log_in(self.client, self.moderator)
        with committed():
            self.client.post(
                reverse("wagtailadmin_pages:edit", args=[page.pk]), {"action": "publish"}
            )
        page.refresh_from_db()
        assert page.live

    def test_a_category_of_an_editors_own_stays_as_it_is(self):
        english = self.english_category()
        before = terms()

        translated = self.submit(self.article())

        assert terms() == before
        assert translated.category == english

    def test_a_category_that_the_demo_translated_stays_as_it_is(self):
        translate_as_the_demo_does(
            self.category, {"Giáo dục": "Education", "giao-duc": "education"}, self.locale
        )
        Category.objects.filter(locale=self.locale).update(name="Schools")
        before = terms()

        self.submit(self.article())

        assert terms() == before

    def test_seeded_types_and_bodies_stay_as_they_are(self):
        government = issuing_body("chinh-phu")
        directive = make_directive(
            self.portal.register,
            document_type=document_type("nghi-dinh"),
            issuing_body=government,
        )
        before = terms()

        translated = self.submit(directive)

        assert terms() == before
        assert (str(translated.document_type), str(translated.issuing_body)) == (
            "Decree",
            "Government",
        )

    def test_a_term_without_translation_gets_none(self):
        article = self.article()
        directive = make_directive(self.portal.register, issuing_body=issuing_body())
        before = terms()

        for page in (article, directive):
            self.publish_in_editor(self.submit(page))
            log_in(self.client, self.contributor)

        assert terms() == before

    def test_pages_below_a_submitted_section_leave_terms_alone(self):
        self.article()
        before = terms()
        log_in(self.client, self.moderator)
        self.portal.news.get_translation(self.locale).delete()
        address = reverse("wagtail_localize:submit_page_translation", args=[self.portal.news.pk])

        self.client.post(address, {"locales": [self.locale.pk], "include_subtree": "on"})

        assert ArticlePage.objects.filter(locale=self.locale).exists()
        assert terms() == before

    def test_updating_and_submitting_again_leave_terms_alone(self):
        self.english_category()
        article = self.article()
        translated = self.submit(article)
        before = terms()
        article.title = "Tựa khác"
        publish(article)
        log_in(self.client, self.moderator)

        source = TranslationSource.objects.get_for_instance(article)
        address = reverse("wagtail_localize:update_translations", args=[source.pk])
        self.client.post(address, {"publish_translations": "on"})
        translated.delete()
        self.submit(article)

        assert terms() == before

    def test_readers_see_an_article_without_its_untranslated_category(self):
        translated = self.submit(self.article())
        self.publish_in_editor(translated)

        self.assertNotContains(self.client.get(translated.url), "Giáo dục")
        self.assertNotContains(self.client.get(translated.get_parent().url), "Giáo dục")
        for address in (
            f"/api/v2/pages/{translated.pk}/",
            f"/api/v3/pages/{translated.pk}/",
        ):
            assert self.client.get(address).json()["category"] is None
        listed = self.client.get("/api/v3/articles/?locale=en").json()["items"]
        assert [each["category"] for each in listed] == [None]
        self.assertNotContains(self.client.get("/en/feeds/articles/"), "Giáo dục")

    def test_a_document_keeps_its_untranslated_body(self):
        directive = make_directive(self.portal.register, issuing_body=issuing_body())
        translated = self.submit(directive)
        self.publish_in_editor(translated)

        self.assertContains(self.client.get(translated.url), "Ủy ban nhân dân phường Bến Ngà")

    def test_a_page_follows_its_category_into_the_language(self):
        live, draft = self.submit(self.article()), self.submit(self.article())
        self.publish_in_editor(live)
        revision = draft.get_latest_revision()

        english = self.english_category()

        live.refresh_from_db()
        draft.refresh_from_db()
        revision.refresh_from_db()
        assert live.category == draft.category == english
        assert revision.content["category"] == english.pk
        self.assertContains(self.client.get(live.url), "Education")

    def test_a_page_follows_its_source_to_an_untranslated_category_and_to_none(self):
        english = self.english_category()
        article = self.article()
        translated = self.submit(article)
        self.publish_in_editor(translated)
        source = TranslationSource.objects.get_for_instance(article)
        address = reverse("wagtail_localize:update_translations", args=[source.pk])

        for category in (make_category("Y tế"), None):
            article.category = category
            publish(article)
            with committed():
                self.client.post(address, {"publish_translations": "on"})
            translated.refresh_from_db()
            assert translated.category == category
        assert english in Category.objects.all()

    def test_the_translator_is_told_what_has_no_translation(self):
        translated = self.submit(self.article())
        address = reverse("wagtailadmin_pages:edit", args=[translated.pk])
        submit = reverse(
            "wagtail_localize:submit_snippet_translation",
            args=["civic_articles", "category", self.category.pk],
        )

        told = self.client.get(address)
        self.assertContains(told, "Giáo dục (chuyên mục)")
        self.assertNotContains(told, f'<a href="{submit}">')

        log_in(self.client, self.moderator)
        self.assertContains(self.client.get(address), f'<a href="{submit}">Giáo dục')

        self.english_category()
        self.assertNotContains(self.client.get(address), "Giáo dục (chuyên mục)")

    def test_a_copy_for_translation_over_the_api_leaves_terms_alone(self):
        english = self.english_category()
        before = terms()
        article = self.article()

        response = Writer(log_in(self.client)).act(
            article, "copy_for_translation", {"locale": "en"}
        )

        assert response.status_code == 201
        assert terms() == before
        assert article.get_translation(self.locale).category == english


class StockLibraryTests(TestCase):
    @pytest.mark.xfail(strict=True, reason="wagtail-localize 1.14 submits related snippets")
    def test_stock_wagtail_localize_leaves_related_snippets_alone(self):
        portal, category = make_portal(), make_category("Giáo dục")
        make_english(portal)
        article = make_article(portal.news, category=category)
        stock = TranslationCreator.create_translations.__wrapped__

        stock(TranslationCreator(None, [language("en")]), article)

        assert not Translation.objects.filter(source__object=category.translation_key).exists()
        assert not category.has_translation(language("en"))
