"""Paginate lists of pages on HTML pages."""

from collections.abc import Mapping

from django.core.paginator import InvalidPage, Page, Paginator
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _


class ListPage(Page):
    """
    A page of a paginated list, with the parameters by which the list was filtered.

    `asked` maps the names of the recognised query parameters to their values. Only these are
    repeated in the list's links (`{% list_query %}`), so that a client cannot inject others.
    """

    def __init__(self, object_list, number, paginator, asked: Mapping[str, object]):
        super().__init__(object_list, number, paginator)
        self.asked = asked


def paginate(
    request: HttpRequest, items, per_page: int, asked: Mapping[str, object] | None = None
) -> ListPage:
    """Return the page of `items` that `?page=` names; raise `Http404` if there is none."""
    try:
        page = Paginator(items, per_page).page(request.GET.get("page", 1))
    except InvalidPage as error:
        raise Http404(_("There is no such page.")) from error
    return ListPage(page.object_list, page.number, page.paginator, asked or {})
