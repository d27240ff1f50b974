"""Conditional requests: a client's copy stays valid until something it shows changes."""

from datetime import datetime, time, timedelta
from unittest import mock, skipUnless
from uuid import uuid4

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client, TestCase, TransactionTestCase, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction, Site

from articles.models import ArticlePage, RelatedArticle, Tag
from directives.models import Citation, DirectivePage
from feedback.models import Comment, CommentSettings
from feedback.moderation.erasure import erase_comments
from feedback.services import decide, delete_rating, save_rating
from headless.cache.build_id import build_id
from headless.conf import conf
from home.models import AgencySettings
from tests.changes import version_now
from tests.factories import (
    add_card,
    attach,
    cite,
    committed,
    language,
    link_directive,
    log_in,
    make_area,
    make_article,
    make_category,
    make_directive,
    make_document,
    make_english,
    make_image,
    make_links,
    make_map,
    make_place,
    make_portal,
    paragraph,
    publish,
    relate,
    restrict,
    set_mode,
    translate,
)
from widgets.models import MapPlace, SidebarMode

pytestmark = [pytest.mark.vendor, pytest.mark.slow]

VERSIONS = ("v2", "v3")
# Request headers in `Vary`, which are equal for all readers.
ALLOWED = {"accept", "authorization", "origin", "x-portal-visitor"}
with_redis = skipUnless(conf.VERSION_CACHE, "Versions are in no shared cache here.")


def comment_on(article, **fields):
    fields = {"name": "Lan", "body": "Hay quá", "visitor": uuid4(), "status": "pending"} | fields
    return Comment.objects.create(page=article, **fields)


def at(clock, days=0):
    """The clock shows this time of the site's today, or of some days later."""
    day = timezone.localdate() + timedelta(days=days)
    moment = timezone.make_aware(datetime.combine(day, time.fromisoformat(clock)))
    return mock.patch("django.utils.timezone.now", return_value=moment)


class ConditionalTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.article = make_article(cls.portal.news, title="Khai giảng")

    def detail(self, page, version="v3", query=""):
        return f"/api/{version}/pages/{page.pk}/{query}"

    def tag(self, address, **extra):
        response = self.client.get(address, **extra)
        assert response.status_code == 200, (address, response.status_code)
        return response["ETag"]

    def again(self, address, tag, **extra):
        headers = {"If-None-Match": tag, **extra.pop("headers", {})}
        return self.client.get(address, headers=headers, **extra)


