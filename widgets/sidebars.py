from dataclasses import dataclass

from wagtail.models import Page

from headless.content.translation import pages_with_translations

from .models import SidebarCard, SidebarMode


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


def sidebar_cards(page: Page) -> list[Card]:
    """
    The cards beside `page`, in its language: its own and those above, as their modes say.

    `page` may be an unsaved preview: its own rows are read from it, not from the database. Cards
    of widgets that are not live or not public are left out. A constant number of queries.
    """
    if page.path and not hasattr(page, "_cluster_related_objects"):
        # As it is stored: its own rows come with those of the pages above.
        return cards_of(chosen(_stored_levels(page)), page.locale_id)
    parent = page.get_parent()
    above = _stored_levels(parent) if parent else []
    modes = [row.mode for row in page.sidebar_modes.all()]
    rows = [Row(card.pk, card.title, card.widget_id) for card in page.sidebar_cards.all()]
    return cards_of(chosen([*above, (modes[0] if modes else None, rows)]), page.locale_id)


def home_path(page: Page) -> str:
    """The place in the tree of the home page above `page` (or itself)."""
    return page.path[: 2 * page.steplen]


def sidebar_levels(path: str) -> dict[str, tuple[str | None, list[Row]]]:
    """Mode (or None) and rows of every page at or below a path that has any; two queries."""
    below = {"page__path__startswith": path}
    modes = dict(SidebarMode.objects.filter(**below).values_list("page__path", "mode"))
    levels = {path: (mode, []) for path, mode in modes.items()}
    cards = SidebarCard.objects.filter(**below).order_by("sort_order")
    for path, *facts in cards.values_list("page__path", "pk", "title", "widget_id"):
        levels.setdefault(path, (None, []))[1].append(Row(*facts))
    return levels


def _stored_levels(page: Page) -> list[tuple[str | None, list[Row]]]:
    """Mode and rows of the pages from the home page down to `page`, in one query."""
    ends = range(2 * page.steplen, len(page.path) + 1, page.steplen)
    pages = Page.objects.filter(path__in=[page.path[:end] for end in ends])
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
    return list(levels.values())


def levels_of(page: Page, levels: dict) -> list[tuple[str | None, list[Row]]]:
    """Those of `levels` that stand on the way from the root down to `page`."""
    ends = range(page.steplen, len(page.path) + 1, page.steplen)
    return [levels[page.path[:end]] for end in ends if page.path[:end] in levels]


def chosen(levels: list[tuple[str | None, list[Row]]]) -> list[Row]:
    """The rows that remain when each level, from the root down, has had its say."""
    rows = []
    for mode, own in levels:
        if mode == SidebarMode.Mode.NONE:
            rows = []
        elif mode == SidebarMode.Mode.OWN:
            rows = own
        else:
            rows = [*rows, *own]
    return rows


def cards_of(rows: list[Row], locale_id: int) -> list[Card]:
    """The widgets of rows as a reader of a language sees them."""
    # One query a widget type; `specific` reads the types' own fields.
    pages = pages_with_translations(
        [row.widget_id for row in rows], locale_id, Page.objects.specific()
    )
    cards = []
    for row in rows:
        _chosen, widget = pages.get(row.widget_id, (None, None))
        if widget:
            cards.append(Card(title=row.title or widget.title, widget=widget, pk=row.pk))
    return cards
