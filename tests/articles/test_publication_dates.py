"""The moment an article was published: set by the first publication, unless by an editor."""

from datetime import timedelta
from unittest import mock

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Workflow
from wagtail.test.utils.form_data import nested_form_data

from articles.models import ArticlePage
from feedback.models import CommentSettings
from home.services import create_site_groups
from tests.api.test_writing import Writer
from tests.factories import (
    language,
    log_in,
    make_article,
    make_english,
    make_portal,
    make_superuser,
    make_user,
    paragraph,
    publish,
    translate,
)
from tests.forms import article_form, preview_new

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def portal():
    return make_portal()


def at(moment):
    """Let the clock of Django show `moment` within the block."""
    return mock.patch("django.utils.timezone.now", return_value=moment)


def post(client, address, **changes):
    data = nested_form_data(article_form(**{"published_at": "", **changes}))
    response = client.post(address, data)
    assert response.status_code == 302, response.context["form"].errors
    return ArticlePage.objects.order_by("-pk").first()


def same(one, other):
    """Whether two moments differ by no more than what revisions and forms leave out."""
    return abs(one - other) < timedelta(seconds=1)


def create(client, portal, **changes):
    args = ["civic_articles", "articlepage", portal.news.pk]
    return post(client, reverse("wagtailadmin_pages:add", args=args), **changes)


def edit(client, article, **changes):
    post(client, reverse("wagtailadmin_pages:edit", args=[article.pk]), **changes)
    article.refresh_from_db()


PUBLISH = {"action-publish": "1"}


def test_an_article_opened_long_ago_is_as_new_as_its_publication(client, portal):
    log_in(client)
    draft = create(client, portal)
    assert draft.published_at is None
    newer = make_article(portal.news)
    edit(client, draft, **PUBLISH)

    assert draft.published_at == draft.first_published_at > newer.published_at
    assert list(ArticlePage.objects.published().newest_first()) == [draft, newer]


def test_a_scheduled_article_has_the_moment_when_it_came_out(client, portal):
    log_in(client)
    now = timezone.now()
    later = timezone.localtime(now + DAY)
    article = create(client, portal, go_live_at=later.strftime("%Y-%m-%d %H:%M"), **PUBLISH)
    assert (article.live, article.published_at) == (False, None)

    with at(now + DAY + timedelta(minutes=1)):
        call_command("publish_scheduled")

    article.refresh_from_db()
    assert article.live
    assert article.published_at == article.first_published_at > now + DAY


def test_an_article_approved_days_later_opens_its_comments_then(client, portal):
    editors, _moderators = create_site_groups(site=portal.site)
    CommentSettings.objects.create(site=portal.site, close_after_days=3)
    editor, moderator = make_user("bien-tap", editors), make_superuser()
    log_in(client, editor)
    article = create(client, portal, **{"action-submit": "1"})
    days = timezone.now() + 5 * DAY

    with at(days):
        task = article.current_workflow_task_state
        task.task.specific.on_action(task, moderator, "approve")
        article.refresh_from_db()

        assert article.published_at == days
        settings = CommentSettings.of_site(portal.site.pk)
        assert settings.accepts_comments(article, None)
    assert Workflow.objects.exists()


def test_what_an_editor_sets_is_kept_until_it_is_cleared(client, portal):
    log_in(client)
    article = create(client, portal, published_at="2024-06-01 08:00", **PUBLISH)
    assert timezone.localtime(article.published_at).year == 2024
    first = article.first_published_at

    page = client.get(reverse("wagtailadmin_pages:edit", args=[article.pk]))
    assert "2024" in page.context["form"]["published_at"].as_widget()
    edit(client, article, published_at="", **PUBLISH)

    assert article.published_at == first


def test_publication_after_withdrawal_keeps_the_first_moment(client, portal):
    log_in(client)
    article = create(client, portal, **PUBLISH)
    first = article.published_at
    article.unpublish()
    with at(first + 9 * DAY):
        publish(ArticlePage.objects.get(pk=article.pk).get_latest_revision_as_object())

    article.refresh_from_db()
    assert article.live
    assert article.last_published_at > first
    assert same(article.published_at, first)


def test_an_earlier_revision_brings_back_the_date_it_had(client, portal):
    log_in(client)
    article = create(client, portal, **PUBLISH)
    first, automatic = article.published_at, article.latest_revision
    edit(client, article, published_at="2024-06-01 08:00", **PUBLISH)
    assert article.published_at != first

    automatic.publish()

    article.refresh_from_db()
    assert same(article.published_at, first)


