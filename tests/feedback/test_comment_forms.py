import base64
import json
import re
import sqlite3
import time
from datetime import timedelta
from unittest.mock import patch
from urllib.parse import quote
from uuid import uuid4

import altcha
import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client, TestCase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from feedback import services
from feedback.models import Comment, CommentSettings, FeedbackMode, PageRating, Rating
from feedback.submission.anonymous_visitors import COOKIE
from feedback.submission.forms import CommentForm
from feedback.submission.link_detection import count_links
from feedback.submission.text_cleaning import clean_line, clean_text
from headless.content.requests.rate_limits import RateLimit
from tests.factories import make_article, make_english, make_portal, publish, restrict, translate
from tests.feedback.test_comments import make_comment
from tests.feedback.test_ratings import in_threads
from tests.queries import queries_of

pytestmark = pytest.mark.vendor

WRONG = "The verification failed or has expired. Please try again."
WRONG_IN_VIETNAMESE = "Mã xác thực không đúng hoặc đã hết hạn"


def one_window():
    """Limits count in windows of time; in a test none ends between two requests."""
    return patch.object(RateLimit, "_window", lambda limit, key: (f"test:{quote(key)}", 600))


def solve(client, **extra) -> str:
    """A solved verification code, as the widget sends it."""
    response = client.get(reverse("civic_feedback:reader_challenge"), **extra)
    challenge = altcha.Challenge.from_dict(response.json())
    solution = altcha.solve_challenge(challenge)
    return altcha.Payload(challenge=challenge, solution=solution).to_base64()


class ReaderTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        make_english(cls.portal)
        cls.article = make_article(cls.portal.news)
        cls.english = translate(cls.article, title="Water")

    def setUp(self):
        caches["default"].clear()
        self.enterContext(one_window())

    def send(self, page=None, *, code=True, headers=None, **fields):
        fields = {"name": "Lan", "email": "", "body": "Cảm ơn phường."} | fields
        if code:
            fields.setdefault("altcha", solve(self.client))
        address = reverse("civic_feedback:post_comment", args=[(page or self.article).pk])
        return self.client.post(address, fields, headers=headers)

    def rate(self, stars, *, code=True, client=None, **fields):
        client = client or self.client
        if code:
            fields.setdefault("altcha", solve(client))
        address = reverse("civic_feedback:rate_page", args=[self.article.pk])
        return client.post(address, {"stars": stars, **fields})

    def settings_of(self, **fields):
        CommentSettings.objects.update_or_create(site=self.portal.site, defaults=fields)


