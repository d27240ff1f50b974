"""
Upgrades a database of the first migrations with content, and takes it back: `python -m tests.upgrade`.

Works on the database of `DATABASE_URL`, which must be empty.
"""

import os
import uuid

import django

FIRST = {
    "headless": "0001_initial",
    "widgets": "0001_initial",
    "directives": "0002_seed_terms",
    "articles": "0001_initial",
    "home": "0001_initial",
}
BODY = [{"type": "paragraph", "value": "<p>Từ tháng Sáu.</p>", "id": "1"}]
PLACE = {"name": "Trạm Y tế", "kind": "health", "latitude": "18.340000", "longitude": "105.900000"}


def migrate_to(targets):
    """Brings the apps to these migrations (None: the newest); returns the models of that time."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from headless.cache import content_version

    executor = MigrationExecutor(connection)
    targets = list(targets.items()) if targets else executor.loader.graph.leaf_nodes()
    # As the command `migrate` says; at the first migrations nobody serves readers.
    content_version.pause(sender=None, using="default")
    executor.migrate(targets)
    if targets == executor.loader.graph.leaf_nodes():
        content_version.resume(sender=None, using="default")
    return MigrationExecutor(connection).loader.project_state(targets).apps


def add_page(apps, label, model, parent, title, **fields):
    """A page as old migrations see it: the tree's columns are set by hand."""
    Locale = apps.get_model("wagtailcore", "Locale")
    ContentType = apps.get_model("contenttypes", "ContentType")
    kind, _made = ContentType.objects.get_or_create(app_label=label, model=model.lower())
    parent.numchild += 1
    parent.save()
    slug = title.lower().replace(" ", "-")
    return apps.get_model(label, model).objects.create(
        title=title,
        draft_title=title,
        slug=slug,
        path=f"{parent.path}{parent.numchild:04}",
        depth=parent.depth + 1,
        url_path=f"{parent.url_path}{slug}/",
        content_type=kind,
        locale=Locale.objects.get(language_code="vi"),
        translation_key=uuid.uuid4(),
        live=True,
        **fields,
    )


def write(apps):
    """An article, a document, a map and a directory of links of the first version."""
    Locale = apps.get_model("wagtailcore", "Locale")
    locale, _made = Locale.objects.get_or_create(language_code="vi")
    root = apps.get_model("wagtailcore", "Page").objects.get(depth=1)
    root.numchild = 8  # beyond the welcome page
    home = add_page(apps, "home", "HomePage", root, "trang chu")
    news = add_page(apps, "civic_articles", "ArticleIndexPage", home, "tin tuc")
    add_page(
        apps, "civic_articles", "ArticlePage", news, "nuoc sach", summary="Ống mới.", body=BODY
    )
    register = add_page(apps, "civic_directives", "DirectiveIndexPage", home, "van ban")
    kinds = apps.get_model("civic_directives", "DocumentType").objects
    bodies = apps.get_model("civic_directives", "IssuingBody").objects
    add_page(
        apps,
        "civic_directives",
        "DirectivePage",
        register,
        "ke hoach",
        document_number="65/KH-UBND",
        number_key="65/KH-UBND",
        document_type=kinds.get(code="ke-hoach", locale=locale),
        issuing_body=bodies.filter(locale=locale).first(),
        issued_on="2024-03-15",
        subject="Nước sạch",
    )
    shelf = add_page(apps, "civic_widgets", "WidgetIndexPage", home, "tien ich")
    place = add_page(apps, "civic_widgets", "AdministrativeMapPage", shelf, "ban do")
    apps.get_model("civic_widgets", "MapPlace").objects.create(
        page=place, locale=locale, translation_key=uuid.uuid4(), **PLACE
    )
    apps.get_model("wagtailcore", "Site").objects.update(root_page_id=home.pk)


def check_newest():
    """What was written is what the portal of today shows."""
    from django.core.management import call_command
    from django.test import Client

    from articles.models import ArticlePage
    from directives.models import DirectivePage
    from widgets.models import AdministrativeMapPage

    call_command("createcachetable", verbosity=0)
    article = ArticlePage.objects.get()
    assert str(article.body[0].value) == "<p>Từ tháng Sáu.</p>"
    assert DirectivePage.objects.get().document_number == "65/KH-UBND"
    assert AdministrativeMapPage.objects.get().places.get().name == "Trạm Y tế"
    for page in (article, DirectivePage.objects.get(), AdministrativeMapPage.objects.get()):
        response = Client().get(page.url)
        assert response.status_code == 200, (page.url, response.status_code)
        assert Client().get(f"/api/v3/pages/{page.pk}/").status_code == 200, page.url


def check_first(apps):
    """What was written is still there under the first migrations."""
    assert apps.get_model("civic_articles", "ArticlePage").objects.get().title == "nuoc sach"
    assert apps.get_model("civic_articles", "ArticlePage").objects.get().body == BODY
    assert apps.get_model("civic_directives", "DirectivePage").objects.get().subject == "Nước sạch"
    assert apps.get_model("civic_widgets", "MapPlace").objects.get().name == "Trạm Y tế"


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms_site.settings.test")
    django.setup()
    write(migrate_to(FIRST))
    migrate_to(None)
    check_newest()
    check_first(migrate_to(FIRST))


if __name__ == "__main__":
    main()
