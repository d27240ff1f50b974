from urllib.parse import urlencode

from django import template

from ..content.pagination import ListPage

register = template.Library()


@register.simple_tag
def list_query(listed: ListPage, *without: str, **changes) -> str:
    """
    Return the query string of a link within a list, which leads to its first page.

    It holds what the page `listed` was asked for, but for the names in `without`, and with `changes`; a
    change to None leaves the parameter out. Unlike Django's `{% querystring %}` it keeps no
    parameter that the list does not know.

        <a href="{% list_query articles category=choice.slug %}">
    """
    asked = {**listed.asked, **dict.fromkeys(without), **changes}
    return "?" + urlencode({name: value for name, value in asked.items() if value or value == 0})