class CommentFormTests(ReaderTestCase):
    def test_a_comment_goes_to_the_queue_and_the_reader_back_to_the_article(self):
        response = self.send()

        assert response.status_code == 302
        assert response["Location"].endswith("?posted=waiting#comments")
        assert "no-store" in response["Cache-Control"]
        comment = Comment.objects.get()
        assert (comment.status, comment.verified) == ("pending", True)
        page = self.client.get(response["Location"])
        self.assertContains(page, "notice--good")
        assert "no-store" in page["Cache-Control"]
        self.assertNotContains(page, "Cảm ơn phường.")

    def test_reading_sets_no_cookie_and_varies_by_none(self):
        response = self.client.get(self.article.url)

        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")

    def test_acting_sets_a_signed_cookie_scripts_cannot_read(self):
        cookie = self.send().cookies[COOKIE]

        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        visitor = Comment.objects.get().visitor
        assert cookie.value.startswith(visitor.hex + ":")

    def test_a_forged_cookie_is_nobody(self):
        self.client.cookies[COOKIE] = f"{uuid4().hex}:1abcde:forged"

        self.send()

        assert Comment.objects.get().visitor.hex not in self.client.cookies[COOKIE].key

    def test_what_is_wrong_is_said_and_nothing_typed_is_lost(self):
        response = self.send(name="  ", email="no-address", body="Đọc ở www.spam.example nhé")

        assert response.status_code == 422
        html = response.content.decode()
        for field in ("name", "email", "body"):
            assert f'href="#comment-{field}"' in html
            assert f'id="comment-{field}_error"' in html
            tag = re.search(rf'<(?:input|textarea)[^>]*id="comment-{field}"[^>]*>', html)[0]
            assert 'aria-invalid="true"' in tag
            assert f"comment-{field}_error" in tag
        assert "no-address" in html
        assert "Đọc ở www.spam.example nhé" in html
        assert not Comment.objects.exists()

    def test_markup_is_shown_as_typed_and_nothing_is_linked(self):
        self.settings_of(policy="publish_first", max_links=2)
        evil = '<script>alert(1)</script> "><img src=x onerror=alert(2)> https://a.example'

        self.send(name='<b onclick="x">Lan', body=evil)

        html = self.client.get(self.article.url).content.decode()
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
        assert "<script>alert(1)" not in html
        assert "<img src=x" not in html
        assert "<b onclick" not in html
        assert 'href="https://a.example' not in html
        for block in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S):
            json.loads(block)

    def test_a_long_text_is_refused_with_its_limit_and_so_is_one_that_is_never_read(self):
        self.settings_of(max_length=500)
        for length in (501, 2001):
            with self.subTest(length):
                response = self.send(body="a" * length)

                self.assertContains(response, "Bình luận dài quá 500 ký tự.", status_code=422)

    def test_more_links_than_allowed_are_refused_with_their_number(self):
        self.settings_of(max_links=2)

        body = "https://a.example https://b.example https://c.example"
        response = self.send(self.english, body=body)

        self.assertContains(response, "At most 2 links are allowed here.", status_code=422)

    def test_fields_that_are_not_the_reader_s_are_ignored(self):
        other = make_article(self.portal.news)

        self.send(
            status="approved",
            page_id=other.pk,
            moderator=1,
            verified="1",
            visitor=uuid4().hex,
            created_at="2001-01-01",
            reports=7,
        )

        comment = Comment.objects.get()
        assert (comment.status, comment.page_id) == ("pending", self.article.pk)
        assert (comment.stars, comment.moderator, comment.reports) == (None, None, 0)
        assert comment.created_at.year > 2001

    def test_a_name_or_text_beyond_the_limit_is_refused_not_cut(self):
        for fields in ({"name": "a" * 81}, {"body": "a" * 2001}, {"body": "đ" * 1_000_000}):
            assert self.send(code=False, **fields).status_code == 422
        assert not Comment.objects.exists()
        assert self.send(body="a\r\n" * 1000).status_code == 302

    def test_null_bytes_and_odd_encodings_are_no_server_error(self):
        for fields in (
            {"name": "La\0n", "body": "Chào\0"},
            {"name": b"\xff\xfe", "body": b"\xc3\x28"},
            {"email": "a\0@b.vn"},
            {"parent": "9" * 40},
            {"parent": "-1"},
            {"altcha": "\0"},
        ):
            assert self.send(code=False, **fields).status_code in (302, 422)

    def test_a_reply_stands_below_its_comment(self):
        self.settings_of(policy="publish_first")
        thread = make_comment(self.article, name="Minh", body="Bao giờ xong?")
        form = self.client.get(f"{self.article.url}?reply={thread.pk}")
        self.assertContains(form, f'name="parent" value="{thread.pk}"')

        self.send(parent=thread.pk, body="Tuần sau.")

        reply = Comment.objects.get(body="Tuần sau.")
        assert reply.parent == thread
        html = self.client.get(self.article.url).content.decode()
        assert html.index("Bao giờ xong?") < html.index("Tuần sau.")

    def test_a_reply_to_what_cannot_be_seen_is_refused_with_the_text_kept(self):
        hidden = make_comment(self.article, status="pending")
        foreign = make_comment(make_article(self.portal.news))

        for parent in (hidden.pk, foreign.pk, 999_999, "x"):
            response = self.send(parent=parent, body="Giữ lại lời này")
            self.assertContains(response, "Giữ lại lời này", status_code=422)

    def test_closed_comments_take_none(self):
        self.article.feedback_modes.add(FeedbackMode(comments="closed"))
        publish(self.article)
        assert self.send().status_code == 403
        self.settings_of(comments_open=False)
        assert self.send(self.english).status_code == 403
        self.settings_of(comments_open=True, close_after_days=3)
        old = make_article(self.portal.news, published_at=timezone.now() - timedelta(days=4))
        assert self.send(old).status_code == 403
        assert not Comment.objects.exists()
        self.assertNotContains(self.client.get(old.url), 'id="comment-form"')

    def test_only_live_public_articles_of_this_site_take_comments(self):
        draft = make_article(self.portal.news, live=False)
        private = make_article(self.portal.news)
        restrict(private)
        elsewhere = make_portal("go-say.localhost", "Phường Gò Sậy")
        foreign = make_article(elsewhere.news)

        for article in (draft, private, foreign):
            assert self.send(article).status_code == 404
        assert self.client.post("/readers/999999999999999999/comments/").status_code == 404
        assert self.client.post(f"/readers/{'9' * 30}/comments/").status_code == 400

    def test_a_form_of_another_site_is_refused(self):
        for headers in (
            {"Origin": "https://evil.example"},
            {"Origin": "null"},
            {"Origin": "https://testserver"},
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
            {"Sec-Fetch-Site": "none", "Origin": "http://testserver"},
            {"Sec-Fetch-Site": "same-origin", "Origin": "http://evil.example"},
            {"Referer": "https://evil.example/"},
            {"Referer": "http://testserver.evil.example/"},
        ):
            assert self.send(headers=headers).status_code == 403, headers
        assert not Comment.objects.exists()
        own = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
        assert self.send(headers=own).status_code == 302

    def test_a_get_of_the_form_s_address_leads_to_the_article(self):
        response = self.client.get(
            reverse("civic_feedback:post_comment", args=[self.article.pk]),
            {"next": "https://evil.example"},
        )

        assert response["Location"] == f"{self.article.get_url(response.wsgi_request)}#comments"

    def test_the_trap_makes_spam_and_says_thanks(self):
        response = self.send(website="https://seo.example")

        assert response["Location"].endswith("?posted=waiting#comments")
        assert Comment.objects.get().status == "spam"

    def test_a_double_click_is_one_comment_and_no_error(self):
        code = solve(self.client)
        first = self.send(altcha=code)
        second = self.send(altcha=code)

        assert first["Location"] == second["Location"]
        assert Comment.objects.count() == 1

    def test_a_reader_a_network_and_an_article_have_limits(self):
        for number in range(6):
            self.send(body=f"Lời {number}")
        last = self.send(body="Lời cuối")

        assert last.status_code == 429
        assert int(last["Retry-After"]) > 0
        self.assertContains(last, "Lời cuối", status_code=429)

        self.client.cookies.clear()
        statuses = []
        for number in range(40):
            self.client.cookies.clear()
            statuses.append(self.send(code=False, body=f"Mạng {number}").status_code)
        assert statuses[-1] == 429
        self.client.cookies.clear()
        address = reverse("civic_feedback:post_comment", args=[self.article.pk])
        fields = {"name": "Lan", "body": "Mạng khác", "altcha": solve(self.client)}
        other = self.client.post(address, fields, REMOTE_ADDR="198.51.100.7")
        assert other.status_code == 302

    def test_readers_whose_address_is_unknown_are_not_one_network(self):
        self.client.defaults["REMOTE_ADDR"] = ""
        for number in range(45):
            self.client.cookies.clear()
            sent = self.send(body=f"Lời {number}")
            assert sent.status_code == 302, number
        assert set(Comment.objects.values_list("network", flat=True)) == {""}

        statuses = [self.send(body=f"Nữa {n}").status_code for n in range(6)]
        assert statuses[-1] == 429

    def test_without_address_and_code_few_comments_are_taken_for_a_page(self):
        self.client.defaults["REMOTE_ADDR"] = ""
        statuses = []
        for number in range(11):
            self.client.cookies.clear()
            statuses.append(self.send(code=False, body=f"Lời {number}").status_code)

        assert statuses == [302] * 10 + [429]
        self.client.cookies.clear()
        assert self.send(body="Có mã").status_code == 302
        self.client.cookies.clear()
        self.client.defaults["REMOTE_ADDR"] = "203.0.113.5"
        assert self.send(code=False, body="Từ một mạng").status_code == 302

    def test_both_languages_say_it_in_their_own_words(self):
        vietnamese = self.client.get(self.article.url).content.decode()
        english = self.client.get(self.english.url).content.decode()

        assert f'action="/en/readers/{self.english.pk}/comments/"' in english
        assert f'action="/readers/{self.article.pk}/comments/"' in vietnamese
        assert "Write a comment" in english

    def test_what_posted_says_is_one_of_ours(self):
        response = self.client.get(self.article.url, {"posted": "<script>x"})

        self.assertNotContains(response, "<script>x")
        self.assertNotContains(response, "notice--good")


