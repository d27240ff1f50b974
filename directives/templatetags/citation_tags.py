from django import template
from django.utils.safestring import mark_safe

from ..citing.links import cited_documents

register = template.Library()


@register.simple_block_tag(takes_context=True)
def link_citations(context, content):
    """
    Makes links of the citations in the HTML between `{% link_citations %}` and
    `{% endlink_citations %}`, as the context's `page` cites them.
    """
    page = context.get("page")
    if not page:  # A block's preview.
        return content
    # The content is a template's output; what is added is escaped.
    return mark_safe(cited_documents(page).link(content, context.get("request")))  # noqa: S308
