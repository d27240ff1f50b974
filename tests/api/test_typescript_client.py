"""The TypeScript client against a running portal, as a front-end developer uses it."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from tests.conftest import missing
from tests.factories import (
    add_card,
    make_article,
    make_directive,
    make_english,
    make_links,
    make_map,
    make_portal,
    make_statistics,
    translate,
)

pytestmark = pytest.mark.slow
CLIENT = Path(settings.BASE_DIR, "clients", "typescript")


@pytest.fixture(scope="session")
def client_package(node, tmp_path_factory):
    """A copy of the client with its development tools installed, beside the API's document."""
    if shutil.which("npm") is None:
        missing("npm is not installed; on Debian and Ubuntu: apt install npm.")
    root = tmp_path_factory.mktemp("typescript")
    copy = root / "clients" / "typescript"
    shutil.copytree(CLIENT, copy, ignore=shutil.ignore_patterns("node_modules", "dist"))
    (root / "docs").mkdir()
    shutil.copy(Path(settings.BASE_DIR, "docs", "openapi.json"), root / "docs")
    run(copy, "npm", "ci", "--no-audit", "--no-fund")
    return copy


def run(folder, *command):
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout[-2000:] + result.stderr[-2000:]
    return result.stdout


def test_its_types_are_those_of_the_document(client_package):
    run(client_package, "npm", "run", "types")

    made = (client_package / "src" / "schema.ts").read_text()
    assert made == (CLIENT / "src" / "schema.ts").read_text(), "Run `npm run types`."


def test_the_example_asks_the_compiler_to_look_away_nowhere():
    for path in (CLIENT / "example").glob("*.ts"):
        code = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)

        assert not re.search(r"\bany\b|\bas (?!const)|@ts-", code), path


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_example_writes_every_page_of_a_site(client_package, live_server, tmp_path):
    portal = make_portal()
    make_english(portal)
    article = make_article(portal.news, title="Nước <sạch>", slug="nuoc-sach")
    translate(article, title="Clean water", slug="clean-water")
    make_directive(portal.register)
    make_map(portal.shelf)
    make_statistics(portal.shelf)
    add_card(portal.home, make_links(portal.shelf))

    run(client_package, "npm", "run", "build")
    told = run(client_package, "node", "dist/example/build.js", live_server.url, str(tmp_path))

    types = {line.split()[0] for line in told.splitlines()}
    assert types >= {
        "home.HomePage",
        "articles.ArticleIndexPage",
        "articles.ArticlePage",
        "directives.DirectiveIndexPage",
        "directives.DirectivePage",
        "widgets.AdministrativeMapPage",
        "widgets.StatisticsPage",
        "widgets.WebsiteLinksPage",
        "widgets.WidgetIndexPage",
    }
    page = (tmp_path / article.url.strip("/") / "index.html").read_text()
    assert "<h1>Nước &lt;sạch&gt;</h1>" in page
    assert 'hreflang="en"' in page
