"""
The API against Wagtail's own v2 (`fields=*`) and v3, on the same content in the same run.

Run as `python -m tests.performance.bench_api [articles]`; it builds a database of its own in a
temporary folder and asks both sides in turns, in processes of their own and without a network:
compare rows, not machines. A first table has each address on both sides, a second one our own
routes beside the addresses of Wagtail alone that tell of the same pages.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

OURS, STOCK = "cms_site.settings.test", "tests.performance.stock_settings"
SECONDS = 1.5
ROUNDS = 2
ARTICLES = "/api/v2/pages/?type=civic_articles.ArticlePage&limit=20"
DIRECTIVES = "/api/v2/pages/?type=civic_directives.DirectivePage&limit=20"
CARD = "summary,cover,category,tags,published_at,feedback"
ROW = "document_number,document_type,issuing_body,subject,issued_on,legal_status,attachments"
ADDRESSES = {
    "v2 articles, fields=*": f"{ARTICLES}&fields=*",
    "v2 articles, fields of a card": f"{ARTICLES}&fields={CARD}",
    "v2 documents, fields=*": f"{DIRECTIVES}&fields=*",
    "v2 documents, fields of a row": f"{DIRECTIVES}&fields={ROW}",
    "v2 images": "/api/v2/images/?limit=20",
    "v2 article": "/api/v2/pages/{article}/",
    "v3 articles (id, title, meta)": "/api/v3/pages/?type=civic_articles.ArticlePage&limit=20",
    "v3 documents (id, title, meta)": "/api/v3/pages/?type=civic_directives.DirectivePage&limit=20",
    "v2 document": "/api/v2/pages/{directive}/",
    "v3 article": "/api/v3/pages/{article}/",
    "v3 document": "/api/v3/pages/{directive}/",
    "v3 /articles/": "/api/v3/articles/?limit=20",
    "v3 /directives/": "/api/v3/directives/?limit=20",
    "v3 /resolve/": "/api/v3/resolve/?path={path}",
    "v3 /resolve/, nothing kept": "/api/v3/resolve/?path={path}",
}
# Of our routes: what stock asks for to tell of the same pages.
ROUTES = {
    "v3 /articles/": ["v2 articles, fields=*", "v3 articles (id, title, meta)"],
    "v3 /directives/": ["v2 documents, fields=*", "v3 documents (id, title, meta)"],
    "v3 /resolve/": [],
    "v3 /resolve/, nothing kept": ["v2 article", "v3 article"],
}


def fill(count: int) -> dict:
    """A site with `count` articles and as many documents, with all that their cards show."""
    from uuid import uuid4

    from feedback.services import save_rating
    from tests.factories import (
        attach,
        link_directive,
        make_article,
        make_category,
        make_directive,
        make_document,
        make_image,
        make_portal,
        paragraph,
    )

    portal = make_portal()
    categories = [make_category(name) for name in ("Giáo dục", "Y tế", "Giao thông")]
    images = [make_image() for _ in range(10)]
    for number in range(count):
        directive = make_directive(portal.register)
        for _ in range(2):
            attach(directive, make_document())
        image = images[number % len(images)]
        article = make_article(
            portal.news,
            slug=f"bai-{number}",
            category=categories[number % len(categories)],
            cover=image,
            body=[
                paragraph(),
                ("image", {"image": image, "alt_text": "", "caption": ""}),
                ("directive", {"directive": directive, "note": ""}),
            ],
        )
        article.tags.add("phường", f"thẻ {number}")
        link_directive(article, directive)
        save_rating(page=article, visitor=uuid4(), stars=1 + number % 5)
    return {"article": article.pk, "directive": directive.pk, "path": f"/tin-tuc/{article.slug}/"}


def measure(facts: dict) -> dict[str, dict]:
    """Requests a second, milliseconds of CPU and queries of each address; 304 where there is one."""
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from headless.cache.response_cache import local_cache

    settings.MEDIA_ROOT = os.environ["BENCH_MEDIA"]
    client = Client(headers={"host": "localhost"})

    def figures(address, before, **headers):
        # Enough to make renditions, and to write down the settings that are read.
        for _ in range(3):
            response = client.get(address, headers=headers)
        before()
        with CaptureQueriesContext(connection) as queries:
            client.get(address, headers=headers)
        queries = len(queries)
        start, cpu, asked = time.perf_counter(), time.process_time(), 0
        while time.perf_counter() - start < SECONDS:
            before()
            again = client.get(address, headers=headers)
            assert again.status_code == response.status_code, address
            asked += 1
        return response, {
            "rps": asked / (time.perf_counter() - start),
            "cpu": (time.process_time() - cpu) * 1000 / asked,
            "queries": queries,
        }

    found = {}
    for name, address in ADDRESSES.items():
        address = address.format(**facts)
        if client.get(address).status_code != 200:
            continue
        if name.endswith("nothing kept"):
            _response, found[name] = figures(address, local_cache().clear)
            continue
        response, found[name] = figures(address, lambda: None)
        if tag := response.get("ETag"):
            again, found[f"{name}, 304"] = figures(address, lambda: None, **{"If-None-Match": tag})
            assert again.status_code == 304, address
    return found


def ask(settings: str, facts: dict) -> dict[str, dict]:
    """What `measure` finds in a process with these settings."""
    command = [sys.executable, "-m", "tests.performance.bench_api", "--measure", json.dumps(facts)]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": settings}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        sys.exit(done.stderr)
    return json.loads(done.stdout.splitlines()[-1])


def best(rounds: list[dict]) -> dict:
    """Of each address, the round that used least CPU."""
    names = {name for found in rounds for name in found}
    return {
        name: min((found[name] for found in rounds if name in found), key=lambda each: each["cpu"])
        for name in names
    }


def show(ours: dict, stock: dict) -> None:
    """Prints a row for each address, ours beside stock."""
    print(f"{'':34} {'ours':^28} {'Wagtail alone':^28}")
    print(f"{'':34}" + f" {'requests/s':>10} {'CPU ms':>8} {'queries':>8}" * 2)
    for name in (f"{each}{end}" for each in ADDRESSES for end in ("", ", 304")):
        if name not in ours or name.removesuffix(", 304") in ROUTES:
            continue
        print(f"{name:34}{columns(ours[name])}{columns(stock.get(name))}".rstrip(), flush=True)


def show_routes(ours: dict, stock: dict) -> None:
    """Prints each of our own routes, and under it what stock has in its place."""
    print(f"\n{'':46} {'requests/s':>10} {'CPU ms':>8} {'queries':>8}")
    for route, others in ROUTES.items():
        for name in (route, f"{route}, 304"):
            if name in ours:
                print(f"{name:46}" + columns(ours[name]))
        for name in others:
            print(f"{'  Wagtail alone: ' + name:46}" + columns(stock[name]), flush=True)


def columns(found: dict | None) -> str:
    """The figures of an address, as wide as their headings; blank where there are none."""
    if not found:
        return " " * 28
    return f" {found['rps']:10.0f} {found['cpu']:8.2f} {found['queries']:8}"


def main(articles: int = 60):
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        os.environ["DJANGO_SETTINGS_MODULE"] = OURS
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command

        settings.MEDIA_ROOT = os.environ["BENCH_MEDIA"] = str(Path(folder) / "media")

        print(f"Building a site with {articles} articles and documents", flush=True)
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        facts = fill(articles)
        rounds = {OURS: [], STOCK: []}
        for _ in range(ROUNDS):
            for side, found in rounds.items():
                found.append(ask(side, facts))
        ours, stock = best(rounds[OURS]), best(rounds[STOCK])
        show(ours, stock)
        show_routes(ours, stock)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        print(json.dumps(measure(json.loads(sys.argv[2]))))
    else:
        main(*map(int, sys.argv[1:2]))
