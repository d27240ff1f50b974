"""A document of the same number, type, body and year as another one has to be confirmed."""

import datetime

from django.test import TestCase
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data

from directives.forms import DirectiveForm
from directives.models import DirectivePage
from tests.factories import log_in, make_directive, make_portal
from tests.forms import directive_form

DAY = datetime.date(2024, 3, 15)


class SameNumberTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.other = make_directive(
            cls.portal.register, document_number="65/KH-UBND", issued_on=DAY, title="Kế hoạch cũ"
        )
        cls.add = reverse(
            "wagtailadmin_pages:add",
            args=["civic_directives", "directivepage", cls.portal.register.pk],
        )

    def setUp(self):
        log_in(self.client)

    def post(self, address=None, told=DirectiveForm.ASK, **fields):
        fields = {"issued_on": "2024-06-20", "same_number": told} | fields
        data = nested_form_data(directive_form(**fields))
        return self.client.post(address or self.add, data | {"action-publish": "1"})

    def added(self):
        return DirectivePage.objects.exclude(pk=self.other.pk).first()

    def test_another_day_of_the_year_is_asked_about_and_can_be_confirmed(self):
        response = self.post(subject="Kế hoạch mới")

        assert self.added() is None
        self.assertContains(response, "“Kế hoạch cũ”")
        self.assertContains(response, "15/03/2024")
        self.assertContains(response, f'value="{DirectiveForm.CONFIRMED}"')

        self.post(told=DirectiveForm.CONFIRMED)

        assert self.added().issued_on == datetime.date(2024, 6, 20)

    def test_what_was_confirmed_is_not_asked_again(self):
        self.post(told=DirectiveForm.CONFIRMED)
        page = self.added()
        edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
        assert DirectiveForm.CONFIRMED not in self.client.get(edit).content.decode()

        self.post(edit, slug=page.slug, subject="Một nội dung khác")

        page.refresh_from_db()
        assert page.subject == "Một nội dung khác"

    def test_a_correction_that_makes_it_the_same_is_asked_about(self):
        self.post(document_number="66/KH-UBND")
        page = self.added()
        edit = reverse("wagtailadmin_pages:edit", args=[page.pk])

        response = self.post(edit, slug=page.slug)

        self.assertContains(response, "“Kế hoạch cũ”")
        page.refresh_from_db()
        assert page.document_number == "66/KH-UBND"

    def test_another_year_is_another_document(self):
        self.post(issued_on="2023-06-20")
        assert self.added()

    def test_a_form_that_cannot_ask_is_not_refused(self):
        self.post(told="")
        assert self.added()

    def test_the_same_day_is_refused_all_the_same(self):
        for told in (DirectiveForm.ASK, DirectiveForm.CONFIRMED):
            self.post(issued_on=DAY.isoformat(), told=told)
            assert self.added() is None

    def test_drafts_count(self):
        self.other.issued_on = datetime.date(2022, 1, 2)
        self.other.save_revision()
        assert self.post(issued_on="2022-05-05").status_code == 200
        assert self.added() is None
