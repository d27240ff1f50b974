"""The TypeScript client against a running portal."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings
from wagtail.models import APIToken

from feedback.models import Comment, Rating
from tests.api.test_guide import GUIDE, code_of, make_content
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
    make_superuser,
    translate,
)
from widgets.models import PageViews

pytestmark = pytest.mark.slow
CLIENT = Path(settings.BASE_DIR, "clients", "typescript")
SECTIONS = {"client": "In TypeScript", "readers": "Readers", "preview": "Preview"}
# Browser globals that Node.js lacks; version 18 has no global Web Crypto either.
BROWSER = """
globalThis.crypto ??= require("node:crypto").webcrypto;
const send = globalThis.fetch;
globalThis.fetch = (address, init = {}) => {
    const headers = new Headers(init.headers);
    headers.set("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0");
    return send(address, { ...init, headers });
};
"""


@pytest.fixture(scope="session")
def client_package(node, tmp_path_factory):
    """Return a copy of the client with its development dependencies, beside the OpenAPI document."""
    if shutil.which("npm") is None:
        missing("npm is not installed; on Debian and Ubuntu: apt install npm.")
    root = tmp_path_factory.mktemp("typescript")
    copy = root / "clients" / "typescript"
    shutil.copytree(CLIENT, copy, ignore=shutil.ignore_patterns("node_modules", "dist"))
    (root / "docs").mkdir()
    shutil.copy(Path(settings.BASE_DIR, "docs", "openapi.json"), root / "docs")
    run(copy, "npm", "ci", "--no-audit", "--no-fund")
    return copy


@pytest.fixture
def guide(client_package, package, live_server, tmp_path):
    """Compile the guide's TypeScript examples against the installed package."""
    (tmp_path / "browser.cjs").write_text(BROWSER)
    for name, section in SECTIONS.items():
        code = "".join(code_of(section, "ts")).replace("http://localhost:8000", live_server.url)
        (tmp_path / f"{name}.ts").write_text(code)
    compiler = client_package / "node_modules" / ".bin" / "tsc"
    options = "--strict --target ES2022 --module NodeNext --lib ES2022,DOM,DOM.Iterable"
    run(tmp_path, compiler, *options.split(), *(f"{name}.ts" for name in SECTIONS))
    return tmp_path


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
        "civic_articles.ArticleIndexPage",
        "civic_articles.ArticlePage",
        "civic_directives.DirectiveIndexPage",
        "civic_directives.DirectivePage",
        "civic_widgets.AdministrativeMapPage",
        "civic_widgets.StatisticsPage",
        "civic_widgets.WebsiteLinksPage",
        "civic_widgets.WidgetIndexPage",
    }
    page = (tmp_path / article.url.strip("/") / "index.html").read_text()
    assert "<h1>Nước &lt;sạch&gt;</h1>" in page
    assert 'hreflang="en"' in page


ASK_ABOUT_A_SITE = """
import { Portal } from "civic-portal-client";

const [baseUrl, site, id, contentType, token] = process.argv.slice(2);
const addresses = [];
const recording = (address, init) => (addresses.push(address), fetch(address, init));
const portal = new Portal({ baseUrl, site, fetch: recording });
const titles = [];
for await (const each of portal.all("/api/v3/articles/", {}, 1)) titles.push(each.title);
const listed = await portal.get("/api/v3/articles/", { query: { site: undefined } });
const page = await portal.page(Number(id));
const previewed = await portal.preview(contentType, token);
const challenge = await portal.challenge();
console.log(JSON.stringify({ titles, count: listed.count, page, previewed, challenge, addresses }));
"""
CALL_EVERY_METHOD = """
import { Client, Portal } from "civic-portal-client";

const addresses = [];
const answer = () => new Response('{"count": 0, "items": []}');
const recording = (address) => (addresses.push(address), Promise.resolve(answer()));
const portal = new Portal({ baseUrl: "https://a.example", site: "b.example", fetch: recording });
for (const method of Object.getOwnPropertyNames(Portal.prototype)) {
    if (method !== "constructor") await portal[method](1, {});
}
for (const method of ["get", "post", "put", "delete"]) await portal[method]("/api/v3/sites/", {});
for await (const _ of portal.all("/api/v3/images/")) break;
console.log(addresses.join("\\n"));
"""


