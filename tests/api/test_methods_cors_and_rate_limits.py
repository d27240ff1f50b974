"""Methods, CORS and rate limits of all API routes."""

import json

from django.core.cache import caches
from django.test import TestCase, override_settings

from headless.checks import check_settings
from tests.api.answers import Document
from tests.factories import make_article, make_portal
from tests.feedback.test_comment_forms import one_window


class ApiTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.article = make_article(cls.portal.news)

    def assert_problem(self, response, status):
        assert response.status_code == status
        assert response["Content-Type"] == "application/problem+json"


class MethodTests(ApiTestCase):
    def addresses(self):
        return (
            "/api/v3/pages/",
            f"/api/v3/pages/{self.article.pk}/",
            "/api/v3/images/",
            f"/api/v3/pages/{self.article.pk}/comments/",
            "/api/v3/openapi.json",
            "/api/v3/docs/",
        )

    def test_head_is_get_without_a_body(self):
        for address in self.addresses():
            got, asked = self.client.get(address), self.client.head(address)
            assert (asked.status_code, asked.content) == (200, b""), address
            assert asked["Content-Type"] == got["Content-Type"]
            assert int(asked["Content-Length"]) == len(got.content)

    def test_head_of_what_is_not_there_or_not_to_be_read_is_a_problem_without_a_body(self):
        for address, status in (
            ("/api/v3/pages/999999/", 404),
            ("/api/v3/sites/", 401),
            ("/api/v3/pages/?limit=x", 422),
            ("/api/v3/visits/", 405),
        ):
            response = self.client.head(address)
            self.assert_problem(response, status)
            assert response.content == b""

    def test_options_tell_what_may_be_done(self):
        for address, allowed in (
            ("/api/v3/pages/", "GET, HEAD, OPTIONS, POST"),
            (f"/api/v3/pages/{self.article.pk}/rating/", "DELETE, GET, HEAD, OPTIONS, PUT"),
            ("/api/v3/visits/", "OPTIONS, POST"),
            ("/api/v3/openapi.json", "GET, HEAD, OPTIONS"),
            ("/api/v3/docs/", "GET, HEAD, OPTIONS"),
        ):
            response = self.client.options(address)
            assert (response.status_code, response.content) == (204, b""), address
            assert response["Allow"] == allowed

    def test_every_operation_of_the_document_answers_options(self):
        document = Document(self.client).data
        for path, methods in document["paths"].items():
            allowed = self.client.options(path.replace("{", "").replace("}", ""))["Allow"]
            assert {each.upper() for each in methods} <= set(allowed.split(", ")), path

    def test_a_method_that_is_not_there_is_a_problem_that_names_the_others(self):
        response = self.client.put("/api/v3/pages/")

        self.assert_problem(response, 405)
        assert response["Allow"] == "GET, HEAD, OPTIONS, POST"
        self.assert_problem(self.client.trace(f"/api/v3/pages/?search={'9' * 20}"), 405)

    def test_other_addresses_keep_their_ways(self):
        assert self.client.head(self.article.url).status_code == 200
        assert self.client.options("/api/v2/pages/").status_code == 200
        assert self.client.head("/api/v2/pages/").status_code == 200


FRIEND = "https://app.example"


