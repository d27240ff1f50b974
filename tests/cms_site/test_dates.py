"""Dates and times as people type them, in the forms of the admin and of readers."""

import datetime

import pytest
from django import forms
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data
from wagtail.users.models import UserProfile

from directives.models import DirectivePage
from tests.factories import make_article, make_directive, make_portal, make_superuser
from tests.forms import article_form, directive_form

DAY = datetime.date(2026, 11, 28)
DAYS = ["28/11/2026", "28-11-2026", "28.11.2026", "2026-11-28", "28/11/26", " 28/11/2026 "]
MOMENT = datetime.datetime(2026, 11, 28, 8, 0)
MOMENTS = [
    "28/11/2026 08:00",
    "28/11/2026 8:00",
    "28/11/2026, 08:00",
    "28/11/2026 08:00:00",
    "28-11-2026 08:00",
    "28.11.2026 08:00",
    "08:00 28/11/2026",
    "28/11/2026 8h00",
    "28/11/2026 8h",
    "2026-11-28 08:00",
    "2026-11-28T08:00",
]
UNREADABLE = ["31/02/2026", "28/11", "hôm nay", "11/28/2026", "28/11/2026/5", "0/0/0"]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("written", DAYS)
def test_a_date_is_read_in_each_language(language, written):
    with translation.override(language):
        assert forms.DateField().clean(written) == DAY


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_day_comes_before_the_month(language):
    with translation.override(language):
        assert forms.DateField().clean("5/12/2026") == datetime.date(2026, 12, 5)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("written", MOMENTS)
def test_a_moment_is_read_in_each_language(language, written):
    with translation.override(language):
        read = forms.DateTimeField().clean(written)
    assert timezone.make_naive(read) == MOMENT


class AdminTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.editor = make_superuser()
        cls.directive = make_directive(cls.portal.register)
        cls.article = make_article(cls.portal.news)

    def setUp(self):
        self.client.force_login(self.editor)

    def speak(self, language):
        UserProfile.objects.update_or_create(
            user=self.editor, defaults={"preferred_language": language}
        )

    def edit(self, page, data):
        address = reverse("wagtailadmin_pages:edit", args=[page.pk])
        return self.client.post(address, nested_form_data(data))

    def test_the_date_of_a_document_is_what_was_typed(self):
        for language in ("vi", "en"):
            self.speak(language)
            for written in DAYS:
                with self.subTest(language=language, written=written):
                    response = self.edit(
                        self.directive,
                        directive_form(
                            slug=self.directive.slug,
                            issued_on=written,
                            **{"action-publish": "1"},
                        ),
                    )
                    assert response.status_code == 302
                    assert DirectivePage.objects.get(pk=self.directive.pk).issued_on == DAY

    def test_what_cannot_be_read_stays_in_its_field_with_an_error(self):
        before = self.directive.issued_on
        for written in UNREADABLE:
            with self.subTest(written=written):
                response = self.edit(
                    self.directive,
                    directive_form(
                        slug=self.directive.slug, issued_on=written, **{"action-publish": "1"}
                    ),
                )
                form = response.context["form"]
                assert form.errors.keys() == {"issued_on"}
                self.assertContains(response, f'value="{written}"')
                assert DirectivePage.objects.get(pk=self.directive.pk).issued_on == before

    def test_the_moments_of_an_article_and_of_its_schedule_are_what_was_typed(self):
        for written in MOMENTS:
            with self.subTest(written=written):
                response = self.edit(
                    self.article,
                    article_form(
                        slug=self.article.slug,
                        published_at=written,
                        go_live_at=written,
                        expire_at=written.replace("2026", "2027"),
                    ),
                )
                assert response.status_code == 302
                draft = Page.objects.get(pk=self.article.pk).get_latest_revision_as_object()
                assert timezone.make_naive(draft.published_at) == MOMENT
                assert timezone.make_naive(draft.go_live_at) == MOMENT
                assert timezone.make_naive(draft.expire_at) == MOMENT.replace(year=2027)

    def test_a_form_shows_dates_as_they_are_written(self):
        self.directive.issued_on = DAY
        self.directive.save_revision().publish()
        for language in ("vi", "en"):
            self.speak(language)
            response = self.client.get(reverse("wagtailadmin_pages:edit", args=[self.directive.pk]))
            self.assertContains(response, 'value="28/11/2026"')
            self.assertContains(response, '"format": "d/m/Y"')

    def test_lists_are_filtered_by_dates_as_they_are_typed(self):
        addresses = {
            "wagtailsnippets_civic_feedback_comment:list": "created_at",
            "webhook_deliveries:index": "created_at",
            "wagtailadmin_reports:site_history": "timestamp",
            "wagtailadmin_reports:locked_pages": "locked_at",
        }
        for name, field in addresses.items():
            for language in ("vi", "en"):
                self.speak(language)
                with self.subTest(name=name, language=language):
                    response = self.client.get(
                        reverse(name), {f"{field}_from": "28/11/2026", f"{field}_to": "5.12.2026"}
                    )
                    asked = response.context["filters"].form
                    assert not asked.errors
                    start, end = (asked.cleaned_data[field].start, asked.cleaned_data[field].stop)
                    assert start.date() == DAY
                    assert end.date() == datetime.date(2026, 12, 5)

    def test_a_list_says_that_it_cannot_read_a_date(self):
        response = self.client.get(
            reverse("wagtailsnippets_civic_feedback_comment:list"), {"created_at_from": "hôm qua"}
        )

        assert "created_at" in response.context["filters"].form.errors
        self.assertContains(response, 'value="hôm qua"')

    def test_old_pages_are_reported_by_a_date_as_it_is_typed(self):
        response = self.client.get(
            reverse("wagtailadmin_reports:aging_pages"), {"last_published_at": "28/11/2026"}
        )

        asked = response.context["filters"].form
        assert asked.cleaned_data["last_published_at"].date() == DAY


class RegisterTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.early = make_directive(cls.portal.register, issued_on=datetime.date(2026, 11, 27))
        cls.late = make_directive(cls.portal.register, issued_on=DAY)

    def test_the_register_reads_a_date_in_an_address_and_shows_it_in_its_field(self):
        response = self.client.get("/van-ban/", {"issued_from": "28/11/2026"})

        self.assertContains(response, self.late.document_number)
        self.assertNotContains(response, self.early.document_number)
        self.assertContains(response, 'value="2026-11-28"')
