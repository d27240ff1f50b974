import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from unittest import mock

import pytest
from django.core.management import call_command
from django.test import TestCase
from django.utils import timezone

from headless.webhooks.safe_http import is_public_address
from tests.factories import link, link_group, log_in, make_links, make_portal, make_user
from widgets.broken_links import link_checking
from widgets.broken_links.link_checking import Result, check_url
from widgets.models import LinkCheck


class Handler(BaseHTTPRequestHandler):
    """A website that answers as its paths say."""

    def do_GET(self):
        self.answer(200)

    def do_HEAD(self):
        self.answer(405 if self.path == "/no-head" else 200)

    def answer(self, status):
        self.server.asked.append((self.command, self.path, self.headers["Host"]))
        if self.path == "/gone":
            status = 410
        self.send_response(302 if self.path.startswith("/to/") or self.path == "/loop" else status)
        if self.path == "/loop":
            self.send_header("Location", "/loop")
        elif self.path.startswith("/to/"):
            self.send_header("Location", self.path.removeprefix("/to/"))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture
def website():
    """A server on a loopback address; its port and what it was asked."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.asked = []
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def address(website, path):
    return f"http://127.0.0.1:{website.server_port}{path}"


def anything(ip):
    return True


def test_what_answers_works_and_what_does_not_is_broken(website):
    found = {
        path: check_url(address(website, path), anything)
        for path in ("/", "/no-head", "/to//", "/gone", "/loop")
    }

    assert {path: result.status for path, result in found.items()} == {
        "/": "works",
        "/no-head": "works",
        "/to//": "works",
        "/gone": "broken",
        "/loop": "broken",
    }
    assert found["/gone"].detail == "HTTP 410"
    assert ("GET", "/no-head", f"127.0.0.1:{website.server_port}") in website.asked


def test_a_server_that_is_not_there_is_broken():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    assert check_url(f"http://127.0.0.1:{port}/", anything).status == "broken"
    assert check_url("http://nowhere.invalid/", anything).status == "broken"


@pytest.mark.parametrize(
    "url",
    ["http://a..b/", "http://x.invalid:99999/", "http://[::1", "http://" + "a" * 70 + ".invalid/",
     "http://[v1.x]/", "http://x.invalid:port/", "http://\ud800.invalid/"],
)  # fmt: skip
def test_an_address_that_is_none_is_broken_and_ends_no_check(url):
    assert check_url(url, anything).status in {"broken", "refused"}


def test_a_name_with_marks_is_asked_for_in_its_ascii_form(website, monkeypatch):
    def here(host, port, *args, **kwargs):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", here)

    result = check_url(f"http://tên-miền.example:{website.server_port}/", anything)

    assert result.status == "works"
    name = "tên-miền.example".encode("idna").decode()
    assert website.asked[0][2] == f"{name}:{website.server_port}"


def test_a_name_that_leads_to_our_own_network_too_is_not_asked(monkeypatch):
    def two(host, port, *args, **kwargs):
        addresses = ("8.8.8.8", port), ("10.0.0.1", port)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", each) for each in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", two)

    assert check_url("http://portal.example/", is_public_address).status == "refused"


def test_our_own_network_is_not_asked(website):
    for url in (
        address(website, "/"),
        f"http://localhost:{website.server_port}/",
        f"http://[::ffff:127.0.0.1]:{website.server_port}/",
        "http://169.254.169.254/latest/meta-data/",
        "http://2130706433/",
        "http://user:word@example.org/",
        "http://:word@example.org/",
        "http://0x7f.1/",
        "http://127.1/",
        "http://[::1]/",
        "http://localtest.invalid@127.0.0.1/",
        "//127.0.0.1/",
        "http:///",
        "",
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
    ):
        assert check_url(url, is_public_address).status == "refused", url
    assert website.asked == []


def test_a_redirect_into_our_own_network_is_not_followed(website):
    judged = []

    def first_only(ip):
        judged.append(ip)
        return len(judged) == 1

    result = check_url(address(website, "/to/http://127.0.0.1:1/secret"), first_only)

    assert result.status == "refused"
    assert [path for _, path, _ in website.asked] == ["/to/http://127.0.0.1:1/secret"]


def test_a_redirect_to_another_scheme_is_not_followed(website):
    assert check_url(address(website, "/to/file:///etc/passwd"), anything).status == "refused"


@pytest.mark.parametrize(
    "ip",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "100.64.0.1", "0.0.0.0", "224.0.0.1", "::1", "fe80::1%1",  # noqa: S104
     "fd00::1", "::ffff:10.0.0.1", "64:ff9b:1::1", "2002:7f00:1::", "fec0::1", "5f00::1",
     "::10.0.0.1", "::ffff:0:10.0.0.1", "::", "192.88.99.1", "192.0.0.9", "192.0.2.1",
     "198.51.100.1", "203.0.113.1", "198.18.0.1", "240.0.0.1", "255.255.255.255",
     "169.254.169.254", "fe80::1%eth0", "64:ff9b::a00:1", "64:ff9b::808:808", "100::1",
     "2001::1", "2001:2::1", "2001:20::1", "2001:db8::1", "3fff::1", "4000::1", "ff02::1"],
)  # fmt: skip
def test_addresses_of_no_public_network(ip):
    assert not is_public_address(ip)


@pytest.mark.parametrize(
    "ip", ["8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "2001:4860:4860::8888", "2402:800::1"]
)
def test_addresses_of_the_public_network(ip):
    assert is_public_address(ip)


@pytest.mark.parametrize("host", ["[fec0::1]", "[5f00::1]", "[::ffff:0:7f00:1]", "192.88.99.1"])
def test_a_website_at_a_reserved_address_is_not_asked(host):
    assert check_url(f"http://{host}/", is_public_address).status == "refused"


class CommandAndReportTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.page = make_links(
            cls.portal.shelf,
            groups=[
                link_group(
                    link("Còn", "https://works.example/"),
                    link("=Mất", "https://broken.example/"),
                )
            ],
        )

    def test_the_command_keeps_what_it_found_and_forgets_what_is_linked_no_more(self):
        LinkCheck.objects.create(
            page=self.page, url="https://old.example/", status="broken", checked_at=timezone.now()
        )
        out = StringIO()

        def found(url, is_public):
            works = "works" in url
            return Result("works" if works else "broken", "HTTP 200" if works else "HTTP 404")

        with mock.patch.object(link_checking, "check_url", found):
            call_command("check_links", stdout=out)
            call_command("check_links", stdout=out)

        rows = LinkCheck.objects.order_by("url").values_list("url", "status")
        assert list(rows) == [
            ("https://broken.example/", "broken"),
            ("https://works.example/", "works"),
        ]
        assert "2/2" in out.getvalue()
        assert "2 links, 1 broken" in out.getvalue()

    def test_drafts_are_not_asked_for(self):
        self.page.unpublish()

        assert link_checking.published_links() == []

    def report(self, query=""):
        return self.client.get(f"/admin/reports/broken-links/{query}")

    def test_the_report_shows_broken_links_to_those_who_may_mend_them(self):
        now = timezone.now()
        for url, status in (("https://a.example/", "works"), ("https://b.example/", "broken")):
            LinkCheck.objects.create(
                page=self.page, title="=Mất", url=url, status=status, checked_at=now
            )
        log_in(self.client)
        report = self.report()
        exported = self.report("?export=csv")
        text = b"".join(exported.streaming_content).decode()

        self.assertContains(report, "https://b.example/")
        self.assertNotContains(report, "https://a.example/")
        self.assertContains(report, f"/admin/pages/{self.page.pk}/edit/")
        assert "'=Mất" in text
        stranger = make_user("khach")
        log_in(self.client, stranger)
        assert self.report().status_code in {302, 403}
