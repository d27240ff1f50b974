"""Every operation of v3 answers malformed values with a problem, never with a server error."""

from urllib.parse import quote

import pytest
from django.test import Client, TestCase
from wagtail.models import APIToken

from tests.api.answers import Document
from tests.factories import make_article, make_document, make_image, make_portal, make_superuser

pytestmark = pytest.mark.slow

VALUES = [
    "9" * 25,
    "-" + "9" * 25,
    "9223372036854775808",
    "2147483648",
    "0",
    "-1",
    "1e400",
    "NaN",
    "٣",
    "\0",
    "a\0b",
    '"',
    '"a',
    'a"b"',
    "'",
    "\\",
    "%",
    "((",
    "*",
    "AND OR NOT",
    "x" * 5000,
    "\U0001f642",
    "",
    " ",
    "null",
    "root",
    "localhost:b",
    "localhost:99999999999999999999",
    "../..",
]
# Invalid UTF-8: an unpaired surrogate, a lone continuation byte, an overlong encoding.
RAW = ["%ED%A0%80", "%80", "%C0%AF", "%FF"]


def encoded():
    return [quote(value, safe="") for value in VALUES] + RAW


class HostileTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.article = make_article(cls.portal.news)
        make_image(), make_document()
        _token, cls.key = APIToken.create_token(user=make_superuser(), name="thử")

    def setUp(self):
        self.asker = Client(raise_request_exception=False)
        self.document = Document(self.client).data

    def faults(self, **extra):
        """Return URLs that are answered with a server error or with an error that is not a problem."""
        for path, methods in self.document["paths"].items():
            for method, operation in methods.items():
                if method != "get":
                    continue
                asked = operation.get("parameters", [])
                for value in encoded():
                    for address in self.addresses(path, asked, value):
                        response = self.asker.get(address, **extra)
                        problem = response.get("Content-Type") == "application/problem+json"
                        if response.status_code >= 500 or (
                            response.status_code >= 400 and not problem
                        ):
                            yield f"{response.status_code} {address[:120]}"

    def addresses(self, path, asked, value):
        plain = path
        for parameter in asked:
            if parameter["in"] == "path":
                plain = plain.replace(f"{{{parameter['name']}}}", "1")
        for parameter in asked:
            name = parameter["name"]
            # A slash makes another path, which has no route.
            if parameter["in"] == "path" and value and "%2F" not in value:
                yield path.replace(f"{{{name}}}", value).replace("{", "").replace("}", "")
            elif parameter["in"] == "query":
                yield f"{plain}?{name}={value}"
        yield f"{plain}?{value}=1"

    def test_anybody_is_answered_or_refused_with_a_problem(self):
        assert list(self.faults()) == []

    def test_so_is_who_has_a_token(self):
        assert list(self.faults(headers={"Authorization": f"Bearer {self.key}"})) == []

    def test_a_body_beyond_all_measure_is_refused_unread(self):
        address = f"/api/v3/pages/{self.article.pk}/comments/"
        body = b'{"name": "Lan", "body": "%s"}' % (b"x" * 3_000_000)

        response = self.asker.post(address, body, content_type="application/json")

        assert response.status_code == 413
        assert response["Content-Type"] == "application/problem+json"
        assert "dài" in response.json()["detail"]

    def test_odd_bodies_and_headers_are_refused_with_a_problem(self):
        odd = [
            b'{"name": "\\ud800", "body": "\\udc00", "stars": "\\ud800", "page": "\\ud800"}',
            b'{"name": "a\\u0000", "body": "b\\u0000", "stars": 1e400, "page": 1e400}',
            b'{"name": 9, "body": null, "stars": 99999999999999999999999, "page": -1}',
            b'{"name": "\xff"}',
            b"NaN",
        ]
        for method, path in (
            ("POST", f"pages/{self.article.pk}/comments/"),
            ("PUT", f"pages/{self.article.pk}/rating/"),
            ("POST", "visits/"),
        ):
            for body in odd:
                for token in ("", "\xff", "a\0", "9" * 300):
                    response = self.asker.generic(
                        method,
                        f"/api/v3/{path}",
                        body,
                        content_type="application/json",
                        headers={"X-Portal-Visitor": token},
                    )
                    assert 400 <= response.status_code < 500, (path, body, response.content)
                    assert response["Content-Type"] == "application/problem+json"
