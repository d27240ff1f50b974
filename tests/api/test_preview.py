"""Previews of unsaved edits have the same representation as pages in the API."""

import re
from html import unescape
from unittest import mock
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.core.signing import TimestampSigner
from django.test import TestCase, override_settings
from django.urls import reverse
from wagtail.models import APIToken, Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield
from wagtail_headless_preview.models import PagePreview

from articles.models import ArticleIndexPage, ArticlePage
from directives.models import DirectiveIndexPage, DirectivePage
from headless.checks import check_preview
from headless.content import client_preview
from home.models import HomePage
from tests.factories import (
    add_card,
    attach,
    link_directive,
    log_in,
    make_area,
    make_article,
    make_category,
    make_directive,
    make_english,
    make_image,
    make_links,
    make_map,
    make_place,
    make_portal,
    make_statistics,
    make_superuser,
    relate,
    translate,
)
from tests.forms import NO_SIDEBAR, article_form, directive_form, map_form, preview_new
from widgets.models import AdministrativeMapPage, StatisticsPage, WebsiteLinksPage, WidgetIndexPage

CLIENT = "https://front.example/preview"
FRAME = re.compile(r'<iframe src="([^"]+)"')


def previews(client_urls=None, **changes):
    """Configure front ends: by default one for all sites."""
    urls = {"default": CLIENT} if client_urls is None else client_urls
    return override_settings(WAGTAIL_HEADLESS_PREVIEW={"CLIENT_URLS": urls} | changes)


def address_in(response) -> str:
    """Return the URL that the admin's preview redirects to."""
    if response.status_code == 302:
        return response["Location"]
    return unescape(FRAME.search(response.content.decode()).group(1))


def parameters(address) -> dict:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


class PreviewTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.article = make_article(cls.portal.news, title="Khai giảng", slug="khai-giang")

    def setUp(self):
        log_in(self.client)

    def preview_edit(self, page, data):
        address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
        valid = self.client.post(address, nested_form_data(data)).json()
        assert valid["is_valid"], valid
        return self.client.get(address)

    def ask(self, **query):
        """Request the preview as a front end does, without a cookie."""
        return self.client_class().get(f"/api/v3/preview/?{urlencode(query)}")

    def previewed(self, response):
        answer = self.ask(**parameters(address_in(response)))
        assert answer.status_code == 200, answer.content
        return answer.json()

    def every_page(self):
        portal, image = self.portal, make_image()
        directive = make_directive(portal.register, body="<p>Toàn văn.</p>")
        attach(directive)
        relate(directive, "amends", make_directive(portal.register))
        article = make_article(
            portal.news, cover=image, category=make_category(), byline="Lan", source="Báo"
        )
        article.tags.set(["trường học", "an toàn"])
        link_directive(article, directive)
        add_card(portal.home, make_links(portal.shelf))
        map_page = make_map(portal.shelf)
        make_area(map_page)
        make_place(map_page)
        return [
            portal.home,
            portal.news,
            article,
            portal.register,
            directive,
            portal.shelf,
            map_page,
            make_links(portal.shelf),
            make_statistics(portal.shelf),
        ]


