"""A new project that does what docs/plugin.md says, and whoever edits and reads it then."""

import json
import time
from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from tests.plugin.browsing import Person
from tests.plugin.conftest import Project
from tests.plugin.guide import blocks_of, follow

pytestmark = [pytest.mark.plugin, pytest.mark.slow]

NOBODY_ASKS = {
    # Nobody is there to answer.
    "python manage.py createsuperuser": "python manage.py createsuperuser --noinput",
}
SUPERUSER = {
    "DJANGO_SUPERUSER_USERNAME": "lan",
    "DJANGO_SUPERUSER_EMAIL": "lan@example.com",
    "DJANGO_SUPERUSER_PASSWORD": "correct horse",
}
OURS = [
    "/api/v3/pages/{page_id}/comments/",
    "/api/v3/directives/{directive_id}/cited_by/",
    "/api/v3/visits/",
]
VIETNAMESE = {
    "Clean water": "Nước sạch",
    "New pipes in every street.": "Ống nước mới ở mọi phố.",
    "Under decision 15/2024/QĐ-UBND water is clean.": "Theo quyết định 15/2024/QĐ-UBND, nước đã sạch.",
}
# The page that `wagtail start` makes.
HOME = 3


def test_the_guide_leads_from_an_empty_project_to_a_published_article(project):
    follow_the_guide(project)


def test_the_guide_works_with_the_oldest_versions_allowed(project, oldest):
    follow_the_guide(Project(project.path, oldest))


def test_the_guide_works_with_django_6(project, newest):
    modern = Project(project.path, newest)
    assert modern.manage("--version").startswith("6.0")

    follow_the_guide(modern)


def follow_the_guide(project):
    start(project)
    with project.server() as address:
        Portal(address).is_edited_and_read()


def test_the_guide_leads_on_to_an_article_in_another_language(project):
    start(project)
    migrate, seed = add_languages(project)
    project.run(migrate, shell=True)  # noqa: S604
    with project.server() as address:
        portal = Portal(address)
        portal.editor.sign_in("lan", "correct horse")
        portal.documents()
        portal.widgets()
        portal.news()
        portal.editor.submit("/admin/locales/new/", "main form[method=post]", language_code="vi")
        made = project.run(seed, shell=True)  # noqa: S604
        assert "terms created in vi" in made
        portal.translation()


def start(project):
    """All that the guide says up to the development server."""
    for line in blocks_of("### A project")[0].code.splitlines():
        if line.startswith("pip "):
            project.run(line, shell=True)  # noqa: S604
    for block in blocks_of("## From an empty project to a published article"):
        if block.target:
            follow(block, project.path)
    commands = blocks_of("### Start")[0].code.splitlines()
    assert commands.pop() == "python manage.py runserver"
    for command in commands:
        command = NOBODY_ASKS.get(command, command)
        said = project.run(command, shell=True, variables=SUPERUSER)  # noqa: S604
        if command.endswith("check"):
            assert "no issues (0 silenced)" in said


def add_languages(project) -> list[str]:
    """Writes what the guide says of more languages; gives the commands to run then."""
    blocks = blocks_of("### More languages")
    for block in blocks:
        if block.target:
            follow(block, project.path)
    return [block.code.strip() for block in blocks if block.language == "sh"]


