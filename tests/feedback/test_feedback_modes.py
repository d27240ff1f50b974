"""Comments and ratings of pages of any type, opened and closed page by page."""

from django.core.cache import caches
from django.test import TestCase
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from articles.models import ArticlePage
from feedback.models import CommentSettings, FeedbackMode
from tests.factories import (
    log_in,
    make_article,
    make_directive,
    make_english,
    make_portal,
    publish,
    translate,
)
from tests.feedback.test_comment_forms import one_window
from tests.forms import article_form

COMMENT_FORM, STARS = 'id="comment-form"', 'class="rating__form"'


class FeedbackModeTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.article = make_article(cls.portal.news)
        cls.directive = make_directive(cls.portal.register)

    def setUp(self):
        caches["default"].clear()
        self.enterContext(one_window())

    def choose(self, page, **choices):
        page.feedback_modes.set([FeedbackMode(locale=page.locale, **choices)])
        publish(page)

    def close_site(self):
        CommentSettings.objects.update_or_create(
            site=self.portal.site, defaults={"comments_open": False, "ratings_open": False}
        )

    def shown(self, page):
        html = self.client.get(page.url).content.decode()
        return COMMENT_FORM in html, STARS in html

    def told(self, page):
        found = []
        for version in ("v2", "v3"):
            data = self.client.get(f"/api/{version}/pages/{page.pk}/").json()
            found.append((data["comments_open"], data["ratings_open"]))
        assert found[0] == found[1]
        return found[0]

    def test_articles_take_both_and_documents_ratings_alone_where_nobody_says_otherwise(self):
        for page, open_now in ((self.article, (True, True)), (self.directive, (False, True))):
            assert self.shown(page) == self.told(page) == open_now
        assert "comments__closed" not in self.client.get(self.directive.url).content.decode()

    def test_a_page_s_own_word_counts_more_than_its_site_s(self):
        self.choose(self.directive, comments="open")
        assert self.told(self.directive) == (True, True)

        self.close_site()

        assert self.shown(self.article) == self.told(self.article) == (False, False)
        assert self.shown(self.directive) == self.told(self.directive) == (True, False)
        self.choose(self.directive, comments="closed", ratings="open")
        assert self.shown(self.directive) == self.told(self.directive) == (False, True)

    def test_a_document_is_rated_and_commented_on(self):
        self.choose(self.directive, comments="open")
        fields = {"name": "Lan", "body": "Văn bản rõ ràng."}

        comment = self.client.post(
            reverse("civic_feedback:post_comment", args=[self.directive.pk]), fields
        )
        rating = self.client.post(
            reverse("civic_feedback:rate_page", args=[self.directive.pk]), {"stars": 5}
        )

        assert comment["Location"].endswith("?posted=waiting#comments")
        assert rating["Location"].endswith("?posted=rating#rating")
        assert "no-store" in self.client.get(rating["Location"])["Cache-Control"]
        data = self.client.get(f"/api/v3/pages/{self.directive.pk}/").json()
        assert data["feedback"] == {"ratings": 1, "average": 5.0, "comments": 0}
        html = self.client.get(self.directive.url).content.decode()
        assert '"@type": "Legislation", "@id"' in html.replace("\\n", "")

    def test_an_editor_closes_comments_in_the_form_and_readers_notice_when_it_is_published(self):
        log_in(self.client)
        closed = {"comments": "closed", "ratings": "site", "id": "", "DELETE": ""}
        form = article_form(
            slug=self.article.slug, feedback_modes=inline_formset([closed]), comment_count=0
        )
        address = reverse("wagtailadmin_pages:edit", args=[self.article.pk])
        self.assertContains(self.client.get(address), "feedback_modes-TOTAL_FORMS")

        self.client.post(address, nested_form_data(form))
        assert self.told(self.article) == (True, True)
        self.client.post(address, nested_form_data(form | {"action-publish": "1"}))

        assert self.told(self.article) == (False, True)
        self.client.logout()
        self.assertContains(self.client.get(ArticlePage.objects.get().url), "comments__closed")

    def test_the_choice_is_copied_and_translated_with_its_page(self):
        make_english(self.portal)
        self.choose(self.article, comments="closed")

        article = ArticlePage.objects.get(pk=self.article.pk)
        copy = article.copy(update_attrs={"slug": "ban-sao"})
        english = translate(article, title="Water")

        for page in (copy, english):
            assert [row.comments for row in page.feedback_modes.all()] == ["closed"]

    def test_pages_that_take_no_part_have_neither_fields_nor_routes(self):
        home = self.portal.home
        for version in ("v2", "v3"):
            data = self.client.get(f"/api/{version}/pages/{home.pk}/").json()
            assert not {"feedback", "comments_open", "ratings_open"} & set(data)
        for path in ("comments/", "comments/feed/", "rating/"):
            assert self.client.get(f"/api/v3/pages/{home.pk}/{path}").status_code == 404
            # Those of articles alone are gone.
            gone = f"/api/v3/articles/{self.article.pk}/{path}"
            assert self.client.get(gone).status_code == 404
        address = reverse("civic_feedback:post_comment", args=[home.pk])
        assert self.client.post(address, {"name": "Lan", "body": "Chào"}).status_code == 404

    def test_the_feed_of_a_page_is_served_by_the_api_as_well(self):
        response = self.client.get(f"/api/v3/pages/{self.article.pk}/comments/feed/")

        assert response.status_code == 200
        assert response["Content-Type"].startswith("application/atom+xml")