class AnswerTests(ConditionalTestCase):
    addresses = [
        "/api/v2/pages/",
        "/api/v2/pages/?type=civic_articles.ArticlePage&fields=*",
        "/api/v2/images/",
        "/api/v2/documents/",
        "/api/v2/redirects/",
        "/api/v3/pages/",
        "/api/v3/images/",
        "/api/v3/documents/",
        "/api/v3/redirects/",
    ]

    def test_what_a_client_has_is_not_sent_again(self):
        addresses = [
            *self.addresses,
            *(self.detail(self.article, version) for version in VERSIONS),
            f"/api/v3/pages/{self.article.pk}/comments/",
            f"/api/v3/pages/{self.article.pk}/rating/",
        ]
        for address in addresses:
            self.client.get(address)
            with self.subTest(address):
                first = self.client.get(address)
                second = self.again(address, first["ETag"])

                assert first.status_code == 200
                assert second.status_code == 304
                assert second.content == b""
                for name in ("ETag", "Cache-Control"):
                    assert second[name] == first[name]
                varies = [set(each["Vary"].lower().split(", ")) for each in (first, second)]
                assert varies[0] == varies[1]
                assert first["Cache-Control"] == "public, max-age=0, s-maxage=0"
                assert {"authorization", "x-portal-visitor"} <= varies[0] <= ALLOWED

    def test_it_costs_one_query_or_none_where_a_cache_is_shared(self):
        directive = make_directive(self.portal.register)
        save_rating(page=self.article, visitor=uuid4(), stars=4)
        for address in [
            *self.addresses,
            self.detail(self.article, "v2"),
            self.detail(self.article, "v3"),
            self.detail(directive, "v3"),
            f"/api/v3/pages/{self.article.pk}/comments/",
        ]:
            with committed():
                self.client.get(address)
                tag = self.tag(address)
            self.again(address, tag)
            with self.subTest(address), CaptureQueriesContext(connection) as queries:
                assert self.again(address, tag).status_code == 304
            if not conf.VERSION_CACHE:
                assert len(queries) == 1

    def test_a_proxy_may_weaken_the_tag(self):
        address = self.detail(self.article)
        tag = self.tag(address)

        assert self.again(address, f"W/{tag}").status_code == 304
        assert self.again(address, f'"other", {tag}').status_code == 304
        assert self.again(address, "*").status_code == 304

    def test_tags_that_are_not_ours_are_answered_in_full(self):
        address = self.detail(self.article)
        for tag in (
            '"x"',
            '"' + "0" * 32 + '"',
            '"' + "0" * 32 + '/feedback.1=0"',
            '"' + "0" * 32 + '/nonsense.1=0"',
            '"' + "0" * 32 + "/feedback." + ".".join(["1"] * 500) + '=0"',
            '"' + "0" * 32 + '/feedback.999999999999999999=9"',
            '"' + "/feedback.1=0" * 500 + '"',
            "nonsense",
            '"',
        ):
            assert self.again(address, tag).status_code == 200, tag

    def test_each_address_language_host_and_kind_of_answer_has_its_own_tag(self):
        make_english(self.portal)
        address = self.detail(self.article, "v2")
        tags = [
            self.tag(address),
            self.tag(f"{address}?rich_text_format=html"),
            self.tag(f"{address}?rich_text_format=markdown"),
            self.tag(self.detail(self.article)),
            self.tag(address, headers={"Accept": "text/html"}),
            self.tag(address, headers={"Host": "127.0.0.1"}),
            self.tag(address, secure=True),
        ]
        assert len(set(tags)) == len(tags)

    def test_a_head_request_has_the_tag_of_the_body(self):
        address = self.detail(self.article, "v2")

        assert self.client.head(address)["ETag"] == self.tag(address)

    def test_errors_and_redirects_are_not_kept(self):
        for address in (
            "/api/v2/pages/999999/",
            "/api/v3/pages/999999/",
            "/api/v3/pages/?type=nonsense",
            "/api/v3/snippets/articles.category/",
            "/api/v3/locales/",
            f"/api/v3/pages/find/?html_path=/tin-tuc/{self.article.slug}/",
        ):
            response = self.client.get(address)
            assert response.status_code != 200
            assert response["Cache-Control"] == "no-store", address
            assert "ETag" not in response

    def test_who_sends_a_token_or_a_visitor_is_answered_alone(self):
        for address in (self.detail(self.article), self.detail(self.article, "v2")):
            tag = self.tag(address)
            for name, value in (("Authorization", "Bearer x"), ("X-Portal-Visitor", "x")):
                response = self.again(address, tag, headers={name: value})
                assert response.status_code == 200
                assert response["Cache-Control"] == "no-store"
                assert "ETag" not in response

    def test_what_is_written_is_not_kept(self):
        response = self.client.post(
            "/api/v3/visits/", {"page": self.article.pk}, content_type="application/json"
        )
        assert response["Cache-Control"] == "no-store"

    def test_a_search_is_told_by_what_it_holds(self):
        make_article(self.portal.news, title="Khai trương")
        for version in VERSIONS:
            address = f"/api/{version}/pages/?search=khai"
            tag = self.tag(address)
            assert self.again(address, tag).status_code == 304

            # The search index is updated separately.
            connection.cursor().execute("DELETE FROM wagtailsearch_indexentry")

            assert self.again(address, tag).status_code == 200
            self.article.save()

    def test_chance_is_never_held_back(self):
        for _ in range(9):
            make_article(self.portal.news)
        address = "/api/v2/pages/?order=random&limit=10"
        assert len({self.tag(address) for _ in range(5)}) > 1

    def test_the_day_is_a_part_of_the_tag(self):
        address = self.detail(make_directive(self.portal.register))

        with at("23:59:59"):
            tag = self.tag(address)
            assert self.again(address, tag).status_code == 304
        with at("00:00:00", days=1):
            assert self.again(address, tag).status_code == 200

    def test_a_new_release_makes_all_old(self):
        address = self.detail(self.article)
        tag = self.tag(address)
        build_id.cache_clear()
        self.addCleanup(build_id.cache_clear)

        with override_settings(CIVIC_PORTAL_BUILD_ID="4f2c1aa"):
            assert self.again(address, tag).status_code == 200

    @override_settings(CIVIC_PORTAL_API_CACHE_SECONDS=30)
    def test_caches_in_front_are_given_what_the_setting_says(self):
        for version in VERSIONS:
            with self.subTest(version), at("12:00:00"):
                response = self.client.get(self.detail(self.article, version))
                assert response["Cache-Control"] == "public, max-age=0, s-maxage=30"

    @override_settings(CIVIC_PORTAL_API_CACHE_SECONDS=30)
    def test_caches_in_front_keep_nothing_beyond_midnight(self):
        with at("23:59:50"):
            response = self.client.get(self.detail(self.article))

        assert response["Cache-Control"] == "public, max-age=0, s-maxage=10"


