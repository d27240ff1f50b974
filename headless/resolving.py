"""From a public path to what stands there: a page, or an address to go to instead."""

from dataclasses import dataclass
from urllib.parse import unquote

from django.conf import settings
from django.http import Http404
from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_path, override
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page, Site
from wagtail.url_routing import RouteResult

from .addresses import absolute
from .paths import published


@dataclass(frozen=True)
class Elsewhere:
    """What stood at a path is at `location` now: for good (301) or for a while (302)."""

    location: str
    status: int


def what_stands_at(request, site: Site, path: str) -> Page | Elsewhere:
    """
    The live, public page that a reader of `site` finds at `path`, or where they are sent.

    `path` is as a browser shows it, percent-encoded or not; a query in it counts for redirects
    alone. Nothing there, or nothing for everybody, raises `Http404`.
    """
    path = path if path.startswith("/") else f"/{path}"
    try:
        return page_at(request, site, path)
    except Http404:
        if (found := _redirect_at(site, path)) is None:
            raise
        return found


def page_at(request, site: Site, path: str) -> Page:
    """The live, public page at `path`; raises `Http404`."""
    plain = unquote(without_query(path))
    language = get_language_from_path(plain) or settings.LANGUAGE_CODE
    with override(language):
        page = _route(request, site, language, _wagtail_path(plain))
    if page is None or not page.live or page.get_view_restrictions().exists():
        raise Http404(_("There is no such page."))
    return page


def without_query(path: str) -> str:
    """A path alone; it is no address, so that two slashes begin no host."""
    return path.partition("#")[0].partition("?")[0]


def _wagtail_path(path):
    """What the project's URL configuration leaves of a path for Wagtail."""
    for tried in (path, f"{path.rstrip('/')}/"):
        try:
            match = resolve(tried)
        except Resolver404:
            continue
        if match.url_name == "wagtail_serve":
            return match.args[0] if match.args else ""
    raise Http404(_("There is no such page."))


def _route(request, site, language, path):
    root = site.root_page
    if root.locale.language_code != language:
        locale = Locale.objects.filter(language_code=language).first()
        root = locale and root.get_translation_or_none(locale)
    if not root:
        return None
    components = [component for component in path.split("/") if component]
    # Wagtail asks `serve` of the page with the arguments of a route; clients read the page itself.
    result: RouteResult = root.specific.route(request, components)
    return result.page


def _redirect_at(site, path):
    """As Wagtail's middleware finds it: with the query first, then without."""
    old_paths = [Redirect.normalise_path(each) for each in (path, without_query(path))]
    found = list(Redirect.get_for_site(site).filter(old_path__in=old_paths))
    # One of this site before one of all sites.
    found.sort(key=lambda each: (old_paths.index(each.old_path), each.site_id is None))
    redirect = found[0] if found else None
    if redirect is None or not redirect.link:
        return None
    target = redirect.redirect_page_id
    if target and not published(Page.objects.filter(pk=target)).exists():
        return None
    return Elsewhere(absolute(redirect.link), 301 if redirect.is_permanent else 302)