class CodeTests(ReaderTestCase):
    def test_a_wrong_forged_or_replayed_code_keeps_what_was_typed(self):
        used = solve(self.client)
        self.send(altcha=used)
        challenge = altcha.Challenge.from_dict(
            self.client.get(reverse("civic_feedback:reader_challenge")).json()
        )
        forged = altcha.Payload(
            challenge=challenge, solution=altcha.Solution(counter=1, derived_key="00ff", time=1)
        ).to_base64()
        deep = base64.b64encode(b"[" * 1500).decode()
        odd = [deep, "e30=", "W10=", "bnVsbA==", "x" * 5000, "eyJjaGFsbGVuZ2UiOiA1fQ==", "ÿÿ", "{}"]

        for code in (used, forged, *odd):
            self.client.cookies.clear()
            response = self.send(altcha=code, body="Không được mất lời này")
            assert response.status_code == 422, code
            html = response.content.decode()
            assert "Không được mất lời này" in html
        assert Comment.objects.count() == 1

    def test_the_message_stands_in_english_too(self):
        response = self.send(self.english, altcha="e30=")

        self.assertContains(response, WRONG, status_code=422)

    def test_a_code_for_another_secret_or_out_of_time_is_refused(self):
        with self.settings(ALTCHA_HMAC_SECRET="another"):
            foreign = solve(self.client)
        with self.settings(ALTCHA_CHALLENGE={"cost": 50, "expires_seconds": 1}):
            late = solve(self.client)
        time.sleep(2)

        for code in (foreign, late):
            assert self.send(altcha=code).status_code == 422

    def test_a_code_serves_one_form_only(self):
        code = solve(self.client)
        assert self.rate(5, altcha=code).status_code == 302

        assert self.send(altcha=code).status_code == 422

    def test_a_code_is_used_up_only_by_a_form_without_errors(self):
        code = solve(self.client)

        assert self.send(altcha=code, name="").status_code == 422
        assert self.send(altcha=code).status_code == 302

    def test_without_a_code_the_comment_waits_even_where_others_show_at_once(self):
        self.settings_of(policy="publish_first")

        response = self.send(code=False)

        assert response["Location"].endswith("?posted=waiting#comments")
        assert (Comment.objects.get().status, Comment.objects.get().verified) == ("pending", False)

    def test_challenges_are_throttled_and_never_stored(self):
        responses = [self.client.get(reverse("civic_feedback:reader_challenge")) for _ in range(61)]

        assert responses[0]["Cache-Control"] == "no-store"
        assert not responses[0].cookies
        assert responses[-1].status_code == 429

    def test_a_forwarded_address_does_not_escape_the_throttle(self):
        statuses = {
            self.client.get(
                reverse("civic_feedback:reader_challenge"),
                headers={"X-Forwarded-For": f"198.51.100.{n}"},
            ).status_code
            for n in range(62)
        }

        assert 429 in statuses


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_code_sent_many_times_at_once_is_accepted_once():
    article = make_article(make_portal().news)
    code = solve(Client())
    statuses = []

    def send(number):
        fields = {"name": "Lan", "body": f"Lời {number}", "altcha": code}
        response = Client().post(reverse("civic_feedback:post_comment", args=[article.pk]), fields)
        statuses.append(response.status_code)

    in_threads(12, send)

    assert sorted(statuses) == [302] + [422] * 11
    assert Comment.objects.count() == 1


