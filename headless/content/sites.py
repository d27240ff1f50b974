"""Find the site a client names, its home pages, and what is published on it."""

from django.db.models import F
from django.db.models.lookups import Exact
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, PageQuerySet, Site

from .requests.render_state import object_state
from .visibility import Unindexed, published


class UnknownSite(LookupError):
    """No site, or more than one, has the host that a client named; the message says so in words."""


def find_site(request: HttpRequest, name: str = "") -> Site:
    """
    Return the site whose host (`name` or `name:port`) a client named, else that of the request.

    Raises `UnknownSite` for a name that is no site's, `Http404` where no site answers at all.
    """
    if not name:
        if site := Site.find_for_request(request):
            return site
        raise Http404(_("There is no site at this address."))
    host, _colon, port = name.partition(":")
    sites = Site.objects.filter(hostname=host).select_related("root_page")
    if port:
        sites = sites.filter(port=int(port)) if port.isdecimal() and len(port) < 6 else sites.none()
    found = list(sites[:2])
    if not found:
        raise UnknownSite(_("No site has this host."))
    if len(found) > 1:
        raise UnknownSite(
            _("Several sites have this host; add a port, for example example.org:8000.")
        )
    # Whatever computes menus, languages and caches for the request's site means this one from here.
    request._wagtail_site = found[0]
    return found[0]


def home_pages_of(site: Site) -> list[Page]:
    """Return the home pages of a site, one a language; read once for a `site` object."""
    state = object_state(site)
    if state.home_pages is None:
        homes = Page.objects.filter(translation_key=site.root_page.translation_key)
        state.home_pages = list(homes.select_related("locale"))
    return state.home_pages


def in_locale(pages: PageQuerySet, locale: Locale) -> PageQuerySet:
    """
    Return those of `pages` in a language, without using the index on languages.

    It has as many entries of a language as there are pages, and serves no order.
    """
    return pages.filter(Exact(Unindexed(F("locale")), locale.pk))


def published_on(site: Site, model: type[Page] = Page) -> PageQuerySet:
    """Return the live, public pages of a type on a site, in all its languages, without aliases."""
    pages = model.objects.none()
    for home in home_pages_of(site):
        pages |= model.objects.descendant_of(home, inclusive=True)
    return published(pages)
