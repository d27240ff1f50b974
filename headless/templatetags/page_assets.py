"""Template tags for style sheets and for the parts that other apps add to pages."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join

from ..conf import conf
from ..content.requests.render_state import request_state
from ..extending import PAGE_PARTS

register = template.Library()

PARTS = "civic_headless/parts.css"
# Our classes of the parts that a design system has classes for; `CIVIC_PORTAL_CLASSES` replaces them.
LOOKS = {
    "button": "button",
    "button_primary": "button button--primary",
    "field": "field",
    "container": "portal-page",
}


@register.simple_tag
def look(part):
    """Return the classes of a part, for example `class="{% look "button" %}"`; "" if it has none."""
    return conf.CLASSES.get(part, LOOKS.get(part, ""))


@register.simple_tag
def control(field):
    """Return the element of a bound field, with the classes of its kind."""
    kind = field.widget_type if field.widget_type in {"select", "textarea"} else "input"
    classes = look(kind)
    return field.as_widget(attrs={"class": classes} if classes else None)


@register.simple_tag(takes_context=True)
def styles(context, *paths):
    """
    Return `<link>` elements of style sheets, each once a response.

    Templates call it in the block `extra_css` and again at the start of `content`, for a project's
    `base.html` without that block.
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
    """
    Return `<link>` elements for the parts that other apps add to `page`, for the block `extra_css`.
    """
    return styles(
        context, *[path for part in PAGE_PARTS if part.is_on(page) for path in part.styles]
    )


@register.simple_tag(takes_context=True)
def page_parts(context, page):
    """Return the HTML that other apps add below `page`, such as comments; "" if there is none."""
    parts = [part for part in PAGE_PARTS if part.is_on(page)]
    return format_html_join(
        "\n",
        "{}{}",
        [(styles(context, *part.styles), part.render(context, page)) for part in parts],
    )


@register.simple_block_tag(takes_context=True)
def once(context, content, name):
    """Print the content of `{% once "name" %}…{% endonce %}` only for the first use of a name."""
    return format_html("{}", content) if _mark_printed(context, name) else ""


def _mark_printed(context, name):
    """Mark an asset as printed in the current response; return False if it was printed before."""
    request = context.get("request")
    if request is None:
        printed = context.render_context.setdefault("printed_assets", set())
    else:
        printed = request_state(request).printed_assets
    if name in printed:
        return False
    printed.add(name)
    return True
