"""
Print how long `rebuild_citations` takes over 10,000 articles on SQLite, and how much it holds.

Run as `python -m tests.performance.bench_rebuild [articles]`; it builds a database of its own in
a temporary folder.
"""

import os
import resource
import sys
import tempfile
import time
from pathlib import Path

TEXT = (
    "<p>Thực hiện Kết luận số {n}-KL/TW, ngày 25/10/2021 của Ban Chấp hành Trung ương và Nghị định "
    "số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ, phường đã ban hành Kế hoạch số {n}/KH-UBND "
    "ngày 12/1/2022. Con đường bộ qua phường được nâng cấp, người dân đi lại an toàn hơn.</p>"
)


def cite(articles: int) -> None:
    """Gives every article three citations, and every tenth document cited a page."""
    import datetime

    from wagtail.models import Page

    from articles.models import ArticlePage
    from directives.models import DirectiveIndexPage, DirectivePage, DocumentType, IssuingBody

    pages = list(ArticlePage.objects.only("body").order_by("pk"))
    for number, page in enumerate(pages):
        page.body = [("paragraph", TEXT.format(n=number % 500) * 4)]
    ArticlePage.objects.bulk_update(pages, ["body"], batch_size=200)
    home = Page.objects.get(depth=2, slug="phuong")
    register = home.add_child(
        instance=DirectiveIndexPage(title="Văn bản", slug="van-ban", locale=home.locale)
    )
    for number in range(0, 500, 10):
        register.add_child(
            instance=DirectivePage(
                document_number=f"{number}-KL/TW",
                document_type=DocumentType.objects.get(code="ket-luan"),
                issuing_body=IssuingBody.objects.get(code="bo-chinh-tri"),
                subject="Thử",
                issued_on=datetime.date(2021, 10, 25),
                locale=home.locale,
            )
        )


def measure(articles: int) -> None:
    """Prints the times of a dry run, a first run and a run that finds nothing to do."""
    from django.core.management import call_command

    for name, options in (("dry run", {"dry_run": True}), ("rebuild", {}), ("again", {})):
        start = time.perf_counter()
        call_command("rebuild_citations", verbosity=0, **options)
        seconds = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{name:12} {seconds:8.1f} s {articles / seconds:8.0f} articles/s, peak {peak:.0f} MB"
        )


def main(articles: int = 10_000) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        os.environ["DJANGO_SETTINGS_MODULE"] = "cms_site.settings.test"
        import django

        django.setup()
        from django.core.management import call_command

        from .bench_site import fill

        print(f"Building a site with {articles} articles", flush=True)
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        fill(articles)
        cite(articles)
        measure(articles)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
