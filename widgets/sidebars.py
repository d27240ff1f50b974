from dataclasses import dataclass

from wagtail.models import Page

from headless.paths import addressed, localise

from .models import SidebarCard, SidebarMode


@dataclass(frozen=True)
class Card:
    """A widget in a sidebar, under its own title or the one the editor gave the card."""

    title: str
    widget: Page


def sidebar_cards(page: Page) -> list[Card]:
    """
    The cards beside `page`, in its language: its own and those above, as their modes say.

    `page` may be an unsaved preview: its own rows are read from it, not from the database. Cards
    of widgets that are not live or not public are left out. A constant number of queries.
    """
    above = _rows_above(page)
    cards, modes = list(page.sidebar_cards.select_related("widget")), list(page.sidebar_modes.all())
    chosen = _chosen([*above, (modes[0].mode if modes else None, cards)])
    widgets = {
        widget.translation_key: widget
        for widget in localise([c.widget for c in chosen], page.locale_id)
    }
    # One query a widget type; `specific` reads the types' own fields.
    pks = [widget.pk for widget in widgets.values()]
    specific = Page.objects.filter(pk__in=pks).specific()
    specific = {widget.pk: widget for widget in addressed(specific)}
    return [
        Card(title=card.title or specific[widget.pk].title, widget=specific[widget.pk])
        for card in chosen
        if (widget := widgets.get(card.widget.translation_key))
    ]


def _rows_above(page):
    """Mode (or None) and cards of each page above, from the root down."""
    parent = page.get_parent()
    if parent is None:
        return []
    steplen = Page.steplen
    paths = [parent.path[:end] for end in range(steplen, len(parent.path) + 1, steplen)]
    modes = dict(SidebarMode.objects.filter(page__path__in=paths).values_list("page__path", "mode"))
    cards = {}
    rows = SidebarCard.objects.filter(page__path__in=paths).select_related("page", "widget")
    for card in rows.order_by("sort_order"):
        cards.setdefault(card.page.path, []).append(card)
    return [(modes.get(path), cards.get(path, [])) for path in paths]


def _chosen(levels):
    """The cards that remain when each level, from the root down, has had its say."""
    chosen = []
    for mode, cards in levels:
        if mode == SidebarMode.Mode.NONE:
            chosen = []
        elif mode == SidebarMode.Mode.OWN:
            chosen = cards
        else:
            chosen = [*chosen, *cards]
    return chosen
