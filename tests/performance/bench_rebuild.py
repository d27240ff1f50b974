"""
Print how long `rebuild_citations` takes over 1,000 and 10,000 articles on SQLite, and how much
memory it holds, which does not grow with them beyond the 20 MB of pages that SQLite caches.

Run as `python -m tests.performance.bench_rebuild [articles ...]`; it builds databases of its own
in temporary folders.
"""

import os
import resource
import subprocess
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
    """Prints the time of a dry run, a first run and a run that finds nothing to do.

    Each runs in a process of its own, whose peak is what the command holds.
    """
    for name, options in (("dry run", ["--dry-run"]), ("rebuild", []), ("again", [])):
        command = [sys.executable, "-m", __spec__.name, "run", *options]
        done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
        seconds, before, peak = map(float, done.stdout.split()[-3:])
        sys.stdout.write(
            f"{articles:6} articles, {name:8}{seconds:7.1f} s {articles / seconds:6.0f} articles/s,"
            f" peak {peak:4.0f} MB ({peak - before:.0f} MB more than Django)\n"
        )
        sys.stdout.flush()


def run(*options: str) -> None:
    """Rebuilds once; prints the seconds, and the megabytes before and at the peak."""
    import django

    django.setup()
    from django.core.management import call_command

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start = time.perf_counter()
    call_command("rebuild_citations", *options, verbosity=0)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(f"\n{seconds} {before} {peak}\n")


def build(articles: int) -> None:
    """Builds a site in the database of the environment."""
    import django

    django.setup()
    from django.core.management import call_command

    from tests.performance.bench_site import fill

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    fill(articles)
    cite(articles)


def main(*sizes: int) -> None:
    for articles in sizes or (1_000, 10_000):
        with tempfile.TemporaryDirectory() as folder:
            os.environ["DATABASE_URL"] = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
            os.environ["DJANGO_SETTINGS_MODULE"] = "cms_site.settings.test"
            command = [sys.executable, "-m", __spec__.name, "build", str(articles)]
            subprocess.run(command, check=True)  # noqa: S603
            measure(articles)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["run", *options]:
            run(*options)
        case ["build", articles]:
            build(int(articles))
        case sizes:
            main(*map(int, sizes))
