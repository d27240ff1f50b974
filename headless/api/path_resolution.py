"""Resolve a public path to a page or a redirect."""

from dataclasses import dataclass
from itertools import accumulate
from urllib.parse import unquote

from django.conf import settings
from django.db.models import ForeignKey
from django.http import Http404
from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_path, override
from django.utils.translation import gettext as _
from wagtail.api import APIField
from wagtail.images.models import AbstractImage
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult

from ..content.links.absolute_urls import absolute_url
from ..content.links.redirects import first_public, redirects_from, without_query
from ..content.page_tree import set_ancestors
from ..content.sites import home_pages_of
from ..content.visibility import has_view_restriction, live_and_public

# The maximum depth of a page, limited by the length of its path.
MAX_DEPTH = Page._meta.get_field("path").max_length // Page.steplen


@dataclass(frozen=True)
class RedirectTarget:
    """The target of a redirect, permanent (301) or temporary (302)."""

    location: str
    status: int


def resolve_path(request, site: Site, path: str) -> Page | RedirectTarget:
    """
    Return the live, public page at `path` on `site`, or the redirect from it.

    `path` may be percent-encoded; a query in it is used for redirects only. Raise `Http404` if
    there is neither a public page nor a public redirect.
    """
    path = path if path.startswith("/") else f"/{path}"
    try:
        return page_at(request, site, path)
    except Http404:
        if (found := _redirect_from(site, path)) is None:
            raise
        return found


def page_at(request, site: Site, path: str) -> Page:
    """
    Return the live, public page at `path` as its specific type; raise `Http404` if there is none.
    """
    plain = unquote(without_query(path))
    language = get_language_from_path(plain) or settings.LANGUAGE_CODE
    with override(language):
        rest = _wagtail_path(plain)
        home = _home_page(site, language)
        page = home and _page_in_tree(home, rest) or _page_by_route(request, home, rest)
    if page is None:
        raise Http404(_("There is no such page."))
    return page


def _wagtail_path(path):
    """
    Return the part of a path that the URL configuration passes to Wagtail, else raise `Http404`.
    """
    for tried in (path, f"{path.rstrip('/')}/"):
        try:
            match = resolve(tried)
        except Resolver404:
            continue
        if match.url_name == "wagtail_serve":
            return match.args[0] if match.args else ""
    raise Http404(_("There is no such page."))


def _home_page(site, language):
    """Return the home page in a language, else the site's root page, as Wagtail does."""
    homes = [home for home in home_pages_of(site) if home.live]
    translated = (home for home in homes if home.locale.language_code == language)
    first = (home for home in homes if home.pk == site.root_page_id)
    return next(translated, None) or next(first, None)


def _page_in_tree(home, path):
    """
    Return the public page at a path below `home`, in two queries for any depth; None if there is
    none.
    """
    steps = [f"{part}/" for part in path.split("/") if part]
    if len(steps) > MAX_DEPTH:
        return None
    addresses = list(accumulate([home.url_path, *steps]))
    pages = Page.objects.descendant_of(home, inclusive=True).filter(url_path__in=addresses)
    found = list(
        pages.annotate(is_restricted=has_view_restriction())
        .select_related("locale")
        .order_by("path")
    )
    page = found[-1] if found and found[-1].url_path == addresses[-1] else None
    if page is None or page.is_restricted or not page.live:
        return None
    model = page.specific_class
    # The app of the page type is no longer installed.
    if model is None:
        return page
    pages = model._default_manager.select_related(*_api_foreign_keys(model))
    pictures = [f"{name}__renditions" for name in _api_image_fields(model)]
    specific = pages.prefetch_related(*pictures).get(pk=page.pk)
    specific.locale = page.locale
    if len(found) == len(addresses):
        set_ancestors(specific, found[:-1])
    return specific


def _api_foreign_keys(model):
    """Return the foreign keys of a page type that the API exposes, for `select_related`."""
    # Django's `select_related` without a name would read them all.
    return [field.name for field in _api_relations(model)] or [None]


def _api_image_fields(model):
    return [
        field.name
        for field in _api_relations(model)
        if issubclass(field.related_model, AbstractImage)
    ]


def _api_relations(model):
    """Return the foreign keys of a page type that are in its `api_fields`."""
    exposed = {each.name for each in APIField.get_fields_for_model(model)}
    keys = [each for each in model._meta.local_fields if isinstance(each, ForeignKey)]
    return [field for field in keys if field.name in exposed]


def _page_by_route(request, home, path):
    """Return the public page whose own routes (`RoutablePageMixin`) match a path, None without."""
    if home is None:
        return None
    components = [component for component in path.split("/") if component]
    result: RouteResult = home.specific.route(request, components)
    found = live_and_public(Page.objects.filter(pk=result.page.pk)).exists()
    return result.page if found else None


def _redirect_from(site, path):
    redirect = first_public(redirects_from(site, path))
    if redirect is None:
        return None
    return RedirectTarget(absolute_url(redirect.link), 301 if redirect.is_permanent else 302)
