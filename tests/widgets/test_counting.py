import datetime
import json
import threading
import time
from functools import cache
from io import StringIO
from unittest import mock

import pytest
from django.core.management import call_command
from django.db import DatabaseError, InterfaceError, transaction
from django.test import TestCase, modify_settings, override_settings
from django.utils import timezone

from headless.content.requests import daily_secrets
from headless.content.requests.rate_limits import RateLimitExceeded
from headless.models import DailySecret
from tests.factories import (
    make_article,
    make_english,
    make_portal,
    make_statistics,
    publish,
    restrict,
    translate,
)
from widgets.checks import check_urls
from widgets.models import DailyVisits, PageViews, Visitor
from widgets.visits import counting, daily_rollup, storage, writer
from widgets.visits.bots import is_bot
from widgets.visits.flood_control import FloodControl

pytestmark = pytest.mark.vendor

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile Safari"
ADDRESS = "/widgets/visits/"


@pytest.fixture(autouse=True)
def _forget_readers():
    """What one test counted limits no other one."""
    counting.limits.reset()
    writer.flusher.reset()
    daily_secrets._keys.clear()
    counting.known.clear()


class CountingTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.article = make_article(cls.portal.news)

    def report(self, page=None, *, status=204, client=None, headers=None, **extra):
        """Posts a beacon as Firefox does, and checks the status of the answer."""
        body = {"page": (page or self.article).pk}
        response = self.client.post(
            ADDRESS,
            json.dumps(body),
            content_type="text/plain;charset=UTF-8",
            headers={"user-agent": FIREFOX, **(headers or {})},
            **{"REMOTE_ADDR": "203.0.113.7", **extra},
        )
        assert response.status_code == status
        return response

    def counted(self, site=None):
        row = DailyVisits.objects.filter(site=site or self.portal.site).first()
        return (row.views, row.visits, row.visitors) if row else (0, 0, 0)

    def at(self, moment):
        """As if it were `moment`, and the readers' last minute forgotten."""
        counting.limits.reset()
        return mock.patch("django.utils.timezone.now", return_value=moment)