@pytest.fixture
def package(client_package, tmp_path):
    """Return a folder whose scripts import the built client."""
    run(client_package, "npm", "run", "build")
    modules = tmp_path / "node_modules"
    modules.mkdir()
    (modules / "civic-portal-client").symlink_to(client_package)
    (tmp_path / "package.json").write_text('{"type": "module"}')
    return tmp_path


def test_every_request_names_the_site_of_the_client(package):
    (package / "every.js").write_text(CALL_EVERY_METHOD)

    addresses = run(package, "node", "every.js").split()

    assert len(addresses) > 20
    assert [each for each in addresses if "site=b.example" not in each] == []


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_lists_pages_and_previews_are_those_of_the_site_of_the_client(package, live_server):
    make_article(make_portal().news)
    ward = make_portal("ward.example")
    ward.site.port = 443
    ward.site.save()
    articles = [make_article(ward.news, title=f"Tin {number}") for number in range(3)]
    preview = articles[0].create_page_preview()
    (package / "ask.js").write_text(ASK_ABOUT_A_SITE)

    told = run(
        package,
        "node",
        "ask.js",
        live_server.url,
        "ward.example",
        str(articles[0].pk),
        "civic_articles.articlepage",
        preview.token,
    )

    answer = json.loads(told)
    assert sorted(answer["titles"]) == ["Tin 0", "Tin 1", "Tin 2"]
    assert answer["count"] == 3
    assert answer["page"]["title"] == answer["previewed"]["title"] == "Tin 0"
    assert all("site=ward.example" in each for each in answer["addresses"])


def test_every_example_of_the_guide_is_compiled():
    known = sum(len(code_of(section, "ts")) for section in SECTIONS.values())

    assert GUIDE.count("```ts\n") == known


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestGuide:
    def test_pages_lists_and_searches_are_read(self, guide):
        portal, article = make_content()
        add_card(portal.home, make_links(portal.shelf, title="Liên kết"))

        told = run(guide, "node", "client.js")

        assert told.splitlines()[0] == portal.news.introduction
        assert f"{portal.site.site_name} [ 'Tin tức', 'Văn bản' ]" in told
        assert "civic_widgets.WebsiteLinksPage Liên kết" in told
        assert f"1 [ '{article.title}' ]" in told
        assert told.splitlines()[-1] == article.title

    def test_a_reader_comments_rates_and_is_counted(self, guide):
        _portal, article = make_content()

        told = run(guide, "node", "--require", "./browser.cjs", "readers.js")

        assert told.splitlines() == [f"{article.title} []", "pending", "4 4"]
        assert Comment.objects.get().body == "Cảm ơn phường."
        assert not Rating.objects.exists()
        assert PageViews.objects.get(page_id=article.pk).views == 1

    def test_a_preview_and_a_draft_are_read(self, guide, live_server):
        _portal, article = make_content()
        article.summary = "A draft"
        article.save_revision()
        token = article.create_page_preview().token
        asked = urlencode({"content_type": "civic_articles.articlepage", "token": token})
        _token, key = APIToken.create_token(user=make_superuser(), name="tests")
        (guide / "front.js").write_text(
            'import { Portal } from "civic-portal-client";\n'
            'import { draft, previewed } from "./preview.js";\n'
            "const [baseUrl, address, token, page] = process.argv.slice(2);\n"
            "console.log((await previewed(new Portal({ baseUrl }), address)).summary);\n"
            "console.log((await draft(new Portal({ baseUrl, token }), Number(page))).summary);\n"
        )

        told = run(
            guide,
            "node",
            "front.js",
            live_server.url,
            f"https://front.example/preview/?{asked}",
            key,
            str(article.pk),
        )

        assert told.splitlines() == ["A draft", "A draft"]
