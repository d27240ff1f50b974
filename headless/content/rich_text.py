"""Rich text for clients, with addresses that lead somewhere from anywhere."""

import re
from contextlib import nullcontext
from functools import cache

from django.http import HttpRequest
from django.utils.translation import override
from wagtail.api.rich_text import APIRichText
from wagtail.models import Page
from wagtail.rich_text import RichText, features
from wagtail.rich_text.rewriters import LinkRewriter

from ..extending import RICH_TEXT_FILTERS
from .absolute_urls import absolute_url

# An address within the installation, where HTML and Markdown hold one.
IN_HTML = re.compile(r'(<\w[^<>]*?\s(?:href|src)=")(/(?!/)[^"]*)')
IN_MARKDOWN = re.compile(r"(\]\()(/(?!/)[^)\s]*)")


def render_for_display(text: str, page: Page | None, request: HttpRequest | None) -> str:
    """A text in the form that the client asks for, with all that belongs to a text of `page`."""
    form = requested_format(request)
    text = make_urls_absolute(text, form)
    if page is None or request is None or form != APIRichText.FORMAT_HTML:
        return text
    for add in RICH_TEXT_FILTERS:
        text = add(text, page, request)
    return text


def requested_format(request: HttpRequest | None) -> str:
    """The form of rich text that a client asks for (`?rich_text_format=`), or the project's."""
    return APIRichText.resolve_format(request.GET.get("rich_text_format") if request else None)


def make_urls_absolute(text: str, form: str) -> str:
    """A text in one of the forms that are displayed as they are, with absolute addresses in it."""
    pattern = {APIRichText.FORMAT_HTML: IN_HTML, APIRichText.FORMAT_MARKDOWN: IN_MARKDOWN}.get(form)
    if pattern is None or not text:
        return text
    return pattern.sub(lambda found: found[1] + absolute_url(found[2]), text)


def expand_public_links(source: str | None, form: str) -> str | None:
    """
    The stored form of a text, ready to be made into `form`: as Markdown, Wagtail 8 would tell the
    address of any page that is linked to, public or not, with a query for each link.
    """
    if not source or form != APIRichText.FORMAT_MARKDOWN:
        return source
    return _page_links()(source)


@cache
def _page_links():
    # As `headless.content.link_handlers` is registered to make links to pages and files.
    handlers = features.get_link_types()
    rules = {kind: handlers[kind].expand_db_attributes_many for kind in ("page", "document")}
    return LinkRewriter(bulk_rules=rules)


def public_rich_text(value: RichText, context: dict | None) -> RichText:
    """A block's rich text as `expand_public_links` gives it, in the form the client asks for."""
    form = requested_format((context or {}).get("request"))
    return RichText(expand_public_links(value.source, form)) if value else value


def render_block_for_display(text: str, context: dict | None) -> str:
    """As `displayed`, for a block, whose `context` tells of the page and the request."""
    context = context or {}
    return render_for_display(text, context.get("page"), context.get("request"))


def override_language(page):
    """Within the block, links lead to pages in the language of `page`, not in the client's."""
    locale = getattr(page, "locale", None)
    return override(locale.language_code) if locale else nullcontext()
