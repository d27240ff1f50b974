"""
Walks through a project that has some of our apps: makes content, edits it, reads it, both as a page
and over the APIs. Run by the project's own Python, in its directory.
"""

import datetime
import json
import os
import sys
from importlib import import_module

import django

sys.path.insert(0, os.getcwd())
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mysite.settings.dev")
django.setup()

from django.apps import apps  # noqa: E402
from django.conf import settings  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client, override_settings  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402
from wagtail.models import Locale, Page, Site, get_page_models  # noqa: E402

OURS = {"articles", "directives", "feedback", "widgets"}
INSTALLED = {name for name in OURS if apps.is_installed(name)}
RICH = "<p>Theo Quyết định số 15/2024/QĐ-UBND, nước sạch.</p>"


def make_content(home) -> dict[str, Page]:
    """A page of every type below a home page, by the names of the types."""
    made = {}

    def add(parent, model, **fields):
        page = parent.add_child(instance=model(**fields))
        page.save_revision().publish()
        made[model.__name__] = page
        return page

    if "directives" in INSTALLED:
        from directives.models import DirectiveIndexPage, DirectivePage, DocumentType, IssuingBody

        register = add(home, DirectiveIndexPage, title="Documents", slug="documents")
        add(
            register,
            DirectivePage,
            document_number="15/2024/QĐ-UBND",
            document_type=DocumentType.objects.get(code="quyet-dinh", locale=home.locale),
            issuing_body=IssuingBody.objects.filter(locale=home.locale).first(),
            subject="Clean water",
            issued_on=datetime.date(2024, 6, 1),
            body=RICH,
        )
    if "widgets" in INSTALLED:
        from widgets.models import (
            AdministrativeMapPage,
            SidebarCard,
            StatisticsPage,
            WebsiteLinksPage,
            WidgetIndexPage,
        )

        shelf = add(home, WidgetIndexPage, title="Shelf", slug="shelf")
        add(shelf, AdministrativeMapPage, title="Map", slug="map")
        link = {"title": "Ministry", "url": "https://ministry.example/"}
        groups = [("group", {"heading": "Others", "links": [link]})]
        add(shelf, WebsiteLinksPage, title="Websites", slug="websites", groups=groups)
        statistics = add(shelf, StatisticsPage, title="Visits", slug="visits")
        home.sidebar_cards.add(SidebarCard(widget=statistics, locale=home.locale))
        home.save_revision().publish()
    if "articles" in INSTALLED:
        from articles.models import ArticleIndexPage, ArticlePage

        news = add(home, ArticleIndexPage, title="News", slug="news")
        add(
            news,
            ArticlePage,
            title="Clean water",
            slug="clean-water",
            summary="New pipes.",
            published_at=timezone.now(),
            body=[("paragraph", RICH)],
        )
    return made


def answer(client, path, status=200, **extra):
    response = client.get(path, **extra)
    assert response.status_code == status, (path, response.status_code, response.content[:3000])
    return response


def nothing_absent_is_there():
    for name in OURS - INSTALLED:
        found = [each for each in sys.modules if each == name or each.startswith(f"{name}.")]
        assert not found, found


def pages_are_read(pages):
    reader = Client()
    for page in pages.values():
        html = answer(reader, page.url).content.decode()
        assert "<h1" in html
        assert html.count("civic_headless/parts.css") == 1, page
        assert not reader.cookies, page
    if "articles" in INSTALLED:
        article = answer(reader, pages["ArticlePage"].url).content.decode()
        assert f'href="{pages["DirectivePage"].url}"' in article
        assert article.count("civic_feedback/comments.js") == ("feedback" in INSTALLED)
        assert "Shared in the project's own way" in article
        assert ('class="sidebar"' in article) == ("widgets" in INSTALLED)


def pages_are_edited(pages, editor):
    for model in get_page_models():
        if model.__name__ not in pages:
            continue
        page = pages[model.__name__]
        form = answer(editor, f"/admin/pages/{page.pk}/edit/").content.decode()
        place = f"{model._meta.app_label}/{model._meta.model_name}"
        answer(editor, f"/admin/pages/add/{place}/{page.get_parent().pk}/")
        if model.__name__ == "ArticleIndexPage":
            assert ("sidebar_cards" in form) == ("widgets" in INSTALLED)
    for path in ("/admin/", "/admin/reports/site-history/", "/admin/pages/"):
        answer(editor, path)
    if "feedback" in INSTALLED:
        answer(editor, "/admin/snippets/civic_feedback/comment/")