@pytest.mark.slow
class AllowanceTests(ReaderTestCase):
    """Only what is proved counts against what readers share."""

    def junk(self, address, **fields):
        """Posts without work, from as many networks: ten times what a page may have in an hour."""
        few = {act: {"page": "3/h"} for act in ("comment", "rating", "report")}
        self.enterContext(self.settings(CIVIC_PORTAL_READER_RATES=few))
        for number in range(30):
            code = {} if number % 2 else {"altcha": "e30="}
            Client(REMOTE_ADDR=f"198.51.100.{number}").post(address, fields | code)

    def test_junk_closes_no_article_s_comments(self):
        self.junk(
            reverse("civic_feedback:post_comment", args=[self.article.pk]),
            name="Rác",
            body="Mua ngay",
        )

        assert self.send().status_code == 302

    def test_junk_behind_the_same_address_closes_comments_for_nobody_there(self):
        for number in range(60):
            for code in ("e30=", ""):
                self.send(code=False, altcha=code, body=f"Mua ngay {number}")
                self.client.cookies.clear()

        assert self.send().status_code == 302

    def test_junk_closes_no_article_s_ratings(self):
        self.junk(reverse("civic_feedback:rate_page", args=[self.article.pk]), stars=1)

        assert self.rate(5).status_code == 302

    def test_junk_closes_no_article_s_reports(self):
        comment = make_comment(self.article)
        address = reverse("civic_feedback:report_comment", args=[comment.pk])

        self.junk(address)

        assert self.client.post(address, {"altcha": solve(self.client)}).status_code == 302
        assert Comment.objects.get().reports == 2

    def test_what_is_proved_counts_against_what_all_share(self):
        comment = make_comment(self.article)
        few = {act: {"page": "2/h"} for act in ("comment", "rating", "report")}
        for act, path in (
            ("comment", reverse("civic_feedback:post_comment", args=[self.article.pk])),
            ("rating", reverse("civic_feedback:rate_page", args=[self.article.pk])),
            ("report", reverse("civic_feedback:report_comment", args=[comment.pk])),
        ):
            statuses = []
            with self.settings(CIVIC_PORTAL_READER_RATES=few):
                for number in range(3):
                    client = Client(REMOTE_ADDR=f"198.51.100.{number}")
                    fields = {"name": "Lan", "body": f"Lời {number}", "stars": 5}
                    response = client.post(path, fields | {"altcha": solve(client)})
                    statuses.append(response.status_code)
            assert statuses == [302, 302, 429], act
            assert 0 < int(response["Retry-After"]) <= 3600

    def test_what_is_refused_uses_up_neither_code_nor_allowance(self):
        self.send(body="Đầu tiên")
        code = solve(self.client)
        hidden = make_comment(self.article, status="pending")
        full = make_comment(self.article)
        with patch("feedback.services.MAX_REPLIES", 0):
            for number in range(8):
                assert self.send(altcha=code, name="").status_code == 422
                assert self.send(code=False, altcha="e30=", body=f"Sai {number}").status_code == 422
                assert self.send(altcha=code, parent=hidden.pk).status_code == 422
                assert self.send(altcha=code, parent=full.pk).status_code == 422
                # The same words once more are the same comment.
                assert self.send(altcha=code, body="Đầu tiên").status_code == 302

        assert self.send(altcha=code, body="Bây giờ thì được").status_code == 302
        assert Comment.objects.get(body="Bây giờ thì được").verified

    def test_a_report_s_code_serves_once_and_for_nothing_else(self):
        code = solve(self.client)
        first, second = make_comment(self.article), make_comment(self.article)
        report = {"altcha": code}
        assert (
            self.client.post(
                reverse("civic_feedback:report_comment", args=[first.pk]), report
            ).status_code
            == 302
        )

        again = self.client.post(reverse("civic_feedback:report_comment", args=[second.pk]), report)

        self.assertContains(again, WRONG_IN_VIETNAMESE, status_code=422)
        assert self.send(altcha=code).status_code == 422
        second.refresh_from_db()
        assert second.reports == 0

    def test_reports_without_a_code_bring_a_comment_before_the_moderators_once(self):
        comment = make_comment(self.article)
        for _ in range(4):
            self.client.cookies.clear()
            response = self.client.post(reverse("civic_feedback:report_comment", args=[comment.pk]))
            assert response.status_code == 302

        comment.refresh_from_db()
        assert comment.reports == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestBusyPortal:
    """While another process writes for long to SQLite, readers are told so and lose nothing."""

    @pytest.fixture
    def article(self, client):
        article = make_article(make_portal().news)
        # A site that is read for the first time stores its settings.
        client.get(article.url)
        return article

    @pytest.fixture
    def locked(self):
        """Locks the database when called, until the test is over."""
        if connection.vendor != "sqlite":
            pytest.skip("Only SQLite has one writer for all tables.")
        other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)

        def lock():
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA busy_timeout = 100")
            other.execute("BEGIN IMMEDIATE")
            return other.rollback

        yield lock
        other.close()
        connection.close()

    def assert_busy(self, response):
        assert response.status_code == 503
        assert int(response["Retry-After"]) > 0

    def test_a_comment_stands_in_its_form_and_its_code_is_good_afterwards(
        self, article, locked, client
    ):
        code = solve(client)
        fields = {"name": "Lan", "email": "lan@example.vn", "body": "Không mất", "altcha": code}
        address = reverse("civic_feedback:post_comment", args=[article.pk])
        unlock = locked()

        response = client.post(address, fields)
        unlock()

        self.assert_busy(response)
        html = response.content.decode()
        assert "Cổng đang bận" in html
        assert all(fields[name] in html for name in ("name", "email", "body"))
        assert not Comment.objects.exists()
        assert client.post(address, fields).status_code == 302

    def test_a_vote_and_a_report_are_told_too(self, article, locked, client):
        comment = make_comment(article)
        code = solve(client)
        locked()

        vote = client.post(
            reverse("civic_feedback:rate_page", args=[article.pk]), {"stars": 4, "altcha": code}
        )
        report = client.post(
            reverse("civic_feedback:report_comment", args=[comment.pk]), {"altcha": code}
        )

        self.assert_busy(vote)
        assert 'value="4" required checked' in vote.content.decode()
        self.assert_busy(report)
        self.assert_busy(client.get(reverse("civic_feedback:reader_challenge")))

    def test_the_api_answers_with_a_problem(self, article, locked, client):
        code = solve(client)
        path = f"/api/v3/pages/{article.pk}"
        comment = {"name": "Lan", "body": "Không mất", "altcha": code}
        locked()

        for response in (
            client.post(f"{path}/comments/", comment, content_type="application/json"),
            client.put(
                f"{path}/rating/", {"stars": 4, "altcha": code}, content_type="application/json"
            ),
            client.get("/api/v3/challenge/"),
        ):
            self.assert_busy(response)
            assert response["Content-Type"] == "application/problem+json"
            assert "locked" not in response.content.decode()


