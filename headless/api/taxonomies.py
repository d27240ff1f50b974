"""The route of API v3 that lists the terms by which lists can be filtered."""

from django.http import HttpRequest
from typing_extensions import TypedDict

from ..cache.response_cache import get_or_compute
from ..extending import TAXONOMIES
from .block_types import documented, named_object
from .query_parameters import LocaleParameter, SiteParameter, requested_locale, requested_site
from .routers import PortalRouter

router = PortalRouter(tags=["taxonomies"])


class PortalCountedTerm(TypedDict):
    """A term with the number of its live, public pages."""

    id: int
    code: str
    name: str
    count: int


# This module is imported after all apps have registered their taxonomies.
PortalTaxonomies = named_object(
    "PortalTaxonomies",
    dict.fromkeys(sorted(TAXONOMIES), list[PortalCountedTerm]),
    "The terms of a site in one language, including terms without pages.",
)


@router.get(
    "/",
    response=documented(PortalTaxonomies),
    operation_id="portal_taxonomies",
    summary="Categories, tags, document types and issuing bodies with their numbers of pages",
)
def get_taxonomies(request: HttpRequest, site: SiteParameter, locale: LocaleParameter):
    """Return the registered taxonomies of a site in one language."""
    site = requested_site(request, site)
    locale = requested_locale(site, locale)
    return get_or_compute(
        request,
        f"taxonomies:{site.pk}:{locale.pk}",
        lambda: {name: used(site, locale) for name, used in sorted(TAXONOMIES.items())},
    )
