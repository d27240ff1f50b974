import csv
import io
import re

import pytest
from django.contrib.auth.models import Permission
from django.core.cache import caches
from django.test import TestCase
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.models import GroupPagePermission, ModelLogEntry

from feedback.models import Comment, CommentSettings, Rating
from feedback.services import save_rating
from headless.content.texts.spreadsheet_cells import safe_cell
from home.services import create_site_groups
from tests.factories import log_in, make_article, make_portal, make_user
from tests.feedback.test_comments import count_of, make_comment
from tests.queries import queries_of

pytestmark = pytest.mark.vendor

LIST = "wagtailsnippets_civic_feedback_comment:list"
EDIT = "wagtailsnippets_civic_feedback_comment:edit"
INSPECT = "wagtailsnippets_civic_feedback_comment:inspect"
SETTINGS = "wagtailsettings:edit"


def bulk_address(action, *comments, **query):
    address = reverse("wagtail_bulk_action", args=["civic_feedback", "comment", action])
    ids = "&".join(f"id={getattr(each, 'pk', each)}" for each in comments)
    rest = "".join(f"&{name}={value}" for name, value in query.items())
    return f"{address}?{ids}{rest}"


class DeskTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.article = make_article(cls.portal.news, title="Đường mới")
        cls.elsewhere = make_portal("go-say.localhost", "Phường Gò Sậy")
        cls.foreign_article = make_article(cls.elsewhere.news)
        editors, moderators = create_site_groups(site=cls.portal.site)
        foreign_editors, foreign_moderators = create_site_groups(site=cls.elsewhere.site)
        cls.editor = make_user("bien-tap", editors)
        cls.moderator = make_user("duyet", moderators)
        cls.stranger = make_user("go-say", foreign_moderators)

    def setUp(self):
        caches["default"].clear()
        self.comment = make_comment(self.article, status="pending", body="Bao giờ thông xe?")
        self.foreign = make_comment(self.foreign_article, status="pending", body="Lời ở Gò Sậy")

    def test_a_moderator_sees_the_comments_of_the_own_ward_only(self):
        log_in(self.client, self.moderator)

        html = self.client.get(reverse(LIST)).content.decode()

        assert "Bao giờ thông xe?" in html
        assert "Lời ở Gò Sậy" not in html

    def test_menu_and_home_say_how_many_wait(self):
        log_in(self.client, self.moderator)

        html = self.client.get(reverse("wagtailadmin_home")).content.decode()

        assert re.search(r"\(1\)", html)
        assert "?waiting=true" in html

    def test_a_comment_is_decided_on_beside_its_article(self):
        earlier = make_comment(self.article, visitor=self.comment.visitor, body="Trước đó")
        log_in(self.client, self.moderator)
        address = reverse(EDIT, args=[self.comment.pk])
        page = self.client.get(address)
        self.assertContains(page, "Đường mới")
        self.assertContains(page, earlier.body)

        self.client.post(address, {"status": "approved", "body": "Sửa lời", "name": "Khác"})

        self.comment.refresh_from_db()
        assert (self.comment.status, self.comment.body) == ("approved", "Bao giờ thông xe?")
        assert self.comment.moderator == self.moderator
        assert count_of(self.article) == (2, 2)
        assert ModelLogEntry.objects.get().action == "civic_feedback.comment.approve"

    def test_an_editor_reads_and_decides_nothing(self):
        log_in(self.client, self.editor)

        self.assertContains(self.client.get(reverse(LIST)), "Bao giờ thông xe?")
        inspect = self.client.get(reverse(INSPECT, args=[self.comment.pk]))
        self.assertContains(inspect, "Bao giờ thông xe?")
        self.client.post(reverse(EDIT, args=[self.comment.pk]), {"status": "approved"})
        self.client.post(bulk_address("approve", self.comment))

        self.comment.refresh_from_db()
        assert self.comment.status == "pending"

    def test_only_moderators_read_search_and_export_addresses_of_authors(self):
        Comment.objects.filter(pk=self.comment.pk).update(email="lan@rieng.example")
        for user, told in ((self.editor, False), (self.moderator, True)):
            log_in(self.client, user)
            shown = self.client.get(reverse(INSPECT, args=[self.comment.pk])).content.decode()
            found = self.client.get(reverse(LIST), {"q": "rieng"}).content.decode()
            words = self.client.get(reverse(LIST), {"q": "thông xe"}).content.decode()
            exports = [
                b"".join(self.client.get(reverse(LIST), {"export": kind}).streaming_content)
                for kind in ("csv", "xlsx")
            ]
            sheet = load_workbook(io.BytesIO(exports[1])).active
            cells = {cell.value for row in sheet.iter_rows() for cell in row}

            assert ("lan@rieng.example" in shown) is told
            assert ("Bao giờ thông xe?" in found) is told
            assert "Bao giờ thông xe?" in words
            assert (b"lan@rieng.example" in exports[0]) is told
            assert ("lan@rieng.example" in cells) is told
            assert "Bao giờ thông xe?" in exports[0].decode()

    def test_no_view_that_an_editor_may_open_tells_an_address(self):
        Comment.objects.filter(pk=self.comment.pk).update(email="lan@rieng.example")
        name = "wagtailsnippets_civic_feedback_comment"
        one = [self.comment.pk]
        doors = [
            reverse("wagtailadmin_home"),
            reverse("wagtailadmin_pages:edit", args=[self.article.pk]),
            reverse("wagtailadmin_pages:history", args=[self.article.pk]),
            reverse("wagtailadmin_pages:usage", args=[self.article.pk]),
            reverse("wagtailadmin_reports:site_history"),
            reverse("wagtailsnippets_civic_feedback_rating:list"),
            *(
                f"{reverse(f'{name}:{view}')}?{query}"
                for view in ("list", "list_results")
                for query in ("", "ordering=email", "ordering=contact", "q=thông", "stars=")
            ),
            *(reverse(f"{name}:{view}", args=one) for view in ("edit", "inspect", "history")),
            reverse(f"{name}:usage", args=one),
            *(bulk_address(each, self.comment) for each in ("approve", "spam", "delete")),
            f"/api/v3/pages/{self.article.pk}/comments/",
            f"/api/v3/pages/{self.article.pk}/?fields=*",
            f"/api/v2/pages/{self.article.pk}/?fields=*",
        ]
        log_in(self.client, self.editor)
        opened = 0
        for door in doors:
            response = self.client.get(door)
            opened += response.status_code == 200
            assert "rieng.example" not in response.content.decode(), door
        assert opened > len(doors) / 2

        # Nor does the order of the list tell it.
        other = make_comment(self.article, email="an@rieng.example", body="Trước theo chữ cái")
        rows = [
            [row.pk for row in self.client.get(reverse(LIST), query).context["object_list"]]
            for query in ({}, {"ordering": "email"}, {"ordering": "-email"})
        ]
        assert rows == [[other.pk, self.comment.pk]] * 3

    def test_what_the_same_address_wrote_is_named_only_where_one_moderates(self):
        other = make_article(make_portal("ben-nga-2.localhost", "Phường khác").news)
        GroupPagePermission.objects.create(
            group=self.moderator.groups.get(),
            page=other,
            permission=Permission.objects.get(codename="change_page"),
        )
        for comment, page in ((self.comment, self.article), (None, other)):
            if comment is None:
                make_comment(page, email="lan@rieng.example", body="Ở trang khác")
            else:
                Comment.objects.filter(pk=comment.pk).update(email="lan@rieng.example")
        log_in(self.client, self.moderator)

        self.assertContains(self.client.get(reverse(LIST)), "Ở trang khác")
        panel = self.client.get(reverse(EDIT, args=[self.comment.pk]))
        self.assertContains(panel, "lan@rieng.example")
        self.assertNotContains(panel, "Ở trang khác")

    def test_another_ward_s_moderator_reaches_nothing_here(self):
        log_in(self.client, self.stranger)

        for view in ("edit", "inspect", "history", "usage"):
            name = f"wagtailsnippets_civic_feedback_comment:{view}"
            assert self.client.get(reverse(name, args=[self.comment.pk])).status_code == 404
        self.client.post(reverse(EDIT, args=[self.comment.pk]), {"status": "approved"})
        for action in ("approve", "reject", "spam", "delete"):
            self.client.post(bulk_address(action, self.comment))
            self.client.post(bulk_address(action, "all"))

        self.comment.refresh_from_db()
        assert self.comment.status == "pending"
        assert self.comment.body

    def test_the_history_of_a_comment_names_each_decision(self):
        log_in(self.client, self.moderator)
        self.client.post(reverse(EDIT, args=[self.comment.pk]), {"status": "rejected"})

        for view in ("history", "usage"):
            address = reverse(
                f"wagtailsnippets_civic_feedback_comment:{view}", args=[self.comment.pk]
            )
            assert self.client.get(address).status_code == 200

    def test_odd_numbers_in_a_bulk_address_are_nobody_s(self):
        log_in(self.client, self.moderator)
        odd = ["abc", "9" * 30, "-1", "²", "", self.comment.pk]

        self.client.post(bulk_address("approve", *odd))

        assert list(Comment.objects.filter(status="approved")) == [self.comment]

    def test_no_chooser_lists_the_comments_or_ratings_of_all(self):
        save_rating(page=self.article, visitor=self.comment.visitor, stars=1)
        log_in(self.client, self.stranger)

        for model in ("comment", "rating"):
            for rest in ("", "results/", f"chosen/{self.comment.pk}/"):
                response = self.client.get(f"/admin/snippets/choose/civic_feedback/{model}/{rest}")
                assert response.status_code == 404, (model, rest)

    def test_nobody_adds_copies_or_deletes_a_comment_in_the_admin(self):
        log_in(self.client)
        add = reverse("wagtailsnippets_civic_feedback_comment:add")
        delete = reverse("wagtailsnippets_civic_feedback_comment:delete", args=[self.comment.pk])

        for address in (add, delete):
            self.client.post(address, {"status": "approved"})
        assert Comment.objects.count() == 2

    def test_many_are_approved_at_once_and_it_is_undone(self):
        others = [make_comment(self.article, status="pending") for _ in range(3)]
        log_in(self.client, self.moderator)
        address = bulk_address("approve", self.comment, *others, self.foreign)
        self.assertContains(self.client.get(address), "Bao giờ thông xe?")

        done = self.client.post(address, follow=True)

        assert count_of(self.article) == (4, 4)
        self.foreign.refresh_from_db()
        assert self.foreign.status == "pending"
        undo = re.search(r'href="([^"]*/comments/undo/[^"]+)"', done.content.decode())[1]
        self.client.post(reverse(EDIT, args=[others[0].pk]), {"status": "spam"})
        self.assertContains(self.client.get(undo), "Bao giờ thông xe?")
        self.client.post(undo)
        assert count_of(self.article) == (0, 0)
        others[0].refresh_from_db()
        assert others[0].status == "spam"
        assert self.client.get(undo).status_code == 404

    def test_reports_wait_again_when_a_decision_is_undone(self):
        shown = make_comment(self.article, body="Bị báo cáo", reports=2)
        log_in(self.client, self.moderator)
        for action, then in (("approve", "approved"), ("reject", "rejected")):
            with self.subTest(action=action):
                done = self.client.post(bulk_address(action, shown), follow=True)
                shown.refresh_from_db()
                assert (shown.status, shown.reports) == (then, 0)
                undo = re.search(r'href="([^"]*/comments/undo/[^"]+)"', done.content.decode())[1]

                self.client.post(undo)

                shown.refresh_from_db()
                assert (shown.status, shown.reports) == ("approved", 2)
                assert count_of(self.article) == (1, 1)
                entry = ModelLogEntry.objects.filter(object_id=str(shown.pk)).latest("pk")
                assert entry.action == "civic_feedback.comment.reopen"

    def test_another_person_cannot_undo(self):
        log_in(self.client, self.moderator)
        done = self.client.post(bulk_address("reject", self.comment), follow=True)
        undo = re.search(r'href="([^"]*/comments/undo/[^"]+)"', done.content.decode())[1]
        log_in(self.client, self.stranger)

        self.client.post(undo)

        self.comment.refresh_from_db()
        assert self.comment.status == "rejected"

    def test_all_means_all_that_the_filters_show(self):
        spam = make_comment(self.article, status="pending", body="Vay nhanh đây")
        log_in(self.client, self.moderator)
        following = "/admin/snippets/civic_feedback/comment/%3Fq%3Dvay"

        self.client.post(bulk_address("spam", "all", next=following))

        self.comment.refresh_from_db()
        spam.refresh_from_db()
        assert (self.comment.status, spam.status) == ("pending", "spam")

    def test_filters_and_search_narrow_the_list(self):
        make_comment(self.article, body="Đã duyệt rồi", stars=5)
        make_comment(self.article, body="Bị báo cáo", reports=2, verified=False)
        log_in(self.client, self.moderator)

        def found(**query):
            html = self.client.get(reverse(LIST), query).content.decode()
            return {t for t in ("thông xe", "Đã duyệt rồi", "Bị báo cáo") if t in html}

        assert found(status="pending") == {"thông xe"}
        assert found(stars=5) == {"Đã duyệt rồi"}
        assert found(reported="true") == {"Bị báo cáo"}
        assert found(reported="false") == {"thông xe", "Đã duyệt rồi"}
        assert found(waiting="true") == {"thông xe", "Bị báo cáo"}
        assert found(waiting="false") == {"Đã duyệt rồi"}
        assert found(verified="false") == {"Bị báo cáo"}
        assert found(verified="true") == {"thông xe", "Đã duyệt rồi"}
        assert found(q="duyệt rồi") == {"Đã duyệt rồi"}
        assert found(page="Đường") == {"thông xe", "Đã duyệt rồi", "Bị báo cáo"}
        assert found(page="Cầu") == set()
        assert found(created_at_from="2099-01-01") == set()

    def test_the_list_speaks_the_moderator_s_language(self):
        make_comment(self.article, reports=2)
        log_in(self.client, self.moderator)

        html = self.client.get(reverse(LIST), {"waiting": "true", "verified": "true"})

        html = html.content.decode()
        assert "Cần quyết định" in html
        for foreign in ("Excerpt", "True", "False"):
            assert f">{foreign}<" not in re.sub(r"\s+", "", html), foreign

    def test_erasing_needs_no_more_than_a_tick_and_is_the_only_deletion(self):
        save_rating(page=self.article, visitor=self.comment.visitor, stars=1)
        log_in(self.client, self.moderator)
        offered = re.findall(
            r"/admin/bulk/civic_feedback/comment/(\w+)/",
            self.client.get(reverse(LIST)).content.decode(),
        )
        assert set(offered) == {"approve", "reject", "spam", "delete"}
        self.assertContains(self.client.get(bulk_address("delete", self.comment)), "người đã viết")

        self.client.post(bulk_address("delete", self.comment))

        assert not Comment.objects.filter(pk=self.comment.pk).exists()
        assert not Rating.objects.exists()
        assert ModelLogEntry.objects.get().action == "civic_feedback.comment.erase"

    def test_the_export_holds_no_formula(self):
        make_comment(self.article, name="=cmd|'/C calc'!A0", body="+1 đồng ý", email="a@b.vn")
        log_in(self.client, self.moderator)

        text = b"".join(
            self.client.get(reverse(LIST), {"export": "csv"}).streaming_content
        ).decode()
        content = b"".join(self.client.get(reverse(LIST), {"export": "xlsx"}).streaming_content)

        cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
        sheet = load_workbook(io.BytesIO(content)).active
        cells += [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
        assert "'+1 đồng ý" in cells
        assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]
        assert "Lời ở Gò Sậy" not in text

    def test_more_comments_cost_the_list_no_more_queries(self):
        log_in(self.client, self.moderator)
        counts = []
        for size in (5, 30):
            for _ in range(size):
                make_comment(self.article, status="pending")
            counts.append(queries_of(self.client, reverse(LIST)))

        assert counts[0] == counts[1]

    def test_ratings_are_read_by_who_edits_the_article(self):
        save_rating(page=self.article, visitor=self.comment.visitor, stars=1)
        address = reverse("wagtailsnippets_civic_feedback_rating:list")
        log_in(self.client, self.editor)
        self.assertContains(self.client.get(address), "Đường mới")
        log_in(self.client, self.stranger)
        self.assertNotContains(self.client.get(address), "Đường mới")


