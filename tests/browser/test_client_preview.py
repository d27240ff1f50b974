"""A front end on another origin shows in Wagtail's preview panel what an editor is typing."""

import html
import json
import threading
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest

from tests import factories


class FrontEnd(BaseHTTPRequestHandler):
    """Draws a page's title and summary from the API, as a server-side front end does."""

    def do_GET(self):
        query = urlsplit(self.path).query
        if "token=" not in query:
            self.send_error(404)
            return
        address = f"{self.server.api}/api/v3/preview/?{query}"
        with urllib.request.urlopen(address) as response:  # noqa: S310
            page = json.load(response)
        title, summary = html.escape(page["title"]), html.escape(page["summary"])
        body = f"<!doctype html><title>{title}</title><h1>{title}</h1><p>{summary}</p>".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture
def front_end(live_server):
    """The address of the front end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), FrontEnd)
    server.api = live_server.url
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/preview"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("redirects", [False, True])
def test_an_editor_sees_unsaved_words_in_the_front_end(page, front_end, settings, redirects):
    settings.WAGTAIL_HEADLESS_PREVIEW = {
        "CLIENT_URLS": {"default": front_end},
        "REDIRECT_ON_PREVIEW": redirects,
    }
    portal = factories.make_portal()
    article = factories.make_article(portal.news, title="Tên cũ", summary="Tóm tắt.")
    factories.make_superuser("bien-tap")
    page.set_viewport_size({"width": 1400, "height": 900})
    page.goto("/admin/login/")
    page.fill("[name=username]", "bien-tap")
    page.fill("[name=password]", factories.PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/admin/")
    page.goto(f"/admin/pages/{article.pk}/edit/")

    title = page.locator("#id_title")
    title.fill("Tên mới")
    page.locator("[data-side-panel-toggle=preview]").click()
    panel = page.frame_locator("#w-preview-iframe")
    shown = panel if redirects else panel.frame_locator("iframe")
    shown.get_by_role("heading", name="Tên mới", exact=True).wait_for()
    # Only what is typed some seconds after the page has come is a change to Wagtail's panel.
    page.wait_for_timeout(3000)
    title.press_sequentially("Một ")

    # Wagtail puts a new frame in the place of the old one once that is loaded.
    shown.get_by_role("heading", name="Một Tên mới").wait_for()
    assert shown.get_by_text("Tóm tắt.").is_visible()
    article.refresh_from_db()
    assert article.title == "Tên cũ"
