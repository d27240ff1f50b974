"""The admin speaks one language: Vietnamese to whom it is set to Vietnamese, English to the others."""

import datetime
import json
import re
from itertools import product

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.contrib.auth.models import Group
from django.test import TestCase
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils import timezone
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import APIToken, Collection, Page, PageLogEntry, Task, Workflow, get_page_models
from wagtail.snippets.models import get_snippet_models
from wagtail.users.models import UserProfile
from wagtail_localize.models import (
    OverridableSegment,
    StringSegment,
    Translation,
    TranslationSource,
)

from feedback.models import Comment
from headless.models import WebhookDelivery
from headless.webhooks.deliveries import create_test_delivery
from home.services import create_site_groups
from tests import factories
from tests.cms_site.admin_texts import english, script_texts, shown_texts

pytestmark = pytest.mark.slow

# They end the visit, or answer with scripts, pictures or files.
LEFT_OUT = {
    "wagtailadmin_logout",
    "wagtailadmin_sprite",
    "wagtailadmin_javascript_catalog",
    "wagtail_localize:javascript_catalog",
    "wagtail_localize:download_pofile",
    # They show pages as readers see them, or API v3's and API v2's data.
    "wagtailadmin_pages:view_draft",
    "wagtailadmin_pages:preview_on_add",
    "wagtailadmin_pages:preview_on_edit",
    "wagtailadmin_pages:revisions_view",
    "wagtailadmin_pages:workflow_preview",
    "wagtail_localize:preview_translation",
    "wagtail_localize:preview_translation_page",
    "wagtailadmin_block_preview",
    "wagtailimages:preview",
    "wagtailimages:generate_url",
    "wagtailimages:generate_url_output",
}
# Stored titles beside those that are shown, and a button that no style shows (Wagtail's header.html).
SHOWN_TO_NOBODY = [("/admin/api/main/pages/", "Root"), ("/admin/choose-page/", "Search")]
TEXTS = re.compile("html|json")
POSTED = re.compile(r"(?:^|[:_-])(?:add|edit|create|copy|edit_snippet)(?:_multiple)?$")


def admin_routes():
    """Yield each route of the admin: its name, names of its arguments, the path and the view."""

    def walk(resolver, path="", namespaces=()):
        for each in resolver.url_patterns:
            here = path + str(each.pattern)
            if hasattr(each, "url_patterns"):
                inner = (*namespaces, each.namespace) if each.namespace else namespaces
                yield from walk(each, here, inner)
            elif here.startswith("admin/") and each.name:
                name = ":".join([*namespaces, each.name])
                if name not in LEFT_OUT:
                    yield name, list(each.pattern.regex.groupindex), here, each.callback

    return walk(get_resolver())


def is_there(arguments):
    """Whether there is the model, and the bulk action for it, that the arguments of a route name."""
    label, name = (
        [value for key, value in arguments.items() if key.endswith(ending)]
        for ending in (("app_label", "app_name"), "model_name")
    )
    if not label or not name:
        return True
    try:
        model = apps.get_model(label[0], name[0])
    except LookupError:
        return False
    action = arguments.get("action")
    registered = bulk_action_registry.get_bulk_actions_for_model
    return action is None or any(
        each.action_type == action for each in registered(*model._meta.label_lower.split("."))
    )