@pytest.mark.parametrize("source_date", ["", "2024-06-01 08:00"])
@pytest.mark.parametrize("publish_copies", [True, False])
def test_a_copy_is_as_new_as_its_own_publication(client, portal, source_date, publish_copies):
    log_in(client)
    article = create(client, portal, published_at=source_date, **PUBLISH)
    data = {"new_title": "Bản sao", "new_slug": "ban-sao", "new_parent_page": portal.news.pk}
    data |= {"publish_copies": "on"} if publish_copies else {}
    before = timezone.now()
    client.post(reverse("wagtailadmin_pages:copy", args=[article.pk]), data)
    copy = ArticlePage.objects.get(slug="ban-sao")
    if not publish_copies:
        assert copy.published_at is None
        publish(copy.get_latest_revision_as_object())
        copy.refresh_from_db()

    assert copy.live
    assert copy.published_at > before
    assert copy.first_published_at > before


def test_an_alias_has_the_moment_of_its_source(client, portal):
    log_in(client)
    article = create(client, portal, **PUBLISH)

    alias = article.create_alias(update_slug="bi-danh")
    assert alias.published_at == article.published_at
    edit(client, article, published_at="2024-06-01 08:00", **PUBLISH)

    alias.refresh_from_db()
    assert alias.published_at == article.published_at


def test_a_translation_has_the_moment_of_its_source(client, portal):
    log_in(client)
    make_english(portal)
    article = create(client, portal, **PUBLISH)
    with at(article.published_at + 9 * DAY):
        by_hand = translate(article)
    assert by_hand.published_at == article.published_at


def test_a_translation_of_wagtail_localize_has_the_moment_of_its_source(client, portal):
    log_in(client)
    make_english(portal)
    article = create(client, portal, **PUBLISH)
    english = language("en")
    with at(article.published_at + 9 * DAY):
        address = reverse("wagtail_localize:submit_page_translation", args=[article.pk])
        client.post(address, {"locales": [english.pk]})
        translation = article.get_translation(english)
        publish(translation.get_latest_revision_as_object())

    translation.refresh_from_db()
    assert translation.live
    assert same(translation.published_at, article.published_at)


def test_an_import_sets_the_moment_or_leaves_it_to_the_publication(portal):
    before = timezone.now()
    old = before - 900 * DAY

    assert make_article(portal.news).published_at > before
    assert make_article(portal.news, published_at=old).published_at == old
    assert make_article(portal.news, first_published_at=old).published_at == old
    assert make_article(portal.news, live=False).published_at is None


def test_a_preview_before_publication_shows_the_day_of_today(client, portal):
    log_in(client)
    data = article_form(published_at="")

    response = preview_new(client, portal.news, ArticlePage, data)

    assert timezone.localdate().strftime("%d/%m/%Y") in response.content.decode()
    assert Page.objects.type(ArticlePage).count() == 0


def test_a_draft_without_a_date_stands_in_the_admins_lists(client, portal):
    log_in(client)
    draft = make_article(portal.news, title="Chưa đăng", body=[paragraph()], live=False)

    response = client.get(reverse("wagtailadmin_explore", args=[portal.news.pk]))

    assert draft.title in response.content.decode()


def closes_in(portal, article, days):
    """Whether comments on `article` close so many days after the moment that it has."""
    settings = CommentSettings.of_site(portal.site.pk)
    settings.close_after_days = days
    settings.save()
    settings = CommentSettings.of_site(portal.site.pk)
    with at(article.published_at + (days - 1) * DAY):
        open_before = settings.accepts_comments(article, None)
    with at(article.published_at + days * DAY):
        return open_before and not settings.accepts_comments(article, None)


def test_an_article_of_the_api_has_the_moment_when_it_came_out(portal):
    writer = Writer(make_superuser())
    new = {
        "meta": {"type": "civic_articles.ArticlePage", "parent_id": portal.news.pk},
        "title": "Đường mới",
        "summary": "Thông xe.",
        "body": [{"type": "paragraph", "value": "<p>Sáng nay.</p>"}],
    }
    at_once = writer.create(new | {"slug": "mot"}, publish=True).json()
    draft = writer.create(new | {"slug": "hai"}).json()
    draft = ArticlePage.objects.get(pk=draft["id"])
    assert draft.published_at is None

    days = timezone.now() + 5 * DAY
    with at(days):
        assert writer.act(draft, "publish").status_code == 200
        copied = writer.act(ArticlePage.objects.get(pk=at_once["id"]), "copy", {"slug": "ba"})
        assert copied.status_code == 201, copied.content

    draft.refresh_from_db()
    assert same(draft.published_at, days)
    assert closes_in(portal, draft, 3)
    copy = ArticlePage.objects.get(pk=copied.json()["id"])
    assert copy.live
    assert same(copy.published_at, days)
    source = ArticlePage.objects.get(pk=at_once["id"])
    assert same(source.published_at, days - 5 * DAY)