class SameAsDetailTests(PreviewTests):
    @previews()
    def test_every_page_type_answers_as_its_detail_does(self):
        for page in self.every_page():
            page = Page.objects.get(pk=page.pk).specific
            for query in ({}, {"rich_text_format": "html"}):
                with self.subTest(page=page._meta.label, **query):
                    response = page.make_preview_request()
                    asked = parameters(address_in(response)) | query
                    detail = self.client.get(f"/api/v3/pages/{page.pk}/?{urlencode(query)}")

                    assert self.ask(**asked).json() == detail.json()

    @previews()
    def test_a_translated_page_answers_in_its_language(self):
        make_english(self.portal)
        article = translate(self.article, title="First day", slug="first-day")
        detail = self.client.get(f"/api/v3/pages/{article.pk}/").json()

        shown = self.previewed(article.make_preview_request())

        assert shown == detail
        assert shown["meta"]["locale"] == "en"

    @previews()
    def test_an_unsaved_edit_is_shown_and_nobody_elses_page_changes(self):
        detail = self.client.get(f"/api/v3/pages/{self.article.pk}/").json()
        category = make_category("Đời sống")
        data = article_form(
            title="Còn sửa", slug="khai-giang", category=category.pk, tags="mới, nước"
        )

        shown = self.previewed(self.preview_edit(self.article, data))

        assert shown["title"] == "Còn sửa"
        assert shown["id"] == self.article.pk
        assert shown["tags"] == ["mới", "nước"]
        assert shown["category"]["name"] == "Đời sống"
        assert "Từ tháng Sáu." in shown["body"][0]["value"]
        assert set(shown) == set(detail)
        assert set(shown["meta"]) == set(detail["meta"])
        assert self.client.get(f"/api/v3/pages/{self.article.pk}/").json() == detail

    @previews()
    def test_every_page_type_is_shown_before_its_first_save(self):
        portal = self.portal
        new = (
            (portal.news, ArticlePage, article_form(title="Mới viết")),
            (portal.register, DirectivePage, directive_form(title="Mới viết")),
            (portal.home, ArticleIndexPage, NO_SIDEBAR | {"introduction": "", "title": "Mới viết"}),
            (portal.home, DirectiveIndexPage, NO_SIDEBAR | {"title": "Mới viết"}),
            (portal.home, WidgetIndexPage, {"title": "Mới viết"}),
            (portal.shelf, AdministrativeMapPage, map_form(title="Mới viết")),
            (portal.shelf, StatisticsPage, {"title": "Mới viết", "introduction": ""}),
            (
                portal.shelf,
                WebsiteLinksPage,
                {"title": "Mới viết", "display": "list", "groups": streamfield([])},
            ),
            (
                portal.home.get_parent(),
                HomePage,
                NO_SIDEBAR | {"title": "Mới viết", "featured_articles": inline_formset([])},
            ),
        )
        for parent, model, data in new:
            with self.subTest(model=model._meta.label):
                shown = self.previewed(preview_new(self.client, parent, model, data))

                assert shown["title"] == "Mới viết"
                assert shown["id"] == 0
                assert shown["meta"]["type"] == model._meta.label
        assert not Page.objects.filter(title="Mới viết").exists()

    @previews()
    def test_a_new_page_in_english(self):
        english = make_english(self.portal)

        shown = self.previewed(
            preview_new(self.client, english.news, ArticlePage, article_form(title="New"))
        )

        assert shown["meta"]["locale"] == "en"
        assert shown["meta"]["html_url"] == "http://localhost/en/news/nuoc-sach/"

    def test_a_saved_draft_is_read_with_a_token_and_by_nobody_else(self):
        self.article.title = "Bản nháp"
        self.article.save_revision()
        _token, key = APIToken.create_token(user=make_superuser("api"), name="builder")
        address = f"/api/v3/pages/{self.article.pk}/?version=draft"

        anonymous = self.client_class().get(address)
        authorised = self.client_class().get(address, headers={"Authorization": f"Bearer {key}"})

        assert anonymous.json()["title"] == "Khai giảng"
        assert authorised.json()["title"] == "Bản nháp"
        assert set(authorised.json()) == set(anonymous.json())


class SecrecyTests(PreviewTests):
    @previews()
    def test_neither_the_frame_nor_an_answer_may_be_kept(self):
        response = self.article.make_preview_request()
        answer = self.ask(**parameters(address_in(response)))
        refused = self.ask(content_type="civic_articles.articlepage", token="nonsense")

        for each in (response, answer, refused):
            assert "no-store" in each["Cache-Control"]
        assert "ETag" not in answer

    @previews()
    def test_a_token_that_is_bad_old_or_anothers_is_a_404_problem(self):
        good = parameters(address_in(self.article.make_preview_request()))
        signer = TimestampSigner(salt="headlesspreview.token")
        stranger = TimestampSigner(salt="headlesspreview.token", key="another installation's key")
        PagePreview.objects.create(
            token=stranger.sign("id=1"),
            content_type=self.article.content_type,
            content_json=self.article.to_json(),
        )
        asked = [
            good | {"token": good["token"] + "x"},
            good | {"token": "nonsense"},
            good | {"token": ""},
            good | {"token": "\0"},
            good | {"token": signer.sign("id=1")},
            good | {"token": stranger.sign("id=1")},
            good | {"content_type": "civic_directives.directivepage"},
            good | {"content_type": "auth.user"},
            good | {"content_type": "wagtailcore.page"},
            good | {"content_type": "nonsense"},
            good | {"content_type": "a.b.c"},
        ]
        for query in asked:
            with self.subTest(**query):
                answer = self.ask(**query)
                expected = 400 if "\0" in query["token"] else 404
                assert answer.status_code == expected
                assert answer["Content-Type"].startswith("application/problem+json")
        with override_settings(CIVIC_PORTAL_PREVIEW_SECONDS=-1):
            assert self.ask(**good).status_code == 404
        assert self.ask(**good).status_code == 200

    def test_what_is_missing_or_unknown_is_a_422_that_names_it(self):
        assert self.ask(content_type="civic_articles.articlepage").status_code == 422
        answer = self.ask(content_type="civic_articles.articlepage", token="x", tokn="y")
        assert answer.status_code == 422
        assert "tokn" in answer.content.decode()

    @previews()
    def test_tokens_of_two_previews_in_one_second_are_not_each_others(self):
        first = self.article.make_preview_request()
        self.article.title = "Người khác sửa"
        second = self.article.make_preview_request()

        assert self.previewed(first)["title"] == "Khai giảng"
        assert self.previewed(second)["title"] == "Người khác sửa"

    @previews()
    def test_of_a_page_only_the_newest_previews_are_kept(self):
        other = make_article(self.portal.news).make_preview_request()

        with mock.patch.object(client_preview, "MAX_PREVIEWS", 2):
            shown = [self.article.make_preview_request() for _pause in range(3)]

        found = [self.ask(**parameters(address_in(each))).status_code for each in (*shown, other)]
        assert found == [404, 200, 200, 200]

    @previews()
    def test_who_may_not_edit_a_page_gets_no_token(self):
        self.client.logout()
        address = reverse("wagtailadmin_pages:preview_on_edit", args=[self.article.pk])

        assert self.client.get(address).status_code == 302
        assert PagePreview.objects.count() == 0