class ChangeTests(ConditionalTestCase):
    """Every visible change of content, however it is made, invalidates responses."""

    def assert_new(self, address, change):
        for each in [address] if isinstance(address, str) else address:
            self.client.get(each)
        tags = {
            each: self.tag(each) for each in ([address] if isinstance(address, str) else address)
        }
        with committed():
            change()
        for each, tag in tags.items():
            response = self.again(each, tag)
            assert response.status_code != 304, f"{each} is stale"

    def both(self, page):
        return [self.detail(page, version) for version in VERSIONS]

    def test_a_page_is_published_changed_unpublished_and_deleted(self):
        lists = ["/api/v2/pages/", "/api/v3/pages/?type=civic_articles.ArticlePage"]
        draft = make_article(self.portal.news, live=False)

        def change_title():
            self.article.title = "Mới"
            publish(self.article)

        self.assert_new(lists, lambda: publish(draft))
        self.assert_new([*lists, *self.both(self.article)], change_title)
        self.assert_new([*lists, *self.both(self.article)], self.article.unpublish)
        self.assert_new(lists, draft.delete)

    def test_a_page_is_changed_without_a_signal(self):
        pages = Page.objects.filter(pk=self.article.pk)
        articles = ArticlePage.objects.filter(pk=self.article.pk)
        for change in (
            lambda: pages.update(title="Bằng update"),
            lambda: articles.update(summary="Bằng update"),
            lambda: articles.update(title="Qua cả hai bảng", summary="Qua cả hai bảng"),
            lambda: Page.objects.bulk_update([_with(self.article, title="Hàng loạt")], ["title"]),
            lambda: pages.update(live=False),
            lambda: pages.update(live=True),
        ):
            self.assert_new("/api/v2/pages/?fields=*", change)

    def test_a_page_moves(self):
        other = self.portal.home.add_child(
            instance=type(self.portal.news)(title="Mục khác", locale=language("vi"))
        )
        self.assert_new(self.both(self.article), lambda: self.article.move(other, pos="last-child"))
        self.assert_new(self.both(other), lambda: _with(other, slug="muc-khac-nua").save())

    def test_an_order_of_siblings(self):
        sibling = make_article(self.portal.news)
        self.assert_new(
            "/api/v2/pages/?order=title",
            lambda: sibling.move(self.portal.news, pos="first-child"),
        )

    def test_who_may_read(self):
        self.assert_new(self.both(self.article), lambda: restrict(self.portal.news))
        self.assert_new("/api/v3/pages/", lambda: PageViewRestriction.objects.all().delete())

    def test_a_collection_and_who_may_read_it(self):
        hidden = Collection.get_first_root_node().add_child(instance=Collection(name="Riêng"))
        image, document = make_image(), make_document()
        lists = ["/api/v2/images/", "/api/v2/documents/", "/api/v3/images/", "/api/v3/documents/"]
        images, documents = type(image).objects, type(document).objects

        def hide():
            images.update(collection=hidden)
            documents.update(collection=hidden)

        self.assert_new(lists, hide)

        def restrict_collection():
            CollectionViewRestriction.objects.create(
                collection=hidden, restriction_type=CollectionViewRestriction.LOGIN
            )

        self.assert_new(lists, restrict_collection)
        self.assert_new(lists, lambda: CollectionViewRestriction.objects.all().delete())

    def test_images_documents_and_their_tags(self):
        image, document = make_image(), make_document()
        attached = make_directive(self.portal.register)
        attach(attached, document)
        self.article.cover = image
        self.article.save()
        self.assert_new(
            [*self.both(self.article), "/api/v3/images/"],
            lambda: type(image).objects.update(description="Khác"),
        )
        self.assert_new(
            [*self.both(attached), "/api/v3/documents/"],
            lambda: type(document).objects.update(title="Khác"),
        )
        self.assert_new(f"/api/v2/images/{image.pk}/", lambda: image.tags.add("cầu"))
        self.assert_new(
            f"/api/v2/images/{image.pk}/", lambda: image.tags.all().update(name="cây cầu")
        )
        self.assert_new(self.both(self.article), image.delete)

    def test_categories_types_bodies_and_tags(self):
        category = make_category("Giáo dục")
        self.article.category = category
        self.article.tags.add("trường")
        self.article.save()
        directive = make_directive(self.portal.register)
        kind, body = directive.document_type, directive.issuing_body
        self.assert_new(
            self.both(self.article), lambda: type(category).objects.update(name="Trường lớp")
        )
        self.assert_new(self.both(self.article), lambda: Tag.objects.update(name="lớp"))
        self.assert_new(self.both(self.article), lambda: self.article.tagged_items.all().delete())
        self.assert_new(self.both(directive), lambda: _with(kind, name="Loại khác").save())
        self.assert_new(
            self.both(directive), lambda: type(body).objects.update(name="Cơ quan khác")
        )
        self.assert_new(self.both(self.article), category.delete)

    def test_what_a_page_refers_to(self):
        directive, other = (make_directive(self.portal.register) for _ in range(2))
        related = make_article(self.portal.news)
        link_directive(self.article, directive)
        row = RelatedArticle.objects.create(
            page=self.article, article=related, locale=self.article.locale, sort_order=0
        )
        self.assert_new(self.both(self.article), lambda: _with(related, title="Mới").save())
        self.assert_new(
            self.both(self.article),
            lambda: DirectivePage.objects.filter(pk=directive.pk).update(title="Mới"),
        )
        self.assert_new(self.both(self.article), row.delete)
        self.assert_new(self.both(directive), lambda: relate(other, "replaces", directive))
        self.assert_new(self.both(directive), lambda: attach(directive, make_document()))

    def test_citations_that_a_task_resolves(self):
        directive = make_directive(self.portal.register)
        self.assert_new(self.both(directive), lambda: cite(self.article, directive))
        self.assert_new(
            self.both(directive),
            lambda: Citation.objects.bulk_update(
                [_with(Citation.objects.get(), directive=None, status="missing")],
                ["directive", "status"],
            ),
        )
        citing = make_article(
            self.portal.news,
            body=[paragraph(f"Theo Kế hoạch số {directive.document_number} ngày 15/3/2024.")],
        )
        self.assert_new(self.both(directive), lambda: publish(citing))
        assert [page["id"] for page in self.client.get(self.detail(directive)).json()["cited_by"]]

    def test_sidebars_and_widgets(self):
        widget = make_links(self.portal.shelf)
        self.assert_new(self.both(self.article), lambda: add_card(self.portal.home, widget))
        self.assert_new(self.both(self.article), lambda: set_mode(self.portal.news, "none"))
        self.assert_new(self.both(self.article), lambda: SidebarMode.objects.update(mode="add"))
        self.assert_new(
            self.both(self.article), lambda: Page.objects.filter(pk=widget.pk).update(live=False)
        )
        area_map = make_map(self.portal.shelf)
        self.assert_new(self.both(area_map), lambda: make_area(area_map))
        self.assert_new(self.both(area_map), lambda: make_place(area_map))
        self.assert_new(self.both(area_map), lambda: MapPlace.objects.update(name="Chợ"))

    def test_sites_languages_redirects_and_settings(self):
        self.assert_new("/api/v3/pages/", lambda: make_english(self.portal))
        english = translate(self.article, title="School")
        self.assert_new(self.both(self.article), english.delete)
        self.assert_new(
            ["/api/v2/redirects/", "/api/v3/redirects/"],
            lambda: Redirect.objects.create(old_path="/cu", redirect_link="https://moi.example/"),
        )
        self.assert_new(
            "/api/v3/redirects/", lambda: Redirect.objects.update(redirect_link="https://a.vn/")
        )
        self.assert_new("/api/v3/redirects/", lambda: Redirect.objects.all().delete())
        self.assert_new(self.both(self.article), lambda: Site.objects.update(port=8080))
        agency = AgencySettings.for_site(self.portal.site)
        self.assert_new("/api/v3/pages/", lambda: _with(agency, telephone="1").save())
        self.assert_new(
            "/api/v3/pages/", lambda: CommentSettings.objects.update(comments_open=False)
        )

    def test_what_a_command_publishes_and_takes_away_at_its_time(self):
        from django.core.management import call_command

        past = timezone.now() - timezone.timedelta(minutes=1)
        self.article.expire_at = past
        self.article.save()
        self.assert_new(self.both(self.article), lambda: call_command("publish_scheduled"))
        self.article.refresh_from_db()
        assert not self.article.live

    def test_raw_statements(self):
        def rename():
            with connection.cursor() as cursor:
                cursor.execute(
                    "update wagtailcore_page set title = %s where id = %s", ["Mới", self.article.pk]
                )

        self.assert_new(self.both(self.article), rename)

    def test_several_changes_in_one_transaction_between_which_somebody_reads(self):
        for title in ("Một", "Hai", "Ba"):
            self.assert_new(
                self.both(self.article),
                lambda title=title: Page.objects.filter(pk=self.article.pk).update(title=title),
            )


