"""
Caches and rate limits during and after an outage of Redis: refusing, hanging, restarted empty.
"""

import signal
import time
from contextlib import contextmanager

import pytest
import redis
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from wagtail.forms import PasswordViewRestrictionForm
from wagtail.models import APIToken, Page, PageViewRestriction, Site

from feedback.models import Comment, Rating
from headless.cache.redis_cache import RedisCache
from headless.cache.version_store import read_versions
from tests.changes import version_now
from tests.factories import (
    add_card,
    make_article,
    make_directive,
    make_portal,
    make_statistics,
    make_superuser,
)
from widgets.visits import writer

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
READS = [
    "/",
    "/tin-tuc/",
    "/van-ban/",
    "/tim-kiem/?q=nuoc",
    "/feeds/articles/",
    "/feeds/directives/",
    "/sitemap-1.xml",
    "/robots.txt",
    "/khong-co/",
    "/api/v2/pages/",
    "/api/v3/pages/",
    "/api/v3/articles/",
    "/api/v3/directives/",
    "/api/v3/navigation/",
    "/api/v3/site/",
    "/api/v3/resolve/?path=/tin-tuc/",
    "/api/v3/search/?q=nuoc",
    "/api/v3/sitemap/",
    "/api/v3/documents/",
    "/api/v3/redirects/",
]


@pytest.fixture
def on_redis(redis_process, settings):
    """A portal with its own Redis server; `another` is the cache of another process."""
    backend = {"BACKEND": "headless.cache.redis_cache.RedisCache", "LOCATION": redis_process.url}
    settings.CACHES = {
        **settings.CACHES,
        "default": backend,
        "another": {**backend, "OPTIONS": {"client_name": "another"}},
    }
    settings.CIVIC_PORTAL_VERSION_CACHE = "default"
    writer.storage.cache_clear()
    yield redis_process
    writer.storage.cache_clear()


@pytest.fixture
def portal():
    portal = make_portal()
    portal.article = make_article(portal.news, title="Nước sạch")
    make_directive(portal.register)
    add_card(portal.home, make_statistics(portal.shelf))
    return portal


@contextmanager
def hanging(process):
    """Stop a server and let this process notice it: later writes are lost."""
    process.send_signal(signal.SIGSTOP)
    try:
        caches["default"].get("anything")
        yield
    finally:
        process.send_signal(signal.SIGCONT)


def wait_until_reached():
    for _attempt in range(100):
        if not caches["default"].server.is_down:
            return
        time.sleep(0.1)
    raise AssertionError("The cache is not asked again.")


@pytest.mark.usefixtures("portal")
class TestReading:
    def test_everything_is_read_without_redis(self, client, on_redis):
        before = {address: client.get(address) for address in READS}
        on_redis.kill()

        for address in READS:
            after = client.get(address)
            assert after.status_code == before[address].status_code, address
            assert b"Error 111" not in after.content

        health = client.get("/healthz")
        assert health.status_code == 200
        assert health.json() == {"status": "degraded", "cache": "unreachable"}

    def test_everything_is_read_where_redis_was_never_there(self, client, on_redis):
        on_redis.kill()

        for address in READS:
            assert client.get(address).status_code in {200, 404}, address

    def test_a_redis_that_hangs_is_waited_for_once(self, client, on_redis):
        for address in READS:
            client.get(address)
        with hanging(on_redis):
            start = time.monotonic()
            times = []
            for address in READS:
                assert client.get(address).status_code in {200, 404}, address
                times.append(time.monotonic() - start - sum(times))
        assert max(times) < 1

    def test_an_outage_is_logged_once(self, client, on_redis, caplog):
        on_redis.kill()

        for address in READS:
            client.get(address)

        logged = [each for each in caplog.records if each.name == "headless.cache.redis_server"]
        assert len(logged) == 1

    def test_a_redis_that_is_full_is_none(self, client, on_redis, portal, settings):
        server = redis.Redis.from_url(on_redis.url)
        server.config_set("maxmemory", "1")

        assert client.get("/").status_code == 200
        assert client.get("/healthz").json()["status"] == "degraded"

        server.config_set("maxmemory", "0")
        wait_until_reached()
        assert client.get("/healthz").json() == {"status": "ok", "cache": "ok"}

    def test_an_editor_publishes_without_redis(self, client, on_redis, portal):
        _token, key = APIToken.create_token(user=make_superuser(), name="tests")
        draft = make_article(portal.news, title="Mới", live=False)
        draft.save_revision()
        on_redis.kill()

        response = client.post(
            f"/api/v3/pages/{draft.pk}/actions/publish/",
            {},
            content_type="application/json",
            headers={"Authorization": f"Bearer {key}"},
        )

        assert response.status_code == 200
        assert response.json()["title"] == "Mới"
        draft.refresh_from_db()
        assert draft.live


