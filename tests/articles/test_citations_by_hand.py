"""What an editor links to an article becomes a citation of the document when it is published."""

from django.test import TestCase

from directives.models import Citation
from tests.factories import (
    link_directive,
    make_article,
    make_directive,
    make_english,
    make_portal,
    publish,
    restrict,
    translate,
)


class CitationsByHandTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.english = make_english(cls.portal)
        cls.directive = make_directive(cls.portal.register)
        cls.article = make_article(cls.portal.news, title="Khai giảng", live=False)
        link_directive(cls.article, cls.directive)

    def citing(self, directive=None):
        directive = directive or self.directive
        return [page.title for page in self.client.get(directive.url).context["cited_by"]]

    def test_a_draft_cites_nothing(self):
        assert self.citing() == []

    def test_publishing_records_them_once(self):
        publish(self.article)
        publish(self.article)

        assert self.citing() == ["Khai giảng"]
        assert Citation.objects.count() == 1

    def test_unpublishing_forgets_them(self):
        publish(self.article)

        self.article.refresh_from_db()
        self.article.unpublish()

        assert self.citing() == []
        assert not Citation.objects.exists()

    def test_publishing_without_the_link_forgets_it(self):
        publish(self.article)

        self.article.related_directives = []
        publish(self.article)

        assert self.citing() == []

    def test_deleting_the_article_forgets_them(self):
        publish(self.article)

        self.article.delete()

        assert not Citation.objects.exists()

    def test_an_article_taken_from_readers_is_not_shown(self):
        publish(self.article)

        restrict(self.article)

        assert self.citing() == []

    def test_each_language_shows_the_articles_in_it(self):
        publish(self.article)
        english_directive = translate(self.directive)
        translate(self.article, title="School begins")

        assert self.citing() == ["Khai giảng"]
        assert self.citing(english_directive) == ["School begins"]

    def test_an_unpublished_translation_is_not_shown(self):
        publish(self.article)
        english_directive = translate(self.directive)
        translate(self.article, title="School begins", live=False)

        assert self.citing(english_directive) == []
