"""Who edits one site of an installation is told nothing of what another has not published."""

import datetime
import re
from functools import cache
from itertools import product

import pytest
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils import timezone
from wagtail.models import APIToken, Collection, Page, Task, Workflow
from wagtail_localize.models import Translation, TranslationSource

from articles.models import ArticlePage
from feedback.models import Comment
from home.services import UNPUBLISHED, create_site_groups
from tests.factories import (
    language,
    log_in,
    make_article,
    make_directive,
    make_document,
    make_english,
    make_image,
    make_portal,
    make_user,
    restrict,
)

pytestmark = pytest.mark.slow

SECRET = "bimat"  # In every title, slug, tag and name that must not be told.
PAGE_IDS = {"page_id", "parent_page_id", "page_to_move_id", "destination_id", "page_pk", "page"}
# What a visit to these would end is not asked for.
LEFT_OUT = {"wagtailadmin_logout", "wagtailadmin_javascript_catalog", "wagtailadmin_sprite"}


@cache
def admin_addresses() -> list[tuple[str, list[str], str]]:
    """Each address of the admin: its name, the names of what it holds, and its first folder."""

    def walk(resolver, path="", namespaces=()):
        for each in resolver.url_patterns:
            here = path + str(each.pattern)
            if hasattr(each, "url_patterns"):
                inner = (*namespaces, each.namespace) if each.namespace else namespaces
                yield from walk(each, here, inner)
            elif here.startswith("admin/") and each.name and each.name not in LEFT_OUT:
                yield ":".join([*namespaces, each.name]), list(each.pattern.regex.groupindex), here

    return list(walk(get_resolver()))