JUDGED = []


def judge_outside_of_transactions(post):
    JUDGED.append(connection.in_atomic_block)
    return "pending"


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_judge_is_asked_before_any_lock_or_transaction(client, settings):
    settings.CIVIC_PORTAL_COMMENT_JUDGE = f"{__name__}.judge_outside_of_transactions"
    article = make_article(make_portal().news)
    fields = {"name": "Lan", "body": "Chào", "altcha": solve(client)}

    client.post(reverse("civic_feedback:post_comment", args=[article.pk]), fields)

    assert JUDGED == [False]


class RatingFormTests(ReaderTestCase):
    def test_a_rating_counts_and_is_shown_as_text(self):
        response = self.rate(4)

        assert response["Location"].endswith("?posted=rating#rating")
        html = self.client.get(response["Location"]).content.decode()
        assert re.search(r'value="4" required checked', html)
        assert "<strong>4,0</strong>" in html
        plain = self.client.get(self.article.url).content.decode()
        assert "required checked" not in plain

    def test_a_vote_is_changed_without_another_code(self):
        self.rate(4)

        assert self.rate(1, code=False).status_code == 302
        assert Rating.objects.get().stars == 1

    def test_a_vote_can_be_withdrawn(self):
        self.rate(4)

        response = self.rate("", code=False, withdraw=1)

        assert response["Location"].endswith("?posted=withdrawn#rating")
        assert not Rating.objects.exists()

    def test_without_a_code_one_vote_a_network_counts(self):
        assert self.rate(5, code=False).status_code == 302
        self.client.cookies.clear()

        refused = self.rate(5, code=False)

        assert refused.status_code == 429
        assert PageRating.objects.get().count == 1
        assert self.rate(5).status_code == 302

    def test_without_an_address_a_vote_needs_the_code(self):
        self.client.defaults["REMOTE_ADDR"] = ""
        assert self.rate(5, code=False).status_code == 422
        assert not Rating.objects.exists()
        for _ in range(2):
            self.client.cookies.clear()
            assert self.rate(5).status_code == 302
        assert PageRating.objects.get().count == 2

    def test_odd_stars_are_refused(self):
        for stars in ("", "0", "6", "4.5", "٤", "x" * 100_000, "4\0"):
            assert self.rate(stars).status_code == 422
        assert not Rating.objects.exists()

    def test_closed_ratings_take_none(self):
        self.settings_of(ratings_open=False)

        self.assertContains(self.rate(5), "notice--bad", status_code=403)
        self.assertNotContains(self.client.get(self.article.url), 'name="stars"')

    def test_a_form_of_another_site_is_refused(self):
        address = reverse("civic_feedback:rate_page", args=[self.article.pk])

        response = self.client.post(
            address, {"stars": 5}, headers={"Origin": "https://evil.example"}
        )

        assert response.status_code == 403


