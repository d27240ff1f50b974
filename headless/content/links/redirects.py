"""
Follow and list only redirects whose target the client may see.

Wagtail follows and lists all. A redirect to a draft or restricted page would reveal its slug, and
with it its title.
"""

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet, prefetch_related_objects
from django.http import (
    HttpRequest,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.utils.cache import add_never_cache_headers
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction, Site

from ..texts.text_normalisation import normalise_text


class RedirectMiddleware:
    """
    Redirect a 404 to a page only if the user may see that page.

    Replaces Wagtail's middleware, which checks neither whether the page is live nor its view
    restrictions. Costs nothing for other responses, and one query for a 404 without a redirect.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code != 404:
            return response
        site = Site.find_for_request(request)
        redirects = redirects_from(site, request.get_full_path())
        public = first_public(redirects)
        found = public or first_visible(redirects, request)
        if found is None:
            return response
        kind = HttpResponsePermanentRedirect if found.is_permanent else HttpResponseRedirect
        answer = kind(found.link)
        if public is None:
            add_never_cache_headers(answer)
        return answer


def without_query(path: str) -> str:
    """
    Return a path without query and fragment.

    Unlike `urlsplit`, it does not read leading double slashes as a host.
    """
    return path.partition("#")[0].partition("?")[0]


def redirects_from(site: Site | None, path: str) -> list[Redirect]:
    """
    Return the redirects from `path`, percent-encoded or not, in order of precedence.

    Those that match the path with its query come first, and among these the site's own. From a
    path that no parser reads, such as `//[`, none leads.
    """
    asked = (path, without_query(path))
    try:
        old_paths = [
            # Paths are stored in NFC; macOS and some messengers write addresses decomposed.
            normalise_text(Redirect.normalise_path(each, decode_unicode=decoded))
            for each in asked
            for decoded in (True, False)
        ]
    except ValidationError:
        return []
    found = Redirect.get_for_site(site).filter(old_path__in=old_paths)
    found = found.select_related("redirect_page")
    return sorted(found, key=lambda each: (old_paths.index(each.old_path), each.site_id is None))


def first_public(redirects: list[Redirect]) -> Redirect | None:
    """Return the first of `redirects` that everybody may follow."""
    return _first(redirects, public_redirects)


def first_visible(redirects: list[Redirect], request: HttpRequest) -> Redirect | None:
    """Return the first of `redirects` that the user of `request` may follow."""
    return _first(redirects, lambda among: visible_redirects(among, request))


def _first(redirects, narrow):
    if not redirects:
        return None
    keys = [each.pk for each in redirects]
    kept = set(narrow(Redirect.objects.filter(pk__in=keys)).values_list("pk", flat=True))
    return next((each for each in redirects if each.pk in kept and each.link), None)


def public_redirects(redirects: QuerySet[Redirect]) -> QuerySet[Redirect]:
    """Return those of `redirects` that lead to a live, public page or to any other URL."""
    return _exclude_pages_below(redirects, PageViewRestriction.objects.select_related("page"))


def visible_redirects(redirects: QuerySet[Redirect], request: HttpRequest) -> QuerySet[Redirect]:
    """
    Return those of `redirects` that lead to a live page the user may read, or to any other URL.
    """
    restrictions = PageViewRestriction.objects.select_related("page").prefetch_related("groups")
    if request.user.is_authenticated:
        prefetch_related_objects([request.user], "groups")
    return _exclude_pages_below(
        redirects, [each for each in restrictions if not each.accept_request(request)]
    )


def _exclude_pages_below(redirects, restrictions):
    pages = Page.objects.live()
    for each in restrictions:
        path = each.page.path
        # An alias is as restricted as its source page.
        below = Q(path__startswith=path) | Q(alias_of__path__startswith=path)
        pages = pages.exclude(below)
    return redirects.filter(Q(redirect_page=None) | Q(redirect_page__in=pages.values("pk")))
