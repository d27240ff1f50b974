"""Texts that are longer than their column, or become so: PostgreSQL stores none of them."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client, TestCase
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.test.utils.form_data import nested_form_data

from articles.models import ArticlePage, Tag
from directives.models import DirectivePage
from feedback.models import Comment
from tests.api.test_writing import Writer
from tests.factories import log_in, make_article, make_portal, make_superuser
from tests.feedback.test_comment_forms import solve
from tests.forms import article_form, directive_form

pytestmark = pytest.mark.slow

EMAIL = "a" * 60 + "@" + ".".join(["b" * 60] * 3) + ".example" + ".vn" * 20
# One letter that becomes two, three or eighteen in another case or normal form.
GROWING = ["ß", "ﬃ", "ﷺ", "İ", "\u0958", "\ufb1d"]
LONG = "ă" * 5000


class LengthTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.article = make_article(cls.portal.news)
        cls.editor = make_superuser()

    def setUp(self):
        self.reader = Client(raise_request_exception=False)
        self.admin = Client(raise_request_exception=False)
        log_in(self.admin, self.editor)

    def add(self, model, parent, data):
        app = "civic_articles" if model == "articlepage" else "civic_directives"
        address = reverse("wagtailadmin_pages:add", args=[app, model, parent.pk])
        response = self.admin.post(address, nested_form_data(data | {"action-publish": "1"}))
        assert response.status_code in {200, 302}
        return response.context["form"].errors if response.status_code == 200 else {}

    def test_an_address_that_is_too_long_is_refused_at_its_field(self):
        assert 254 < len(EMAIL) <= 320
        comment = {"name": "Lan", "email": EMAIL, "body": "Cảm ơn phường."}
        code = {"altcha": solve(self.client)}
        response = self.reader.post(
            reverse("civic_feedback:post_comment", args=[self.article.pk]), comment | code
        )
        assert response.status_code == 422
        assert response.context["feedback"].form.errors.keys() == {"email"}
        self.assertContains(response, 'id="comment-email_error"', status_code=422)

        told = Writer().ask("POST", f"/pages/{self.article.pk}/comments/", comment | code)
        assert told.status_code == 422
        assert told.json()["errors"][0]["loc"][-1] == "email"
        assert not Comment.objects.exists()

    def test_what_browsers_send_along_is_never_stored_longer_than_its_column(self):
        post = reverse("civic_feedback:post_comment", args=[self.article.pk])
        rate = reverse("civic_feedback:rate_page", args=[self.article.pk])
        for text in (LONG, "ß" * 5000, "a" * 50_000):
            self.reader.cookies["portal_visitor"] = text[:3000].encode("ascii", "ignore").decode()
            comment = {"name": "Lan", "body": "Cảm ơn.", "altcha": text, "parent": text}
            for address, data in ((post, comment), (rate, {"stars": text, "altcha": text})):
                with self.subTest(address=address, text=text[:1]):
                    response = self.reader.post(
                        address, data, headers={"user-agent": text, "referer": f"/{text}"}
                    )
                    assert 400 <= response.status_code < 500
            with self.subTest("visit", text=text[:1]):
                response = self.reader.post(
                    "/widgets/visits/",
                    {"page": self.article.pk, "referrer": text},
                    content_type="application/json",
                    headers={"user-agent": f"Mozilla/5.0 {text}"},
                )
                assert response.status_code < 500
            with self.subTest("login", text=text[:1]):
                data = {"username": text, "password": text}
                response = Client(raise_request_exception=False).post(
                    reverse("wagtailadmin_login"), data, headers={"user-agent": text}
                )
                assert response.status_code < 500
        assert not Comment.objects.exists()

    def test_the_name_of_a_reader_is_as_long_as_it_is_stored(self):
        for letter in GROWING:
            with self.subTest(letter=letter):
                comment = {"name": letter * 80, "email": "", "body": letter * 900}
                comment["altcha"] = solve(self.client)
                response = self.reader.post(
                    reverse("civic_feedback:post_comment", args=[self.article.pk]), comment
                )
                assert response.status_code < 500

    def test_a_number_is_judged_by_what_it_is_looked_up_by(self):
        for letter in GROWING:
            with self.subTest(letter=letter):
                errors = self.add(
                    "directivepage",
                    self.portal.register,
                    directive_form(document_number=letter * 100),
                )
                assert errors.keys() <= {"document_number"}
        assert "document_number" in self.add(
            "directivepage", self.portal.register, directive_form(document_number="ß" * 100)
        )
        assert not DirectivePage.objects.filter(document_number__startswith="ß").exists()

    def test_a_program_is_told_of_a_number_that_is_too_long(self):
        error = Writer(self.editor).create(
            {
                "meta": {
                    "type": "civic_directives.DirectivePage",
                    "parent_id": self.portal.register.pk,
                },
                "title": "",
                "document_number": "ß" * 100,
                "document_type_id": directive_form()["document_type"],
                "issuing_body_id": directive_form()["issuing_body"],
                "subject": "Về việc",
                "issued_on": "2024-03-15",
            }
        )

        assert error.status_code == 422
        assert [each["loc"][-1] for each in error.json()["errors"]] == ["document_number"]

    def test_a_slug_made_of_a_title_fits(self):
        for letter in [*GROWING, "a"]:
            with self.subTest(letter=letter):
                made = Writer(self.editor).create(
                    {
                        "meta": {
                            "type": "civic_articles.ArticlePage",
                            "parent_id": self.portal.news.pk,
                        },
                        "title": letter * 255,
                        "summary": "Thông xe.",
                        "body": [{"type": "paragraph", "value": "<p>Sáng nay.</p>"}],
                    },
                    publish=True,
                )
                assert made.status_code in {201, 422}, made.content
        assert ArticlePage.objects.filter(title="a" * 255).exists()

    def test_a_number_that_tells_two_slugs_apart_fits(self):
        slugs = [make_article(self.portal.news, title="a" * 255).slug for _ in range(3)]

        assert len(set(slugs)) == 3
        assert max(map(len, slugs)) <= 255

    def test_a_slug_made_of_a_tag_fits(self):
        for number, letter in enumerate([*GROWING, "a"]):
            for tag in (letter * 100, letter * 99 + "!", letter * 99 + "?"):
                with self.subTest(letter=letter, tag=tag[-1]):
                    errors = self.add(
                        "articlepage",
                        self.portal.news,
                        article_form(tags=tag, slug=f"bai-{number}-{tag[-1].encode().hex()}"),
                    )
                    assert errors.keys() <= {"tags"}
        slugs = Tag.objects.filter(name__startswith="a" * 99).values_list("slug", flat=True)
        assert len(set(slugs)) == 3

    def test_the_old_address_of_a_redirect_fits(self):
        for path in ("a" * 255, "/" + "a" * 254, "/" + "đ" * 254, LONG):
            with self.subTest(path=path[:3]):
                response = self.admin.post(
                    reverse("wagtailredirects:add"), {"old_path": path, "redirect_link": "/"}
                )
                assert response.status_code in {200, 302}

    def test_a_page_far_down_can_be_given_another_address(self):
        slug = "a" * 250
        index = self.portal.news
        index.slug = slug
        index.save_revision().publish()
        article = make_article(index, slug="b" * 250)
        article.slug = "c" * 250
        article.save_revision().publish()
        assert Redirect.objects.filter(old_path__contains="b" * 250).count() == 0

    def test_what_a_browser_says_of_itself_may_be_long(self):
        headers = {"user-agent": LONG, "referer": LONG, "accept-language": LONG}
        for address in ("/", f"/{'a' * 3000}/", self.article.url, reverse("wagtailadmin_login")):
            assert self.reader.get(address, headers=headers).status_code < 500
        for name in ("a" * 150, "a" * 5000, LONG):
            data = {"username": name, "password": LONG}
            address = reverse("wagtailadmin_login")
            assert self.reader.post(address, data, headers=headers).status_code < 500
        address = reverse("wagtailadmin_password_reset")
        assert self.reader.post(address, {"email": EMAIL}, headers=headers).status_code < 500

    def test_a_users_address_is_as_long_as_it_is_stored(self):
        response = self.admin.post(
            reverse("wagtailusers_users:add"),
            {
                "username": "moi",
                "email": EMAIL,
                "first_name": LONG,
                "last_name": LONG,
                "password1": "Only-for-tests-9",
                "password2": "Only-for-tests-9",
            },
        )

        assert {"email", "first_name", "last_name"} <= response.context["form"].errors.keys()
        assert not get_user_model().objects.filter(username="moi").exists()
