"""Whole answers that are kept for anonymous readers: what is sent again, to whom, and until when."""

import gzip
from time import monotonic, sleep
from unittest.mock import patch

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from feedback.models import Comment
from feedback.services import decide
from headless.cache.kept_answers import Answers, answers
from tests.factories import (
    log_in,
    make_article,
    make_english,
    make_portal,
    make_statistics,
    make_superuser,
    restrict,
)
from tests.feedback.test_comment_forms import one_window
from tests.feedback.test_comments import make_comment
from tests.feedback.test_ratings import in_threads

pytestmark = [pytest.mark.django_db, pytest.mark.vendor]


@pytest.fixture(autouse=True)
def keeping(settings):
    settings.CIVIC_PORTAL_PAGE_CACHE_MB = 4


@pytest.fixture
def portal():
    return make_portal()


@pytest.fixture
def article(portal):
    return make_article(portal.news, title="Đường mới", summary="Đã thông xe.")


def queries(client, address, **headers):
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address, headers=headers)
    return response, len(captured)


def warm(client, address):
    """Asks until nothing is stored any more by asking (a site's settings, renditions)."""
    for _time in range(3):
        response = client.get(address)
    return response


# The queries that read the versions: one, or with Redis, while a change is not committed, one a kind.
VERSIONS = 2
ADDRESSES = [
    "/",
    "/tin-tuc/",
    "/van-ban/",
    "/feeds/articles/",
    "/api/v3/articles/",
    "/api/v2/pages/",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_answer_is_sent_again_as_it_was_for_the_price_of_a_version(client, article, address):
    made = warm(client, address)

    again, cost = queries(Client(), address)

    assert cost <= VERSIONS
    assert again.content == made.content
    different = {"X-Request-Id"}
    assert {k: v for k, v in again.items() if k not in different} == {
        k: v for k, v in made.items() if k not in different
    }


def test_a_change_shows_with_the_next_request(client, portal, article):
    warm(client, article.url)
    warm(client, "/tin-tuc/")

    article.title = "Đường cũ"
    article.save_revision().publish()

    assert "Đường cũ" in client.get(article.url).content.decode()
    assert "Đường cũ" in client.get("/tin-tuc/").content.decode()
    article.unpublish()
    assert client.get(article.url).status_code == 404


def test_a_restriction_hides_what_is_kept(client, article):
    warm(client, article.url)
    restrict(article)

    assert client.get(article.url).status_code == 302


def test_a_comment_shows_with_the_next_request(client, article):
    warm(client, article.url)
    comment = make_comment(article, body="Rất tốt", status="pending")
    assert "Rất tốt" not in client.get(article.url).content.decode()

    decide(decisions={comment.pk: Comment.Status.APPROVED}, moderator=make_superuser())

    assert "Rất tốt" in client.get(article.url).content.decode()


def test_whoever_has_a_session_or_a_token_gets_an_answer_of_their_own(client, article):
    anonymous = warm(client, article.url)
    log_in(client)

    edited = client.get(article.url)

    assert edited.content != anonymous.content
    assert "private" in edited["Cache-Control"]
    assert Client().get(article.url).content == anonymous.content
    assert "no-store" in client.get("/api/v3/articles/", headers={"X-Portal-Visitor": "a"}).get(
        "Cache-Control", "no-store"
    )


def test_other_cookies_and_tracking_do_not_divide_what_is_kept(client, article):
    made = warm(client, article.url)
    client.cookies["analytics"] = "1"

    again, cost = queries(client, f"{article.url}?utm_source=zalo&fbclid=1")

    assert cost <= VERSIONS
    assert again.content == made.content


def test_an_api_refuses_a_tracking_parameter_all_the_same(client, article):
    assert warm(client, "/api/v3/articles/").status_code == 200

    assert client.get("/api/v3/articles/?utm_source=zalo").status_code == 422


def test_a_page_sends_304_to_who_has_it_and_its_body_to_who_had_another(client, article):
    made = warm(client, article.url)

    same = client.get(article.url, headers={"If-None-Match": made["ETag"]})
    article.title = "Đường cũ"
    article.save_revision().publish()
    changed = client.get(article.url, headers={"If-None-Match": made["ETag"]})

    assert (same.status_code, same.content) == (304, b"")
    assert changed.status_code == 200
    assert changed["ETag"] != made["ETag"]


@pytest.mark.parametrize("address", ["/", "/api/v3/pages/{}/"])
def test_it_is_compressed_for_who_can_read_that(client, article, address):
    address = address.format(article.pk)
    plain = warm(client, address)

    packed = client.get(address, headers={"Accept-Encoding": "gzip, br"})

    assert packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed["Vary"]
    assert gzip.decompress(packed.content) == plain.content
    assert int(packed["Content-Length"]) == len(packed.content) < len(plain.content)


def test_head_has_the_headers_of_get_and_no_body(client, article):
    made = warm(client, article.url)

    head = client.head(article.url)

    assert head.content == b""
    assert head["ETag"] == made["ETag"]


def test_a_search_and_a_reader_s_own_answer_are_made_anew(client, article):
    for address in ("/tim-kiem/?q=duong", f"{article.url}?posted=1", "/api/v3/search/?q=duong"):
        warm(client, address)
        assert queries(client, address)[1] > 1, address


def test_a_foreign_host_gets_nothing_of_ours(client, article, settings):
    settings.ALLOWED_HOSTS = ["localhost", "testserver"]
    warm(client, article.url)

    assert client.get(article.url, headers={"Host": "evil.example"}).status_code == 400
    assert Client(SERVER_NAME="evil.example").get(article.url).status_code == 400


def test_each_site_and_language_has_its_own(client, portal, article):
    other = make_portal("khac.example", name="Nơi khác")
    make_english(portal)

    assert "Đường mới" in warm(client, "/tin-tuc/").content.decode()
    assert (
        "Đường mới"
        not in client.get("/tin-tuc/", headers={"Host": "khac.example"}).content.decode()
    )
    assert 'lang="en"' in warm(client, "/en/").content.decode()
    assert (
        other.site.hostname in warm(Client(headers={"Host": "khac.example"}), "/").content.decode()
    )


def test_what_is_kept_counts_against_the_rate_of_the_apis(client, article, settings):
    warm(client, "/api/v3/articles/")
    settings.CIVIC_PORTAL_API_RATE = "2/h"
    with one_window():
        statuses = [client.get("/api/v3/articles/").status_code for _time in range(3)]

    assert statuses == [200, 200, 429]


def test_it_is_made_anew_on_another_day(client, article):
    warm(client, "/")
    tomorrow = timezone.now() + timezone.timedelta(days=1)

    with patch("django.utils.timezone.now", return_value=tomorrow):
        assert f"{timezone.localtime(tomorrow):%d/%m/%Y}" in client.get("/").content.decode()


def test_numbers_of_visits_are_at_most_a_minute_old(client, portal):
    page = make_statistics(portal.shelf)
    warm(client, page.url)

    with patch("headless.cache.kept_answers.monotonic", return_value=monotonic() + 60):
        assert queries(client, page.url)[1] > 1


def test_no_more_is_kept_than_is_allowed(client, portal, settings):
    settings.CIVIC_PORTAL_PAGE_CACHE_MB = 1
    for number in range(400):
        client.get(f"/tin-tuc/?khac={number}")

    assert answers.size <= 1024 * 1024
    assert len(answers.kept) > 20


def test_many_readers_after_a_change_cost_one_answer():
    kept, made = Answers(), []

    def renew(_number):
        with kept.renewing(("a",)) as waited:
            if not waited:
                made.append(1)
                sleep(0.2)

    in_threads(8, renew)

    assert len(made) == 1
    assert kept.in_work == {}


def test_a_preview_is_made_anew(client, article):
    warm(client, article.url)
    article.title = "Chưa công bố"

    assert "Chưa công bố" in article.make_preview_request().content.decode()


def test_without_memory_nothing_is_kept(client, article, settings):
    settings.CIVIC_PORTAL_PAGE_CACHE_MB = 0
    warm(client, article.url)

    assert queries(client, article.url)[1] > 1
    assert not answers.kept
