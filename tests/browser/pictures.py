"""
Make the pictures of the admin in docs/images/admin, in both languages, from a running demo.

    python -m tests.browser.pictures [http://localhost:8000]

Called by `make pictures`. Signs in with an account of the demo, to which it gives a name and a language,
last Vietnamese.
"""

import io
import os
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.conftest import BROWSERS

FOLDER = Path(__file__).parents[2] / "docs" / "images" / "admin"
ACCOUNT, PASSWORD = "bien-tap", "demo-ben-nga"
SIZE = {"width": 1280, "height": 800}
PATIENCE = 300_000
CITED = {"en": "Documents cited in the text", "vi": "Văn bản được trích dẫn trong bài"}


class Photographer:
    """An editor of the demo with a camera."""

    def __init__(self, page: Page, address: str):
        self.page, self.address = page, address
        page.set_default_timeout(PATIENCE)
        self.language = ""

    def go(self, path: str):
        self.page.goto(self.address + path, wait_until="load")

    def ask(self, path: str) -> dict:
        """Return what API v3 answers at a path."""
        return self.page.request.get(f"{self.address}/api/v3{path}", timeout=PATIENCE).json()

    def take(self, name: str):
        """Keep what the window shows as docs/images/admin/<name>-<language>.webp."""
        self.page.wait_for_timeout(500)
        picture = Image.open(io.BytesIO(self.page.screenshot()))
        path = FOLDER / f"{name}-{self.language}.webp"
        picture.convert("RGB").save(path, quality=70, method=6)
        print(f"{path.name}: {path.stat().st_size} bytes")

    def sign_in(self):
        self.go("/admin/login/")
        self.page.fill("[name=username]", ACCOUNT)
        self.page.fill("[name=password]", PASSWORD)
        self.page.press("[name=password]", "Enter")
        self.page.wait_for_url("**/admin/")

    def speak(self, language: str):
        """Set the language of the admin."""
        self.go("/admin/account/")
        self.page.fill("[name$=first_name]", "Lan")
        self.page.fill("[name$=last_name]", "Nguyễn")
        self.page.select_option("[name$=preferred_language]", language)
        with self.page.expect_navigation():
            self.page.locator("main form [type=submit]").last.click()
        self.language = language

    def all(self, language: str):
        """Take each picture in a language."""
        self.speak(language)
        news = self.ask("/resolve/?path=/tin-tuc/")["page"]["id"]
        documents = [each["id"] for each in self.ask("/directives/?locale=vi&limit=20")["items"]]
        document, article = next(
            (each, page["id"])
            for each in documents
            for page in self.ask(f"/directives/{each}/cited_by/")["items"]
            if page["type"] == "civic_articles.ArticlePage"
        )

        self.go("/admin/")
        self.take("dashboard")
        self.go(f"/admin/pages/{news}/")
        self.take("explorer")
        self.go(f"/admin/pages/add/civic_articles/articlepage/{news}/")
        self.take("new-article")
        self.page.locator("[data-contentpath=body] .c-sf-add-button").last.click()
        self.page.get_by_role("option").first.wait_for()
        self.take("blocks")
        self.go(f"/admin/pages/{article}/edit/")
        self.page.locator("footer [data-w-dropdown-target=toggle]").click()
        self.page.locator("footer button[name=action-publish]").wait_for()
        self.take("publish")
        self.page.keyboard.press("Escape")
        panel = self.page.locator("h2", has_text=CITED[language]).first
        panel.evaluate("heading => heading.scrollIntoView({ block: 'center' })")
        self.take("citations")
        self.go(f"/admin/pages/{document}/edit/")
        self.take("document")
        self.go("/admin/snippets/civic_feedback/comment/")
        self.take("comments")


def main(address: str = "http://localhost:8000"):
    """Take all pictures from the demo at an address."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        sys.exit("Chromium is not installed; on Debian and Ubuntu: apt install chromium.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=[] if os.geteuid() else ["--no-sandbox"]
        )
        camera = Photographer(browser.new_page(viewport=SIZE, color_scheme="light"), address)
        camera.sign_in()
        for language in ("en", "vi"):
            camera.all(language)
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
