from django import template
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from headless.caching import cached

from ..sidebars import sidebar_cards

register = template.Library()


@register.simple_tag(takes_context=True)
def sidebar(context, page):
    """The cards beside `page`, as HTML; empty without any."""
    request = context["request"]
    return cached(request, f"sidebar:{page.pk}", lambda: _rendered(request, page))


def _rendered(request, page):
    cards = [
        {
            "title": card.title,
            "html": render_to_string(
                card.widget.card_template,
                {"title": card.title, "widget": card.widget, **card.widget.get_card_context()},
                request,
            ),
        }
        for card in sidebar_cards(page)
    ]
    html = render_to_string("widgets/sidebar.html", {"cards": cards}, request) if cards else ""
    return mark_safe(html)  # noqa: S308