class QuietTests(ConditionalTestCase):
    """Invisible changes invalidate nothing."""

    def assert_same(self, change):
        address = self.detail(self.article)
        self.client.get(address)
        before = version_now()
        tag = self.tag(address)
        with committed():
            change()
        assert version_now() == before
        assert self.again(address, tag).status_code == 304

    def test_drafts(self):
        self.assert_same(lambda: make_article(self.portal.news, live=False))
        self.assert_same(lambda: _with(self.article, title="Nháp").save_revision())

    def test_readers_on_other_articles(self):
        other = make_article(self.portal.news)

        def act():
            save_rating(page=other, visitor=uuid4(), stars=3)
            comment = comment_on(other)
            decide(decisions={comment.pk: "approved"}, moderator=None)

        self.assert_same(act)

    def test_visits_sessions_and_searches(self):
        self.client.get("/tim-kiem/")

        def act():
            self.client.post(
                "/api/v3/visits/", {"page": self.article.pk}, content_type="application/json"
            )
            log_in(Client())
            self.client.get("/tim-kiem/?q=khai")

        self.assert_same(act)

    def test_a_change_that_is_taken_back(self):
        from django.db import transaction

        def act():
            try:
                with transaction.atomic():
                    self.article.title = "Không thành"
                    self.article.save()
                    raise LookupError
            except LookupError:
                pass

        self.assert_same(act)


