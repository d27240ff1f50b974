"""Rich text for API clients, with absolute URLs."""

import re
from contextlib import nullcontext
from functools import cache

from django.http import HttpRequest
from django.utils.translation import override
from wagtail.api.rich_text import APIRichText
from wagtail.models import Page
from wagtail.rich_text import RichText, features
from wagtail.rich_text.rewriters import LinkRewriter

from ...extending import RICH_TEXT_FILTERS
from ..links.absolute_urls import absolute_url

# A URL path in an attribute of HTML or in a link of Markdown.
IN_HTML = re.compile(r'(<\w[^<>]*?\s(?:href|src)=")(/(?!/)[^"]*)')
IN_MARKDOWN = re.compile(r"(\]\()(/(?!/)[^)\s]*)")


def render_for_display(text: str, page: Page | None, request: HttpRequest | None) -> str:
    """
    Return rich text in the format that the client asks for, with absolute URLs.

    As HTML it also passes the filters of `register_rich_text_filter`, if `page` and `request` are
    given.
    """
    form = requested_format(request)
    text = make_urls_absolute(text, form)
    if page is None or request is None or form != APIRichText.FORMAT_HTML:
        return text
    for add in RICH_TEXT_FILTERS:
        text = add(text, page, request)
    return text


def requested_format(request: HttpRequest | None) -> str:
    """
    Return the rich text format that the client asks for (`?rich_text_format=`), or the project's
    default.
    """
    return APIRichText.resolve_format(request.GET.get("rich_text_format") if request else None)


def make_urls_absolute(text: str, form: str) -> str:
    """
    Return rich text in a display format (HTML, Markdown) with absolute URLs; others unchanged.
    """
    pattern = {APIRichText.FORMAT_HTML: IN_HTML, APIRichText.FORMAT_MARKDOWN: IN_MARKDOWN}.get(form)
    if pattern is None or not text:
        return text
    return pattern.sub(lambda found: found[1] + absolute_url(found[2]), text)


def expand_public_links(source: str | None, form: str) -> str | None:
    """
    Return the database form of a rich text, ready to be converted to `form`.

    For Markdown its links are expanded here: Wagtail 8 would reveal the URL of every linked page,
    public or not, at the cost of one query a link.
    """
    if not source or form != APIRichText.FORMAT_MARKDOWN:
        return source
    return _page_links()(source)


@cache
def _page_links():
    # The handlers of `headless.content.links.link_handlers`.
    handlers = features.get_link_types()
    rules = {kind: handlers[kind].expand_db_attributes_many for kind in ("page", "document")}
    return LinkRewriter(bulk_rules=rules)


def public_rich_text(value: RichText, context: dict | None) -> RichText:
    """
    Return a block's rich text after `expand_public_links`, for the format that the client asks for.
    """
    form = requested_format((context or {}).get("request"))
    return RichText(expand_public_links(value.source, form)) if value else value


def render_block_for_display(text: str, context: dict | None) -> str:
    """
    Return `render_for_display` for a block, whose API `context` holds the page and the request.
    """
    context = context or {}
    return render_for_display(text, context.get("page"), context.get("request"))


def override_language(page):
    """
    Activate the language of `page` within the block, so that links lead to pages in that language.
    """
    locale = getattr(page, "locale", None)
    return override(locale.language_code) if locale else nullcontext()