def readers_are_heard(home):
    """A reader comments on the project's own page with stars; a moderator approves, all read it."""
    if "feedback" not in INSTALLED:
        assert "comment-form" not in answer(Client(), home.url).content.decode()
        return
    from feedback.models import Comment
    from feedback.services import decide

    reader = Client()
    assert 'id="comment-form"' in answer(reader, home.url).content.decode()
    fields = {"name": "Lan", "body": "Clean water.", "stars": "4"}
    posted = reader.post(reverse("civic_feedback:post_comment", args=[home.pk]), fields)
    assert posted.status_code == 302, posted.content[:3000]
    [comment] = Comment.objects.filter(page=home)
    assert (comment.status, comment.stars) == ("pending", 4)
    decide(decisions={comment.pk: "approved"}, moderator=None)
    assert "Clean water." in answer(reader, home.url).content.decode()
    for path in ("comments/", "comments/feed/", "rating/"):
        answer(reader, f"/api/v3/pages/{home.pk}/{path}")
    for version in (2, 3):
        data = answer(reader, f"/api/v{version}/pages/{home.pk}/").json()
        assert data["feedback"] == {"ratings": 1, "average": 4.0, "comments": 1}
        assert data["comments_open"] is True


def apis_are_read(pages, versions):
    reader = Client()
    if 2 not in versions:
        answer(reader, "/api/v2/pages/", 404)
    if 3 not in versions:
        answer(reader, "/api/v3/pages/", 404)
    for version in versions:
        answer(reader, f"/api/v{version}/pages/")
        for page in pages.values():
            found = answer(reader, f"/api/v{version}/pages/{page.pk}/").json()
            assert ("sidebar" in found) == ("widgets" in INSTALLED), found
    if 3 in versions:
        document = answer(reader, "/api/v3/openapi.json").json()
        for name, path in {
            "articles": "/api/v3/articles/",
            "feedback": "/api/v3/pages/{page_id}/comments/",
            "directives": "/api/v3/directives/{directive_id}/cited_by/",
            "widgets": "/api/v3/visits/",
        }.items():
            assert (path in document["paths"]) == (name in INSTALLED), path


def routes_may_be_left_out(pages):
    """Only v2, only v3, or none, and all of the project below a prefix."""
    for versions in ({2}, {3}, set()):
        with override_settings(
            ROOT_URLCONF=f"mysite.urls_{'_'.join(map(str, versions)) or 'none'}"
        ):
            call_command("check", fail_level="WARNING")
            pages_are_read(pages)
            apis_are_read(pages, versions)


def a_prefix_is_kept(pages):
    reader = Client()
    for page in pages.values():
        path = page.url
        html = answer(reader, path, SCRIPT_NAME="/portal").content.decode()
        if "widgets" in INSTALLED:
            assert 'data-visits="/portal/' in html, path
    if {"articles", "feedback"} <= INSTALLED:
        html = answer(reader, pages["ArticlePage"].url, SCRIPT_NAME="/portal").content.decode()
        assert 'action="/portal/' in html


def translations_are_read(pages):
    """Each page in another language, with the citations and the sidebar of that language."""
    other = Locale.objects.create(language_code="vi")
    call_command("seed_directive_terms", "vi")
    home = Site.objects.get().root_page.specific
    for page in (home, *pages.values()):
        copy = page.copy_for_translation(other, copy_parents=True)
        if page is pages["ArticlePage"]:
            copy.title = "Nước sạch"
        copy.save_revision().publish()
    reader = Client()

    for page in pages.values():
        answer(reader, page.get_translation(other).url)
    path = pages["ArticlePage"].get_translation(other).url
    article = answer(reader, path).content.decode()

    assert path.startswith("/vi/")
    assert "Nước sạch" in article
    assert f'href="{pages["DirectivePage"].get_translation(other).url}"' in article
    assert f'href="{pages["StatisticsPage"].get_translation(other).url}"' in article
    assert 'action="/vi/portal/' in article
    assert "Bình luận" in article or "ý kiến" in article.lower()
    assert "Nước sạch" in answer(reader, "/vi/feeds/articles/").content.decode()
    assert "Nước sạch" not in answer(reader, "/feeds/articles/").content.decode()


