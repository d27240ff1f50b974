from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpRequest
from wagtail.models import Page

from headless.cache.response_cache import get_or_compute
from headless.content.translation import pages_with_translations

from .models import SidebarMode


@dataclass(frozen=True, slots=True)
class Row:
    """What an editor chose for a sidebar; light enough to be kept for every section of a site."""

    pk: int | None
    title: str
    widget_id: int


@dataclass(frozen=True, slots=True)
class Card:
    """A widget in a sidebar, under its own title or the one the editor gave the card."""

    title: str
    widget: Page
    pk: int | None = None


def sidebar_cards(page: Page, request: HttpRequest | None) -> list[Card]:
    """
    Return the cards beside `page`, in its language (see `sidebar_rows`).

    Cards of widgets that are not live or not public are left out, and that of `page` itself.
    """
    return cards_of(sidebar_rows(page, request), page)


def sidebar_rows(page: Page, request: HttpRequest | None) -> list[Row]:
    """
    Return the rows that apply to `page`: its own and those above, as their modes say.

    Those that are published are kept in the process, for all pages below a home page together. A
    page that may be a draft is asked for its own.
    """
    # A page that is being created has no place yet, perhaps not even a parent.
    place = page if page.path else page.get_parent()
    levels = _levels_around(place, request) if place else {}
    if _may_be_draft(page, request):
        modes = [row.mode for row in page.sidebar_modes.all()]
        rows = [Row(card.pk, card.title, card.widget_id) for card in page.sidebar_cards.all()]
        levels[page.path] = (modes[0] if modes else None, rows)
    return chosen(levels.values())


def _levels_around(page, request):
    """Return mode and rows of `page` and those above that have any, from the home page down."""
    home = page.path[: 2 * page.steplen]
    levels = get_or_compute(request, f"sidebar-levels:{home}", lambda: _levels_below(home))
    ends = range(2 * page.steplen, len(page.path) + 1, page.steplen)
    return {page.path[:end]: levels[page.path[:end]] for end in ends if page.path[:end] in levels}


def _levels_below(path):
    """Return mode (or None) and rows of every page at or below a path that has any; one query."""
    pages = Page.objects.filter(path__startswith=path).filter(
        Q(sidebar_modes__isnull=False) | Q(sidebar_cards__isnull=False)
    )
    facts = pages.order_by("path", "sidebar_cards__sort_order").values_list(
        "path",
        "sidebar_modes__mode",
        *(f"sidebar_cards__{name}" for name in ("pk", "title", "widget_id")),
    )
    levels = {}
    for path, mode, pk, *card in facts:
        _mode, rows = levels.setdefault(path, (mode, []))
        if pk and all(row.pk != pk for row in rows):
            rows.append(Row(pk, *card))
    return levels


def _may_be_draft(page, request):
    """Return whether a page object may hold other rows than those that are published."""
    is_preview = getattr(request, "is_preview", False)
    return is_preview or not page.path or not page.live or page.has_unpublished_changes


def chosen(levels: Iterable[tuple[str | None, list[Row]]]) -> list[Row]:
    """Return the rows that remain when the mode of each level, from the root down, is applied."""
    rows = []
    for mode, own in levels:
        if mode == SidebarMode.Mode.NONE:
            rows = []
        elif mode == SidebarMode.Mode.OWN:
            rows = own
        else:
            rows = [*rows, *own]
    return rows


def cards_of(rows: list[Row], page: Page) -> list[Card]:
    """Return the widgets of rows as a reader of `page` sees them, without that page."""
    # One query a widget type; `specific` reads the types' own fields.
    pages = pages_with_translations(
        [row.widget_id for row in rows], page.locale_id, Page.objects.specific()
    )
    cards = []
    for row in rows:
        _chosen, widget = pages.get(row.widget_id, (None, None))
        if widget and widget.pk != page.pk:
            cards.append(Card(title=row.title or widget.title, widget=widget, pk=row.pk))
    return cards