class FeedbackTests(ConditionalTestCase):
    """Ratings and comments invalidate only responses that show those of their article."""

    def setUp(self):
        self.other = make_article(self.portal.news)
        self.shown = [
            self.detail(self.article, "v2"),
            self.detail(self.article, "v3"),
            "/api/v2/pages/?type=civic_articles.ArticlePage&fields=*",
            f"/api/v3/pages/{self.article.pk}/comments/",
            f"/api/v3/pages/{self.article.pk}/rating/",
        ]
        self.elsewhere = [
            self.detail(self.other, "v2"),
            self.detail(self.other, "v3"),
            "/api/v3/pages/",
            "/api/v2/pages/",
        ]

    def act(self, change):
        for address in self.shown + self.elsewhere:
            self.client.get(address)
        tags = {address: self.tag(address) for address in self.shown + self.elsewhere}
        before = version_now()
        with committed():
            change()
        assert version_now() == before
        for address, tag in tags.items():
            status = self.again(address, tag).status_code
            assert status == (200 if address in self.shown else 304), address

    def test_a_vote_another_one_and_its_withdrawal(self):
        visitor = uuid4()
        for stars in (4, 2):
            self.act(
                lambda stars=stars: save_rating(page=self.article, visitor=visitor, stars=stars)
            )
            data = self.client.get(self.shown[1]).json()
            assert data["feedback"]["average"] == stars
        self.act(lambda: delete_rating(page=self.article, visitor=visitor))

    def test_a_comment_is_approved_hidden_and_erased(self):
        comment, twin = comment_on(self.article), comment_on(self.article, body="Dở quá")
        self.act(lambda: decide(decisions={comment.pk: "approved"}, moderator=None))
        # The same number of comments, but different ones.
        self.act(
            lambda: decide(decisions={comment.pk: "rejected", twin.pk: "approved"}, moderator=None)
        )
        self.act(lambda: erase_comments(comments=[twin]))

    def test_a_vote_in_another_language(self):
        make_english(self.portal)
        english = translate(self.article, title="School", slug="school")
        self.shown = [address for address in self.shown if "fields" not in address]
        self.act(lambda: save_rating(page=english, visitor=uuid4(), stars=5))

    def test_a_list_of_both_languages_counts_a_vote_once(self):
        make_english(self.portal)
        translate(self.article, title="School", slug="school")
        save_rating(page=self.article, visitor=uuid4(), stars=5)
        address = self.shown[2]
        self.client.get(address)

        assert self.again(address, self.tag(address)).status_code == 304


