"""Which site of the installation a client asks about, and what is published there."""

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, PageQuerySet, Site

from .errors import unprocessable
from .paths import published


def requested_site(request: HttpRequest, name: str = "") -> Site:
    """
    The site whose host (`name` or `name:port`) a client named, else that of the request.

    A name that is no site's is a 422; where no site answers at all, it is a 404.
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
        raise unprocessable("query", "site", _("No site has this host."))
    if len(found) > 1:
        message = _("Several sites have this host; add a port, for example example.org:8000.")
        raise unprocessable("query", "site", message)
    # What computes menus, languages and caches for the site of a request means this one from now on.
    request._wagtail_site = found[0]
    return found[0]


def homes_of(site: Site) -> list[Page]:
    """The home pages of a site, each in its language; read once for a `site` at hand."""
    if not hasattr(site, "_portal_homes"):
        homes = Page.objects.filter(translation_key=site.root_page.translation_key)
        site._portal_homes = list(homes.select_related("locale"))
    return site._portal_homes


def published_on(site: Site, model: type[Page] = Page) -> PageQuerySet:
    """The live, public pages of a type on a site, in all its languages, aliases left out."""
    pages = model.objects.none()
    for home in homes_of(site):
        pages |= model.objects.descendant_of(home, inclusive=True)
    return published(pages)


def requested_locale(site: Site, code: str = "") -> Locale:
    """The language a client named, else the site's first; one the site is not in is a 422."""
    for home in homes_of(site):
        if home.locale.language_code == code or (not code and home.pk == site.root_page_id):
            return home.locale
    raise unprocessable("query", "locale", _("The site is not in this language."))
