"""The route by which a front end learns by what terms lists can be narrowed."""

from django.http import HttpRequest
from typing_extensions import TypedDict

from ..cache.response_cache import get_or_compute
from ..extending import TAXONOMIES
from .block_types import documented, named_object
from .query_parameters import LocaleParameter, SiteParameter, requested_locale, requested_site
from .routers import PortalRouter

router = PortalRouter(tags=["taxonomies"])


class PortalCountedTerm(TypedDict):
    """A term by the name readers know, and how many live, public pages it lists."""

    id: int
    code: str
    name: str
    count: int


# Imported once all apps are ready, and so have said which they have.
PortalTaxonomies = named_object(
    "PortalTaxonomies",
    dict.fromkeys(sorted(TAXONOMIES), list[PortalCountedTerm]),
    "The terms of a site in one language, those that list nothing included.",
)


@router.get(
    "/",
    response=documented(PortalTaxonomies),
    operation_id="portal_taxonomies",
    summary="Categories, tags, document types, issuing bodies, with how many pages each lists",
)
def get_taxonomies(request: HttpRequest, site: SiteParameter, locale: LocaleParameter):
    site = requested_site(request, site)
    locale = requested_locale(site, locale)
    return get_or_compute(
        request,
        f"taxonomies:{site.pk}:{locale.pk}",
        lambda: {name: used(site, locale) for name, used in sorted(TAXONOMIES.items())},
    )