def two_sites_are_apart(first):
    """Another site in the same installation has its own content, settings, sidebar and figures."""
    from feedback.models import CommentSettings
    from home.models import HomePage

    root = Page.objects.get(depth=1)
    home = root.add_child(instance=HomePage(title="Other", slug="other"))
    home.save_revision().publish()
    other = Site.objects.create(hostname="other.example", root_page=home, site_name="Other")
    second = make_content(home)
    home.sidebar_cards.clear()
    home.save_revision().publish()
    policy = CommentSettings.for_site(other)
    policy.comments_open = False
    policy.save()
    reader, path = Client(), "/news/clean-water/"

    mine = answer(reader, path).content.decode()
    theirs = answer(reader, path, headers={"host": "other.example"}).content.decode()

    assert 'class="sidebar"' in mine
    assert 'class="sidebar"' not in theirs
    assert 'id="comment-form"' in mine
    assert 'id="comment-form"' not in theirs
    assert f'data-page="{second["ArticlePage"].pk}"' in theirs
    assert first["ArticlePage"].pk != second["ArticlePage"].pk
    visits = "/portal/widgets/visits/"
    seen = json.dumps({"page": second["ArticlePage"].pk})
    firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    headers = {"host": "other.example", "user-agent": firefox}
    reader.post(visits, seen, content_type="application/json", headers=headers)
    from widgets.visits import writer

    writer.flush()
    for host, page, total in (("other.example", second, 1), ("localhost", first, 0)):
        path = f"/portal/widgets/figures/{page['StatisticsPage'].pk}.json"
        figures = answer(reader, path, headers={"host": host}).json()
        assert figures["total"] == total, (host, figures)


def titles_are_filled(pages):
    """A base template without a title of its own gets one from each page."""
    for page in pages.values():
        html = answer(Client(), page.url).content.decode()
        assert f"<title>{page.title} –" in html, page


def words_are_french(pages):
    """A page, its forms and its editor are in the project's language, without words of another."""
    reader, editor = Client(), Client()
    editor.login(username="lan", password="secret")
    article, register = pages["ArticlePage"], pages["DirectiveIndexPage"]
    for client, path, theirs, others in (
        (reader, article.url, "Écrire un commentaire", "Write a comment"),
        (reader, register.url, "Rechercher des documents", "Search documents"),
        (reader, pages["DirectivePage"].url, "Comment le citer", "How to cite"),
        (reader, pages["StatisticsPage"].url, "Visites par jour", "Visits by day"),
        (editor, f"/admin/pages/{article.pk}/edit/", "Articles liés", "Related articles"),
        (editor, "/admin/snippets/civic_feedback/comment/", "Indésirable", "Spam"),
    ):
        html = answer(client, path).content.decode()
        assert theirs in html, path
        assert others not in html, path
    refused = reader.get("/api/v3/pages/999999/comments/").json()
    assert refused["detail"] == "Cette page n’existe pas."


def main(*walks):
    setup_test_environment()
    call_command("check", fail_level="WARNING")
    call_command("migrate", verbosity=0)
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
    call_command("createcachetable")
    settings.ALLOWED_HOSTS = ["*"]
    Site.objects.update(hostname="localhost")
    get_user_model().objects.create_superuser("lan", "lan@example.com", "secret")
    editor = Client()
    editor.login(username="lan", password="secret")
    home = Site.objects.get().root_page.specific
    pages = make_content(home)
    nothing_absent_is_there()
    pages_are_read(pages)
    pages_are_edited(pages, editor)
    readers_are_heard(home)
    apis_are_read(pages, {2, 3})
    for walk in walks:
        globals()[walk](pages)
    nothing_absent_is_there()
    for name in INSTALLED:
        import_module(name)


if __name__ == "__main__":
    main(*sys.argv[1:])