class ReadingTests(ReaderTestCase):
    def test_comments_come_in_pages_newest_first_or_oldest_first(self):
        base = timezone.now()
        for number in range(25):
            make_comment(
                self.article,
                body=f"Lời số {number:02}.",
                created_at=base + timedelta(minutes=number),
            )

        first = self.client.get(self.article.url).content.decode()
        second = self.client.get(self.article.url, {"comments": 2}).content.decode()
        oldest = self.client.get(self.article.url, {"order": "oldest"}).content.decode()

        assert "Lời số 24." in first
        assert "Lời số 04." not in first
        assert "Lời số 04." in second
        assert oldest.index("Lời số 00.") < oldest.index("Lời số 01.")
        for query in ({"comments": 3}, {"comments": 0}, {"comments": "x"}, {"order": "best"}):
            assert self.client.get(self.article.url, query).status_code == 404
        assert self.client.get(self.article.url, {"comments": "9" * 40}).status_code == 404

    def test_a_comment_has_a_lasting_address(self):
        base = timezone.now()
        comments = [
            make_comment(self.article, created_at=base + timedelta(minutes=number))
            for number in range(25)
        ]
        reply = make_comment(self.article, parent=comments[0])

        response = self.client.get(reverse("civic_feedback:comment", args=[reply.pk]))

        assert response["Location"].endswith(f"?comments=2#comment-{reply.pk}")

    def test_comments_that_are_not_approved_cannot_be_found_by_number(self):
        thread = make_comment(self.article, status="rejected")
        hidden = [
            make_comment(self.article, status="pending"),
            make_comment(self.article, status="spam"),
            thread,
            make_comment(self.article, parent=thread),
            make_comment(make_article(self.portal.news, live=False)),
        ]

        for comment in hidden:
            assert (
                self.client.get(reverse("civic_feedback:comment", args=[comment.pk])).status_code
                == 404
            )
            assert (
                self.client.post(
                    reverse("civic_feedback:report_comment", args=[comment.pk])
                ).status_code
                == 404
            )

    def test_a_report_reaches_the_queue_once(self):
        comment = make_comment(self.article)
        for _ in range(2):
            response = self.client.post(reverse("civic_feedback:report_comment", args=[comment.pk]))

        assert response["Location"].endswith("?posted=report#comments")
        assert Comment.objects.get().reports == 1

    def test_reports_are_limited(self):
        comment = make_comment(self.article)
        address = reverse("civic_feedback:report_comment", args=[comment.pk])

        statuses = [self.client.post(address).status_code for _ in range(12)]

        assert statuses[-1] == 429

    def test_the_feed_has_the_shown_comments_and_escapes_them(self):
        make_comment(self.article, name="Lan <b>", body="1 < 2 & <script>alert(1)</script>")
        make_comment(self.article, body="Chưa duyệt", status="pending")

        response = self.client.get(reverse("civic_feedback:comment_feed", args=[self.article.pk]))

        assert "&amp;lt;script&amp;gt;" in response.content.decode()
        self.assertNotContains(response, "Chưa duyệt")
        draft = make_article(self.portal.news, live=False)
        assert (
            self.client.get(reverse("civic_feedback:comment_feed", args=[draft.pk])).status_code
            == 404
        )

    def test_search_engines_read_ratings_and_comments(self):
        make_comment(self.article, body="Hay </script> lắm")
        services.save_rating(page=self.article, visitor=uuid4(), stars=4)

        html = self.client.get(self.article.url).content.decode()

        blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
        data = next(each for each in map(json.loads, blocks) if "aggregateRating" in each)
        assert data["aggregateRating"]["ratingValue"] == 4.0
        assert data["comment"][0]["text"] == "Hay </script> lắm"
        assert "email" not in json.dumps(data)

    def test_e_mail_addresses_are_nowhere_on_the_page(self):
        make_comment(self.article, email="rieng@example.org", network="f" * 32)

        html = self.client.get(self.article.url).content.decode()

        assert "rieng@example.org" not in html
        assert "f" * 32 not in html

    def test_more_comments_cost_no_more_queries(self):
        counts = []
        for size in (3, 15):
            for _ in range(size):
                thread = make_comment(self.article)
                make_comment(self.article, parent=thread)
            counts.append(queries_of(self.client, self.article.url))

        assert counts[0] == counts[1]

    def test_an_alias_shows_no_form(self):
        alias = self.article.create_alias(update_slug="bi-danh")

        assert (
            self.client.post(reverse("civic_feedback:post_comment", args=[alias.pk])).status_code
            == 404
        )
        self.assertNotContains(self.client.get(alias.url), 'id="comment-form"')


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Cảm ơn", "Cảm ơn"),
        ("Ca\u0309m o\u031bn", "Cảm ơn"),
        ("a\u202egnp.exe", "agnp.exe"),
        ("pay\u200bpal\ufeff", "paypal"),
        ("a\0b\x07c\x1b[31m", "abc[31m"),
        ("Z" + "\u0335" * 50, "Z" + "\u0335" * 3),
        ("một\r\n\r\n\r\n\r\nhai\u2028ba", "một\n\nhai\nba"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("\u3000 \u00a0", ""),
        ("Lan\u3164\u3164Anh\u2800", "Lan Anh"),
        ("❤\ufe0f", "❤\ufe0f"),
    ],
)
def test_text_is_made_harmless(typed, kept):
    assert clean_text(typed) == kept