class TestWriting:
    def test_who_comments_is_told_to_try_again(self, client, on_redis, portal):
        on_redis.kill()
        written = {"name": "Lan", "body": "Cảm ơn phường.", "altcha": "x"}

        form = client.post(f"/readers/{portal.article.pk}/comments/", written)
        api = client.post(
            f"/api/v3/pages/{portal.article.pk}/comments/",
            written,
            content_type="application/json",
        )

        for response in (form, api):
            assert response.status_code == 503
            assert int(response["Retry-After"]) > 0
            assert "no-store" in response["Cache-Control"]
        assert form["Content-Type"].startswith("text/html")
        assert api["Content-Type"] == "application/problem+json"
        assert "detail" in api.json()
        assert not Comment.objects.exists()

    def test_who_rates_or_asks_for_work_is_told_to_try_again(self, client, on_redis, portal):
        on_redis.kill()
        address = f"/api/v3/pages/{portal.article.pk}/rating/"

        rated = client.put(address, {"stars": 5}, content_type="application/json")

        assert rated.status_code == 503
        assert client.get("/api/v3/challenge/").status_code == 503
        assert client.get(address).status_code == 200
        assert not Rating.objects.exists()

    def test_an_api_whose_rate_cannot_be_counted_is_read_and_not_written(
        self, client, on_redis, portal, settings
    ):
        settings.CIVIC_PORTAL_API_RATE = "100/m"
        on_redis.kill()

        for address in ("/api/v2/pages/", "/api/v3/pages/"):
            assert client.get(address).status_code == 200
        response = client.post("/api/v3/pages/", {}, content_type="application/json")
        assert response.status_code == 503
        assert response["Content-Type"] == "application/problem+json"
        assert response["Retry-After"]

    def test_guesses_of_passwords_and_mails_for_new_ones_say_try_again(
        self, client, on_redis, portal, mailoutbox
    ):
        lock = PageViewRestriction.objects.create(
            page=portal.article, restriction_type="password", password="hoa sen"
        )
        door = reverse("wagtailcore_authenticate_with_password", args=[lock.pk, portal.article.pk])
        on_redis.kill()

        for address, written in (
            (door, {"password": "hoa cúc", "return_url": "/"}),
            (door, {"password": "hoa sen", "return_url": "/"}),
            (reverse("wagtailadmin_password_reset"), {"email": "lan@benga.example"}),
        ):
            response = client.post(address, written)
            assert response.status_code == 503
            assert int(response["Retry-After"]) > 0
            assert "no-store" in response["Cache-Control"]
            assert response["Content-Type"].startswith("text/html")
        assert not mailoutbox

    def test_a_wrong_password_that_cannot_be_counted_is_not_told(
        self, client, on_redis, portal, monkeypatch
    ):
        lock = PageViewRestriction.objects.create(
            page=portal.article, restriction_type="password", password="hoa sen"
        )
        door = reverse("wagtailcore_authenticate_with_password", args=[lock.pk, portal.article.pk])
        # Redis goes while the guess is judged.
        judge = PasswordViewRestrictionForm.clean_password

        def judge_while_redis_goes(form):
            on_redis.kill()
            return judge(form)

        monkeypatch.setattr(PasswordViewRestrictionForm, "clean_password", judge_while_redis_goes)

        assert client.post(door, {"password": "x", "return_url": "/"}).status_code == 503

    def test_a_visit_is_lost_without_an_error(self, on_redis, portal):
        on_redis.kill()

        response = Client(headers={"user-agent": "Mozilla/5.0 Firefox/140"}).post(
            "/widgets/visits/", f'{{"page": {portal.article.pk}}}', content_type="text/plain"
        )

        assert response.status_code == 204


class TestComingBack:
    def test_a_redis_that_starts_empty_is_used_again(self, client, on_redis, portal):
        client.get("/")
        on_redis.kill()
        client.get("/")
        assert client.get("/healthz").json()["status"] == "degraded"

        on_redis.start()
        wait_until_reached()

        assert client.get("/healthz").json() == {"status": "ok", "cache": "ok"}
        assert client.get("/api/v3/challenge/").status_code == 200
        assert client.get("/").status_code == 200
        assert caches["default"].add("mark", 1)
        assert not caches["default"].add("mark", 1)

    def test_a_change_that_redis_was_not_told_is_seen_by_all_processes(
        self, on_redis, settings, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            portal = make_portal()
        settings.CIVIC_PORTAL_VERSION_CACHE = "another"
        before = version_now()
        assert read_versions(["content"])[0] == {"content": before}

        settings.CIVIC_PORTAL_VERSION_CACHE = "default"
        version_now()
        with hanging(on_redis), django_capture_on_commit_callbacks(execute=True):
            Page.objects.filter(pk=portal.news.pk).update(title="Thời sự")
        wait_until_reached()

        settings.CIVIC_PORTAL_VERSION_CACHE = "another"
        assert version_now() == before + 1

    def test_a_redis_restored_from_a_snapshot_is_not_believed(
        self, on_redis, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            portal = make_portal()
        before = version_now()
        assert read_versions(["content"])[0] == {"content": before}
        redis.Redis.from_url(on_redis.url).save()
        with django_capture_on_commit_callbacks(execute=True):
            Page.objects.filter(pk=portal.news.pk).update(title="Thời sự")

        on_redis.kill()
        on_redis.start()

        assert redis.Redis.from_url(on_redis.url).dbsize()
        assert version_now() == before + 1

    def test_what_could_not_be_deleted_is_deleted_when_redis_is_back(self, client, on_redis):
        portal = make_portal()
        assert Site.get_site_root_paths()[0].root_url == "http://localhost"
        with hanging(on_redis):
            portal.site.hostname = "ward.example"
            portal.site.save()
        wait_until_reached()

        assert Site.get_site_root_paths()[0].root_url == "http://ward.example"


def test_threads_share_connections(on_redis):
    one = RedisCache(on_redis.url, {})

    assert one.server is RedisCache(on_redis.url, {}).server