class EditorsApartTests(TestCase):
    """The moderator of one site asks; all that is secret belongs to the other."""

    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.english = make_english(cls.portal)
        cls.other = make_portal("go-say.localhost", "Phường Gò Sậy")
        cls.groups = create_site_groups(site=cls.portal.site)
        cls.moderator = make_user("duyet-bai", *cls.groups)
        cls.stranger = make_user(f"nguoi-{SECRET}", *create_site_groups(site=cls.other.site))
        cls.own = make_article(cls.portal.news, title="Bài của phường", slug="bai-cua-phuong")
        cls.make_secrets()

    @classmethod
    def make_secrets(cls):
        def secret(name, **fields):
            return make_article(
                cls.other.news, title=f"{SECRET} {name}", slug=f"{SECRET}-{name}", **fields
            )

        hidden = Collection.objects.get(name=UNPUBLISHED, path__startswith=cls.collection().path)
        cls.image = make_image(f"{SECRET} ảnh", f"{SECRET} mô tả", collection=hidden)
        cls.document = make_document(f"{SECRET} tệp", f"{SECRET}-tep.pdf", collection=hidden)
        cls.image.tags.add(f"{SECRET}-nhan-anh")
        cls.draft = secret("nháp", live=False, owner=cls.stranger, cover=cls.image)
        cls.draft.tags.add(f"{SECRET}-nhan")
        cls.draft.save()
        cls.restricted = secret("hạn chế")
        restrict(cls.restricted)
        later = timezone.now() + datetime.timedelta(days=1)
        cls.scheduled = secret("hẹn giờ", live=False, go_live_at=later)
        cls.scheduled.save_revision().publish()
        cls.directive = make_directive(
            cls.other.register, subject=f"{SECRET} văn bản", slug=f"{SECRET}-vb", live=False
        )
        # Its next title is not public yet.
        cls.changed = make_article(cls.other.news, title="Tin công khai", slug="tin-cong-khai")
        cls.changed.title = f"{SECRET} sửa"
        cls.changed.save_revision(user=cls.stranger)
        cls.secret_pages = [
            cls.draft,
            cls.restricted,
            cls.scheduled,
            Page.objects.get(pk=cls.directive.pk),
            cls.changed,
        ]
        for page in (cls.draft, cls.changed):
            page.save_revision(user=cls.stranger, log_action=True)
        cls.comment = Comment.objects.create(
            page=cls.changed, name=f"{SECRET} tên", email=f"{SECRET}@example.org", body=SECRET
        )
        workflow = Workflow.objects.get(workflow_pages__page=cls.other.home)
        workflow.start(cls.draft, cls.stranger)
        cls.source, _ = TranslationSource.get_or_create_from_instance(cls.restricted)
        cls.translation = Translation.objects.create(
            source=cls.source, target_locale=language("en")
        )

    @classmethod
    def collection(cls):
        return Collection.objects.get(name="Phường Gò Sậy")

    def setUp(self):
        log_in(self.client, self.moderator)

    def told(self, response) -> str:
        content = b"".join(response.streaming_content) if response.streaming else response.content
        # What a form sends back of the request itself tells nothing.
        return content.decode(errors="replace").casefold()

    def values(self, name, place):
        """What may stand for a name in an address: ids of the other site's things."""
        pages = [page.pk for page in self.secret_pages]
        if name in PAGE_IDS or "admin/pages/" in place or "main/^pages" in place:
            by_name = {
                "content_type_app_name": ["articles"],
                "content_type_model_name": ["articlepage"],
                "app_label": ["articles"],
                "model_name": ["articlepage"],
                "action_name": ["copy", "approve"],
                "revision_id": [self.changed.latest_revision_id],
                "revision_id_a": ["live"],
                "revision_id_b": ["latest"],
                "task_state_id": [self.draft.current_workflow_state.current_task_state_id],
                "task_id": [Task.objects.last().pk],
                "workflow_state_id": [self.draft.current_workflow_state.pk],
                "pk": pages,
                "workflow_pk": [1],
            }
            return by_name.get(name, pages)
        ids = {
            "image_id": [self.image.pk],
            "document_id": [self.document.pk],
            "doc_id": [self.document.pk],
            "collection_id": [self.image.collection_id, self.collection().pk],
            "translation_id": [self.translation.pk],
            "translation_source_id": [self.source.pk],
            "string_segment_id": [1],
            "overridable_segment_id": [1],
            "uploaded_file_id": [1],
            "redirect_id": [1],
            "session_id": [1],
            "token": ["x"],
            "uidb64": ["x"],
            "mode": ["x"],
            "identity": ["x"],
            "filter_spec": ["original"],
            "task_id": list(Task.objects.values_list("pk", flat=True)),
            "object_id": pages,
            "action": ["delete", "move", "publish", "unpublish", "add_tags", "approve"],
            "app_label": ["wagtailcore", "wagtailimages", "wagtaildocs", "articles"],
            "app_name": ["articles", "home"],
            "model_name": [
                "page", "image", "document", "articletag", "comment", "category", "agencysettings",
                "commentsettings",
            ],
        }  # fmt: skip
        if name in ids:
            return ids[name]
        return [
            *Workflow.objects.values_list("pk", flat=True),
            self.comment.pk,
            self.image.pk,
            self.document.pk,
            self.image.collection_id,
            self.stranger.pk,
            self.other.site.pk,
        ]

    def test_no_address_of_the_admin_tells_it(self):
        query = "?q=bimat&term=bimat&search_all=1&page_type=&id=all&per_page=100"
        selected = "&".join(
            f"id={pk}"
            for pk in {*(page.pk for page in self.secret_pages), self.image.pk, self.comment.pk}
        )
        asked, told = 0, []
        for name, kwargs, place in admin_addresses():
            for values in product(*(sorted(set(self.values(each, place))) for each in kwargs)):
                try:
                    address = reverse(name, kwargs=dict(zip(kwargs, values, strict=True)))
                except NoReverseMatch:
                    continue
                tails = ["", query] if not kwargs else [""]
                if name == "wagtail_bulk_action":
                    tails = ["?id=all", f"?{selected}"]
                for tail in tails:
                    told += self.ask(address + tail)
                    asked += 1
        assert not told, "\n".join(f"TOLD {each}" for each in told)
        assert asked > 400

    def ask(self, address):
        # Some of Wagtail's own views fail for an action or a model that is not there.
        self.client.raise_request_exception = False
        response = self.client.get(address)
        text = self.told(response)
        # The words that were looked for stand in the field again.
        for echo in ("q=bimat", "term=bimat", '"bimat"', '\\"bimat\\"', "<em>bimat</em>"):
            text = text.replace(echo, "")
        place = re.search(f".{{0,80}}{SECRET}.{{0,80}}", text)
        return [(address, response.status_code, place.group())] if place else []

    def assert_untold(self, response):
        text = self.told(response)
        place = re.search(f".{{0,80}}{SECRET}.{{0,80}}", text)
        assert not place, place.group()

    def test_choosers_offer_public_pages_of_others_and_all_of_ones_own(self):
        mine = make_article(self.portal.news, title="Nháp của phường", live=False)
        for address in (
            reverse("wagtailadmin_choose_page_child", args=[self.other.news.pk]),
            reverse("wagtailadmin_choose_page_search") + "?q=Tin",
        ):
            self.assertContains(self.client.get(address), self.changed.url)
        search = reverse("wagtailadmin_choose_page_search") + "?q=Nháp"
        self.assertContains(self.client.get(search), mine.title)

    def test_a_chooser_begins_where_pages_may_be_seen(self):
        address = reverse("wagtailadmin_choose_page") + "?page_type=civic_articles.ArticlePage"

        response = self.client.get(address)

        assert response.status_code == 200
        self.assert_untold(response)

    def test_a_page_named_by_its_id_is_not_there(self):
        for page in (self.draft, self.restricted, self.scheduled):
            chosen = reverse("wagtailadmin_choose_page_chosen_multiple") + f"?id={page.pk}"
            move = reverse("wagtailadmin_pages:move_confirm", args=[self.own.pk, page.pk])
            for address in (chosen, move, reverse("wagtailadmin_explore", args=[page.pk])):
                with self.subTest(address=address):
                    assert self.client.get(address).status_code == 404

    def test_the_history_and_drafts_of_a_public_page_are_not_there(self):
        revision = self.changed.latest_revision_id
        for address in (
            reverse("wagtailadmin_pages:history", args=[self.changed.pk]),
            reverse("wagtailadmin_pages:revisions_view", args=[self.changed.pk, revision]),
            reverse(
                "wagtailadmin_pages:revisions_compare", args=[self.changed.pk, "live", "latest"]
            ),
            reverse("wagtailadmin_pages:view_draft", args=[self.changed.pk]),
        ):
            with self.subTest(address=address):
                assert self.client.get(address).status_code == 404

    def test_an_address_typed_as_a_link_tells_no_title(self):
        address = reverse("wagtailadmin_choose_page_external_link")
        for page in (self.changed, self.restricted):
            data = {
                "external-link-chooser-url": page.full_url,
                "external-link-chooser-link_text": "xem",
            }
            answer = self.client.post(address, data).json()
            assert answer["step"] == "external_link_chosen"
            assert answer["result"] == {
                "url": page.full_url, "title": "xem", "prefer_this_title_as_link_text": True
            }  # fmt: skip

    def test_what_is_sent_in_a_form_is_not_told_when_the_form_comes_back(self):
        address = reverse("wagtailadmin_pages:copy", args=[self.own.pk])
        for page in self.secret_pages:
            data = {
                "new_title": "Bản sao",
                "new_slug": "ban-sao",
                "new_parent_page": page.pk,
                "copy_subpages": "",
            }
            self.assert_untold(self.client.post(address, data))
        move = reverse("wagtailadmin_pages:move", args=[self.own.pk])
        for page in self.secret_pages:
            self.assert_untold(self.client.post(move, {"new_parent_page": page.pk}))

    def test_a_bulk_action_names_only_what_may_be_seen(self):
        chosen = "&".join(f"id={page.pk}" for page in [*self.secret_pages, self.own])
        for action in ("delete", "move", "publish", "unpublish"):
            address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
            for query in (f"?{chosen}", "?id=all"):
                for response in (
                    self.client.get(address + query),
                    self.client.post(address + query, {"chooser": self.draft.pk}),
                ):
                    self.assert_untold(response)

    def test_tags_are_completed_from_what_may_be_seen(self):
        self.own.tags.add("giao thông")
        self.own.save()
        address = reverse("wagtailadmin_tag_model_autocomplete", args=["civic_articles", "tag"])

        assert self.client.get(address, {"term": "giao"}).json() == ["giao thông"]
        assert self.client.get(address, {"term": SECRET}).json() == []
        files = reverse("wagtailadmin_tag_autocomplete")
        assert self.client.get(files, {"term": SECRET}).json() == []

    def test_page_types_are_counted_where_one_has_rights(self):
        rows = self.client.get(reverse("wagtailadmin_reports:page_types_usage"))
        kinds = {kind.model: kind for kind in rows.context["object_list"]}

        own = ArticlePage.objects.descendant_of(self.portal.home).count()
        assert kinds["articlepage"].count == own
        assert kinds["articlepage"].last_edited_page.pk == self.own.pk

    def test_who_has_rights_on_all_pages_is_told_of_all(self):
        log_in(self.client)

        search = reverse("wagtailadmin_choose_page_search") + f"?q={SECRET}"
        self.assertContains(self.client.get(search), self.draft.title)
        response = self.client.get(reverse("wagtailadmin_tag_autocomplete"), {"term": SECRET})
        assert response.json() == [f"{SECRET}-nhan-anh"]

    def test_the_number_of_pages_does_not_change_the_number_of_queries(self):
        address = reverse("wagtailadmin_choose_page_child", args=[self.other.news.pk])
        self.client.get(address)
        with CaptureQueriesContext(connection) as before:
            self.client.get(address)
        for _number in range(5):
            make_article(self.other.news, live=False)
        with self.assertNumQueries(len(before)):
            self.client.get(address)

    def test_no_address_of_the_api_tells_it_to_a_token(self):
        _token, key = APIToken.create_token(user=self.moderator, name="tests")
        self.client.logout()
        headers = {"Authorization": f"Bearer {key}"}
        ids = [page.pk for page in self.secret_pages]
        values = {
            "page_id": ids,
            "revision_id": [self.changed.latest_revision_id],
            "image_id": [self.image.pk],
            "document_id": [self.document.pk],
        }
        told, asked = [], 0
        schema = self.client.get("/api/v3/openapi.json").json()
        for path, methods in schema["paths"].items():
            if "get" not in methods:
                continue
            names = re.findall(r"{(\w+)}", path)
            for chosen in product(*(values.get(name, [*ids, self.comment.pk]) for name in names)):
                address = path.format(**dict(zip(names, chosen, strict=True)))
                for tail in (
                    "",
                    "?version=draft",
                    f"?search={SECRET}",
                    f"?q={SECRET}",
                    "?limit=50",
                ):
                    response = self.client.get(address + tail, headers=headers)
                    asked += 1
                    text = self.told(response).replace(f"?search={SECRET}", "")
                    if place := re.search(
                        f".{{0,60}}{SECRET}.{{0,60}}", text.replace(f"q={SECRET}", "")
                    ):
                        told.append(f"TOLD {address}{tail}: {place.group()}")
        assert not told, "\n".join(told)
        assert asked > 100

    def test_no_action_of_the_api_tells_it_to_a_token(self):
        _token, key = APIToken.create_token(user=self.moderator, name="tests")
        headers = {"Authorization": f"Bearer {key}"}
        news = self.portal.news.pk
        actions = {
            "copy": {"destination_id": news, "keep_live": False},
            "create_alias": {"destination_id": news},
            "move": {"destination_id": news},
            "publish": {},
            "unpublish": {},
            "convert_alias": {},
            "revert": {"revision_id": self.changed.latest_revision_id},
            "copy_for_translation": {"locale": "en"},
        }
        for page in self.secret_pages:
            for action, data in actions.items():
                with self.subTest(page=page, action=action):
                    response = self.client.post(
                        f"/api/v3/pages/{page.pk}/actions/{action}/",
                        data,
                        content_type="application/json",
                        headers=headers,
                    )
                    assert response.status_code in {403, 404, 422}
                    self.assert_untold(response)
        assert self.portal.news.get_children().count() == 1
