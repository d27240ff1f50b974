"""`rebuild_citations` for a site that has pages already, and what integrators plug in."""

from io import StringIO
from unittest import mock

import pytest
from django.core.management import call_command
from django.test import TestCase, override_settings

from directives.citations import FoundCitation, find_citations
from directives.citing.extraction import CitationExtractor, TextFragment, extract_references
from directives.citing.services import record_citations
from directives.models import Citation, DirectiveIndexPage
from headless.extending import register_citation_extractor
from tests.factories import make_article, make_portal, paragraph, publish, restrict

pytestmark = pytest.mark.vendor

CITED = "Kết luận số 21-KL/TW, ngày 25/10/2021"


def laws_alone(text: str, *, html: bool = False) -> list[FoundCitation]:
    """A recogniser of an integrator's own, which finds one kind of document only."""
    return [each for each in find_citations(text, html=html) if each.document_type == "luat"]


class RebuildTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.articles = [
            make_article(cls.portal.news, body=[paragraph(f"{CITED}; Kết luận số {n}-KL/TW")])
            for n in range(30, 35)
        ]

    def rebuild(self, **options):
        output = StringIO()
        call_command("rebuild_citations", stdout=output, stderr=StringIO(), **options)
        return output.getvalue()

    def test_reads_every_published_page(self):
        assert self.rebuild().startswith("10 citations.")

        assert Citation.objects.count() == 10

    def test_drafts_and_private_pages_are_left_out(self):
        make_article(self.portal.news, live=False, body=[paragraph(CITED)])
        restrict(self.articles[0])

        self.rebuild()

        assert Citation.objects.count() == 8

    def test_a_dry_run_writes_nothing(self):
        assert self.rebuild(dry_run=True).startswith("10 citations.")

        assert not Citation.objects.exists()

    def test_repairs_what_a_failed_task_left(self):
        with (
            mock.patch("directives.citing.services.record_citations", side_effect=ValueError),
            self.assertLogs("django_tasks"),
        ):
            publish(self.articles[0])
        assert not Citation.objects.exists()

        self.rebuild()

        assert Citation.objects.filter(source=self.articles[0]).count() == 2

    def test_forgets_pages_that_were_taken_back_without_notice(self):
        self.rebuild()
        type(self.articles[0]).objects.filter(pk=self.articles[0].pk).update(live=False)

        self.rebuild()

        assert not Citation.objects.filter(source=self.articles[0]).exists()

    @mock.patch("directives.management.commands.rebuild_citations.BATCH", 2)
    def test_goes_on_where_it_was_stopped(self):
        read = []

        def stop_after_two(*, pages):
            if len(read) == 2:
                raise KeyboardInterrupt
            read.extend(page.pk for page in pages)
            return record_citations(pages=pages)

        name = "directives.management.commands.rebuild_citations.record_citations"
        with mock.patch(name, stop_after_two), pytest.raises(KeyboardInterrupt):
            self.rebuild()
        rest = []

        def remember(*, pages):
            rest.extend(page.pk for page in pages)
            return record_citations(pages=pages)

        with mock.patch(name, remember):
            self.rebuild(resume=True)

        assert read + rest == [article.pk for article in self.articles]
        assert Citation.objects.count() == 10


class IntegratorTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()

    @override_settings(CIVIC_PORTAL_RECOGNISERS=[f"{__name__}.laws_alone"])
    def test_a_recogniser_of_ones_own(self):
        article = make_article(self.portal.news, body=[paragraph(CITED)])

        assert not len(extract_references(article))

    def test_a_page_type_of_ones_own(self):
        class Introductions(CitationExtractor):
            def texts(self, page):
                yield TextFragment(page.introduction)

        with mock.patch.dict("headless.extending.CITATION_EXTRACTORS"):
            register_citation_extractor(DirectiveIndexPage, Introductions())
            self.portal.register.introduction = f"Theo {CITED}."
            publish(self.portal.register)

        assert Citation.objects.get().source_id == self.portal.register.pk