def test_an_article_approved_after_its_day_has_the_moment_of_the_approval(client, portal):
    editors, _moderators = create_site_groups(site=portal.site)
    log_in(client, make_user("bien-tap", editors))
    now = timezone.now()
    planned = timezone.localtime(now + DAY).strftime("%Y-%m-%d %H:%M")
    article = create(client, portal, go_live_at=planned, **{"action-submit": "1"})
    for days in (5, 6):
        with at(now + days * DAY):
            call_command("publish_scheduled")
            if task := ArticlePage.objects.get(pk=article.pk).current_workflow_task_state:
                task.task.specific.on_action(task, make_superuser(), "approve")

    article.refresh_from_db()
    assert article.live
    assert same(article.published_at, now + 5 * DAY)
    assert closes_in(portal, article, 7)


def test_an_approved_article_waits_for_its_day(client, portal):
    editors, _moderators = create_site_groups(site=portal.site)
    log_in(client, make_user("bien-tap", editors))
    now = timezone.now()
    planned = timezone.localtime(now + 3 * DAY).strftime("%Y-%m-%d %H:%M")
    article = create(client, portal, go_live_at=planned, **{"action-submit": "1"})
    task = article.current_workflow_task_state
    task.task.specific.on_action(task, make_superuser(), "approve")
    article.refresh_from_db()
    assert (article.live, article.published_at) == (False, None)

    with at(now + 3 * DAY + timedelta(minutes=1)):
        call_command("publish_scheduled")

    article.refresh_from_db()
    assert article.published_at > now + 3 * DAY - timedelta(minutes=2)
    assert closes_in(portal, article, 7)


def test_a_change_scheduled_later_keeps_the_moment_of_the_first_publication(client, portal):
    log_in(client)
    article = create(client, portal, **PUBLISH)
    first = article.published_at
    later = timezone.localtime(first + DAY).strftime("%Y-%m-%d %H:%M")
    edit(client, article, title="Sửa", go_live_at=later, **PUBLISH)
    with at(first + 2 * DAY):
        call_command("publish_scheduled")

    article.refresh_from_db()
    assert article.title == "Sửa"
    assert same(article.published_at, first)


def test_a_schedule_called_off_gives_the_moment_of_now(client, portal):
    log_in(client)
    later = timezone.localtime(timezone.now() + 9 * DAY).strftime("%Y-%m-%d %H:%M")
    article = create(client, portal, go_live_at=later, **PUBLISH)
    revision = article.scheduled_revision.pk
    client.post(reverse("wagtailadmin_pages:revisions_unschedule", args=[article.pk, revision]))
    edit(client, article, go_live_at="", **PUBLISH)

    assert article.live
    assert same(article.published_at, article.first_published_at)
    assert article.published_at <= timezone.now()


def test_drafts_published_together_have_the_moment_of_now(client, portal):
    log_in(client)
    drafts = [make_article(portal.news, slug=name, live=False) for name in ("mot", "hai")]
    days = timezone.now() + 5 * DAY
    with at(days):
        ids = "&".join(f"id={draft.pk}" for draft in drafts)
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
        client.post(f"{address}?{ids}&next=/admin/")

    for draft in drafts:
        draft.refresh_from_db()
        assert draft.live
        assert same(draft.published_at, days)


def test_a_copied_section_has_articles_as_new_as_their_publication(client, portal):
    log_in(client)
    old = make_article(portal.news, published_at=timezone.now() - 900 * DAY)
    data = {"new_title": "Bản sao", "new_slug": "ban-sao", "new_parent_page": portal.home.pk}
    data |= {"copy_subpages": "on", "publish_copies": "on"}
    before = timezone.now()
    client.post(reverse("wagtailadmin_pages:copy", args=[portal.news.pk]), data)

    copy = ArticlePage.objects.exclude(pk=old.pk).get()
    assert copy.live
    assert copy.published_at > before


def test_an_alias_made_a_page_keeps_the_moment(client, portal):
    log_in(client)
    article = create(client, portal, **PUBLISH)
    alias = article.create_alias(update_slug="bi-danh")
    with at(article.published_at + 9 * DAY):
        client.post(reverse("wagtailadmin_pages:convert_alias", args=[alias.pk]))
        alias = ArticlePage.objects.get(pk=alias.pk)
        edit(client, alias, title="Riêng", slug="bi-danh", **PUBLISH)

    assert alias.alias_of is None
    assert same(alias.published_at, article.published_at)
