import datetime
from datetime import timedelta

from django.test import TestCase
from django.utils import timezone

from directives.models import DirectivePage
from directives.vocabularies.legal_status import LegalStatus
from tests.factories import (
    issuing_body,
    make_directive,
    make_english,
    make_portal,
    relate,
    restrict,
    translate,
)

TODAY = timezone.localdate
DAY = timedelta(days=1)


class LegalStatusTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.register = cls.portal.register

    def make(self, **fields):
        return make_directive(self.register, **fields)

    def status(self, page):
        """As a list and as the page itself tell it; they must agree."""
        listed = DirectivePage.objects.with_legal_status().get(pk=page.pk).legal_status
        alone = DirectivePage.objects.get(pk=page.pk).legal_status
        assert listed == alone
        return listed

    def test_it_is_in_force_from_its_issue_where_nothing_else_is_said(self):
        assert self.status(self.make()) == LegalStatus.IN_FORCE
        assert self.status(self.make(issued_on=TODAY())) == LegalStatus.IN_FORCE

    def test_it_is_not_yet_in_force_before_its_day(self):
        assert self.status(self.make(effective_on=TODAY() + DAY)) == LegalStatus.NOT_YET
        assert self.status(self.make(effective_on=TODAY())) == LegalStatus.IN_FORCE
        assert self.status(self.make(issued_on=TODAY() + DAY)) == LegalStatus.NOT_YET

    def test_its_last_day_still_counts(self):
        assert self.status(self.make(expires_on=TODAY())) == LegalStatus.IN_FORCE
        assert self.status(self.make(expires_on=TODAY() - DAY)) == LegalStatus.EXPIRED

    def test_a_replacement_or_a_repeal_ends_it(self):
        for kind in ("replaces", "repeals"):
            old = self.make()
            relate(self.make(), kind, old)

            assert self.status(old) == LegalStatus.EXPIRED

    def test_a_replacement_in_part_leaves_the_rest_in_force(self):
        old = self.make()
        relate(self.make(), "replaces", old, partly=True)

        assert self.status(old) == LegalStatus.PARTLY_EXPIRED

    def test_no_other_relation_ends_it(self):
        for kind in ("based_on", "implements", "amends", "corrects", "consolidates", "related"):
            old = self.make()
            relate(self.make(), kind, old)

            assert self.status(old) == LegalStatus.IN_FORCE, kind

    def test_a_replacement_counts_from_the_day_it_has_effect(self):
        old = self.make()
        relate(self.make(effective_on=TODAY() + DAY), "replaces", old)

        assert self.status(old) == LegalStatus.IN_FORCE

    def test_neither_a_draft_nor_a_private_document_ends_another(self):
        old = self.make()
        relate(self.make(live=False), "replaces", old)
        private = self.make()
        relate(private, "repeals", old)
        restrict(private)

        assert self.status(old) == LegalStatus.IN_FORCE

    def test_what_ends_the_original_ends_its_translation(self):
        make_english(self.portal)
        old = self.make()
        translated = translate(old)
        relate(self.make(), "repeals", old)

        assert self.status(translated) == LegalStatus.EXPIRED

    def test_the_editors_word_wins(self):
        old = self.make(status_override="suspended", expires_on=TODAY() - DAY)
        relate(self.make(), "repeals", old)

        assert self.status(old) == LegalStatus.SUSPENDED

    def test_a_party_paper_is_unknown_unless_another_ends_it(self):
        party = issuing_body("dang-uy-ben-nga", name="Đảng ủy phường Bến Ngà", branch="party")
        paper = self.make(issuing_body=party, effective_on=TODAY() + DAY)
        ended = self.make(issuing_body=party)
        relate(self.make(), "replaces", ended)

        assert self.status(paper) == LegalStatus.UNKNOWN
        assert self.status(ended) == LegalStatus.EXPIRED

    def test_an_unsaved_page_does_not_fail(self):
        assert DirectivePage(issued_on=datetime.date(2024, 1, 1)).legal_status == (
            LegalStatus.UNKNOWN
        )

    def test_readers_see_it_in_the_register_and_on_the_page(self):
        page = self.make(status_override="suspended")

        for address in (page.url, self.register.url, self.portal.home.url):
            self.assertContains(self.client.get(address), LegalStatus.SUSPENDED.label)
