from django.test import Client, TestCase
from django.test.utils import override_settings

from tests.factories import log_in, make_english, make_portal


class ErrorPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        make_english(cls.portal)

    def test_what_is_not_there_is_a_404_with_the_sites_look_in_the_pages_language(self):
        for address, code in (("/khong-co/", "vi"), ("/en/nothing/", "en")):
            response = self.client.get(address)

            self.assertContains(response, "<h1", status_code=404)
            self.assertContains(response, f'lang="{code}"', status_code=404)
            self.assertContains(response, 'id="menu"', status_code=404)
            self.assertContains(response, "noindex", status_code=404)

    def test_a_strange_address_is_no_server_error(self):
        strange = [
            "/" + "a/" * 300,
            "/" + "%F0%9F%8F%AB" * 50 + "/",
            "/tin-tuc/%2e%2e/%2e%2e/etc/passwd",
            "/tin-tuc/%ff%fe/",
            "/tin-tuc/'%22<script>/",
            "/en/" + "x" * 3000 + "/",
            "/tim-kiem/?q=%ff%fe",
            "/?page=%00",
            "/tin-tuc/%00/",
            "/documents/99999999999999999999/x.pdf",
            "/feeds/articles/%00/",
        ]
        client = Client(raise_request_exception=False)
        for address in strange:
            with self.subTest(address=address[:40]):
                assert client.get(address).status_code < 500

    def test_wagtails_test_of_a_server_error_is_nobodys_to_call(self):
        address = "/admin/failwhale/"
        self.assertRedirects(self.client.get(address), f"/admin/login/?next={address}")

        log_in(self.client)

        assert self.client.get(address).status_code == 404

    def test_a_server_error_has_the_sites_look_and_tells_nothing(self):
        with (
            self.settings(ROOT_URLCONF="tests.cms_site.failing_urls"),
            self.assertLogs("django.request", "ERROR"),
        ):
            response = Client(raise_request_exception=False).get("/fails/")

        assert response.status_code == 500
        html = response.content.decode()
        assert "<h1" in html
        assert "secret" not in html
        assert "Traceback" not in html

    @override_settings(ALLOWED_HOSTS=["portal.example"])
    def test_a_foreign_host_is_refused(self):
        response = Client(headers={"host": "evil.example"}).get("/")

        assert response.status_code == 400
