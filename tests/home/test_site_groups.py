"""The two groups of a site, tried at the admin's doors."""

from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.test import TestCase
from django.urls import reverse
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    GroupSitePermission,
    Workflow,
    WorkflowPage,
)
from wagtail.test.utils.form_data import inline_formset, nested_form_data
from wagtail_localize.models import Translation

from articles.models import ArticlePage
from directives.models import DirectiveSettings
from feedback.models import CommentSettings
from home.models import AgencySettings
from home.services import UNPUBLISHED, create_site_groups
from tests.factories import (
    log_in,
    make_article,
    make_document,
    make_english,
    make_portal,
    make_user,
)
from tests.feedback.test_comment_desk import settings_form
from tests.forms import article_form
from widgets.models import WidgetSettings

# Each setting of a site, what its form posts, and what is stored then.
SETTINGS = [
    (
        AgencySettings,
        nested_form_data(
            {
                "texts": inline_formset([]),
                "social_links": inline_formset([]),
                "mark": "",
                "colour": "#123456",
                "telephone": "0239 000 000",
                "email": "",
            }
        ),
        {"telephone": "0239 000 000"},
    ),
    (
        DirectiveSettings,
        {"commune": "phường Bến Ngà", "province": "tỉnh Lam Giang"},
        {"commune": "phường Bến Ngà"},
    ),
    (CommentSettings, settings_form(policy="publish_first"), {"policy": "publish_first"}),
    (WidgetSettings, {"starting_value": "4200"}, {"starting_value": 4200}),
]


class SiteGroupTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.english = make_english(cls.portal)
        cls.other = make_portal("go-say.localhost", "Phường Gò Sậy")
        editors, moderators = create_site_groups(site=cls.portal.site)
        cls.editor = make_user("bien-tap", editors)
        cls.moderator = make_user("duyet-bai", moderators)
        cls.groups = editors, moderators

    def edit(self, page, action, **changes):
        data = article_form(title=page.title, slug=page.slug) | changes
        address = reverse("wagtailadmin_pages:edit", args=[page.pk])
        response = self.client.post(address, nested_form_data(data) | {action: "yes"})
        page.refresh_from_db()
        return response

    def create(self, portal, action="action-publish"):
        address = reverse(
            "wagtailadmin_pages:add", args=["civic_articles", "articlepage", portal.news.pk]
        )
        return self.client.post(address, nested_form_data(article_form()) | {action: "yes"})

    def test_an_editor_writes_but_does_not_publish(self):
        log_in(self.client, self.editor)

        self.create(self.portal)

        page = ArticlePage.objects.get(slug="nuoc-sach")
        assert not page.live
        self.edit(page, "action-publish", summary="Sửa lại")
        assert not page.live
        assert page.get_latest_revision_as_object().summary == "Sửa lại"

    def test_an_editor_does_not_change_what_readers_see(self):
        page = make_article(self.portal.news, summary="Như cũ")
        log_in(self.client, self.editor)

        self.edit(page, "action-publish", summary="Sửa lại")
        self.client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
        self.client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))

        page.refresh_from_db()
        assert page.live
        assert page.summary == "Như cũ"

    def test_a_moderator_publishes_and_takes_back(self):
        page = make_article(self.portal.news, live=False)
        log_in(self.client, self.moderator)

        self.edit(page, "action-publish")
        assert page.live

        self.client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
        page.refresh_from_db()
        assert not page.live

    def test_what_an_editor_submits_goes_to_the_moderators_who_approve_it(self):
        page = make_article(self.portal.news, live=False)
        log_in(self.client, self.editor)

        self.edit(page, "action-submit")

        state = page.current_workflow_state
        assert list(state.current_task_state.task.specific.groups.all()) == [self.groups[1]]
        log_in(self.client, self.moderator)
        address = reverse(
            "wagtailadmin_pages:workflow_action",
            args=[page.pk, "approve", state.current_task_state.pk],
        )
        self.client.post(address, {"comment": ""})
        page.refresh_from_db()
        assert page.live

    def test_both_work_in_every_language_of_their_site(self):
        log_in(self.client, self.moderator)

        self.create(self.english)

        assert ArticlePage.objects.get(slug="nuoc-sach").locale.language_code == "en"

    def test_nobody_works_on_another_site(self):
        page = make_article(self.other.news, summary="Như cũ")
        for user in (self.editor, self.moderator):
            log_in(self.client, user)
            with self.subTest(user=user.username):
                self.create(self.other)
                self.edit(page, "action-publish", summary="Sửa lại")
                self.client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
                self.client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
                page.refresh_from_db()

                assert ArticlePage.objects.descendant_of(self.other.home).get() == page
                assert page.live
                assert page.summary == "Như cũ"
                assert not page.latest_revision

    def test_nobody_moves_a_page_to_another_site(self):
        page = make_article(self.portal.news)
        log_in(self.client, self.moderator)

        self.client.post(
            reverse("wagtailadmin_pages:move_confirm", args=[page.pk, self.other.news.pk])
        )

        page.refresh_from_db()
        assert page.get_parent().pk == self.portal.news.pk

    def test_an_editor_can_have_a_page_translated(self):
        page = make_article(self.portal.news)
        log_in(self.client, self.editor)

        address = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
        response = self.client.post(address, {"locales": [self.english.home.locale_id]})

        assert response.status_code == 302
        assert Translation.objects.filter(source__object_id=page.translation_key).exists()

    def test_neither_reaches_users_sites_or_redirects(self):
        addresses = [
            reverse("wagtailusers_users:index"),
            reverse("wagtailusers_groups:index"),
            reverse("wagtailsites:index"),
            reverse("wagtailredirects:index"),
            reverse("wagtaillocales:index"),
        ]
        for user in (self.editor, self.moderator):
            log_in(self.client, user)
            for address in addresses:
                assert self.client.get(address).status_code == 302, address

    def test_a_moderator_changes_the_settings_of_the_own_site_only(self):
        log_in(self.client, self.moderator)
        menu = self.client.get(reverse("wagtailadmin_home")).content.decode()
        for model, form, stored in SETTINGS:
            with self.subTest(model=model):
                label = [model._meta.app_label, model._meta.model_name]
                entry = reverse("wagtailsettings:edit", args=label)
                own = reverse("wagtailsettings:edit", args=[*label, self.portal.site.pk])
                others = reverse("wagtailsettings:edit", args=[*label, self.other.site.pk])

                assert entry in menu
                # The entry leads to the own site, also from the address of another.
                led = self.client.get(entry, headers={"host": "go-say.localhost"})
                assert led["Location"] == own
                page = self.client.get(own)
                assert page.context["site_switcher"] is None
                saved = self.client.post(own, form | {"site": self.other.site.pk})
                assert saved["Location"] == own
                refused = [self.client.get(others), self.client.post(others, form)]

                assert {each["Location"] for each in refused} == {reverse("wagtailadmin_home")}
                rows = model.objects.filter(**stored).values_list("site__hostname", flat=True)
                assert list(rows) == ["localhost"]

    def test_an_editor_changes_no_settings(self):
        log_in(self.client, self.editor)
        menu = self.client.get(reverse("wagtailadmin_home")).content.decode()
        for model, form, stored in SETTINGS:
            label = [model._meta.app_label, model._meta.model_name]
            assert reverse("wagtailsettings:edit", args=label) not in menu
            own = reverse("wagtailsettings:edit", args=[*label, self.portal.site.pk])
            assert self.client.get(own)["Location"] == reverse("wagtailadmin_home")
            self.client.post(own, form)
            assert not model.objects.filter(**stored).exists()

    def test_only_a_moderator_keeps_the_shared_terms(self):
        addresses = ["/admin/snippets/civic_articles/category/add/"]
        for address in addresses:
            log_in(self.client, self.editor)
            assert self.client.get(address).status_code == 302
            log_in(self.client, self.moderator)
            assert self.client.get(address).status_code == 200

    def test_files_of_the_hidden_collection_are_not_for_readers(self):
        hidden = Collection.objects.get(name=UNPUBLISHED)
        document = make_document(collection=hidden)

        assert self.client.get(document.url).status_code in {302, 403}
        log_in(self.client, self.editor)
        assert self.client.get(document.url).status_code == 200

    def test_run_again_the_command_changes_nothing(self):
        call_command("create_site_groups", verbosity=0)

        def rows():
            models = (
                Group,
                GroupPagePermission,
                GroupCollectionPermission,
                GroupSitePermission,
                Collection,
                Workflow,
                WorkflowPage,
            )
            return [sorted(model.objects.values_list("pk", flat=True)) for model in models]

        before = rows()
        call_command("create_site_groups", verbosity=0)

        assert rows() == before
        assert Group.objects.filter(name="Phường Gò Sậy – duyệt bài").exists()

    def test_the_command_refuses_a_site_that_is_not_there_and_names_those_that_are(self):
        with self.assertRaisesMessage(CommandError, "go-say.localhost"):
            call_command("create_site_groups", site="khong-co.example")