class PageTests(ConditionalTestCase):
    """`Cache-Control` of pages."""

    def test_a_page_for_all_has_no_cookie_and_says_so(self):
        for page in (self.portal.home, self.portal.news, self.article, self.portal.register):
            response = self.client.get(page.url)
            assert response["Cache-Control"] == "public, max-age=0, s-maxage=0"
            assert not response.cookies
            assert not response.get("Vary")

    @override_settings(CIVIC_PORTAL_PAGE_CACHE_SECONDS=60)
    def test_how_long_is_a_setting(self):
        with at("12:00:00"):
            assert self.client.get("/")["Cache-Control"] == "public, max-age=0, s-maxage=60"

    @override_settings(CIVIC_PORTAL_PAGE_CACHE_SECONDS=60)
    def test_it_is_kept_until_midnight_at_most(self):
        with at("23:59:50"):
            assert self.client.get("/")["Cache-Control"] == "public, max-age=0, s-maxage=10"

    def test_who_has_a_session_gets_a_page_for_himself(self):
        log_in(self.client)

        assert "private" in self.client.get(self.article.url)["Cache-Control"]

    def test_what_one_reader_just_did_is_kept_by_nobody(self):
        response = self.client.get(f"{self.article.url}?posted=rating")
        assert "no-store" in response["Cache-Control"]

    def test_a_password_form_is_kept_by_nobody(self):
        PageViewRestriction.objects.create(
            page=self.article, restriction_type=PageViewRestriction.PASSWORD, password="x"
        )
        response = self.client.get(self.article.url)

        assert "public" not in response["Cache-Control"]


