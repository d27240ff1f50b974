from django.db import models
from typing_extensions import TypedDict
from wagtail.api import APIField
from wagtail.models import Page

from widgets.models import Widget


class PortalWeatherData(TypedDict):
    """What an API client is told of the weather."""

    forecast: str


class WeatherPage(Widget, Page):
    """Today's weather, as an editor writes it."""

    parent_page_types = ["civic_widgets.WidgetIndexPage"]
    subpage_types = []
    card_template = "weather/card.html"

    forecast = models.CharField("forecast", max_length=200)

    content_panels = [*Page.content_panels, "forecast"]
    api_fields = [APIField("forecast")]

    def get_card_context(self):
        return {"forecast": self.forecast}

    def get_card_data(self) -> PortalWeatherData:
        return {"forecast": self.forecast}
