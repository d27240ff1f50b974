"""
Redirects that a reader may know of.

Wagtail's API lists all. One that leads to a page which is not public would tell where that page is,
or once was: old addresses are made of titles.
"""

from functools import wraps

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from ninja.pagination import paginate
from wagtail.api.v3.pagination import WagtailLimitOffsetPagination
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page


def public_redirects(redirects: QuerySet[Redirect]) -> QuerySet[Redirect]:
    """Those of `redirects` that lead to a live, public page or to any address."""
    pages = Page.objects.live().public()
    return redirects.filter(Q(redirect_page=None) | Q(redirect_page__in=pages.values("pk")))


def keep_redirects_public(router) -> None:
    """Lets the reads of Wagtail's v3 router answer anonymous readers with public redirects only."""
    for path, narrow in (
        ("/", _narrow_list),
        ("/find/", _narrow_find),
        ("/{redirect_id}/", _narrow),
    ):
        for operation in router.path_operations[path].operations:
            if operation.methods == ["GET"]:
                operation.view_func = narrow(operation.view_func)


def _narrow_list(view):
    # What Wagtail paginates is the queryset of the function within.
    listed = view.__wrapped__

    @wraps(listed)
    def narrowed(request, *args, **kwargs):
        redirects = listed(request, *args, **kwargs)
        return redirects if request.user.is_authenticated else public_redirects(redirects)

    return paginate(WagtailLimitOffsetPagination, pass_parameter="pagination_info")(narrowed)  # noqa: S106


def _narrow(view):
    @wraps(view)
    def narrowed(request, redirect_id):
        _require_public(request, redirect_id)
        return view(request, redirect_id)

    return narrowed


def _narrow_find(view):
    @wraps(view)
    def narrowed(request, **kwargs):
        response = view(request, **kwargs)
        # It leads to the redirect's own address.
        _require_public(request, int(response.url.partition("?")[0].rstrip("/").rpartition("/")[2]))
        return response

    return narrowed


def _require_public(request, redirect_id):
    if request.user.is_authenticated:
        return
    if not public_redirects(Redirect.objects.filter(pk=redirect_id)).exists():
        raise Http404(_("There is no such redirect."))
