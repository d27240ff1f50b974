"""Which site of the installation a client asks about, and what is published there."""

from wagtail.models import Page, PageQuerySet, Site

from .visibility import published


def home_pages_of(site: Site) -> list[Page]:
    """The home pages of a site, each in its language; read once for a `site` at hand."""
    if not hasattr(site, "_portal_homes"):
        homes = Page.objects.filter(translation_key=site.root_page.translation_key)
        site._portal_homes = list(homes.select_related("locale"))
    return site._portal_homes


def published_on(site: Site, model: type[Page] = Page) -> PageQuerySet:
    """The live, public pages of a type on a site, in all its languages, aliases left out."""
    pages = model.objects.none()
    for home in home_pages_of(site):
        pages |= model.objects.descendant_of(home, inclusive=True)
    return published(pages)