class CountingTests(CountingTestCase):
    def test_a_page_view_counts_for_its_page_and_its_site(self):
        response = self.report()

        assert response.content == b""
        assert not response.cookies
        assert self.counted() == (1, 1, 1)
        assert PageViews.objects.get(page_id=self.article.pk).views == 1

    def test_json_is_taken_like_plain_text(self):
        response = self.client.post(
            ADDRESS,
            {"page": self.article.pk},
            content_type="application/json",
            headers={"user-agent": FIREFOX},
        )

        assert response.status_code == 204
        assert self.counted() == (1, 1, 1)

    def test_a_picture_counts_readers_without_scripts(self):
        response = self.client.get(
            f"/widgets/visits/{self.article.pk}.gif", headers={"user-agent": FIREFOX}
        )

        assert response["Content-Type"] == "image/gif"
        assert "no-store" in response["Cache-Control"]
        assert self.counted() == (1, 1, 1)

    def test_a_picture_of_a_draft_is_not_there(self):
        draft = make_article(self.portal.news, live=False)

        response = self.client.get(
            f"/widgets/visits/{draft.pk}.gif", headers={"user-agent": FIREFOX}
        )

        assert response.status_code == 404

    def test_a_headless_front_end_counts_through_the_api(self):
        response = self.client.post(
            "/api/v3/visits/",
            {"page": self.article.pk},
            content_type="application/json",
            headers={"user-agent": FIREFOX},
        )

        assert response.status_code == 204
        assert response.content == b""
        assert self.counted() == (1, 1, 1)

    def test_the_api_counts_for_the_site_it_is_told(self):
        other = make_portal("go-say.localhost", "Phường Gò Sậy")

        responses = [
            self.client.post(
                f"/api/v3/visits/?site={site}",
                {"page": other.news.pk},
                content_type="application/json",
                headers={"user-agent": FIREFOX},
            )
            for site in ("go-say.localhost", "localhost", "nowhere.example")
        ]

        assert [response.status_code for response in responses] == [204, 404, 404]
        assert self.counted(other.site) == (1, 1, 1)

    def test_the_api_refuses_what_is_no_page(self):
        for body in ({}, {"page": "1"}, {"page": True}, {"page": 2**64}, {"page": 1, "n": 9}):
            response = self.client.post("/api/v3/visits/", body, content_type="application/json")
            assert response.status_code == 422, body

    def test_a_beacon_that_is_no_beacon_is_refused(self):
        for body in ("{", "[]", "7", '"7"', '{"page": "7"}', '{"page": true}', "[" * 150):
            response = self.client.post(ADDRESS, body, content_type="text/plain")
            assert response.status_code == 400, body
        for page in (0, -1, 2**63, 10**60):
            response = self.client.post(
                ADDRESS, json.dumps({"page": page}), content_type="text/plain"
            )
            assert response.status_code == 404, page
        too_long = self.client.post(ADDRESS, "x" * 5000, content_type="text/plain")
        assert too_long.status_code == 413
        form = self.client.post(ADDRESS, {"page": self.article.pk})
        assert form.status_code == 415
        assert self.client.get(ADDRESS).status_code == 405
        assert self.client.get("/widgets/visits/9999999999999999999.gif").status_code == 404
        assert self.counted() == (0, 0, 0)

    def test_a_forged_beacon_gets_a_clear_refusal(self):
        body = json.dumps({"page": self.article.pk})
        for length, status in (
            ("9" * 5000, 413),
            ("-1", 411),
            ("", 411),
            ("1e3", 411),
            ("٣٣٣", 413),
        ):
            response = self.client.post(
                ADDRESS, body, content_type="text/plain", CONTENT_LENGTH=length
            )
            assert response.status_code == status, length[:9]
        for forged in (
            b"\xff\xfe{",
            b"\x00" * 9,
            b'{"page": 1e3}',
            b'{"page": NaN}',
            b"null",
            b'{"page": [1]}',
            b'{"page": {"page": 1}}',
            b'{"page": null}',
        ):
            response = self.client.post(ADDRESS, forged, content_type="text/plain")
            assert response.status_code == 400, forged
        for site in ("%00", "%ED%A0%80", "a:b:c", "[::1]:80", "x:99999999", "localhost:-1", "'--"):
            response = self.client.post(
                f"/api/v3/visits/?site={site}",
                body,
                content_type="application/json",
                headers={"user-agent": FIREFOX},
            )
            assert response.status_code in {400, 404}, site
        long = self.client.post(
            f"/api/v3/visits/?site={'x' * 9000}", body, content_type="application/json"
        )
        assert long.status_code == 422
        for host in ("x y", "a" * 5000, "[::1", "local\u00b5host"):
            response = self.client.post(ADDRESS, body, content_type="text/plain", HTTP_HOST=host)
            assert response.status_code in {204, 400, 404}, host
        for agent in ("Mozilla/5.0 \x00\xff", "Mozilla/5.0 " + "x" * 9000):
            self.report(headers={"user-agent": agent})
        for address in ("", "unknown", "1.2.3.4:80", "fe80::1%eth0", "x" * 999):
            self.report(REMOTE_ADDR=address)

    def test_another_website_cannot_report_visits(self):
        foreign = {"user-agent": FIREFOX, "sec-fetch-site": "cross-site"}
        self.report(status=403, headers=foreign)
        picture = self.client.get(f"/widgets/visits/{self.article.pk}.gif", headers=foreign)
        assert picture.status_code == 403

        assert self.counted() == (0, 0, 0)

    def test_only_live_public_pages_of_the_site_count(self):
        other = make_portal("go-say.localhost", "Phường Gò Sậy")
        private = make_article(self.portal.news)
        restrict(private)

        self.report(make_article(self.portal.news, live=False), status=404)
        self.report(private, status=404)
        self.report(other.news, status=404)
        self.report(other.news, headers={"host": "go-say.localhost"})

        assert self.counted() == (0, 0, 0)
        assert self.counted(other.site) == (1, 1, 1)

    def test_a_page_taken_back_counts_no_more_after_seconds(self):
        self.report()
        self.article.unpublish()
        counting.known.clear()  # as ten seconds do

        self.report(status=404)

    def test_translations_count_for_the_same_site(self):
        make_english(self.portal)
        self.report(translate(self.article, title="Clean water"))

        assert self.counted() == (1, 1, 1)

    def test_programs_do_not_count(self):
        for agent in ("", " ", "curl/8.5", "Mozilla/5.0 (compatible; Googlebot/2.1)", "Zalo"):
            self.report(headers={"user-agent": agent})

        assert self.counted() == (0, 0, 0)

    def test_who_asks_not_to_be_tracked_is_not_counted_unless_the_operator_decides_so(self):
        self.report(headers={"dnt": "1"})
        self.report(headers={"sec-gpc": "1"})
        assert self.counted() == (0, 0, 0)

        with override_settings(CIVIC_PORTAL_VISITS_HONOUR_DO_NOT_TRACK=False):
            self.report(headers={"sec-gpc": "1"})

        assert self.counted() == (1, 1, 1)

    def test_who_is_signed_in_and_what_is_only_prefetched_do_not_count(self):
        self.report(headers={"sec-purpose": "prefetch;prerender"})
        self.client.cookies["sessionid"] = "something"
        self.report()

        assert self.counted() == (0, 0, 0)

    def test_a_replay_counts_once(self):
        for _ in range(5):
            self.report()

        assert self.counted() == (1, 1, 1)

    def test_floods_of_a_network_are_refused_and_of_a_visitor_not_counted(self):
        articles = [make_article(self.portal.news) for _ in range(7)]
        with (
            mock.patch("time.time", return_value=time.time()),
            self.settings(
                CIVIC_PORTAL_VISITS_NETWORK_RATE="10/m", CIVIC_PORTAL_VISITS_VISITOR_RATE="4/m"
            ),
        ):
            for article in articles:
                self.report(article)
            assert self.counted() == (4, 1, 1)

            for _ in range(10 - len(articles)):
                self.report()

            assert 0 < int(self.report(status=429)["Retry-After"]) <= 60
            picture = self.client.get(
                f"/widgets/visits/{self.article.pk}.gif", REMOTE_ADDR="203.0.113.7"
            )
            assert picture.status_code == 429
            assert picture["Retry-After"]
            api = self.client.post(
                "/api/v3/visits/",
                {"page": self.article.pk},
                content_type="application/json",
                REMOTE_ADDR="203.0.113.7",
            )
            assert api.status_code == 429
            assert api["Retry-After"] == picture["Retry-After"]
            self.report(REMOTE_ADDR="198.51.100.4")
            assert self.counted() == (5, 2, 2)

    def test_readers_differ_by_address_and_browser(self):
        self.report()
        self.report(headers={"user-agent": SAFARI})
        self.report(REMOTE_ADDR="203.0.113.8")

        assert self.counted() == (3, 3, 3)

    def test_a_home_network_is_one_reader_whatever_its_addresses(self):
        self.report(REMOTE_ADDR="2001:db8:1:2::1")
        self.report(make_article(self.portal.news), REMOTE_ADDR="2001:db8:1:2:ffff::9")
        self.report(REMOTE_ADDR="2001:db8:1:3::1")

        assert self.counted() == (3, 2, 2)

    def test_deleting_a_page_loses_no_total(self):
        self.report()
        self.article.delete()

        assert self.counted() == (1, 1, 1)
        assert not PageViews.objects.exists()