class WhichClientTests(PreviewTests):
    def test_without_a_client_the_preview_is_wagtails_own(self):
        response = self.article.make_preview_request()

        assert response.status_code == 200
        assert FRAME.search(response.content.decode()) is None
        self.assertContains(response, "Khai giảng")
        assert PagePreview.objects.count() == 0

    @previews({"localhost": "https://a.example/", "hoa-binh.example": "https://b.example/x"})
    def test_each_site_has_its_own_client_for_pages_old_and_new(self):
        other = make_portal("hoa-binh.example", "Xã Hòa Bình")
        theirs = make_article(other.news)

        for parent, page, client in (
            (self.portal.news, self.article, "https://a.example/"),
            (other.news, theirs, "https://b.example/x/"),
        ):
            old = address_in(page.make_preview_request())
            new = address_in(preview_new(self.client, parent, ArticlePage, article_form()))
            assert old.partition("?")[0] == new.partition("?")[0] == client

    @previews({"hoa-binh.example": "https://b.example/"})
    def test_a_site_without_a_client_keeps_wagtails_own_preview(self):
        response = self.article.make_preview_request()

        assert FRAME.search(response.content.decode()) is None

    @previews({"default": "{SITE_ROOT_URL}/xem-truoc"})
    def test_a_client_may_stand_below_the_address_of_each_site(self):
        other = make_portal("hoa-binh.example", "Xã Hòa Bình")

        address = address_in(make_article(other.news).make_preview_request())

        assert address.startswith("http://hoa-binh.example/xem-truoc/?")

    @previews(REDIRECT_ON_PREVIEW=True)
    def test_the_browser_can_be_sent_to_the_client_instead(self):
        response = self.article.make_preview_request()

        assert response.status_code == 302
        assert response["Location"].startswith(f"{CLIENT}/?content_type=civic_articles.articlepage")
        assert "no-store" in response["Cache-Control"]
        assert self.previewed(response)["title"] == "Khai giảng"

    def test_the_admin_may_frame_the_clients_and_nobody_else(self):
        def frames(address="/admin/"):
            policy = self.client.get(address)["Content-Security-Policy"]
            [directive] = [each for each in policy.split("; ") if each.startswith("frame-src")]
            return directive.split()[1:]

        assert frames() == ["'self'"]
        with previews({"default": CLIENT, "localhost": "http://localhost:3000/"}):
            assert frames() == ["'self'", "http://localhost:3000", "https://front.example"]
            assert "https://front.example" not in frames("/")
        with previews({"default": "{SITE_ROOT_URL}/x"}):
            assert frames() == ["'self'", "http://localhost"]

    @previews()
    def test_the_frame_itself_may_show_the_client_and_has_no_loose_style(self):
        response = self.article.make_preview_request()

        policy = response["Content-Security-Policy"]
        assert "https://front.example" in policy
        assert "unsafe-inline" not in policy
        assert "<style" not in response.content.decode()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({}, []),
        ({"CLIENT_URLS": {}}, []),
        ({"CLIENT_URLS": {"default": "https://front.example/preview"}}, []),
        ({"CLIENT_URLS": {"default": "{SITE_ROOT_URL}/preview"}}, []),
        ({"CLIENT_URL": {}}, ["civic_headless.E020"]),
        ({"CLIENT_URLS": "https://front.example/"}, ["civic_headless.E021"]),
        ({"CLIENT_URLS": {"default": "front.example"}}, ["civic_headless.E022"]),
        ({"CLIENT_URLS": {"default": "{ROOT}/preview"}}, ["civic_headless.E022"]),
        ({"CLIENT_URLS": {"default": "https://front.example/?preview=1"}}, ["civic_headless.E022"]),
        ({"CLIENT_URLS": {"default": None}}, ["civic_headless.E022"]),
    ],
)
def test_what_would_go_wrong_in_silence_is_said_before_the_start(settings, value, expected):
    settings.WAGTAIL_HEADLESS_PREVIEW = value

    assert [each.id for each in check_preview(None)] == expected