class TransactionTests(TransactionTestCase):
    """Conditional requests with real transactions; with Redis they cost no query."""

    serialized_rollback = True

    def setUp(self):
        self.portal = make_portal()
        self.article = make_article(self.portal.news)
        self.address = f"/api/v3/pages/{self.article.pk}/"
        self.client.get(self.address)

    def again(self, tag):
        return self.client.get(self.address, headers={"If-None-Match": tag})

    def test_every_way_to_change_a_page_outside_a_transaction(self):
        for title in ("Một", "Hai", "Ba"):
            tag = self.client.get(self.address)["ETag"]
            assert self.again(tag).status_code == 304
            Page.objects.filter(pk=self.article.pk).update(title=title)
            response = self.again(tag)
            assert response.status_code == 200
            assert response.json()["title"] == title

    def test_a_new_row_outside_a_transaction(self):
        tag = self.client.get(self.address)["ETag"]

        Redirect.objects.create(old_path="/cu", redirect_link="https://moi.example/")

        assert self.again(tag).status_code == 200

    def test_changes_are_summed_up_now_and_then(self):
        from headless.cache.content_version import COMPACT_EVERY
        from headless.models import ContentChange

        before = version_now()
        for number in range(2 * COMPACT_EVERY):
            Redirect.objects.create(old_path=f"/{number}", redirect_link="https://moi.example/")
            Page.objects.filter(pk=self.article.pk).update(title=str(number))

        assert version_now() == before + 4 * COMPACT_EVERY
        assert ContentChange.objects.count() <= 2 * COMPACT_EVERY + 1

    def test_changes_are_summed_up_without_changing_the_sum(self):
        from headless.cache.content_version import compact
        from headless.models import ContentChange

        for number in range(5):
            Page.objects.filter(pk=self.article.pk).update(title=str(number))
        tag = self.client.get(self.address)["ETag"]

        compact("default")

        assert ContentChange.objects.count() == 1
        assert self.again(tag).status_code == 304

    @with_redis
    def test_a_client_is_told_without_a_query(self):
        save_rating(page=self.article, visitor=uuid4(), stars=4)
        self.client.get(self.address)
        tag = self.client.get(self.address)["ETag"]
        self.again(tag)

        with self.assertNumQueries(0):
            assert self.again(tag).status_code == 304

        save_rating(page=self.article, visitor=uuid4(), stars=1)
        assert self.again(tag).status_code == 200

    @with_redis
    def test_while_somebody_changes_something_the_database_is_asked(self):
        from django.db import transaction

        tag = self.client.get(self.address)["ETag"]
        self.again(tag)
        with transaction.atomic():
            Page.objects.filter(pk=self.article.pk).update(title="Mới")
            with CaptureQueriesContext(connection) as queries:
                self.again(tag)
            assert queries
            # The process dies after the commit, so nothing is announced.
            connection.run_on_commit.clear()

        assert self.again(tag).status_code == 200

    @with_redis
    def test_a_cache_that_is_away_costs_a_query_and_nothing_else(self):
        tag = self.client.get(self.address)["ETag"]
        away = {"BACKEND": caches.settings["default"]["BACKEND"], "LOCATION": "redis://127.0.0.1:9"}
        with self.settings(
            CACHES={**caches.settings, "away": away}, CIVIC_PORTAL_VERSION_CACHE="away"
        ):
            with self.assertLogs("headless.cache.redis_server", "ERROR") as logs:
                Page.objects.filter(pk=self.article.pk).update(title="Mới")
                assert self.again(tag).status_code == 200
            assert len(logs.output) == 1


def _with(instance, **values):
    for name, value in values.items():
        setattr(instance, name, value)
    return instance
