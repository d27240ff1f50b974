from rest_framework.fields import Field
from typing_extensions import TypedDict

from headless.fields import PortalPage, describe_page

from .sidebars import sidebar_cards


class PortalCard(TypedDict):
    """A widget in the sidebar of a page, under the title it has there."""

    title: str
    widget: PortalPage


class SidebarField(Field):
    """The cards beside a page, inherited ones included, in the page's language."""

    def __init__(self):
        super().__init__(source="*")

    def to_representation(self, value) -> list[PortalCard]:
        return [
            {"title": card.title, "widget": describe_page(card.widget)}
            for card in sidebar_cards(value)
        ]