class CountingInTheDatabaseTests(CountingTestCase):
    def setUp(self):
        patch = mock.patch.object(writer, "storage", cache(storage.BufferedStorage))
        patch.start()
        self.addCleanup(patch.stop)

    def test_half_an_hour_of_silence_ends_a_visit(self):
        noon = timezone.make_aware(datetime.datetime(2026, 3, 3, 12))
        for minutes in (0, 29, 58, 89):
            with self.at(noon + datetime.timedelta(minutes=minutes)):
                self.report()

        assert self.counted() == (4, 2, 1)

    def test_midnight_forgets_secret_and_visitors(self):
        evening = timezone.make_aware(datetime.datetime(2026, 3, 3, 23, 50))
        with self.at(evening):
            self.report()
        first = Visitor.objects.get().key
        with self.at(evening + datetime.timedelta(minutes=15)):
            self.report()

        assert Visitor.objects.get().key != first
        assert DailySecret.objects.get().day == datetime.date(2026, 3, 4)
        days = DailyVisits.objects.order_by("day").values_list("views", "visits", "visitors")
        assert list(days) == [(1, 1, 1), (1, 1, 1)]

    def test_nothing_kept_tells_an_address_or_a_browser(self):
        self.report()

        row = Visitor.objects.get()
        assert "203" not in row.key or "113" not in row.key
        assert len(row.key) == 20
        fields = {field.name for field in Visitor._meta.get_fields()}
        assert fields == {"id", "site", "day", "key", "last_seen_at"}

    def test_an_answer_to_a_reader_is_never_an_error_of_the_storage(self):
        with (
            mock.patch.object(storage, "write_batch", side_effect=DatabaseError("locked")),
            self.assertLogs("widgets.visits.writer", "ERROR"),
        ):
            self.report()
        assert self.counted() == (0, 0, 0)

        writer.flush()

        assert self.counted() == (1, 1, 1)

    def test_a_secret_that_cannot_be_written_costs_a_visit_but_no_error(self):
        with (
            mock.patch.object(daily_secrets, "_secret_of", side_effect=InterfaceError("closed")),
            self.assertLogs("widgets.visits.counting", "ERROR"),
        ):
            self.report()

        assert self.counted() == (0, 0, 0)


class BufferTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()

    def hit(self, visitor="a", page_id=1, minutes=0):
        at = timezone.make_aware(datetime.datetime(2026, 3, 3, 12))
        at += datetime.timedelta(minutes=minutes)
        return storage.Hit(self.portal.site.pk, page_id, visitor, at.date(), at)

    def counted(self):
        return DailyVisits.objects.values_list("views", "visits", "visitors").get()

    def test_hits_of_several_processes_are_one_visitors(self):
        buffers = storage.BufferedStorage(), storage.BufferedStorage()
        for buffer in buffers:
            buffer.add(self.hit())
            buffer.add(self.hit(minutes=1))
        for buffer in buffers:
            buffer.flush()

        assert self.counted() == (4, 1, 1)

    def test_a_second_flush_writes_nothing_twice(self):
        buffer = storage.BufferedStorage()
        buffer.add(self.hit())
        buffer.flush()
        buffer.flush()

        assert self.counted() == (1, 1, 1)

    def test_a_batch_whose_commit_failed_is_not_written_again(self):
        buffer = storage.BufferedStorage()
        buffer.add(self.hit())
        real = transaction.Atomic.__exit__

        def fail(atomic, *args):
            real(atomic, *args)
            raise DatabaseError("lost connection during commit")

        with mock.patch.object(transaction.Atomic, "__exit__", fail), pytest.raises(DatabaseError):
            buffer.flush()
        buffer.flush()

        assert self.counted() == (1, 1, 1)

    def test_many_readers_and_pages_fit_into_a_batch(self):
        buffer = storage.BufferedStorage()
        for number in range(1000):
            buffer.add(self.hit(visitor=f"reader {number}", page_id=number))
        buffer.flush()

        assert self.counted() == (1000, 1000, 1000)
        assert PageViews.objects.count() == 1000

    def test_memory_is_bounded_while_the_database_is_away(self):
        buffer = storage.BufferedStorage()
        with mock.patch.object(storage, "MAX_BUFFERED", 3):
            for number in range(10):
                buffer.add(self.hit(visitor=f"reader {number}"))
            with (
                mock.patch.object(storage, "write_batch", side_effect=DatabaseError("away")),
                pytest.raises(DatabaseError),
            ):
                buffer.flush()
            for number in range(10, 20):
                buffer.add(self.hit(visitor=f"reader {number}"))
            buffer.flush()

        assert self.counted() == (3, 3, 3)

    def test_hits_of_threads_at_once_are_all_counted(self):
        buffer = storage.BufferedStorage()
        taken = []

        def read(thread):
            for number in range(2000):
                buffer.add(self.hit(visitor=str(thread), page_id=number))

        with mock.patch.object(storage, "write_batch", lambda batch: taken.append(batch.pages)):
            readers = [threading.Thread(target=read, args=(each,)) for each in range(4)]
            for reader in readers:
                reader.start()
            while any(reader.is_alive() for reader in readers):
                buffer.flush()
            buffer.flush()

        assert len(taken) > 1
        assert sum(pages.total() for pages in taken) == 4 * 2000

    def test_online_are_the_visitors_of_five_minutes(self):
        buffer = storage.BufferedStorage()
        buffer.add(self.hit("a"))
        buffer.add(self.hit("b", minutes=4))
        buffer.flush()
        at = self.hit().at

        online = [
            buffer.online(self.portal.site.pk, at + datetime.timedelta(minutes=minutes))
            for minutes in (4, 6, 10)
        ]

        assert online == [2, 1, 0]


