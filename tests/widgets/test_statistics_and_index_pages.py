import pytest
from wagtail.test.utils import WagtailPageTestCase
from wagtail.test.utils.form_data import nested_form_data

from home.models import HomePage
from tests.factories import language, log_in, make_links, make_portal, make_statistics, restrict
from tests.forms import preview_new
from tests.queries import queries_of
from widgets.models import (
    AdministrativeMapPage,
    StatisticsPage,
    WebsiteLinksPage,
    WidgetIndexPage,
    WidgetSettings,
)

pytestmark = pytest.mark.vendor


class StatisticsPageTests(WagtailPageTestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()

    def test_lives_only_on_the_shelf_of_widgets(self):
        self.assertAllowedParentPageTypes(StatisticsPage, {WidgetIndexPage})
        self.assertAllowedSubpageTypes(StatisticsPage, {})

    def test_an_editor_can_create_it(self):
        log_in(self.client)
        data = {"title": "Thống kê", "introduction": "Cách đếm lượt truy cập."}

        self.assertCanCreate(self.portal.shelf, StatisticsPage, nested_form_data(data))

    def test_can_be_previewed_before_its_first_save(self):
        unsaved = StatisticsPage(title="Thống kê", introduction="Cách đếm", locale=language("vi"))

        response = unsaved.make_preview_request()

        self.assertContains(response, "Cách đếm")

    def test_more_widgets_around_it_cost_no_more_queries(self):
        page = make_statistics(self.portal.shelf)
        counts = []
        for _ in range(2):
            for _ in range(10):
                make_statistics(self.portal.shelf)
            counts.append(queries_of(self.client, page.url))

        assert counts[0] == counts[1]

    def test_each_site_starts_with_the_visits_of_its_earlier_portal(self):
        other = make_portal("go-say.localhost", "Phường Gò Sậy")
        WidgetSettings.objects.create(site=self.portal.site, starting_value=243_211)
        pages = make_statistics(self.portal.shelf), make_statistics(other.shelf)

        totals = [
            self.client.get("/" + page.url.split("/", 3)[-1], headers={"host": host})
            .context["figures"]
            .total
            for page, host in zip(pages, ("localhost", "go-say.localhost"), strict=True)
        ]

        assert totals == [243_211, 0]


class ShelfTests(WagtailPageTestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()

    def test_lives_where_the_host_wants_it_and_holds_widgets_only(self):
        self.assertCanCreateAt(HomePage, WidgetIndexPage)
        self.assertAllowedSubpageTypes(
            WidgetIndexPage, {AdministrativeMapPage, WebsiteLinksPage, StatisticsPage}
        )

    def test_an_editor_can_create_it_and_it_is_in_no_menu(self):
        log_in(self.client)

        self.assertCanCreate(
            self.portal.home, WidgetIndexPage, nested_form_data({"title": "Kệ hai"})
        )

        assert not WidgetIndexPage.objects.get(title="Kệ hai").show_in_menus
        assert WidgetIndexPage.show_in_menus_default is False

    def test_can_be_previewed_before_its_first_save(self):
        log_in(self.client)

        response = preview_new(
            self.client, self.portal.home, WidgetIndexPage, {"title": "Kệ tiện ích"}
        )

        self.assertContains(response, "Kệ tiện ích")

    def test_shows_its_public_widgets_only(self):
        shown = make_links(self.portal.shelf)
        draft = make_links(self.portal.shelf, live=False)
        private = make_links(self.portal.shelf)
        restrict(private)

        response = self.client.get(self.portal.shelf.url)

        self.assertContains(response, shown.title)
        self.assertNotContains(response, draft.title)
        self.assertNotContains(response, private.title)

    def test_more_widgets_cost_no_more_queries(self):
        counts = []
        for _ in range(2):
            for _ in range(10):
                make_links(self.portal.shelf)
            counts.append(queries_of(self.client, self.portal.shelf.url))

        assert counts[0] == counts[1]