class AdminWordsTests(TestCase):
    """Every route of the admin is asked for, with things in all states, and forms are sent empty."""

    @classmethod
    def setUpTestData(cls):
        cls.portal = factories.make_portal()
        # Its titles are content; Vietnamese ones are not taken for the interface's English.
        for section, slug in ((cls.portal.home, "en"), (cls.portal.news, "news")):
            factories.translate(section, title=f"{section.title} (bản dịch)", slug=slug)
        cls.name_what_migrations_made()
        cls.user = factories.make_superuser()
        editors, moderators = create_site_groups(site=cls.portal.site)
        cls.editor = factories.make_user("bien-tap", editors)
        cls.moderator = factories.make_user("duyet-bai", editors, moderators)
        APIToken.objects.create(user=cls.user, name="Ứng dụng")
        files = {"collection": Collection.objects.get(name="Phường Bến Ngà")}
        cls.image, cls.document = factories.make_image(**files), factories.make_document(**files)
        cls.category = factories.make_category()
        cls.redirect = Redirect.add_redirect("/cu/", redirect_to=cls.portal.news)
        cls.endpoint = factories.make_endpoint(cls.portal.site)
        create_test_delivery(endpoint=cls.endpoint)
        cls.make_pages()

    @classmethod
    def name_what_migrations_made(cls):
        """Wagtail's migrations make groups, a workflow and a site in English: content, to be renamed."""
        for model in (Group, Workflow, Task):
            for number, each in enumerate(model.objects.filter(name__contains="oderat"), start=1):
                model.objects.filter(pk=each.pk).update(name=f"Duyệt {number}")
        Group.objects.filter(name="Editors").update(name="Biên tập")
        PageLogEntry.objects.all().delete()

    @classmethod
    def make_pages(cls):
        portal, user = cls.portal, cls.user
        cls.article = factories.make_article(
            portal.news, cover=cls.image, category=cls.category, owner=user
        )
        cls.article.save_revision(user=user, log_action=True).publish(user=user)
        cls.article.summary = "Tóm tắt đã sửa."
        cls.article.save_revision(user=user, log_action=True)
        cls.article.locked, cls.article.locked_by = True, cls.editor
        cls.article.locked_at = timezone.now()
        cls.article.save()
        directive = factories.make_directive(portal.register)
        factories.attach(directive, cls.document)
        cls.citation = factories.cite(cls.article, directive)
        cls.submitted = factories.make_article(portal.news, live=False, owner=cls.editor)
        cls.submitted.save_revision(user=cls.editor)
        Workflow.objects.get(workflow_pages__page=portal.home).start(cls.submitted, cls.editor)
        cls.submitted.refresh_from_db()
        cls.scheduled = factories.make_article(
            portal.news, live=False, go_live_at=timezone.now() + datetime.timedelta(days=1)
        )
        cls.scheduled.save_revision(user=user, log_action=True).publish(user=user)
        cls.alias = cls.article.create_alias(update_slug="bi-danh", user=user)
        widgets = [
            factories.make_map(portal.shelf),
            factories.make_links(portal.shelf),
            factories.make_statistics(portal.shelf),
        ]
        factories.add_card(portal.home, widgets[0])
        cls.comment = Comment.objects.create(
            page=cls.article, name="Bà Tư", email="ba-tu@example.org", body="Bao giờ thông xe?"
        )
        cls.translations = []
        for source in (cls.article, cls.category):
            cls.translations.append(cls.translated(source))
        cls.pages = [
            portal.home,
            portal.news,
            portal.register,
            portal.shelf,
            directive,
            *widgets,
            cls.article,
            cls.submitted,
            cls.scheduled,
            cls.alias,
            Page.objects.get(
                translation_key=cls.article.translation_key, locale__language_code="en"
            ),
        ]

    @classmethod
    def translated(cls, source):
        source, _made = TranslationSource.get_or_create_from_instance(source)
        translation = Translation.objects.create(
            source=source, target_locale=factories.language("en")
        )
        translation.save_target(publish=True)
        return translation

    def values(self, name, path, view):
        """Return what may stand for an argument of a route: ids of what there is."""
        # Forms differ between types of pages, other views between states of a page.
        some = self.pages if path.endswith(("edit/", "add/")) else self.pages[-5:]
        pages = [page.pk for page in some]
        translation = self.translations[0]
        article = self.article
        known = {
            "image_id": [self.image.pk],
            "document_id": [self.document.pk],
            "doc_id": [self.document.pk],
            "collection_id": [self.image.collection_id],
            "translation_id": [each.pk for each in self.translations],
            "translation_source_id": [translation.source_id],
            "redirect_id": [self.redirect.pk],
            "string_segment_id": [StringSegment.objects.first().pk],
            "overridable_segment_id": [OverridableSegment.objects.first().pk],
            "identity": [self.citation.identity] if hasattr(self.citation, "identity") else ["x"],
            "destination_id": [self.portal.news.pk],
            "parent_page_id": [page.pk for page in self.pages[:4]],
            "page_id": pages,
            "page_to_move_id": pages,
            "page_pk": pages[:1],
            "page": pages,
            "revision_id": [article.latest_revision_id, self.scheduled.latest_revision_id],
            "revision_id_a": ["earliest"],
            "revision_id_b": ["latest"],
            "task_id": list(Task.objects.values_list("pk", flat=True)),
            "task_state_id": [self.submitted.current_workflow_state.current_task_state_id],
            "workflow_state_id": [self.submitted.current_workflow_state.pk],
            "workflow_pk": list(Workflow.objects.values_list("pk", flat=True)),
            "action_name": ["approve", "reject"],
            "action": [
                "delete", "move", "publish", "unpublish", "add_tags", "add_to_collection",
                "approve", "reject", "spam", "erase", "assign_role", "set_active_state",
            ],
        }  # fmt: skip
        if name in known:
            return known[name]
        models = [*get_page_models(), *get_snippet_models(), Page, Task]
        if name in {"app_label", "app_name", "content_type_app_name"}:
            labels = {model._meta.app_label for model in models}
            return [*labels, "auth", "wagtailimages", "wagtaildocs", "civic_home", "home"]
        if name in {"model_name", "content_type_model_name"}:
            names = {model._meta.model_name for model in models}
            return [*names, "user", "image", "document", "agencysettings", "groupapprovaltask"] + [
                "commentsettings", "directivesettings", "widgetsettings",
            ]  # fmt: skip
        if name == "pk":
            if "sites/" in path or "settings/" in path:
                return [self.portal.site.pk]
            if "users/" in path:
                return [self.editor.pk]
            if "groups/" in path:
                return list(Group.objects.values_list("pk", flat=True)[:1])
            if "locales/" in path:
                return [self.portal.home.locale_id]
            if "endpoints/" in path:
                return [self.endpoint.pk]
            if "deliveries/" in path:
                return list(WebhookDelivery.objects.values_list("pk", flat=True)[:1])
            if "pages/" in path:
                return [article.pk]
            model = getattr(view, "view_initkwargs", {}).get("model") or getattr(
                getattr(view, "view_class", None), "model", None
            )
            if "tasks/" in path:
                model = Task
            elif "workflows/" in path:
                model = Workflow
            elif "collections/" in path:
                return [self.image.collection_id]
            if not isinstance(model, type):
                return [1]
            return list(model._default_manager.values_list("pk", flat=True)[:2])
        return [1]

    def addresses(self):
        """Return the address of every route, with what it needs in its query."""
        found = {}
        for name, arguments, path, view in admin_routes():
            choices = [self.values(each, path, view) for each in arguments]
            for values in product(*choices):
                try:
                    address = reverse(name, kwargs=dict(zip(arguments, values, strict=True)))
                except NoReverseMatch:
                    continue
                if name == "wagtail_bulk_action":
                    address += "?id=all"
                if is_there(dict(zip(arguments, values, strict=True))):
                    found.setdefault(name, []).append(address)
        return found

    def answers(self, language):
        """Yield (address, response) of every route in the superuser's language."""
        factories.log_in(self.client, self.user)
        profile = UserProfile.get_for_user(self.user)
        profile.preferred_language = language
        profile.save()
        self.client.raise_request_exception = False
        for name, addresses in self.addresses().items():
            for address in addresses:
                response = self.client.get(address, HTTP_ACCEPT_LANGUAGE=language)
                yield name, address, response
                if POSTED.search(name) and response.status_code == 200:
                    form = BeautifulSoup(response.content, "html.parser")
                    hidden = form.select("input[type=hidden][name][value]")
                    data = {each["name"]: each["value"] for each in hidden}
                    response = self.client.post(address, data, HTTP_ACCEPT_LANGUAGE=language)
                    yield name, address, response

    def test_all_of_it_is_vietnamese(self):
        found, asked = {}, set()
        for name, address, response in self.answers("vi"):
            kind = response.headers.get("Content-Type", "")
            if response.status_code >= 400 or response.streaming or not TEXTS.search(kind):
                continue
            asked.add(name)
            for text in shown_texts(response.content.decode(), kind):
                if any(address.startswith(at) and text == it for at, it in SHOWN_TO_NOBODY):
                    continue
                if words := english(text):
                    found.setdefault(" ".join(text.split())[:200], (words, address))

        assert not found, "\n".join(f"{text}: {why}" for text, why in found.items())
        assert len(asked) > 150

    def test_all_texts_of_its_scripts_are_translated(self):
        factories.log_in(self.client, self.user)
        scripts = self.client.get(reverse("wagtailadmin_javascript_catalog")).content.decode()

        texts = script_texts()
        assert len(texts) > 50
        assert [text for text in texts if f"{json.dumps(text)}: " not in scripts] == []
