"""An address that was once right still leads to its page."""

from django.test import TestCase
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data

from articles.models import ArticleIndexPage
from tests.factories import language, log_in, make_article, make_portal
from tests.forms import article_form


class RedirectTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.article = make_article(cls.portal.news, slug="cu")

    def setUp(self):
        log_in(self.client)

    def change_slug(self, page, slug):
        with self.captureOnCommitCallbacks(execute=True):
            self.client.post(
                reverse("wagtailadmin_pages:edit", args=[page.pk]),
                nested_form_data(article_form(slug=slug)) | {"action-publish": "yes"},
            )

    def test_a_changed_slug_leaves_a_redirect(self):
        self.change_slug(self.article, "moi")

        self.assertRedirects(self.client.get("/tin-tuc/cu/"), "/tin-tuc/moi/", status_code=301)

    def test_two_changes_leave_no_chain_of_two(self):
        self.change_slug(self.article, "moi")
        self.change_slug(self.article, "moi-nua")

        for old in ("/tin-tuc/cu/", "/tin-tuc/moi/"):
            self.assertRedirects(self.client.get(old), "/tin-tuc/moi-nua/", status_code=301)

    def test_a_moved_page_leaves_a_redirect(self):
        other = ArticleIndexPage(title="Sự kiện", slug="su-kien", locale=language("vi"))
        self.portal.home.add_child(instance=other)

        with self.captureOnCommitCallbacks(execute=True):
            self.client.post(
                reverse("wagtailadmin_pages:move_confirm", args=[self.article.pk, other.pk])
            )

        self.assertRedirects(self.client.get("/tin-tuc/cu/"), "/su-kien/cu/", status_code=301)

    def test_pages_below_a_renamed_section_move_along(self):
        news = self.portal.news
        news.slug = "thong-tin"

        with self.captureOnCommitCallbacks(execute=True):
            news.save_revision(log_action=True).publish()

        self.assertRedirects(self.client.get("/tin-tuc/cu/"), "/thong-tin/cu/", status_code=301)
