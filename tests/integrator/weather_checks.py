"""What a widget of an integrator's own can do; run by tests/test_integrator.py."""

from django.test import TestCase
from wagtail.test.utils import WagtailPageTestCase
from wagtail.test.utils.form_data import nested_form_data

from tests.factories import add_card, language, log_in, make_portal
from tests.integrator.weather.models import WeatherPage
from widgets.models import SidebarCard, WidgetIndexPage
from widgets.models.pages import widget_types


class WeatherTests(WagtailPageTestCase, TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.weather = cls.portal.shelf.add_child(
            instance=WeatherPage(title="Thời tiết", forecast="Nắng nhẹ", locale=language("vi"))
        )

    def test_it_lives_on_the_shelf_and_an_editor_can_create_it(self):
        log_in(self.client)

        self.assertAllowedParentPageTypes(WeatherPage, {WidgetIndexPage})
        assert WeatherPage in widget_types()
        self.assertCanCreate(
            self.portal.shelf,
            WeatherPage,
            nested_form_data({"title": "Thời tiết mai", "forecast": "Mưa rào"}),
        )

    def test_it_is_chosen_for_a_sidebar_and_shown_there(self):
        add_card(self.portal.home, self.weather)
        SidebarCard.objects.get().full_clean()

        self.assertContains(self.client.get(self.portal.news.url), "Nắng nhẹ")

    def test_both_apis_tell_its_card(self):
        add_card(self.portal.home, self.weather)
        for version in ("v2", "v3"):
            page = self.client.get(f"/api/{version}/pages/{self.portal.news.pk}/").json()
            card = page["sidebar"][0]
            assert card["widget"]["type"] == "weather.WeatherPage"
            assert card["data"] == {"forecast": "Nắng nhẹ"}
            assert card["figures_url"] is None
            shown = self.client.get(f"/api/{version}/pages/{self.weather.pk}/").json()
            assert shown["forecast"] == "Nắng nhẹ"

    def test_the_form_of_a_section_offers_it(self):
        log_in(self.client)
        form = self.client.get(f"/admin/pages/{self.portal.home.pk}/edit/")

        self.assertContains(form, "weather.weatherpage")
