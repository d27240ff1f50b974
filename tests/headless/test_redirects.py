"""Redirects from former URLs, which never reveal pages that the user may not see."""

from datetime import timedelta

from django.contrib.auth.models import Group
from django.db import connection
from django.http import HttpResponse, HttpResponseNotFound
from django.test import RequestFactory, TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import APIToken, PageViewRestriction, Site
from wagtail.test.utils.form_data import nested_form_data

from articles.models import ArticleIndexPage
from headless.content.links.redirects import RedirectMiddleware
from tests.factories import language, log_in, make_article, make_portal, make_superuser, make_user
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


class VisibilityTests(TestCase):
    """Redirects do not reveal the URLs of pages that the user may not see."""

    PATHS = ("/cu/", "/cu/?utm_source=zalo")

    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.page = make_article(cls.portal.news, slug="that")
        Redirect.add_redirect("/cu/", redirect_to=cls.page)

    def restrict(self, kind, page=None, **fields):
        return PageViewRestriction.objects.create(
            page=page or self.page, restriction_type=kind, **fields
        )

    def assert_hidden(self):
        for path in self.PATHS:
            response = self.client.get(path)
            assert response.status_code == 404
            assert "that" not in response.content.decode()
        for version in ("v2", "v3"):
            assert self.client.get(f"/api/{version}/redirects/").json()["items"] == []
            pk = Redirect.objects.get(redirect_page=self.page).pk
            for rest in (f"{pk}/", f"find/?id={pk}", "find/?html_path=/cu"):
                response = self.client.get(f"/api/{version}/redirects/{rest}")
                assert response.status_code == 404
        assert self.client.get("/api/v3/resolve/?path=/cu/").status_code == 404

    def assert_followed(self, path="/cu/"):
        self.assertRedirects(
            self.client.get(path), self.page.url, 301, fetch_redirect_response=False
        )

    def test_a_public_page_is_led_to(self):
        for path in self.PATHS:
            self.assert_followed(path)
        assert self.client.get("/api/v3/redirects/find/?html_path=/cu").status_code == 302

    def test_a_page_that_is_not_live_is_not_led_to(self):
        for facts in (
            {"live": False},
            {"live": False, "expired": True},
            {"live": False, "go_live_at": timezone.now() + timedelta(days=1)},
        ):
            type(self.page).objects.filter(pk=self.page.pk).update(**facts)
            self.assert_hidden()

    def test_nor_is_one_that_is_restricted_by_itself_or_from_above(self):
        for kind in ("login", "password", "groups"):
            for page in (self.page, self.portal.news):
                restriction = self.restrict(kind, page, password="mo-ra")
                self.assert_hidden()
                restriction.delete()

    def test_nor_is_an_alias_whose_source_is_restricted(self):
        source = make_article(self.portal.news)
        self.restrict("login", source)
        type(self.page).objects.filter(pk=self.page.pk).update(alias_of=source)

        self.assert_hidden()

    def test_who_has_logged_in_is_led_to_what_that_opens(self):
        self.restrict("login")

        log_in(self.client, make_user("ban-doc"))
        self.assert_followed()
        assert "no-store" in self.client.get("/cu/")["Cache-Control"]

    def test_who_is_of_the_group_is_led_to_what_that_opens(self):
        staff, others = Group.objects.create(name="Cán bộ"), Group.objects.create(name="Khác")
        self.restrict("groups").groups.add(staff)

        log_in(self.client, make_user("nguoi-khac", others))
        self.assert_hidden()
        log_in(self.client, make_user("can-bo", staff))
        self.assert_followed()

    def test_who_knows_the_password_is_led_to_what_that_opens(self):
        restriction = self.restrict("password", password="mo-ra")

        self.client.post(
            reverse("wagtailcore_authenticate_with_password", args=[restriction.pk, self.page.pk]),
            {"password": "mo-ra", "return_url": self.page.url},
        )

        self.assert_followed()

    def test_a_hidden_redirect_of_the_site_leaves_that_of_all_sites_in_force(self):
        self.restrict("login")
        Redirect.add_redirect("/khac", redirect_to=self.page, site=self.portal.site)
        Redirect.add_redirect("/khac", redirect_to="https://tinh.example/", is_permanent=False)

        response = self.client.get("/khac/")

        assert (response.status_code, response["Location"]) == (302, "https://tinh.example/")

    def test_over_the_api_a_token_opens_what_its_owner_may_see(self):
        self.restrict("login")

        def listed(user):
            _token, key = APIToken.create_token(user=user, name="thử")
            response = self.client.get(
                "/api/v3/redirects/", headers={"Authorization": f"Bearer {key}"}
            )
            return len(response.json()["items"])

        reader = make_user("ban-doc")
        assert listed(reader) == 1
        type(self.page).objects.filter(pk=self.page.pk).update(live=False)
        assert listed(reader) == 0
        assert listed(make_superuser("quan-ly")) == 1

    def test_costs_nothing_on_a_page_and_one_query_where_there_is_no_redirect(self):
        plain = RedirectMiddleware(lambda request: HttpResponse())
        missing = RedirectMiddleware(lambda request: HttpResponseNotFound())
        request = RequestFactory().get("/khong-co/", SERVER_NAME="localhost")
        Site.find_for_request(request)

        with self.assertNumQueries(0):
            plain(request)
        with self.assertNumQueries(1):
            missing(request)

    def test_more_redirects_and_restrictions_cost_no_more_queries(self):
        group = Group.objects.create(name="Cán bộ")
        log_in(self.client, make_user("can-bo", group))
        self.restrict("groups").groups.add(group)
        self.assert_followed()
        with CaptureQueriesContext(connection) as few:
            self.assert_followed()

        for number in range(5):
            other = make_article(self.portal.news)
            self.restrict("groups", other).groups.add(group)
            Redirect.add_redirect(f"/cu-{number}/", redirect_to=other)

        with self.assertNumQueries(len(few)):
            self.assert_followed()
