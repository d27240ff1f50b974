import time

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from wagtail.models import Page

from headless.cache.response_cache import cached

from ..sidebars import Card, cards_of, sidebar_rows

register = template.Library()


@register.simple_tag(takes_context=True)
def sidebar(context, page):
    """
    The cards beside `page`, as HTML; empty without any.

    Sections that choose nothing share what they inherit, so that a page costs no query of its own.
    """
    request = context["request"]
    rows, locale_id = sidebar_rows(page, request), page.locale_id
    if not rows:
        return ""
    # Rows of a page that is not saved have no keys to name what is kept.
    if not all(row.pk for row in rows):
        return _sidebar(request, [_render(request, card) for card in cards_of(rows, locale_id)])
    names = "-".join(str(row.pk) for row in rows)
    cards = cached(
        request,
        f"sidebar:{locale_id}:{names}",
        lambda: [_lasting(request, card) for card in cards_of(rows, locale_id)],
    )
    return _sidebar(
        request, [card if isinstance(card, str) else _live(request, *card) for card in cards]
    )


def _lasting(request, card):
    """The card as HTML, or, if its figures are live, what it takes to print it."""
    seconds = card.widget.card_seconds
    return (card.pk, card.title, card.widget.pk, seconds) if seconds else _render(request, card)


def _live(request, pk, title, widget_id, seconds):
    """A card with live figures, at most so many seconds old."""
    return cached(
        request,
        f"card:{pk}:{widget_id}:{int(time.time() // seconds)}",
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
    The script that reports a page view and refreshes figures.

    A preview, a page that is not saved, and what a signed-in user is shown report nothing.
    """
    request = context["request"]
    reported = (
        page
        and page.pk
        and not getattr(request, "is_preview", False)
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
    )
    return {"page_id": page.pk if reported else None}
