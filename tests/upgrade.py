"""
Keep databases of released versions and upgrade them.

    python -m tests.upgrade record    # writes tests/kept_databases/<version>.sqlite3.gz or .sql.gz
    python -m tests.upgrade check     # upgrades the database of DATABASE_URL and looks at its content
    python -m tests.upgrade reverse   # takes the apps of the wheel out of it, and back in

All work on the database of `DATABASE_URL`: `record` on an empty one, the others on a restored one.
Record a database once a version, when it is released.
"""

import gzip
import os
import sqlite3
import subprocess
import sys
import tempfile
import uuid
from pathlib import Path

import django

KEPT = Path(__file__).parent / "kept_databases"
LABELS = [
    "civic_articles", "civic_directives", "civic_widgets", "civic_feedback", "civic_headless",
]  # fmt: skip
BODY = "Từ thứ Hai, bộ phận một cửa làm việc từ 7 giờ 30, theo Kế hoạch số 65/KH-UBND."


def record() -> None:
    """Migrate an empty database, write content of each kind into it and dump it."""
    from tomllib import loads

    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    version = loads((settings.BASE_DIR / "pyproject.toml").read_text())["project"]["version"]
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    write_content()
    KEPT.mkdir(exist_ok=True)
    if connection.vendor == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "copy.sqlite3"
            with sqlite3.connect(connection.settings_dict["NAME"]) as database:
                database.execute("VACUUM INTO ?", [str(copy)])
            content, kind = copy.read_bytes(), "sqlite3"
    else:
        command = ["pg_dump", "--no-owner", "--no-privileges", os.environ["DATABASE_URL"]]
        content, kind = subprocess.run(command, check=True, capture_output=True).stdout, "sql"
    path = KEPT / f"{version}.{kind}.gz"
    path.write_bytes(gzip.compress(content, mtime=0))
    print(f"{path.name}: {path.stat().st_size} bytes")


def write_content() -> None:
    """Publish a page of each kind in two languages, with comments, votes, citations and visits."""
    from django.utils import timezone

    from directives.models import DirectiveRelation
    from feedback.models import Comment
    from feedback.services import save_rating
    from tests import factories
    from tests.feedback.test_comments import make_comment
    from widgets.models import PageViews

    portal = factories.make_portal()
    factories.make_english(portal)
    plan = factories.make_directive(portal.register, document_number="65/KH-UBND")
    factories.attach(plan)
    repeal = factories.make_directive(portal.register, document_number="66/KH-UBND")
    factories.relate(repeal, DirectiveRelation.Kind.REPEALS, plan)
    article = factories.make_article(
        portal.news,
        title="Nước sạch",
        category=factories.make_category(),
        body=[factories.paragraph(BODY)],
    )
    article.tags.add("nước", "hạ tầng")
    factories.publish(article)
    factories.translate(article, title="Clean water", slug="clean-water")
    factories.link_directive(article, plan)
    area = factories.make_map(portal.shelf)
    factories.make_place(area)
    factories.add_card(portal.news, factories.make_links(portal.shelf))
    factories.make_statistics(portal.shelf)
    factories.make_endpoint(portal.site)
    make_comment(article, body="Tốt lắm", status=Comment.Status.APPROVED)
    make_comment(article, body="Chờ duyệt")
    PageViews.objects.create(page_id=article.pk, day=timezone.localdate(), views=7)
    save_rating(page=article, visitor=uuid.uuid4(), stars=4)


def check() -> None:
    """Migrate a restored database to the newest version and look at its content as readers do."""
    from django.core.management import call_command
    from django.test import Client

    from articles.models import ArticlePage
    from directives.models import Citation, DirectivePage
    from feedback.models import Comment, PageRating
    from widgets.models import AdministrativeMapPage, PageViews

    call_command("migrate", verbosity=0)
    article = ArticlePage.objects.get(title="Nước sạch")
    assert BODY in str(article.body[0].value)
    assert sorted(article.tags.names()) == ["hạ tầng", "nước"]
    assert article.category.name == "Giáo dục"
    plan = DirectivePage.objects.get(document_number="65/KH-UBND")
    assert Citation.objects.filter(source=article, directive=plan).exists()
    assert Comment.objects.count() == 2
    assert PageRating.objects.get().count == 1
    assert PageViews.objects.get(page_id=article.pk).views == 7
    pages = [article, ArticlePage.objects.get(title="Clean water"), plan]
    for page in [*pages, *AdministrativeMapPage.objects.all()]:
        for address in (page.url, f"/api/v2/pages/{page.pk}/", f"/api/v3/pages/{page.pk}/"):
            response = Client().get(address)
            assert response.status_code == 200, (address, response.status_code)
    assert "Tốt lắm" in Client().get(article.url).content.decode()


def reverse() -> None:
    """Migrate the apps to nothing, one after another, and forward again."""
    from django.core.management import call_command

    from directives.models import DocumentType

    call_command("migrate", "home", "zero", verbosity=0)
    for label in LABELS:
        call_command("migrate", label, "zero", verbosity=0)
    call_command("migrate", verbosity=0)
    assert DocumentType.objects.exists()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms_site.settings.test")
    django.setup()
    {"record": record, "check": check, "reverse": reverse}[sys.argv[1]]()
