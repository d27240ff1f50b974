"""Template tags that link citations."""

from django import template
from django.utils.safestring import mark_safe

from ..citing.links import cited_documents

register = template.Library()


@register.simple_block_tag(takes_context=True)
def link_citations(context, content):
    """
    Link the citations in the HTML between `{% link_citations %}` and `{% endlink_citations %}`.

    The context's `page` says which document each citation resolves to.
    """
    page = context.get("page")
    if not page:  # A block's preview.
        return content
    # Safe: the content is rendered template output, and the added markup is escaped.
    return mark_safe(cited_documents(page).link(content, context.get("request")))  # noqa: S308