class RollUpTests(TestCase):
    def test_old_views_are_kept_by_year(self):
        today = datetime.date(2026, 3, 1)
        days = ["2025-01-01", "2025-01-02", "2025-12-31", "2026-01-01", "2026-01-02", "2026-02-01"]
        for number, day in enumerate(days, start=1):
            PageViews.objects.create(page_id=5, day=day, views=number)

        for _ in range(2):
            daily_rollup.roll_up(today)

        rows = PageViews.objects.order_by("day").values_list("day", "views")
        assert [(f"{day}", views) for day, views in rows] == [
            ("2025-01-01", 6),
            ("2026-01-01", 9),
            ("2026-02-01", 6),
        ]


def test_a_minute_forgets_what_it_limited(settings):
    settings.CIVIC_PORTAL_VISITS_NETWORK_RATE = "3/m"
    limits = FloodControl()

    def at(seconds):
        return mock.patch("time.time", return_value=1000.0 + seconds)

    with at(0):
        assert not limits.is_excess("a", 1)
    with at(9):
        assert limits.is_excess("a", 1)
    with at(10):
        assert not limits.is_excess("a", 1)
    with at(20):
        for _ in range(3):
            limits.count_request("n")
        with pytest.raises(RateLimitExceeded) as refused:
            limits.count_request("n")
    with at(20 + refused.value.retry_after):
        limits.count_request("n")
    with at(200):
        limits.count_request("n")
    assert len(limits.counters.numbers) == 1


def test_browsers_in_which_people_read_are_no_bots():
    readers = [
        FIREFOX,
        SAFARI,
        "Mozilla/5.0 (Linux; Android 14; SM-A546E) AppleWebKit/537.36 (KHTML, like Gecko) "
        "Version/4.0 Chrome/129.0 Mobile Safari/537.36 Zalo android/12240001 ZaloTheme/light",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
        "coc_coc_browser/130.0 Chrome/124.0 Safari/537.36",
    ]
    programs = [
        "",
        "Zalo",
        "Mozilla/5.0 (compatible; coccocbot-web/1.0; +http://help.coccoc.com/searchengine)",
        "facebookexternalhit/1.1",
        "Mozilla/5.0 (compatible; GPTBot/1.2)",
        "python-requests/2.32",
        "x" * 100_000,
    ]

    assert [is_bot(agent) for agent in readers] == [False] * len(readers)
    assert [is_bot(agent) for agent in programs[:-1]] == [True] * (len(programs) - 1)


class StatisticsPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.page = make_statistics(cls.portal.shelf)
        cls.today = timezone.localdate()

    def count(self, days_ago, visits, site=None):
        DailyVisits.objects.create(
            site=site or self.portal.site,
            day=self.today - datetime.timedelta(days=days_ago),
            visits=visits,
            views=2 * visits,
            visitors=visits,
        )

    def test_figures_add_up_the_site_days(self):
        noon = timezone.make_aware(datetime.datetime(2026, 4, 1, 12))  # a Wednesday
        for day, visits in (("04-01", 1), ("03-31", 10), ("03-30", 100), ("03-29", 1000)):
            DailyVisits.objects.create(
                site=self.portal.site, day=f"2026-{day}", visits=visits, views=visits
            )
        with mock.patch("django.utils.timezone.now", return_value=noon):
            figures = self.client.get(self.page.figures_path).json()

        assert figures["total"] == 1111
        assert figures["today"] == 1
        assert figures["yesterday"] == 10
        assert figures["this_week"] == 111
        assert figures["this_month"] == 1
        assert figures["days"][-1] == {"day": "2026-04-01", "visits": 1, "views": 1}
        assert len(figures["days"]) == 30
        assert figures["months"][-2:] == [
            {"month": "2026-03", "visits": 1110, "views": 1110},
            {"month": "2026-04", "visits": 1, "views": 1},
        ]

    def test_figures_may_be_cached_for_seconds_and_read_from_anywhere(self):
        response = self.client.get(self.page.figures_path)

        assert response["Cache-Control"] == "public, max-age=5"
        assert response["Access-Control-Allow-Origin"] == "*"
        assert not response.cookies

    def test_figures_of_a_draft_are_not_there(self):
        self.page.unpublish()

        assert self.client.get(self.page.figures_path).status_code == 404

    def test_the_page_shows_charts_with_their_numbers(self):
        self.count(0, 1234)

        response = self.client.get(self.page.url)

        self.assertContains(response, 'role="img"', count=2)
        self.assertContains(response, 'class="chart__bar"', count=42)
        self.assertContains(response, "<td>1.234</td><td>2.468</td>", html=False)

    def test_the_most_read_articles_are_those_of_this_site_that_anyone_may_read(self):
        other = make_portal("go-say.localhost", "Phường Gò Sậy")
        often, seldom, private, draft = (make_article(self.portal.news) for _ in range(4))
        restrict(private)
        pages = {often: 9, seldom: 2, private: 50, draft: 60, make_article(other.news): 70}
        pages[self.portal.news] = 80
        for page, views in pages.items():
            PageViews.objects.create(page_id=page.pk, day=self.today, views=views)
        draft.unpublish()
        long_ago = self.today - datetime.timedelta(days=35)
        PageViews.objects.create(page_id=seldom.pk, day=long_ago, views=500)

        shown = self.client.get(self.page.url).context["most_read"]

        assert [(read.page.pk, read.views) for read in shown] == [(often.pk, 9), (seldom.pk, 2)]

    def test_both_apis_name_where_the_figures_are(self):
        expected = f"http://localhost/widgets/figures/{self.page.pk}.json"

        second = self.client.get(f"/api/v2/pages/{self.page.pk}/").json()
        third = self.client.get(f"/api/v3/pages/{self.page.pk}/").json()

        assert second["figures_url"] == expected
        assert third["figures_url"] == expected

    @override_settings(ROOT_URLCONF="tests.widgets.v2_urls")
    @modify_settings(MIDDLEWARE={"remove": ["cms_site.middleware.RelaxedCSPMiddleware"]})
    def test_figures_are_read_where_only_the_second_version_is_served(self):
        self.count(0, 3)
        address = self.client.get(f"/api/v2/pages/{self.page.pk}/").json()["figures_url"]

        response = self.client.get(address)

        assert response.json()["today"] == 3
        assert response["Cache-Control"] == "public, max-age=5"

    def test_a_page_reports_its_view_but_not_to_editors_and_previews(self):
        address = self.page.url
        shown = self.client.get(address)
        preview = self.page.make_preview_request()
        self.client.cookies["sessionid"] = "something"
        signed_in = self.client.get(address)

        self.assertContains(shown, f'data-page="{self.page.pk}"')
        self.assertContains(shown, f"/widgets/visits/{self.page.pk}.gif")
        for response in (preview, signed_in):
            self.assertNotContains(response, "data-page")
            self.assertNotContains(response, "<noscript>")

    def test_the_page_says_what_is_counted_as_the_operator_decided(self):
        self.assertContains(self.client.get(self.page.url), "Global Privacy Control")
        with override_settings(CIVIC_PORTAL_VISITS_HONOUR_DO_NOT_TRACK=False):
            self.assertNotContains(self.client.get(self.page.url), "Global Privacy Control")

    def test_a_host_without_the_addresses_is_told_so(self):
        assert check_urls(None) == []
        with override_settings(ROOT_URLCONF="widgets.urls"):
            assert [error.id for error in check_urls(None)] == ["civic_widgets.E001"]

    def test_counters_are_written_as_csv(self):
        self.count(1, 4)
        PageViews.objects.create(page_id=self.page.pk, day=self.today, views=3)
        sites, pages = StringIO(), StringIO()

        call_command("statistics_export", stdout=sites)
        call_command("statistics_export", "--pages", stdout=pages)

        assert sites.getvalue().splitlines()[0] == "site,day,views,visits,visitors"
        assert sites.getvalue().splitlines()[1].endswith(",8,4,4")
        assert pages.getvalue().splitlines()[1].startswith(f"{self.page.pk},http://localhost/")

    def test_publishing_an_unrelated_page_changes_no_figure(self):
        self.count(0, 3)
        publish(self.portal.news)

        assert self.client.get(self.page.figures_path).json()["total"] == 3
