"""
Pages, lists and searches of a portal of any size: median times and queries of each address.

Run as `python -m tests.performance.bench_site [articles] [sqlite|postgresql]`; it builds a database of
its own, in a temporary folder or on the server of `TEST_DATABASE_URL`, with a fifth as many documents.
Times are of one process without a network, so compare rows and sizes, not machines.
"""

import os
import statistics
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.services import DATABASE_URL

SECTIONS = {
    "home": "/",
    "news, first page": "/tin-tuc/",
    "news, page {last}": "/tin-tuc/?page={last}",
    "news of a category": "/tin-tuc/?category={category}",
    "news of a year": "/tin-tuc/?year={year}",
    "article": "/tin-tuc/bai-5/",
    "register, first page": "/van-ban/",
    "register, of a type": "/van-ban/?type=ke-hoach",
    "register, of a status": "/van-ban/?status=expired",
    "register, by number": "/van-ban/?sort=number",
    "register, by issuing body": "/van-ban/?sort=issuer",
    "register, words": "/van-ban/?q=truong+hoc",
    "document": "{document}",
    "feed of articles": "/feeds/articles/",
    "search, in every article": "/tim-kiem/?q=duong+bo",
    "search, in a tenth": "/tim-kiem/?q=truong+hoc",
    "search, rare word": "/tim-kiem/?q=hiem50",
    "search, mistyped": "/tim-kiem/?q=tuyen+sihn",
    "API v2 list": "/api/v2/pages/?type=civic_articles.ArticlePage",
    "API v2 search": "/api/v2/pages/?type=civic_articles.ArticlePage&search=truong+hoc",
    "API v3 pages": "/api/v3/pages/?type=civic_articles.ArticlePage",
    "API v3 article": "/api/v3/pages/{article}/",
    "API v3 articles": "/api/v3/articles/",
    "API v3 documents": "/api/v3/directives/",
    "API v3 facets": "/api/v3/directives/facets/",
    "API v3 facets, words": "/api/v3/directives/facets/?q=truong+hoc",
    "API v3 cited by": "/api/v3/directives/{cited}/cited_by/",
    "sitemap": "/sitemap.xml",
    "sitemap, a part": "/sitemap-1.xml",
}


def facts() -> dict:
    """What stands in the addresses."""
    from articles.models import ArticlePage, Category
    from directives.models import DirectivePage

    article = ArticlePage.objects.get(slug="bai-5", locale__language_code="vi")
    document = DirectivePage.objects.filter(locale=article.locale).order_by("pk")[3]
    count = ArticlePage.objects.filter(locale=article.locale).count()
    return {
        "last": min(100, -(-count // 12)),
        "category": Category.objects.filter(locale=article.locale).first().slug,
        "year": article.published_at.year,
        "article": article.pk,
        "document": document.url,
        "cited": document.pk,
    }


def measure():
    """Prints a row for each address."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client, known = Client(headers={"host": "localhost"}), facts()
    print(f"{'':28} {'first':>8} {'ms':>8} {'cpu':>8} {'queries':>8}")
    for name, address in SECTIONS.items():
        address, times, cpu = address.format(**known), [], []
        for _run in range(7):
            start, busy = time.perf_counter(), time.process_time()
            with CaptureQueriesContext(connection) as queries:
                response = client.get(address)
            times.append((time.perf_counter() - start) * 1000)
            cpu.append((time.process_time() - busy) * 1000)
            assert response.status_code == 200, f"{address}: {response.status_code}"
        print(
            f"{name.format(**known):28} {times[0]:8.1f} {statistics.median(times[1:]):8.1f}"
            f" {statistics.median(cpu[1:]):8.1f} {len(queries):8}",
            flush=True,
        )


@contextmanager
def scratch_database(vendor: str):
    """The URL of an empty database, which is dropped after the block."""
    if vendor == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            yield f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        return
    name = f"bench_{os.getpid()}"
    with psycopg.connect(DATABASE_URL, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{DATABASE_URL.rpartition('/')[0]}/{name}"
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def main(articles: str = "10000", vendor: str = "sqlite"):
    with scratch_database(vendor) as url:
        os.environ["DATABASE_URL"] = url
        os.environ["DJANGO_SETTINGS_MODULE"] = "cms_site.settings.test"
        import django

        django.setup()
        from django.core.management import call_command

        from tests.performance.bulk_content import fill

        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        start = time.perf_counter()
        fill(int(articles), english=True)
        print(f"{articles} articles on {vendor}, built in {time.perf_counter() - start:.0f} s")
        measure()


if __name__ == "__main__":
    main(*sys.argv[1:3])
