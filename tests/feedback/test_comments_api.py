import json
from datetime import timedelta
from uuid import uuid4

import altcha
from django.core.cache import caches
from django.test import TestCase
from django.utils import timezone
from wagtail.models import APIToken

from feedback.models import Comment, CommentSettings, Rating
from feedback.services import save_rating
from feedback.submission.anonymous_visitors import COOKIE, token_of
from home.services import create_site_groups
from tests.factories import (
    log_in,
    make_article,
    make_english,
    make_portal,
    make_user,
    restrict,
    translate,
)
from tests.feedback.test_comment_forms import one_window
from tests.feedback.test_comments import make_comment
from tests.queries import queries_of


class ReadersApiTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.article = make_article(cls.portal.news)

    def setUp(self):
        caches["default"].clear()
        self.enterContext(one_window())

    def solve(self):
        challenge = altcha.Challenge.from_dict(self.client.get("/api/v3/challenge/").json())
        solution = altcha.solve_challenge(challenge)
        return altcha.Payload(challenge=challenge, solution=solution).to_base64()

    def call(self, method, what="comments", body=None, page=None, token=""):
        address = f"/api/v3/pages/{(page or self.article).pk}/{what}/"
        headers = {"X-Portal-Visitor": token} if token else {}
        return self.client.generic(
            method,
            address,
            json.dumps(body) if body is not None else "",
            content_type="application/json",
            headers=headers,
        )

    def post(self, token="", page=None, **fields):
        body = {"name": "Lan", "body": "Cảm ơn phường."} | fields
        body.setdefault("altcha", self.solve())
        return self.call("POST", body=body, token=token, page=page)

    def settings_of(self, **fields):
        CommentSettings.objects.update_or_create(site=self.portal.site, defaults=fields)

    def assert_problem(self, response, status):
        assert response.status_code == status, response.content
        assert response["Content-Type"] == "application/problem+json"
        assert response.json()["status"] == status

    def test_a_comment_waits_and_its_visitor_gets_a_token(self):
        response = self.post(email="Lan@Example.org")

        assert response.status_code == 201
        assert response.json()["status"] == "pending"
        assert not response.cookies
        comment = Comment.objects.get()
        assert (comment.email, comment.verified) == ("lan@example.org", True)
        again = self.post(token=response.json()["visitor"], body="Và nữa")
        assert again.status_code == 201
        assert len(set(Comment.objects.values_list("visitor", flat=True))) == 1

    def test_approved_comments_come_with_their_replies_and_nothing_private(self):
        thread = make_comment(self.article, email="rieng@example.org", network="f" * 32, stars=4)
        make_comment(self.article, parent=thread, name="Minh")
        make_comment(self.article, parent=thread, name="Ẩn", status="pending")
        make_comment(self.article, name="Rác", status="spam")

        data = self.call("GET").json()

        assert data["count"] == 1
        (item,) = data["items"]
        assert set(item) == {"id", "name", "body", "stars", "created_at", "url", "replies"}
        assert [reply["name"] for reply in item["replies"]] == ["Minh"]
        assert item["url"].endswith(f"/readers/comments/{thread.pk}/")
        for secret in ("rieng@", "ffff", str(thread.visitor), "Rác", "Ẩn"):
            assert secret not in json.dumps(data, ensure_ascii=False)

    def test_lists_turn_pages_in_either_order(self):
        base = timezone.now()
        made = [
            make_comment(self.article, created_at=base + timedelta(minutes=number))
            for number in range(5)
        ]

        def ids(query):
            path = f"/api/v3/pages/{self.article.pk}/comments/?{query}"
            return [item["id"] for item in self.client.get(path).json()["items"]]

        assert ids("limit=2") == [made[4].pk, made[3].pk]
        assert ids("limit=2&offset=4") == [made[0].pk]
        assert ids("order=oldest&limit=1") == [made[0].pk]

    def test_what_cannot_be_is_a_422_with_the_field(self):
        for fields, name in (
            ({"name": ""}, "name"),
            ({"name": "a" * 81}, "name"),
            ({"body": " \u200b"}, "body"),
            ({"body": "xem http://a.example"}, "body"),
            ({"email": "không"}, "email"),
            ({"altcha": "sai"}, "altcha"),
            ({"altcha": ""}, "altcha"),
            ({"parent": 999_999}, "parent"),
            ({"parent": 10**30}, "parent"),
            ({"status": "approved"}, "status"),
            ({"page_id": 1}, "page_id"),
            ({"moderator": 1}, "moderator"),
            ({"verified": True}, "verified"),
            ({"name": ["a"]}, "name"),
            ({"body": "a\0" * 3000}, "body"),
        ):
            response = self.post(**fields)
            self.assert_problem(response, 422)
            assert any(name in each["loc"] for each in response.json()["errors"]), fields
        assert not Comment.objects.exists()

    def test_a_code_is_accepted_once(self):
        code = self.solve()
        assert self.post(altcha=code).status_code == 201

        self.assert_problem(self.post(altcha=code, body="Lần hai"), 422)

    def test_odd_requests_are_a_clear_4xx(self):
        address = f"/api/v3/pages/{self.article.pk}/comments/"
        for body in (
            b"",
            b"{",
            b"[]",
            b"\xff",
            b"null",
            b"[" * 50_000,
            b'"' + b"x" * 1_000_000 + b'"',
        ):
            response = self.client.post(address, body, content_type="application/json")
            assert 400 <= response.status_code < 500
        for query in ("limit=0", "limit=999", "offset=-1", "order=best", "status=pending", "q=a"):
            response = self.client.get(f"{address}?{query}")
            assert response.status_code in (400, 422), query
        for article in ("0", "-1", "9" * 30, "x"):
            response = self.client.get(f"/api/v3/pages/{article}/comments/")
            assert 400 <= response.status_code < 500

    def test_articles_no_reader_may_see_are_not_there(self):
        draft = make_article(self.portal.news, live=False)
        private = make_article(self.portal.news)
        restrict(private)
        alias = self.article.create_alias(update_slug="bi-danh")
        elsewhere = make_portal("go-say.localhost", "Phường Gò Sậy")
        foreign = make_article(elsewhere.news)
        log_in(self.client)

        for article in (draft, private, alias, foreign, self.portal.news):
            self.assert_problem(self.call("GET", page=article), 404)
            self.assert_problem(self.call("GET", "rating", page=article), 404)
            self.assert_problem(self.post(page=article), 404)
            body = {"stars": 5, "altcha": self.solve()}
            self.assert_problem(self.call("PUT", "rating", body, page=article), 404)
        named = f"/api/v3/pages/{foreign.pk}/comments/?site=go-say.localhost"
        assert self.client.get(named).status_code == 200

    def test_closed_articles_take_no_comments(self):
        self.settings_of(close_after_days=3)
        old = make_article(self.portal.news, published_at=timezone.now() - timedelta(days=4))

        self.assert_problem(self.post(page=old), 403)

        self.settings_of(comments_open=False, ratings_open=False)
        self.assert_problem(self.post(), 403)
        self.assert_problem(self.call("PUT", "rating", {"stars": 5, "altcha": ""}), 403)

    def test_too_many_are_told_when_to_come_back(self):
        token = token_of(uuid4())
        statuses = [self.post(token=token, body=f"Lời {n}") for n in range(6)]

        self.assert_problem(statuses[-1], 429)
        assert int(statuses[-1]["Retry-After"]) > 0

    def test_challenges_are_throttled(self):
        responses = [self.client.get("/api/v3/challenge/") for _ in range(61)]

        assert responses[0]["Cache-Control"] == "no-store"
        self.assert_problem(responses[-1], 429)

    def test_a_vote_is_cast_changed_and_withdrawn(self):
        first = self.call("PUT", "rating", {"stars": 2, "altcha": self.solve()})
        token = first.json()["visitor"]

        changed = self.call("PUT", "rating", {"stars": 5}, token=token)
        mine = self.call("GET", "rating", token=token)
        others = self.call("GET", "rating")
        gone = self.call("DELETE", "rating", token=token)

        assert (first.json()["count"], first.json()["average"]) == (1, 2.0)
        assert (changed.json()["count"], changed.json()["average"]) == (1, 5.0)
        assert mine.json()["mine"] == 5
        assert "no-store" in mine["Cache-Control"]
        assert others.json()["mine"] is None
        assert others.json()["distribution"][0] == {"stars": 5, "count": 1}
        assert (gone.json()["count"], gone.json()["average"]) == (0, None)

    def test_a_first_vote_needs_a_code_and_stars_are_one_to_five(self):
        for body in ({"stars": 5}, {"stars": 0}, {"stars": 6}, {"stars": 4.5}, {"stars": "x"}, {}):
            self.assert_problem(self.call("PUT", "rating", body), 422)
        assert not Rating.objects.exists()

    def test_only_a_token_of_ours_is_a_visitor(self):
        visitor = uuid4()
        save_rating(page=self.article, visitor=visitor, stars=5)
        cookie = self.post().json()["visitor"]
        for token in ("x", visitor.hex, f"{visitor.hex}:a:b", "ÿ".encode().decode("latin-1")):
            self.assert_problem(self.call("GET", "rating", token=token), 422)
            self.assert_problem(self.call("DELETE", "rating", token=token), 422)
        self.assert_problem(self.call("DELETE", "rating"), 422)
        self.client.cookies[COOKIE] = cookie
        assert self.call("GET", "rating").json()["mine"] is None
        assert Rating.objects.count() == 1

    def test_a_cookie_of_the_site_is_no_token_and_a_token_no_cookie(self):
        visitor = uuid4()
        save_rating(page=self.article, visitor=visitor, stars=5)
        token = token_of(visitor)
        self.client.cookies[COOKIE] = token

        page = self.client.get(self.article.url, {"posted": "rating"})

        self.assertNotContains(page, "required checked")
        assert self.call("GET", "rating", token=token).json()["mine"] == 5

    def test_translations_share_ratings_but_not_comments(self):
        make_english(self.portal)
        english = translate(self.article, title="Water")
        make_comment(self.article)
        save_rating(page=self.article, visitor=uuid4(), stars=5)

        assert self.call("GET", "rating", page=english).json()["count"] == 1
        assert self.call("GET", page=english).json()["count"] == 0

    def test_a_page_s_detail_carries_the_figures_in_both_versions(self):
        make_comment(self.article)
        make_comment(self.article, status="pending")
        save_rating(page=self.article, visitor=uuid4(), stars=4)

        for version in ("v2", "v3"):
            data = self.client.get(f"/api/{version}/pages/{self.article.pk}/").json()
            assert data["feedback"] == {"ratings": 1, "average": 4.0, "comments": 1}

    def test_wagtail_s_snippet_routes_know_neither_comments_nor_ratings(self):
        comment = make_comment(self.article, email="rieng@example.org", status="pending")
        editors, moderators = create_site_groups(site=self.portal.site)
        user = make_user("duyet", editors, moderators)
        _token, key = APIToken.create_token(user=user, name="thử")
        assert self.client.get(
            "/api/v3/snippets/articles.Category/", headers={"Authorization": f"Bearer {key}"}
        ).status_code in (200, 422)
        for model in ("civic_feedback.Comment", "civic_feedback.Rating"):
            for method, address in (
                ("GET", f"/api/v3/snippets/{model}/"),
                ("GET", f"/api/v3/snippets/{model}/{comment.pk}/"),
                ("PATCH", f"/api/v3/snippets/{model}/{comment.pk}/"),
                ("DELETE", f"/api/v3/snippets/{model}/{comment.pk}/"),
                ("POST", f"/api/v3/snippets/{model}/"),
                ("GET", f"/api/v3/snippets/{model}/{comment.pk}/revisions/"),
                ("DELETE", f"/api/v3/snippets/{model}/{comment.pk}/actions/delete/"),
                ("POST", f"/api/v3/snippets/{model}/{comment.pk}/actions/publish/"),
                ("POST", f"/api/v3/snippets/{model}/{comment.pk}/actions/copy_for_translation/"),
            ):
                response = self.client.generic(
                    method,
                    address,
                    json.dumps({"status": "approved"}),
                    content_type="application/json",
                    headers={"Authorization": f"Bearer {key}"},
                )
                assert response.status_code in (404, 422), (method, address, response.content)
                assert "rieng@" not in response.content.decode()
        comment.refresh_from_db()
        assert comment.status == "pending"

    def test_more_comments_cost_no_more_queries(self):
        counts = []
        for size in (3, 15):
            for _ in range(size):
                make_comment(self.article, parent=make_comment(self.article))
            counts.append(
                queries_of(self.client, f"/api/v3/pages/{self.article.pk}/comments/?limit=50")
            )

        assert counts[0] == counts[1]

    def test_the_schema_names_its_parts_for_the_portal(self):
        schema = self.client.get("/api/v3/openapi.json").json()

        names = schema["components"]["schemas"]
        assert {"PortalComment", "PortalReply", "PortalRating", "PortalNewComment"} <= set(names)
        assert "email" not in names["PortalComment"]["properties"]
        operation = schema["paths"]["/api/v3/pages/{page_id}/comments/"]["post"]
        assert operation["operationId"] == "portal_comments_create"
