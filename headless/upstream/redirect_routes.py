"""
Redirects that tell of pages which are not public.

The redirect routes of Wagtail 8.0.1's API v3 answer anybody with every redirect, those to drafts,
scheduled and restricted pages included, and so tell their slugs. There is no issue yet; it would say
that they need the filter that the routes of pages have.
"""

from functools import wraps

from django.http import Http404
from django.utils.translation import gettext as _
from ninja.pagination import paginate
from wagtail.api.v3.pagination import WagtailLimitOffsetPagination
from wagtail.contrib.redirects.models import Redirect
from wagtail.permissions import policy_registry

from ..content.links.redirects import visible_redirects


def install() -> None:
    """Let the reads of the routes answer with what the asker may see; to be called once they exist."""
    from wagtail.contrib.redirects.api.v3.router import router

    for path, narrow in (
        ("/", _narrow_list),
        ("/find/", _narrow_find),
        ("/{redirect_id}/", _narrow),
    ):
        for operation in router.path_operations[path].operations:
            if operation.methods == ["GET"]:
                operation.view_func = narrow(operation.view_func)


def _visible_to(request):
    """Return all redirects for users who manage them, else those that the user may follow."""
    redirects = Redirect.objects.all()
    policy = policy_registry.get_by_type(Redirect)
    if policy.user_has_any_permission(request.user, {"add", "change", "delete"}):
        return redirects
    return visible_redirects(redirects, request)


def _narrow_list(view):
    # The undecorated function returns the queryset that is paginated.
    listed = view.__wrapped__

    @wraps(listed)
    def narrowed(request, *args, **kwargs):
        return listed(request, *args, **kwargs).filter(pk__in=_visible_to(request).values("pk"))

    return paginate(WagtailLimitOffsetPagination, pass_parameter="pagination_info")(narrowed)  # noqa: S106


def _narrow(view):
    @wraps(view)
    def narrowed(request, redirect_id):
        _require_visible(request, redirect_id)
        return view(request, redirect_id)

    return narrowed


def _narrow_find(view):
    @wraps(view)
    def narrowed(request, **kwargs):
        response = view(request, **kwargs)
        # `find` answers with a redirect to the detail route.
        _require_visible(
            request, int(response.url.partition("?")[0].rstrip("/").rpartition("/")[2])
        )
        return response

    return narrowed


def _require_visible(request, redirect_id):
    if not _visible_to(request).filter(pk=redirect_id).exists():
        raise Http404(_("There is no such redirect."))
