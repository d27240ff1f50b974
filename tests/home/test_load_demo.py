"""The demo portal, loaded whole once: it is what a newcomer sees first."""

from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import TestCase, override_settings
from django.test.utils import CaptureQueriesContext
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, Site

from articles.models import ArticlePage
from directives.models import Citation, DirectiveAttachment, DirectivePage, DirectiveRelation
from headless.content.visibility import published
from tests.factories import make_portal
from widgets.models import AdministrativeMapPage, StatisticsPage, WebsiteLinksPage

pytestmark = pytest.mark.vendor

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


def load(**options):
    call_command("load_demo", stdout=StringIO(), **options)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_demo_is_whole_and_can_be_loaded_again_and_removed(client):
    """With real transactions: translations are published when one is committed."""
    load()
    check_what_the_issue_counts()
    check_that_every_page_answers(client)
    check_that_nobody_can_log_in()
    check_that_a_second_run_writes_nothing()
    check_that_a_password_makes_accounts()
    check_that_a_reset_leaves_one_demo()


def check_what_the_issue_counts():
    vietnamese = {"locale__language_code": "vi", "live": True}
    english = {"locale__language_code": "en", "live": True, "alias_of": None}
    [home] = Site.objects.filter(hostname="localhost").values_list("root_page", flat=True)
    here = Page.objects.get(pk=home)
    articles = ArticlePage.objects.descendant_of(here).filter(**vietnamese)
    directives = DirectivePage.objects.descendant_of(here).filter(**vietnamese)
    assert articles.count() >= 12
    assert articles.dates("published_at", "year").count() >= 2
    blocks = ArticlePage._meta.get_field("body").stream_block.child_blocks
    used = {block.block_type for article in articles for block in article.body}
    assert used == set(blocks)
    assert directives.count() >= 20
    assert directives.values("document_type").distinct().count() >= 8
    assert directives.exclude(attachments=None).count() >= 20
    for attachment in DirectiveAttachment.objects.select_related("document"):
        with attachment.document.file.open() as file:
            assert file.read(5) == b"%PDF-"
    assert DirectiveRelation.objects.exists()
    assert Citation.objects.filter(origin="hand").exists()
    for model in (AdministrativeMapPage, WebsiteLinksPage, StatisticsPage):
        assert model.objects.filter(**vietnamese).count() == 1
        assert model.objects.filter(**english).count() == 1
    assert AdministrativeMapPage.objects.first().places.count() >= 6
    groups = WebsiteLinksPage.objects.filter(**vietnamese).get().shown_groups()
    assert len(groups) >= 3
    assert sum(len(group["links"]) for group in groups) >= 10
    for model in (ArticlePage, DirectivePage):
        assert model.objects.filter(**english).count() == model.objects.filter(**vietnamese).count()
    assert Site.objects.count() == 2


def check_that_every_page_answers(client):
    for site in Site.objects.all():
        roots = Page.objects.filter(translation_key=site.root_page.translation_key)
        assert roots.filter(live=True).count() == 2
        for root in roots:
            for page in published(root.get_descendants(inclusive=True)):
                path = page.relative_url(site)
                response = client.get(path, headers={"host": site.hostname})
                assert response.status_code == 200, (site.hostname, path)
                assert f'lang="{root.locale.language_code}"' in response.content.decode()


def check_that_nobody_can_log_in():
    assert not get_user_model().objects.exists()


def check_that_a_second_run_writes_nothing():
    with CaptureQueriesContext(connection) as captured:
        load()

    written = [
        query["sql"][:150]
        for query in captured
        if query["sql"].startswith(WRITES) and "portal_cache" not in query["sql"]
    ]
    # The address of the sites is brought up to date on every start.
    assert [sql for sql in written if "wagtailcore_site" not in sql] == []


def check_that_a_password_makes_accounts():
    load(password="mat-khau-cua-toi")

    users = get_user_model().objects
    assert users.count() == 3
    assert all(user.check_password("mat-khau-cua-toi") for user in users.all())
    editor = users.get(username="cong-tac-vien")
    assert [group.name for group in editor.groups.all()] == ["Phường Bến Ngà – biên tập"]


def check_that_a_reset_leaves_one_demo():
    models = (Page, Site, get_document_model(), get_image_model())
    before = [model.objects.count() for model in models]

    load(reset=True)

    assert [model.objects.count() for model in models] == before
    assert not get_user_model().objects.exists()


class RefusalTests(TestCase):
    def test_it_is_not_loaded_beside_content_of_ones_own(self):
        make_portal()

        with (
            pytest.raises(CommandError, match="content of its own"),
            override_settings(LANGUAGE_CODE="en"),
        ):
            load()

        assert not get_user_model().objects.exists()
