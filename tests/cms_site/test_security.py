import re
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO
from unittest.mock import patch

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.cache import caches
from django.core.management import call_command
from django.test import Client, TestCase
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from home.models import AgencySettings
from tests.factories import (
    PASSWORD,
    log_in,
    make_article,
    make_directive,
    make_document,
    make_english,
    make_links,
    make_map,
    make_portal,
    make_statistics,
    make_superuser,
)
from tests.feedback.test_comment_forms import one_window

LIMIT = settings.AXES_FAILURE_LIMIT


@contextmanager
def freeze(moment):
    """The clock of login protection stands still."""
    with (
        patch("axes.handlers.proxy.now", return_value=moment),
        patch("django.utils.timezone.now", return_value=moment),
    ):
        yield


def policy(response):
    """The content security policy as a dictionary of directive and sources."""
    parts = response["Content-Security-Policy"].split(";")
    return {words[0]: words[1:] for part in parts if (words := part.split())}


class HeaderTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        portal = cls.portal
        cls.pages = [
            portal.home,
            make_english(portal).home,
            portal.news,
            make_article(portal.news),
            portal.register,
            make_directive(portal.register),
            portal.shelf,
            make_map(portal.shelf),
            make_links(portal.shelf),
            make_statistics(portal.shelf),
        ]

    def test_no_page_of_the_site_runs_an_inline_script(self):
        for address in (*(page.url for page in self.pages), "/tim-kiem/?q=a", "/khong-co/"):
            response = self.client.get(address)
            directives = policy(response)
            for name in ("script-src", "style-src"):
                assert "'unsafe-inline'" not in directives[name], address
                assert "'unsafe-eval'" not in directives[name], address
                assert "*" not in directives[name], address
            assert directives["object-src"] == ["'none'"]
            assert directives["base-uri"] == ["'self'"]
            assert directives["frame-ancestors"] == ["'self'"]

    def test_no_page_holds_a_style_or_script_that_the_policy_refuses(self):
        for page in self.pages:
            response = self.client.get(page.url)
            html = response.content.decode()
            assert "<style" not in html, page
            assert " style=" not in html.split("<body")[1], page
            assert " onclick=" not in html
            assert "javascript:" not in html
            assert policy(response)["style-src"] == ["'self'"]

    def test_the_colour_of_the_agency_is_a_file_that_caches_keep(self):
        AgencySettings.objects.update_or_create(
            site=self.portal.site, defaults={"colour": "#1B6641"}
        )
        html = self.client.get("/").content.decode()
        assert 'href="/agency-1b6641.css"' in html

        response = self.client.get("/agency-1b6641.css")

        assert response.content.decode().strip() == ":root { --agency-colour: #1b6641 }"
        assert response["Content-Type"] == "text/css; charset=utf-8"
        assert "immutable" in response["Cache-Control"]
        assert self.client.get("/agency-red.css").status_code == 404

    def test_the_login_is_as_strict_as_the_site_and_the_rest_of_the_admin_is_not(self):
        login = policy(self.client.get(reverse("wagtailadmin_login")))
        assert "'unsafe-inline'" not in login["script-src"]

        log_in(self.client)
        admin = policy(self.client.get(reverse("wagtailadmin_home")))
        assert "'unsafe-inline'" in admin["script-src"]

    def test_every_response_has_the_other_headers(self):
        for address in ("/", "/khong-co/", "/api/v2/pages/", "/api/v3/pages/", "/admin/login/"):
            response = self.client.get(address)
            assert response["X-Content-Type-Options"] == "nosniff", address
            assert response["X-Frame-Options"] in {"DENY", "SAMEORIGIN"}, address
            assert response["Referrer-Policy"] == "strict-origin-when-cross-origin", address
            assert response["Cross-Origin-Opener-Policy"] == "same-origin", address
            assert "camera=()" in response["Permissions-Policy"], address

    def test_an_anonymous_reader_gets_no_cookie_and_what_caches_may_hold(self):
        for address in (
            *(page.url for page in self.pages),
            "/tim-kiem/?q=a",
            "/khong-co/",
            "/feeds/articles/",
            "/api/v2/pages/",
            "/api/v3/pages/",
        ):
            response = self.client.get(address)
            assert not response.cookies, address
            assert "cookie" not in response.get("Vary", "").lower(), address

    def test_no_page_repeats_what_it_was_asked_in_vain(self):
        for address in (*(page.url for page in self.pages), "/tim-kiem/", "/en/search/"):
            for query in (f"utm={'x' * 7000}", f"{'x' * 7000}=1", f"q=a&utm={'x' * 7000}"):
                response = self.client.get(f"{address}?{query}")
                self.assertNotContains(response, "x" * 100)

    def test_no_page_asks_another_server_for_anything(self):
        for page in self.pages:
            html = self.client.get(page.url).content.decode()
            for attribute in ('src="http', 'src="//', 'rel="stylesheet" href="http'):
                assert attribute not in html, page


class LoginTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        make_superuser("lan")

    def attempt(self, **extra):
        """A login of lan with a wrong password from this machine, unless told otherwise."""
        name, password = extra.pop("name", "lan"), extra.pop("password", "wrong")
        return self.client.post(
            reverse("wagtailadmin_login"),
            {"username": name, "password": password},
            REMOTE_ADDR=extra.pop("address", "127.0.0.1"),
            **extra,
        )

    def is_in(self):
        return "_auth_user_id" in self.client.session

    def test_the_right_password_lets_in(self):
        self.attempt(password=PASSWORD)

        assert self.is_in()

    def test_after_too_many_wrong_passwords_even_the_right_one_does_not_let_in(self):
        for _ in range(LIMIT):
            self.attempt()

        response = self.attempt(password=PASSWORD)

        assert response.status_code == 429
        assert not self.is_in()

    def test_who_is_locked_out_is_told_in_the_sites_look_what_to_do_and_when(self):
        with freeze(timezone.now()):
            for _ in range(LIMIT):
                response = self.attempt()

        self.assertContains(response, "15 phút", status_code=429)
        self.assertContains(response, 'id="menu"', status_code=429)
        self.assertContains(response, reverse("wagtailadmin_password_reset"), status_code=429)
        assert 840 < int(response["Retry-After"]) <= 900

    def test_an_attempt_during_a_lock_does_not_prolong_it(self):
        start = timezone.now()
        with freeze(start):
            for _ in range(LIMIT):
                self.attempt()
        with freeze(start + timedelta(minutes=10)):
            wait = int(self.attempt()["Retry-After"])
        assert 240 < wait <= 300

        with freeze(start + timedelta(minutes=10, seconds=wait + 1)):
            self.attempt(password=PASSWORD)

        assert self.is_in()

    def test_typos_of_many_names_do_not_lock_their_office_out(self):
        for number in range(LIMIT * 3):
            self.attempt(name=f"can-bo-{number}")

        self.attempt(password=PASSWORD)

        assert self.is_in()

    def test_a_locked_name_locks_no_other_name_of_its_office(self):
        for _ in range(LIMIT + 1):
            self.attempt(name="minh")

        self.attempt(password=PASSWORD)

        assert self.is_in()

    def test_many_more_failures_lock_a_whole_address_and_no_other(self):
        for number in range(settings.NETWORK_FAILURE_LIMIT):
            self.attempt(name=f"ten-{number}", address="203.0.113.9")

        response = self.attempt(password=PASSWORD, address="203.0.113.9")

        assert response.status_code == 429
        assert 0 < int(response["Retry-After"]) <= 900
        self.attempt(password=PASSWORD, address="203.0.113.8")
        assert self.is_in()

    def test_an_office_can_be_let_in_at_once_by_command(self):
        for number in range(settings.NETWORK_FAILURE_LIMIT):
            self.attempt(name=f"ten-{number}", address="203.0.113.9")

        call_command("axes_reset_ip", "203.0.113.9", stdout=StringIO())
        self.attempt(password=PASSWORD, address="203.0.113.9")

        assert self.is_in()

    def test_all_addresses_of_a_subscriber_are_one(self):
        for number in range(LIMIT):
            self.attempt(address=f"2001:db8:1:2::{number + 1}")

        response = self.attempt(password=PASSWORD, address="2001:db8:1:2:3::4")

        assert response.status_code == 429
        self.attempt(password=PASSWORD, address="2001:db8:1:3::1")
        assert self.is_in()

    def test_a_name_can_be_let_in_at_once_by_command(self):
        for _ in range(LIMIT):
            self.attempt()

        call_command("axes_reset_username", "lan", stdout=StringIO())
        self.attempt(password=PASSWORD)

        assert self.is_in()

    def test_unknown_addresses_lock_a_name_but_are_not_one_network(self):
        unknown = {"address": "10.0.0.1", "headers": {"x-forwarded-for": "unknown"}}
        with self.settings(TRUSTED_PROXIES=["10.0.0.0/8"], NETWORK_FAILURE_LIMIT=LIMIT):
            for _ in range(LIMIT):
                self.attempt(name="minh", **unknown)
            refused = self.attempt(name="minh", **unknown)
            self.attempt(password=PASSWORD, **unknown)

        assert refused.status_code == 429
        assert self.is_in()

    def test_others_are_not_locked_out_with_them(self):
        for _ in range(LIMIT + 1):
            self.attempt()

        self.attempt(password=PASSWORD, address="198.51.100.7")

        assert self.is_in()

    def test_a_forwarded_address_of_anybody_is_not_believed(self):
        for number in range(LIMIT):
            self.attempt(headers={"x-forwarded-for": f"203.0.113.{number}"})

        response = self.attempt(password=PASSWORD, headers={"x-forwarded-for": "203.0.113.99"})

        assert response.status_code == 429

    def test_a_forwarded_address_of_our_own_proxy_is(self):
        with self.settings(TRUSTED_PROXIES=["10.0.0.0/8"]):
            for _ in range(LIMIT + 1):
                self.attempt(address="10.0.0.1", headers={"x-forwarded-for": "203.0.113.1"})

            self.attempt(
                password=PASSWORD,
                address="10.0.0.1",
                headers={"x-forwarded-for": "203.0.113.2"},
            )

        assert self.is_in()

    def test_what_a_client_writes_before_the_proxys_word_is_not_believed(self):
        with self.settings(TRUSTED_PROXIES=["10.0.0.0/8"]):
            for number in range(LIMIT + 1):
                response = self.attempt(
                    address="10.0.0.1",
                    headers={"x-forwarded-for": f"198.51.100.{number}, 203.0.113.1"},
                )

        assert response.status_code == 429

    def test_a_login_leads_to_no_other_site(self):
        for target in ("//evil.example", "https://evil.example/", "\\\\evil.example", "/\\evil"):
            with self.subTest(target=target):
                self.client.logout()
                response = self.client.post(
                    f"{reverse('wagtailadmin_login')}?next={target}",
                    {"username": "lan", "password": PASSWORD, "next": target},
                )
                assert response.status_code == 302
                assert response["Location"] == reverse("wagtailadmin_home")

    def test_a_form_of_another_site_is_refused(self):
        strict = Client(enforce_csrf_checks=True)

        response = strict.post(
            reverse("wagtailadmin_login"), {"username": "lan", "password": PASSWORD}
        )

        assert response.status_code == 403

    def test_only_editors_get_into_the_admin(self):
        user = get_user_model().objects.create_user("doc-gia", password=PASSWORD)
        log_in(self.client, user)

        response = self.client.get(reverse("wagtailadmin_home"))

        assert response.status_code in {302, 403}

    def test_a_password_of_somebody_must_be_a_good_one(self):
        log_in(self.client, get_user_model().objects.get())

        response = self.client.post(
            reverse("wagtailusers_users:add"),
            {
                "username": "moi",
                "email": "moi@benga.example",
                "first_name": "M",
                "last_name": "M",
                "password1": "12345678",
                "password2": "12345678",
            },
        )

        assert "password2" in response.context["form"].errors