def test_a_name_is_one_line():
    assert clean_line("Lan\nQuản trị viên ✓") == "Lan Quản trị viên ✓"


# Fillers, blanks, format characters, tags, variation selectors, and marks without a letter.
UNSEEN = [
    *"\u3164\uffa0\u2800\u115f\u1160\u200b\u180e\u17b4\u17b5\ufffc\u034f\U0001d159",
    *"\u202e\u2066\u2069\u00ad\ufeff\u2060\u061c\u2065\ufff0",
    "\U000e0041\U000e007f",
    "\ufe0f\U000e0100",
    "\u0301\u0323",
    "\u200d\u200b",
    "\u3164 \u2800",
    "   ",
]


@pytest.mark.parametrize("text", [*UNSEEN, "...", "\u3164."])
def test_a_name_or_comment_that_nobody_can_read_is_refused(text):
    form = CommentForm({"name": text, "body": text}, policy=CommentSettings())

    assert form.errors["name"] == [gettext("Enter your name.")]
    assert form.errors["body"] == [gettext("Write your comment.")]


@pytest.mark.parametrize("text", ["⠓⠊", "한", "ក", "❤️", "🏴\U000e0067\U000e007f", "5"])
def test_a_name_that_can_be_read_is_taken(text):
    form = CommentForm({"name": text, "body": text}, policy=CommentSettings())

    assert form.is_valid(), form.errors


