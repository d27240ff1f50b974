"""Sidebars and page view counting in API v3."""

from typing import Literal, get_type_hints

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import override
from ninja import Field as SchemaField
from ninja import Schema, Status
from ninja.errors import HttpError
from pydantic import JsonValue
from rest_framework.fields import Field

from headless.api.block_types import discriminated_union, documented, named_object
from headless.api.fields import PortalPage, describe_page
from headless.api.path_resolution import page_at
from headless.api.problems import rate_limited
from headless.api.query_parameters import PathParameter, SiteParameter, requested_site
from headless.api.read_types import model_name
from headless.api.routers import PortalRouter
from headless.content.requests.current_request import get_current_request
from headless.content.requests.rate_limits import RateLimitExceeded

from .models.pages import widget_types
from .sidebars import sidebar_cards
from .visits.counting import LARGEST_ID, STATUS, count_view

CARD = """
A widget in the sidebar of a page, with its title there.

`figures_url` is set for widgets with live figures; `data` depends on the widget's type and holds
what is needed to render the card.
""".strip()


def _card_type():
    """Return the union of the card types of all installed widgets, discriminated by `type`."""
    return discriminated_union("PortalCard", [_card_of(model) for model in widget_types()])


def _card_of(model):
    said = get_type_hints(model.get_card_data, include_extras=True).get("return", dict)
    fields = {
        "type": Literal[model._meta.label],
        "title": str,
        "widget": PortalPage,
        "figures_url": str | None,
        "data": dict[str, JsonValue] if said is dict else said,
    }
    return named_object(f"Portal{model_name(model)}Card", fields, CARD)


# Evaluated in `AppConfig.ready`, when the widgets of all apps are loaded.
PortalCard = documented(_card_type())


def describe_card(card) -> dict:
    """Return a card of `sidebar_cards` for API clients."""
    return {
        "type": card.widget._meta.label,
        "title": card.title,
        "widget": describe_page(card.widget),
        "figures_url": getattr(card.widget, "figures_url", None),
        "data": card.widget.get_card_data(),
    }


class SidebarField(Field):
    """Serialize the cards of a page's sidebar, including inherited ones."""

    def __init__(self):
        super().__init__(source="*")

    def to_representation(self, value) -> list[PortalCard]:
        return [describe_card(card) for card in sidebar_cards(value, get_current_request())]


class PortalSidebar(Schema):
    """The sidebar of a page in its language, including inherited cards."""

    page: PortalPage
    cards: list[PortalCard]


sidebars = PortalRouter(tags=["site"])


@sidebars.get(
    "/",
    response=PortalSidebar,
    operation_id="portal_sidebar",
    summary="The sidebar of the page at a public path",
)
def sidebar(request: HttpRequest, path: PathParameter, site: SiteParameter):
    """Return the sidebar of the page at a path; 404 if there is no such page."""
    page = page_at(request, requested_site(request, site), path)
    with override(page.locale.language_code):
        return {
            "page": describe_page(page),
            "cards": [describe_card(card) for card in sidebar_cards(page, request)],
        }


class PortalVisit(Schema):
    """A page view to count."""

    model_config = {"extra": "forbid"}

    page: int = SchemaField(gt=0, le=LARGEST_ID, strict=True)


router = PortalRouter(tags=["visits"])


@router.post(
    "/",
    response={204: None},
    operation_id="portal_visits_create",
    summary="Count a page view",
)
def count_visit(request: HttpRequest, visit: PortalVisit, site: SiteParameter):
    """
    Count a page view; call it from the reader's browser, once each time a page is shown.

    `site` is the host (`name` or `name:port`) of the page's site, where it differs from the API's
    host.
    """
    try:
        status = STATUS[count_view(request, visit.page, site)]
    except RateLimitExceeded as error:
        return rate_limited(_("Too many visits from one network."), error.retry_after)
    if status == 404:
        raise HttpError(404, _("There is no such page on this site."))
    return Status(status, None)
