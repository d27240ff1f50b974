"""The examples of docs/api.md work against a running portal."""

import datetime
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from wagtail.models import APIToken

from articles.models import ArticlePage
from directives.models import DirectivePage
from feedback.models import Comment, Rating
from home.services import create_site_groups, site_collection
from tests.conftest import missing
from tests.factories import (
    PDF,
    document_type,
    issuing_body,
    make_article,
    make_category,
    make_directive,
    make_image,
    make_portal,
    make_user,
)
from widgets.models import PageViews

GUIDE = Path(settings.BASE_DIR, "docs", "api.md").read_text()
ADDRESSES = re.findall(r"^curl 'http://localhost:8000(/api/v3/[^']+)'$", GUIDE, re.MULTILINE)


def test_the_guide_shows_requests():
    assert len(ADDRESSES) >= 10


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES)
def test_what_the_guide_asks_for_is_answered(client, address):
    make_content()

    response = client.get(address)

    assert response.status_code == 200, response.content
    assert response.json().get("count") != 0, "Nothing is found."


def make_content():
    """A site with the article and the document of the examples."""
    portal = make_portal()
    article = make_article(
        portal.news,
        title="Nước sạch về khu phố 3",
        category=make_category("Giáo dục"),
        published_at=datetime.datetime(2026, 3, 2, tzinfo=datetime.UTC),
    )
    make_directive(
        portal.register,
        subject="Về việc cấp nước sạch cho khu phố 3",
        issued_on=datetime.date(2026, 3, 2),
    )
    return portal, article


def code_of(section, language="sh"):
    """Return the code blocks of a section in a language, in order."""
    text = re.search(rf"^## {section}$(.*?)(?=^## |\Z)", GUIDE, re.MULTILINE | re.DOTALL).group(1)
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


@pytest.fixture
def shell(live_server, tmp_path):
    """Run commands with a token in a temporary folder; return their output."""
    if shutil.which("bash") is None or shutil.which("curl") is None:
        missing("bash or curl is not installed; on Debian and Ubuntu: apt install bash curl.")
    (tmp_path / "toan-van.pdf").write_bytes(PDF)

    def run(commands, user, **variables):
        _token, key = APIToken.create_token(user=user, name="tests")
        tools = Path(sys.executable).parent
        environment = {
            "PATH": f"{tools}:{os.environ['PATH']}",
            "HOME": str(tmp_path),
            "LANG": "C.UTF-8",
            "API": live_server.url,
            "API_TOKEN": key,
        } | {name: str(value) for name, value in variables.items()}
        return subprocess.run(
            ["bash", "-euo", "pipefail", "-c", "\n".join(commands)],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    return run


@pytest.mark.slow
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestWriting:
    def test_a_moderator_writes_and_publishes_what_the_guide_shows(self, shell, client):
        portal = make_portal()
        _editors, moderators = create_site_groups(site=portal.site)
        terms = {"CATEGORY": make_category().pk, "COVER": make_image().pk}
        terms |= {"TYPE": document_type().pk, "BODY": issuing_body().pk}

        told = shell(
            code_of("Writing"),
            make_user("duyet-bai", moderators),
            NEWS=portal.news.pk,
            REGISTER=portal.register.pk,
            FILES=site_collection(portal.site.site_name).pk,
            **terms,
        )

        assert told.returncode == 0, told.stdout[-3000:] + told.stderr[-3000:]
        written = {page.title: page for page in ArticlePage.objects.all()}
        assert set(written) == {"Nước sạch về khu phố 3", "Lịch phun thuốc muỗi"}
        for page in written.values():
            assert client.get(f"/api/v3/pages/{page.pk}/").json()["summary"] == page.summary
        [first, second] = DirectivePage.objects.order_by("pk")
        for page in (first, second):
            answer = client.get(f"/api/v3/pages/{page.pk}/").json()
            assert answer["subject"] == page.subject
            assert len(answer["attachments"]) == 1
        assert first.slug == "ke-hoach-12-kh-ubnd-2026-03-02"

    def test_an_editor_lists_and_reads_drafts_too(self, shell):
        portal = make_portal()
        editors, _moderators = create_site_groups(site=portal.site)
        draft = make_article(portal.news, title="Nháp", live=False)
        make_directive(portal.register)
        commands = [
            'export WAGTAIL_CLI_BASE_URL="$API/api/v3" WAGTAIL_CLI_TOKEN="$API_TOKEN"',
            "wt api pages list --type civic_articles.ArticlePage",
            "wt api pages list --type civic_directives.DirectivePage",
            'wt api pages get "$PAGE" --version draft',
        ]

        told = shell(commands, make_user("bien-tap", editors), PAGE=draft.pk)

        assert told.returncode == 0, told.stderr
        articles, directives, page = map(json.loads, told.stdout.splitlines())
        assert [each["title"] for each in articles["items"]] == ["Nháp"]
        assert directives["count"] == 1
        assert page["summary"] == draft.summary

    def test_an_editor_is_refused_where_it_is_published(self, shell):
        portal = make_portal()
        editors, _moderators = create_site_groups(site=portal.site)
        commands = [
            'export WAGTAIL_CLI_BASE_URL="$API/api/v3" WAGTAIL_CLI_TOKEN="$API_TOKEN"',
            "wt api pages create civic_articles.ArticlePage --parent /tin-tuc/ --title A "
            "--field summary:B $PUBLISH",
        ]
        editor = make_user("bien-tap", editors)

        drafted = shell(commands, editor, PUBLISH="")
        published = shell(commands, editor, PUBLISH="--publish")

        assert drafted.returncode == 0, drafted.stderr
        assert published.returncode == 5, published.stdout
        assert "You do not have permission to publish this page." in published.stderr
        assert list(ArticlePage.objects.values_list("title", "live")) == [("A", False)]

    def test_who_has_no_rights_is_refused(self, shell):
        portal = make_portal()
        commands = [
            'export WAGTAIL_CLI_BASE_URL="$API/api/v3" WAGTAIL_CLI_TOKEN="$API_TOKEN"',
            'wt api pages create civic_articles.ArticlePage --parent "$NEWS" --title A --field summary:B',
        ]

        told = shell(commands, make_user("ai-do"), NEWS=portal.news.pk)

        assert told.returncode == 5, told.stdout
        assert not ArticlePage.objects.exists()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_reader_comments_rates_and_is_counted(shell):
    _portal, article = make_content()

    told = shell(code_of("Readers"), make_user("ai-do"), PAGE=article.pk)

    assert told.returncode == 0, told.stdout[-3000:] + told.stderr[-3000:]
    assert Comment.objects.get().body == "Cảm ơn phường."
    assert '"average": 4' in told.stdout
    assert not Rating.objects.exists()
    assert PageViews.objects.get(page_id=article.pk).views == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_preview_and_a_draft_are_read(shell):
    portal, article = make_content()
    editors, _moderators = create_site_groups(site=portal.site)
    article.summary = "A draft"
    article.save_revision()
    token = article.create_page_preview().token

    told = shell(
        code_of("Preview"), make_user("bien-tap", editors), PAGE=article.pk, TOKEN=quote(token)
    )

    assert told.returncode == 0, told.stdout[-3000:] + told.stderr[-3000:]
    assert told.stdout.count("A draft") == 2
