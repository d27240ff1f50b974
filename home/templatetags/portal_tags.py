"""Template tags of the base template: agency, menus, languages, metadata."""

from django import template
from django.core.paginator import Page as PaginatedPage
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Locale, Site

from headless.cache.response_cache import get_or_compute
from headless.content.metadata import page_metadata
from headless.content.navigation import breadcrumbs as page_breadcrumbs
from headless.content.navigation import home_page, language_choices, menu

from ..models import AgencySettings
from ..services import describe_agency

register = template.Library()


@register.simple_tag(takes_context=True)
def agency(context):
    """Return the site's agency in the active language (see `describe_agency`), or None."""
    request = context["request"]
    site = Site.find_for_request(request)
    if site is None:
        return None
    return get_or_compute(
        request,
        "agency",
        lambda: describe_agency(AgencySettings.for_site(site), Locale.get_active()),
    )


@register.simple_tag(takes_context=True)
def site_root(context):
    """Return primary key, title and URL of the home page in the active language, or None."""
    request = context["request"]

    def compute():
        home = home_page(request)
        return home and {"pk": home.pk, "title": home.title, "url": home.get_url(request)}

    return get_or_compute(request, "home", compute)


@register.simple_tag(takes_context=True)
def main_menu(context):
    """Return the menu as a tree of items with `title`, `url`, `children` and `current`."""
    request = context["request"]

    def compute():
        home = home_page(request)
        return menu(request, home) if home else []

    items = get_or_compute(request, "menu", compute)
    page = context.get("page")
    path = getattr(page, "path", "") or ""
    return [_menu_item(item, path) for item in items]


def _menu_item(item, path):
    """Return a menu item for a template; `current` marks the ancestors of the page at `path`."""
    return {
        "title": item.title,
        "url": item.url,
        "current": bool(path) and path.startswith(item.path),
        "children": [_menu_item(child, path) for child in item.children],
    }


@register.simple_tag(takes_context=True)
def languages(context, page=None):
    """Return every language with the URL of `page` in it (see `language_choices`)."""
    request, page = context["request"], page or None
    name = f"languages:{page.pk if page else ''}"
    return get_or_compute(request, name, lambda: language_choices(request, page))


@register.simple_tag(takes_context=True)
def breadcrumbs(context, page):
    """Return the ancestors of `page` from the home page down."""
    request = context["request"]
    return get_or_compute(
        request, f"breadcrumbs:{page.pk}", lambda: page_breadcrumbs(request, page)
    )


@register.simple_tag(takes_context=True)
def head_metadata(context, page):
    """Return the metadata of `page` for its `<head>` (see `headless.content.metadata`)."""
    request = context["request"]
    # The context variables in which page types have a page of a paginator.
    lists = [context.get(name) for name in ("articles", "directives", "cited_by")]
    number = next((each.number for each in lists if isinstance(each, PaginatedPage)), 1)
    name = f"metadata:{page.pk}:{number}"
    return get_or_compute(request, name, lambda: page_metadata(request, page, number))


@register.simple_tag
def today():
    """Return the current date in the site's time zone."""
    return timezone.localdate()


@register.simple_tag
def feeds():
    """Return title and URL of the Atom feeds in the active language."""
    return [
        {"title": _("RSS feed: news"), "url": reverse("article_feed")},
        {"title": _("RSS feed: official documents"), "url": reverse("directive_feed")},
    ]