@override_settings(CORS_ALLOWED_ORIGINS=[FRIEND])
class OtherWebsiteTests(ApiTestCase):
    def preflight(self, address, origin=FRIEND, method="POST", headers="content-type"):
        return self.client.options(
            address,
            headers={
                "Origin": origin,
                "Access-Control-Request-Method": method,
                "Access-Control-Request-Headers": headers,
            },
        )

    def test_a_website_that_is_named_may_ask_both_apis(self):
        for address in ("/api/v2/pages/", "/api/v3/pages/", "/api/v3/openapi.json"):
            response = self.client.get(address, headers={"Origin": FRIEND})
            assert response["Access-Control-Allow-Origin"] == FRIEND
            assert "origin" in response["Vary"].lower()
            assert "retry-after" in response["Access-Control-Expose-Headers"]

    def test_it_may_see_why_it_is_refused(self):
        for address in ("/api/v3/pages/999999/", "/api/v3/pages/?search=%00"):
            response = self.client.get(address, headers={"Origin": FRIEND})
            assert response.status_code >= 400
            assert response["Access-Control-Allow-Origin"] == FRIEND

    def test_any_other_may_not(self):
        for origin in (
            "https://evil.example",
            FRIEND + ".evil.example",
            "null",
            "http://app.example",
        ):
            response = self.client.get("/api/v3/pages/", headers={"Origin": origin})
            assert "Access-Control-Allow-Origin" not in response
            assert "Access-Control-Allow-Origin" not in self.preflight("/api/v3/visits/", origin)

    def test_readers_of_a_named_website_may_comment_rate_and_be_counted(self):
        for address, method in (
            (f"/api/v3/pages/{self.article.pk}/comments/", "POST"),
            (f"/api/v3/pages/{self.article.pk}/rating/", "PUT"),
            ("/api/v3/visits/", "POST"),
            ("/widgets/visits/", "POST"),
        ):
            response = self.preflight(
                address, method=method, headers="content-type, x-portal-visitor"
            )
            assert response.status_code == 200
            assert response["Access-Control-Allow-Origin"] == FRIEND
            assert "x-portal-visitor" in response["Access-Control-Allow-Headers"]
            assert method in response["Access-Control-Allow-Methods"]

    def test_cookies_never_count(self):
        response = self.client.get("/api/v3/pages/", headers={"Origin": FRIEND})

        assert "Access-Control-Allow-Credentials" not in response

    def test_a_visit_that_a_named_website_reports_is_taken_and_any_other_is_not(self):
        for origin, status in ((FRIEND, 204), ("https://evil.example", 403)):
            response = self.client.post(
                "/widgets/visits/",
                json.dumps({"page": self.article.pk}),
                content_type="application/json",
                headers={
                    "Origin": origin,
                    "Sec-Fetch-Site": "cross-site",
                    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0",
                },
            )
            assert response.status_code == status, origin

    def test_the_rest_of_the_portal_is_none_of_theirs(self):
        for address in ("/", "/admin/login/", self.article.url):
            response = self.client.get(address, headers={"Origin": FRIEND})
            assert "Access-Control-Allow-Origin" not in response


class ThrottlingTests(ApiTestCase):
    def setUp(self):
        caches["default"].clear()
        self.enterContext(one_window())

    def ask(self, times, address="/api/v3/pages/", **extra):
        return [self.client.get(address, **extra) for _ in range(times)]

    def test_without_a_rate_nobody_is_refused(self):
        assert {response.status_code for response in self.ask(30)} == {200}

    @override_settings(CIVIC_PORTAL_API_RATE="3/m")
    def test_who_asks_too_often_is_told_when_to_come_back(self):
        *taken, refused = self.ask(4)

        assert {response.status_code for response in taken} == {200}
        self.assert_problem(refused, 429)
        assert int(refused["Retry-After"]) > 0

    @override_settings(CIVIC_PORTAL_API_RATE="3/m")
    def test_both_apis_count_together_and_the_site_not_at_all(self):
        self.ask(2), self.ask(1, "/api/v2/pages/")

        assert self.client.get("/api/v2/pages/").status_code == 429
        assert self.client.get("/api/v3/openapi.json").status_code == 429
        assert self.client.get(self.article.url).status_code == 200

    @override_settings(CIVIC_PORTAL_API_RATE="3/m")
    def test_each_address_is_counted_for_itself_and_nobody_chooses_theirs(self):
        assert self.ask(4, REMOTE_ADDR="203.0.113.1")[-1].status_code == 429
        assert self.ask(1, REMOTE_ADDR="203.0.113.2")[-1].status_code == 200
        forged = {"X-Forwarded-For": "198.51.100.9"}
        assert self.ask(1, REMOTE_ADDR="203.0.113.1", headers=forged)[-1].status_code == 429

    @override_settings(CIVIC_PORTAL_API_RATE="3/m", TRUSTED_PROXIES=["10.0.0.0/8"])
    def test_behind_a_proxy_of_ours_the_reader_is_counted(self):
        for reader in ("203.0.113.1", "203.0.113.2"):
            found = self.ask(4, REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": reader})
            assert [response.status_code for response in found] == [200, 200, 200, 429]

    def test_a_rate_that_is_none_is_found_at_the_start(self):
        for rate, wrong in (("600/m", 0), ("100/10s", 0), ("", 0), ("many", 1), ("0/m", 1), (5, 1)):
            with override_settings(CIVIC_PORTAL_API_RATE=rate):
                assert len(check_settings(None)) == wrong, rate