class Portal:
    def __init__(self, address):
        self.editor, self.reader = Person(address), Person(address)

    def is_edited_and_read(self):
        self.editor.sign_in("lan", "correct horse")
        self.documents()
        self.widgets()
        self.news()
        self.visit()
        self.apis()
        self.comments()
        self.ratings()
        self.looks()
        self.figures()

    def documents(self):
        register = self.editor.publish(
            HOME, "civic_directives/directiveindexpage", title="Documents", slug="documents"
        )
        self.directive = self.editor.publish(
            register,
            "civic_directives/directivepage",
            **nested_form_data(
                {
                    "document_number": "15/2024/QĐ-UBND",
                    "document_type": self.editor.snippet(
                        "civic_directives/documenttype", "Decision"
                    ),
                    "issuing_body": self.editor.snippet(
                        "civic_directives/issuingbody", "Government"
                    ),
                    "subject": "Clean water in every street",
                    "issued_on": "2024-06-01",
                    "body": rich_text("<p>Whole text.</p>"),
                }
            ),
        )
        page = self.reader.see("/documents/")
        link = page.select_one(".register__table a[href^='/documents/']")
        assert "15/2024/QĐ-UBND" in link.text
        self.document_path = link["href"]
        assert "Clean water" in self.reader.get(self.document_path).text

    def widgets(self):
        shelf = self.editor.publish(
            HOME, "civic_widgets/widgetindexpage", title="Shelf", slug="shelf"
        )
        self.statistics = self.editor.publish(
            shelf, "civic_widgets/statisticspage", title="Visits", slug="visits"
        )
        link = {"title": "The ministry", "url": "https://ministry.example/", "page": "", "logo": ""}
        # Wagtail's helpers have no list of structs by name.
        links = streamfield([("", link | {"description": ""})])
        links["0"] = {k: v for k, v in links["0"].items() if k != "type"} | {"id": ""}
        self.editor.publish(
            shelf,
            "civic_widgets/websitelinkspage",
            title="Websites",
            slug="websites",
            **nested_form_data(
                {"groups": streamfield([("group", {"heading": "Others", "links": links})])}
            ),
        )
        square = [[[105, 20], [106, 20], [106, 21], [105, 21], [105, 20]]]
        shape = {"type": "Polygon", "coordinates": square}
        feature = {"type": "Feature", "properties": {"name": "Ward"}, "geometry": shape}
        self.editor.publish(
            shelf,
            "civic_widgets/administrativemappage",
            title="Map",
            slug="map",
            boundaries=json.dumps({"type": "FeatureCollection", "features": [feature]}),
        )
        for path in ("/shelf/", "/shelf/visits/", "/shelf/websites/"):
            assert self.reader.see(path).h1
        maps = self.reader.see("/shelf/map/")
        self.reader.get(maps.select_one("[data-geojson]")["data-geojson"])
        for script in maps.select("script[src*=leaflet], script[src*=map]"):
            self.reader.get(script["src"])

    def news(self):
        news = self.editor.publish(
            HOME,
            "civic_articles/articleindexpage",
            title="News",
            slug="news",
            **nested_form_data(
                {"sidebar_cards": inline_formset([{"widget": self.statistics, "title": ""}])}
            ),
        )
        text = rich_text("<p>Under decision 15/2024/QĐ-UBND water is clean.</p>")
        self.article = self.editor.publish(
            news,
            "civic_articles/articlepage",
            title="Clean water",
            slug="clean-water",
            summary="New pipes in every street.",
            **nested_form_data({"body": streamfield([("paragraph", text)])}),
        )
        assert "Clean water" in self.reader.get("/news/").text
        page = self.reader.see("/news/clean-water/")
        assert page.select_one(".article__text a")["href"] == self.document_path
        assert page.select_one(".sidebar").text.count("Visits")
        assert page.title.text.split() == ["Clean", "water"]
        assert "Clean water" in self.reader.see(self.document_path).select_one(".directive").text
        assert "Clean water" in self.reader.get("/feeds/articles/").text
        assert "15/2024" in self.reader.get("/feeds/documents/").text

    def translation(self):
        """The article in Vietnamese, made in wagtail-localize's editor."""
        path = f"/admin/localize/submit/page/{self.article}/"
        locale = self.editor.see(path).select_one("input[name=locales]")["value"]
        answer = self.editor.submit(path, "main form[method=post]", locales=locale)
        editor = BeautifulSoup(answer.text, "html.parser").select_one("[data-props]")
        for segment in json.loads(editor["data-props"])["segments"]:
            if words := VIETNAMESE.get(segment.get("source")):
                self.editor.put(segment["editUrl"], value=words)
        path = urlsplit(answer.url).path
        token = {"csrfmiddlewaretoken": self.editor.session.cookies["csrftoken"]}
        self.editor.send(path, token | {"action": "publish"})

        page = self.reader.see("/vi/news/clean-water/")

        assert page.html["lang"] == "vi"
        assert page.h1.text.strip() == "Nước sạch"
        link = page.select_one(".article__text a")
        assert link["href"] == self.document_path
        assert "Theo quyết định" in link.parent.text
        assert page.select_one(".sidebar").text.count("Visits")
        assert self.reader.see("/news/clean-water/").html["lang"] == "en"

    def apis(self):
        for version in ("v2", "v3"):
            article = self.reader.get(f"/api/{version}/pages/{self.article}/").json()
            assert article["body"][0]["type"] == "paragraph"
            assert [card["title"] for card in article["sidebar"]] == ["Visits"]
        document = self.reader.get("/api/v3/openapi.json").json()
        assert set(OURS) <= set(document["paths"])
        cited_by = f"/api/v3/directives/{self.directive}/cited_by/"
        assert [each["title"] for each in self.reader.get(cited_by).json()["items"]] == [
            "Clean water"
        ]

    def comments(self):
        page = "/news/clean-water/"
        challenge = self.reader.see(page).select_one("altcha-widget")["challenge"]
        answer = self.reader.submit(
            page,
            "form.comment-form",
            name="Minh",
            body="Our street has none yet.",
            altcha=self.reader.solved(challenge),
        )
        assert "posted=waiting" in answer.url
        assert "none yet" not in self.reader.get(page).text
        desk = self.editor.see("/admin/snippets/civic_feedback/comment/")
        approve = desk.select_one("a[href*='/approve/']")
        self.editor.submit(approve["href"], "form[action*=approve], main form[method=post]")
        assert "none yet" in Person(self.reader.address).get(page).text

    def ratings(self):
        page = "/news/clean-water/"
        challenge = self.reader.see(page).select_one("altcha-widget")["challenge"]
        self.reader.submit(
            page, "form.rating__form", stars="4", altcha=self.reader.solved(challenge)
        )
        assert "1 rating" in self.reader.see(page).select_one(".rating").text

    def visit(self):
        script = self.reader.see("/news/clean-water/").select_one("script[data-visits]")
        assert script["data-page"] == str(self.article)
        self.reader.session.post(
            urljoin(self.reader.address, script["data-visits"]),
            json={"page": self.article},
            timeout=60,
        ).raise_for_status()

    def figures(self):
        """What is counted is written, and shown, some seconds later."""
        path = self.reader.see("/shelf/visits/").select_one("[data-figures]")["data-figures"]
        until = time.monotonic() + 30
        while not self.reader.get(path).json()["total"] and time.monotonic() < until:
            time.sleep(0.5)
        assert self.reader.get(path).json()["total"] == 1

    def looks(self):
        for path in ("/news/clean-water/", self.document_path, "/shelf/map/"):
            page = self.reader.see(path)
            sheets = [link["href"] for link in page.select("head link[rel=stylesheet]")]
            assert len(sheets) == len(set(sheets))
            assert "/static/civic_headless/parts.css" in sheets
            for sheet in sheets:
                self.reader.get(sheet)
