"""The kinds of pages that the link dialog of rich texts offers besides Wagtail's own."""

from django import template

from ..extending import LINK_CHOOSERS

register = template.Library()


@register.simple_tag
def link_choosers() -> list[tuple[str, str]]:
    """Return URL name and label of each registered chooser."""
    return list(LINK_CHOOSERS.items())