def settings_form(**changes):
    """The form of a site's comment policy, as its page sends it back."""
    form = {
        "comments_open": "on",
        "ratings_open": "on",
        "close_after_days": "0",
        "policy": "approve_first",
        "trusted_after": "0",
        "held_words": "",
        "max_links": "0",
        "max_length": "2000",
        "notify_emails": "",
        "notify_minutes": "60",
        "retention_days": "365",
    }
    return form | changes


class PolicyRightsTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.elsewhere = make_portal("go-say.localhost", "Phường Gò Sậy")
        editors, moderators = create_site_groups(site=cls.portal.site)
        create_site_groups(site=cls.elsewhere.site)
        cls.editor = make_user("bien-tap", editors)
        cls.moderator = make_user("duyet", moderators)

    def address(self, site):
        return reverse(SETTINGS, args=["civic_feedback", "commentsettings", site.pk])

    def policies(self):
        return dict(CommentSettings.objects.values_list("site__hostname", "policy"))

    def test_a_moderator_sets_the_policy_of_the_own_site(self):
        log_in(self.client, self.moderator)
        menu = self.client.get("/admin/").content.decode()
        entry = reverse(SETTINGS, args=["civic_feedback", "commentsettings"])
        assert entry in menu

        # The entry leads to the own site, also from the address of another.
        response = self.client.get(entry, headers={"host": "go-say.localhost"})
        self.assertRedirects(
            response, self.address(self.portal.site), fetch_redirect_response=False
        )
        response = self.client.post(
            self.address(self.portal.site),
            settings_form(policy="publish_first", site=self.elsewhere.site.pk),
        )

        assert response.status_code == 302
        assert self.policies() == {"localhost": "publish_first"}

    def test_nobody_sets_the_policy_of_another_site(self):
        address = self.address(self.elsewhere.site)
        for user, known in ((self.moderator, self.portal.site), (self.editor, None)):
            with self.subTest(user=user.username):
                log_in(self.client, user)

                response = self.client.post(address, settings_form(policy="publish_first"))
                assert response.status_code == 302
                assert response["Location"] == reverse("wagtailadmin_home")
                assert self.client.get(address).status_code == 302
                assert self.client.get(f"{address}preview/").status_code in {302, 404}
                if known:
                    page = self.client.get(self.address(known)).content.decode()
                    assert address not in page
                assert "publish_first" not in self.policies().values()

    def test_an_editor_sets_no_policy(self):
        log_in(self.client, self.editor)

        response = self.client.post(
            self.address(self.portal.site), settings_form(policy="publish_first")
        )

        assert response["Location"] == reverse("wagtailadmin_home")
        assert self.policies() == {}
        assert "commentsettings" not in self.client.get("/admin/").content.decode()

    def test_addresses_to_tell_are_judged(self):
        log_in(self.client, self.moderator)

        response = self.client.post(
            self.address(self.portal.site), settings_form(notify_emails="lan@example.vn\nkhông")
        )

        assert response.status_code == 200
        assert "“không”" in response.content.decode()
        assert not CommentSettings.objects.exclude(notify_emails="").exists()


@pytest.mark.parametrize(
    ("value", "cell"),
    [("=1+1", "'=1+1"), ("  @sum", "'  @sum"), ("-5", "'-5"), ("Cảm ơn = tốt", "Cảm ơn = tốt")],
)
def test_a_cell_is_no_formula(value, cell):
    assert safe_cell(value) == cell
