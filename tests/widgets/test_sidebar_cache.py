from unittest import mock

import pytest
from django.db import connection
from django.test import RequestFactory, TestCase
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from tests.factories import (
    add_card,
    make_article,
    make_links,
    make_map,
    make_portal,
    make_statistics,
    publish,
    set_mode,
)
from widgets.models import DailyVisits
from widgets.templatetags import widgets_tags
from widgets.visits import figures

pytestmark = pytest.mark.vendor


class SidebarCacheTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.articles = [make_article(cls.portal.news) for _ in range(3)]
        for make in (make_links, make_map, make_statistics):
            add_card(cls.portal.home, make(cls.portal.shelf))

    def sidebar(self, page):
        """What the tag prints on a page, and how many queries it took."""
        request = RequestFactory().get("/", headers={"host": "localhost"})
        Site.find_for_request(request)
        with CaptureQueriesContext(connection) as queries:
            html = widgets_tags.sidebar({"request": request}, page)
        return html, len(queries)

    def test_a_page_costs_two_queries_at_most_once_its_section_was_shown(self):
        # Twice: the first look at all writes down the site's settings.
        self.sidebar(self.portal.news)
        self.sidebar(self.portal.news)

        html, queries = self.sidebar(self.articles[0])

        assert html.count("<h2>") == 3
        assert queries <= 2

    def test_a_changed_card_mode_or_widget_is_shown_at_once(self):
        card = add_card(self.portal.news, make_links(self.portal.shelf, title="Cũ"))
        assert "<h2>Cũ</h2>" in self.sidebar(self.articles[0])[0]

        with self.captureOnCommitCallbacks(execute=True):
            card.title = "Mới"
            card.save()
        assert "<h2>Mới</h2>" in self.sidebar(self.articles[0])[0]

        with self.captureOnCommitCallbacks(execute=True):
            set_mode(self.portal.news, "own")
        assert self.sidebar(self.articles[0])[0].count("<h2>") == 1

        with self.captureOnCommitCallbacks(execute=True):
            card.delete()
        assert self.sidebar(self.articles[0])[0] == ""

    def test_a_renamed_widget_is_shown_at_once(self):
        links = make_links(self.portal.shelf, title="Tên cũ")
        add_card(self.portal.news, links)
        assert "Tên cũ" in self.sidebar(self.articles[0])[0]

        with self.captureOnCommitCallbacks(execute=True):
            links.title = "Tên mới"
            publish(links)

        assert "Tên mới" in self.sidebar(self.articles[0])[0]

    def test_figures_are_a_minute_old_at_most(self):
        with mock.patch("widgets.templatetags.widgets_tags.time.time", return_value=600_000):
            assert 'data-figure="today">0<' in self.sidebar(self.articles[0])[0]
            DailyVisits.objects.create(
                site=self.portal.site, day=figures.timezone.localdate(), visits=8
            )
            assert 'data-figure="today">0<' in self.sidebar(self.articles[0])[0]
        with (
            mock.patch("widgets.templatetags.widgets_tags.time.time", return_value=600_060),
            mock.patch.object(figures, "FRESH_SECONDS", 0),
        ):
            figures.local_cache().delete_many(
                [f"figures:{self.portal.site.pk}:{figures.timezone.localdate()}"]
            )
            assert 'data-figure="today">8<' in self.sidebar(self.articles[0])[0]

    def test_the_apis_tell_where_the_figures_of_a_card_are(self):
        for version in ("v2", "v3"):
            page = self.client.get(f"/api/{version}/pages/{self.portal.news.pk}/").json()
            links, ward, statistics = page["sidebar"]
            assert statistics["figures_url"].endswith(".json")
            assert statistics["data"] == {"figures_url": statistics["figures_url"]}
            assert links["figures_url"] is None
            assert links["data"]["groups"][0]["links"]
            assert ward["data"]["geojson_url"].endswith(".geojson")
