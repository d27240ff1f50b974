"""
Pages and searches over 10,000 articles on SQLite: median times and queries of each address.

Run as `python -m tests.performance.bench_site [articles]`; it builds a database of its own in a
temporary folder. Times are of one process without a network, so compare rows, not machines.
"""

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

SECTIONS = {
    "home": "/",
    "news, first page": "/tin-tuc/",
    "news, last page": "/tin-tuc/?page={last}",
    "article": "/tin-tuc/bai-5/",
    "search, common word": "/tim-kiem/?q=duong+bo",
    "search, rare word": "/tim-kiem/?q=hiem5005",
    "search, common word, last page": "/tim-kiem/?q=duong+bo&page=100",
    "API v2 list": "/api/v2/pages/?type=civic_articles.ArticlePage",
    "API v3 list": "/api/v3/pages/?type=civic_articles.ArticlePage",
    "API v3 article": "/api/v3/pages/{article}/",
}


def fill(count: int):
    """A site with `count` articles whose texts share some words; the first article's id."""
    from django.core.management import call_command
    from django.db import transaction
    from wagtail.models import Locale, Page, Site

    from articles.models import ArticleIndexPage, ArticlePage
    from home.models import HomePage

    locale = Locale.objects.get(language_code="vi")
    root = Page.get_first_root_node()
    home = root.add_child(instance=HomePage(title="Phường", slug="phuong", locale=locale))
    Site.objects.update(root_page=home, hostname="localhost")
    news = home.add_child(instance=ArticleIndexPage(title="Tin tức", slug="tin-tuc", locale=locale))
    words = "Con đường bộ qua phường được nâng cấp, người dân đi lại an toàn hơn mỗi ngày."
    articles = []
    for number in range(count):
        page = ArticlePage(
            title=f"Bài {number}",
            draft_title=f"Bài {number}",
            slug=f"bai-{number}",
            summary=f"Tóm tắt hiem{number}",
            body=[("paragraph", f"<p>{words * 5}</p>")],
            locale=locale,
            path=Page._get_path(news.path, news.depth + 1, number + 1),
            depth=news.depth + 1,
            url_path=f"{news.url_path}bai-{number}/",
        )
        articles.append(page)
    fields = ArticlePage._meta.local_concrete_fields
    with transaction.atomic():
        parents = [_as_page(article) for article in articles]
        Page.objects.bulk_create(parents, batch_size=500)
        for article, parent in zip(articles, parents, strict=True):
            article.pk = article.page_ptr_id = parent.pk
        for start in range(0, count, 500):
            ArticlePage._base_manager._insert(
                articles[start : start + 500], fields=fields, using="default"
            )
        Page.objects.filter(pk=news.pk).update(numchild=count)
    call_command("update_index", verbosity=0)
    return articles[5].pk


def _as_page(article):
    """The row of `wagtailcore_page` that belongs to an article."""
    from wagtail.models import Page

    names = [field.attname for field in Page._meta.local_concrete_fields if field.name != "id"]
    return Page(**{name: getattr(article, name) for name in names})


def measure(articles: int, article: int):
    """Prints a row for each address."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "localhost"})
    print(f"{'':32} {'ms':>8} {'queries':>8}")
    for name, address in SECTIONS.items():
        address = address.format(last=-(-articles // 12), article=article)
        times = []
        for _run in range(7):
            start = time.perf_counter()
            with CaptureQueriesContext(connection) as queries:
                response = client.get(address)
            times.append((time.perf_counter() - start) * 1000)
            assert response.status_code == 200, f"{address}: {response.status_code}"
        print(f"{name:32} {statistics.median(times[1:]):8.1f} {len(queries):8}")


def main(articles: int = 10_000):
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        os.environ["DJANGO_SETTINGS_MODULE"] = "cms_site.settings.test"
        import django

        django.setup()
        from django.core.management import call_command

        print(f"Building a site with {articles} articles", flush=True)
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        measure(articles, fill(articles))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
