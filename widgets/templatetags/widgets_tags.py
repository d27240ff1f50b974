"""Template tags of sidebars and of page view counting."""

import time

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from wagtail.models import Page

from headless.cache.response_cache import get_or_compute, record_lifetime

from ..models.pages import Widget
from ..sidebars import Card, cards_of, sidebar_rows

register = template.Library()


@register.simple_tag(takes_context=True)
def sidebar(context, page):
    """
    Return the cards of the sidebar of `page` as HTML; "" without cards.

    Rendered cards are cached by the cards' keys, so that pages which inherit the same cards share
    them and cost no queries.
    """
    request = context["request"]
    rows = sidebar_rows(page, request)
    if not rows:
        return ""
    # Rows of a page that is not saved have no keys to name what is kept.
    if not all(row.pk for row in rows):
        return _sidebar(request, [_render(request, card) for card in cards_of(rows, page)])
    names = "-".join(str(row.pk) for row in rows)
    # Only a widget is left out beside itself; all other pages with the same rows share their cards.
    own = page.pk if isinstance(page, Widget) else ""
    cards = get_or_compute(
        request,
        f"sidebar:{page.locale_id}:{names}:{own}",
        lambda: [_render_or_defer(request, card) for card in cards_of(rows, page)],
    )
    return _sidebar(
        request, [card if isinstance(card, str) else _render_live(request, *card) for card in cards]
    )


def _render_or_defer(request, card):
    """Return the rendered card, or, for one with a lifetime, the arguments of `_render_live`."""
    seconds = card.widget.card_seconds
    return (card.pk, card.title, card.widget.pk, seconds) if seconds else _render(request, card)


def _render_live(request, pk, title, widget_id, seconds):
    """Return a rendered card that is cached for `seconds`."""
    window, passed = divmod(time.time(), seconds)
    record_lifetime(seconds - passed)
    return get_or_compute(
        request,
        f"card:{pk}:{widget_id}:{int(window)}",
        lambda: _render(request, Card(title, Page.objects.get(pk=widget_id).specific)),
    )


def _render(request, card):
    context = {"title": card.title, "widget": card.widget, **card.widget.get_card_context()}
    return render_to_string(card.widget.card_template, context, request)


def _sidebar(request, cards):
    return (
        render_to_string("civic_widgets/sidebar.html", {"cards": cards}, request) if cards else ""
    )


@register.inclusion_tag("civic_widgets/scripts.html", takes_context=True)
def widget_scripts(context, page=None):
    """
    Return the script that counts the page view and refreshes figures.

    Previews, unsaved pages and pages shown to signed-in users are not counted.
    """
    request = context["request"]
    reported = (
        page
        and page.pk
        and not getattr(request, "is_preview", False)
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
    )
    return {"page_id": page.pk if reported else None}