class PasswordTests(TestCase):
    """Passwords of pages and of files, and mails for new ones."""

    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.article = make_article(cls.portal.news, title="Chỉ dành cho tổ dân phố")
        cls.draft = make_article(cls.portal.news, title="Chưa ai được biết", live=False)
        cls.lock = PageViewRestriction.objects.create(
            page=cls.article, restriction_type="password", password="hoa sen"
        )
        collection = Collection.get_first_root_node().add_child(name="Nội bộ")
        cls.file_lock = CollectionViewRestriction.objects.create(
            collection=collection, restriction_type="password", password="hoa sen"
        )
        cls.document = make_document(collection=collection)
        user = make_superuser("lan")
        user.email = "lan@benga.example"
        user.save()

    def setUp(self):
        caches["default"].clear()
        self.enterContext(one_window())
        self.page_door = reverse(
            "wagtailcore_authenticate_with_password", args=[self.lock.pk, self.article.pk]
        )
        self.file_door = reverse("wagtaildocs_authenticate_with_password", args=[self.file_lock.pk])

    def guess(self, door, password="hoa cúc", return_url="/", **extra):  # noqa: S107  # noqa: S107
        fields = {"password": password, "return_url": return_url}
        return self.client.post(door, fields, **extra)

    def test_the_form_has_the_sites_look_and_leads_to_the_page(self):
        response = self.client.get(self.article.url)
        self.assertContains(response, 'id="menu"')
        self.assertContains(response, f'action="{self.page_door}"')
        self.assertContains(response, f'value="{self.article.url}"')
        self.assertNotContains(response, self.article.title)

        self.guess(self.page_door, "hoa sen", self.article.url)

        self.assertContains(self.client.get(self.article.url), self.article.title)

    def test_the_form_for_a_file_has_it_too_and_leads_to_the_file(self):
        response = self.client.get(self.document.url)
        self.assertContains(response, 'id="menu"')

        response = self.guess(self.file_door, "hoa sen", self.document.url)

        assert response["Location"] == self.document.url
        assert self.client.get(self.document.url).status_code == 200

    def test_the_form_to_log_in_to_a_page_has_it_too(self):
        PageViewRestriction.objects.create(page=self.portal.register, restriction_type="login")

        response = self.client.get(self.portal.register.url, follow=True)

        self.assertContains(response, 'id="menu"')
        self.assertContains(response, 'name="username"')

    def test_the_form_tells_nothing_of_a_page(self):
        door = reverse("wagtailcore_authenticate_with_password", args=[self.lock.pk, self.draft.pk])

        for response in (self.client.get(door), self.guess(door)):
            self.assertNotContains(response, self.draft.title)
            self.assertNotContains(response, self.draft.slug)

    def test_a_wrong_password_is_told_at_the_field(self):
        self.assertContains(self.guess(self.page_door), "field__error")

    def test_a_foreign_address_to_return_to_leads_home(self):
        for door in (self.page_door, self.file_door):
            for target in ("https://evil.example/", "//evil.example", "/\\evil", "javascript:1"):
                response = self.guess(door, "hoa sen", target)
                assert response.status_code == 302
                assert response["Location"] == "/", target

    def test_guesses_are_limited_like_logins_and_say_when_to_come_back(self):
        for door in (self.page_door, self.file_door):
            for _ in range(LIMIT):
                assert self.guess(door).status_code == 200

            for password in ("hoa cúc", "hoa sen"):
                response = self.guess(door, password)
                self.assertContains(response, "<h1", status_code=429)
                assert 0 < int(response["Retry-After"]) <= 900
            assert self.guess(door, "hoa sen", REMOTE_ADDR="203.0.113.8").status_code == 302

    def test_the_wait_is_told_truly(self):
        for _ in range(LIMIT):
            self.guess(self.page_door)

        response = self.guess(self.page_door)

        minutes = int(re.search(r"(\d+) phút", response.content.decode())[1])
        assert minutes * 60 >= int(response["Retry-After"]) > (minutes - 1) * 60

    def test_right_passwords_do_not_count(self):
        for _ in range(LIMIT * 2):
            assert self.guess(self.page_door, "hoa sen").status_code == 302

        assert self.guess(self.page_door).status_code == 200

    def test_another_page_of_the_same_password_is_no_way_round(self):
        for number in range(LIMIT + 1):
            page = (self.article, self.draft)[number % 2]
            door = reverse("wagtailcore_authenticate_with_password", args=[self.lock.pk, page.pk])
            response = self.guess(door)

        assert response.status_code == 429

    def test_an_address_that_guesses_at_many_passwords_is_refused_at_all(self):
        with self.settings(NETWORK_FAILURE_LIMIT=LIMIT + 2):
            for _ in range(LIMIT):
                self.guess(self.page_door)
            self.guess(self.file_door), self.guess(self.file_door)

            assert self.guess(self.file_door).status_code == 429

    def test_mails_for_new_passwords_are_limited_for_an_account_whether_it_exists(self):
        address = reverse("wagtailadmin_password_reset")
        for email, sent in (("lan@benga.example", 5), ("nobody@benga.example", 0)):
            mail.outbox.clear()
            for number in range(5):
                written = email.upper() if number % 2 else f" {email} "
                response = self.client.post(
                    address, {"email": written}, REMOTE_ADDR=f"203.0.113.{number}"
                )
                assert response.status_code == 302

            response = self.client.post(address, {"email": email}, REMOTE_ADDR="203.0.113.99")

            self.assertContains(response, "<h1", status_code=429)
            assert 0 < int(response["Retry-After"]) <= 3600
            assert len(mail.outbox) == sent

    def test_mails_for_new_passwords_are_limited_for_an_address(self):
        address = reverse("wagtailadmin_password_reset")
        for number in range(20):
            self.client.post(address, {"email": f"a{number}@benga.example"})

        assert self.client.post(address, {"email": "b@benga.example"}).status_code == 429
