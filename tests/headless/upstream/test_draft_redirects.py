"""Of the addresses of a page, Wagtail remembers those that readers may have seen."""

import pytest
from django.test import TestCase
from django.urls import reverse
from wagtail.contrib.redirects import signal_handlers
from wagtail.contrib.redirects.models import Redirect
from wagtail.test.utils.form_data import nested_form_data

from articles.models import ArticleIndexPage
from tests.factories import language, log_in, make_article, make_english, make_portal, translate
from tests.forms import article_form

pytestmark = pytest.mark.slow

DOORS_BY_PATH = [
    "/api/v2/pages/find/?html_path=",
    "/api/v3/pages/find/?html_path=",
    "/api/v2/redirects/find/?html_path=",
    "/api/v3/redirects/find/?html_path=",
    "/api/v3/resolve/?path=",
]


class DraftRedirectTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()

    def setUp(self):
        log_in(self.client)

    def save(self, page, slug, **action):
        """Save the page's form as autosave and the buttons of the editor do."""
        with self.captureOnCommitCallbacks(execute=True):
            response = self.client.post(
                reverse("wagtailadmin_pages:edit", args=[page.pk]),
                nested_form_data(article_form(slug=slug)) | action,
            )
        assert response.status_code in (200, 302)
        page.refresh_from_db()

    def publish(self, page, slug):
        self.save(page, slug, **{"action-publish": "yes"})
        assert page.live

    def move(self, page, target):
        with self.captureOnCommitCallbacks(execute=True):
            self.client.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, target.pk]))

    def make_section(self, slug, **fields):
        section = ArticleIndexPage(title=slug, slug=slug, locale=language("vi"), **fields)
        return self.portal.home.add_child(instance=section)

    def old_paths(self):
        return set(Redirect.objects.values_list("old_path", flat=True))

    def test_working_titles_of_a_draft_leave_no_redirect(self):
        draft = make_article(self.portal.news, slug="cat-chuc", live=False)

        for slug in ("ky-luat", "ky-luat-chu-tich", "kiem-diem"):
            self.save(draft, slug)
        self.publish(draft, "thong-bao")

        assert self.old_paths() == set()
        assert self.client.get("/tin-tuc/ky-luat/").status_code == 404
        assert self.client.get("/api/v2/redirects/").json()["items"] == []

    def test_no_door_tells_the_working_titles_of_a_page(self):
        draft = make_article(self.portal.news, slug="ky-luat-1", live=False)
        self.save(draft, "ky-luat-2")
        self.save(draft, "ky-luat-3")
        reader = self.client_class()
        lists = [
            *("/tin-tuc/", "/sitemap-1.xml", "/feeds/articles/", "/api/v2/redirects/"),
            *(
                "/api/v3/redirects/",
                "/api/v3/articles/",
                "/api/v3/pages/",
                "/api/v2/pages/?fields=*",
            ),
        ]
        for slug in ("", "thong-bao"):
            if slug:
                self.publish(draft, slug)
            for address in lists:
                self.assertNotContains(reader.get(address), "ky-luat", msg_prefix=address)
            for number in (1, 2, 3):
                path = f"/tin-tuc/ky-luat-{number}/"
                for door in ("", *DOORS_BY_PATH):
                    address = door + path
                    assert reader.get(address).status_code == 404, address

    def test_of_a_live_page_only_what_was_published_leaves_one(self):
        page = make_article(self.portal.news, slug="cu")

        self.save(page, "nhap-mot")
        self.save(page, "nhap-hai")
        self.publish(page, "moi")

        assert self.old_paths() == {"/tin-tuc/cu"}

    def test_of_an_unpublished_page_the_last_public_address_leaves_one(self):
        for expired in ("", "-het-han"):
            page = make_article(self.portal.news, slug=f"cu{expired}", live=False)
            self.publish(page, f"moi{expired}")
            self.publish(page, f"moi-nua{expired}")
            page.specific.unpublish(set_expired=bool(expired))

            self.save(page, f"nhap-mot{expired}")
            self.save(page, f"nhap-hai{expired}")
            self.publish(page, f"cuoi{expired}")

        assert self.old_paths() == {
            "/tin-tuc/moi",
            "/tin-tuc/moi-nua",
            "/tin-tuc/moi-het-han",
            "/tin-tuc/moi-nua-het-han",
        }

    def test_a_draft_that_moves_leaves_none(self):
        draft = make_article(self.portal.news, slug="nhap", live=False)

        self.move(draft, self.make_section("su-kien"))

        assert self.old_paths() == set()

    def test_a_section_that_was_never_live_leaves_one_only_for_live_pages_below(self):
        section = self.make_section("muc-kin", live=False)
        make_article(section, slug="cong-khai")
        make_article(section, slug="nhap", live=False)

        section.slug = "muc-mo"
        with self.captureOnCommitCallbacks(execute=True):
            section.save()

        assert self.old_paths() == {"/muc-kin/cong-khai"}

    def test_drafts_of_translations_and_of_aliases_leave_none(self):
        make_english(self.portal)
        draft = translate(make_article(self.portal.news), live=False)
        source = make_article(self.portal.news, live=False)
        alias = source.create_alias(parent=self.portal.news, update_slug="ban-sao-nhap")

        for page in (draft, alias):
            page.slug = "ten-khac"
            with self.captureOnCommitCallbacks(execute=True):
                page.save()

        assert self.old_paths() == set()


@pytest.mark.xfail(strict=True, reason="https://github.com/wagtail/wagtail/issues/13978")
@pytest.mark.django_db
def test_wagtail_itself_makes_none_for_drafts(monkeypatch, django_capture_on_commit_callbacks):
    stock = signal_handlers._page_urls_for_sites.__wrapped__
    monkeypatch.setattr(signal_handlers, "_page_urls_for_sites", stock)
    draft = make_article(make_portal().news, slug="ten-lam-viec", live=False)

    draft.slug = "ten-that"
    with django_capture_on_commit_callbacks(execute=True):
        draft.save()

    assert not Redirect.objects.exists()
