"""Template tags for links within filtered lists."""

from urllib.parse import urlencode

from django import template

from ..content.pagination import ListPage

register = template.Library()


@register.simple_tag
def list_query(listed: ListPage, *without: str, **changes) -> str:
    """
    Return the query string of a link to the first page of a list with other filters.

    It contains the filters of `listed` without the names in `without`, updated by `changes`; None
    removes a parameter. Unlike Django's `{% querystring %}` it never repeats parameters that the
    list does not recognise.

        <a href="{% list_query articles category=choice.slug %}">
    """
    asked = {**listed.asked, **dict.fromkeys(without), **changes}
    return "?" + urlencode({name: value for name, value in asked.items() if value or value == 0})
