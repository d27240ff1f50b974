from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join

from ..conf import conf
from ..content.render_state import request_state
from ..extending import PAGE_PARTS

register = template.Library()

PARTS = "civic_headless/parts.css"


@register.simple_tag(takes_context=True)
def styles(context, *paths):
    """
    Links of our style sheets, each once a page.

    Pages ask in the block `extra_css` and again at the head of `content`: where the project's
    `base.html` has no such block, the sheets stand before what they style.
    """
    if conf.STYLES == "none":
        return ""
    wanted = [PARTS, *paths] if conf.STYLES == "all" else paths
    return format_html_join(
        "\n",
        '<link rel="stylesheet" href="{}">',
        [(static(path),) for path in wanted if _mark_printed(context, path)],
    )


@register.simple_tag(takes_context=True)
def page_part_styles(context, page):
    """Links of the style sheets of what other apps show below `page`, for the block `extra_css`."""
    return styles(
        context, *[path for part in PAGE_PARTS if part.is_on(page) for path in part.styles]
    )


@register.simple_tag(takes_context=True)
def page_parts(context, page):
    """What other apps show below `page`, as readers' comments; nothing where there are none."""
    parts = [part for part in PAGE_PARTS if part.is_on(page)]
    return format_html_join(
        "\n",
        "{}{}",
        [(styles(context, *part.styles), part.render(context, page)) for part in parts],
    )


@register.simple_block_tag(takes_context=True)
def once(context, content, name):
    """What stands between `{% once "name" %}` and `{% endonce %}`, for the first of that name."""
    return format_html("{}", content) if _mark_printed(context, name) else ""


def _mark_printed(context, name):
    """Whether the page that a request is answered with has nothing of that name yet."""
    request = context.get("request")
    if request is None:
        printed = context.render_context.setdefault("printed_assets", set())
    else:
        printed = request_state(request).printed_assets
    if name in printed:
        return False
    printed.add(name)
    return True
