from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client, TestCase
from django.urls import reverse

from tests.factories import (
    PASSWORD,
    log_in,
    make_article,
    make_directive,
    make_english,
    make_links,
    make_map,
    make_portal,
    make_statistics,
    make_superuser,
)

LIMIT = settings.AXES_FAILURE_LIMIT


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

    def test_no_page_of_the_site_runs_a_script_without_its_nonce(self):
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

    def test_every_inline_script_and_style_has_the_nonce_of_its_response(self):
        for page in self.pages:
            response = self.client.get(page.url)
            html = response.content.decode()
            inline = [tag for tag in html.split("<style")[1:] if not tag.startswith(" nonce=")]
            assert inline == [], page
            assert " style=" not in html.split("<body")[1], page
            assert " onclick=" not in html
            assert "javascript:" not in html
            if "<style nonce=" in html:
                nonce = html.split('<style nonce="')[1].split('"')[0]
                assert f"'nonce-{nonce}'" in policy(response)["style-src"]

    def test_each_response_has_a_nonce_of_its_own(self):
        first, second = (policy(self.client.get("/"))["style-src"] for _ in range(2))

        assert first != second

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
        """A login with a wrong password from this machine, unless told otherwise."""
        return self.client.post(
            reverse("wagtailadmin_login"),
            {"username": "lan", "password": extra.pop("password", "wrong")},
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