@pytest.mark.parametrize(
    "piece",
    ["a.", "a-", "h", "www.", "a://", "1.000.", ".", "\n ", "a\u0301", "a.me ", "a.me-", "a.com."],
)
def test_no_text_takes_long_to_judge(piece):
    text = piece * (20_000 // len(piece))
    start = time.process_time()

    count_links(clean_text(text))

    assert time.process_time() - start < 1


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("Gặp ở UBND phường lúc 7.30, khu phố 3.", 0),
        ("Giá 1.500.000 đồng/tháng.Rất rẻ", 0),
        ("https://a.example và http://b.example", 2),
        ("vào cobac88.xyz nhé", 1),
        ("www.vay-nhanh.example", 1),
        ("HTTPS://SPAM.VN/x", 1),
        ("spam.com.vn", 1),
        ("casino.top và kiemtien.online", 2),
        ("shop.vay.me", 1),
        ("t.me/vaynhanh, bit.ly/abc", 2),
        ("xem https://vay.example/?to=www.vay.vn", 1),
        ("tiếngviệt.vn", 1),
        ("Facebook.Com", 1),
        ("789.net", 1),
        ("vay.vn", 1),
    ],
)
def test_links_are_counted_also_without_a_scheme(text, links):
    assert count_links(text) == links


@pytest.mark.parametrize(
    "text",
    [
        "Cam on phuong.me toi rat vui",
        "Hoi nay len mang hoc lan 2.online",
        "Phường làm việc rất tốt.Tôi mong có thêm chỗ để xe.",
        "Cảm ơn xã.Đề nghị sửa đường",
        "Khong duoc.ly do la gi",
        "Họp ngày 7.CN nghỉ, hop thu 7.cn nghi",
        "Em bé ngủ.ru con xong.tôi mới viết",
        "Tự hào quá.VN vô địch, yêu lắm.vn cố lên",
        "Good work.Live music next time, thank you.me too",
        "Toi xem roi.tv hom qua noi.link day",
        "Hay quá.Top 1.pro quá!Online cũng được",
        "Nấu ăn.com ngon",
        "Được không.me?Tôi chờ",
        "Vui.me vui.ca xom vui",
    ],
)
def test_a_missing_space_after_a_full_stop_is_no_link(text):
    form = CommentForm({"name": "Lan", "body": text}, policy=CommentSettings())

    assert form.is_valid(), form.errors
