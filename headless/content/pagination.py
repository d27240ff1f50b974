from collections.abc import Mapping

from django.core.paginator import InvalidPage, Page, Paginator
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _


class ListPage(Page):
    """
    A page of a list, and what the list was asked for.

    `asked` holds the parameters of the address that the list understood, by name. They alone are
    kept in the links of the list (`{% list_query %}`): whatever else a client sends would be
    repeated in each of them.
    """

    def __init__(self, object_list, number, paginator, asked: Mapping[str, object]):
        super().__init__(object_list, number, paginator)
        self.asked = asked


def paginate(
    request: HttpRequest, items, per_page: int, asked: Mapping[str, object] | None = None
) -> ListPage:
    """Return the page of `items` that `?page=` asks for; raise 404 for one that is not there."""
    try:
        page = Paginator(items, per_page).page(request.GET.get("page", 1))
    except InvalidPage as error:
        raise Http404(_("There is no such page.")) from error
    return ListPage(page.object_list, page.number, page.paginator, asked or {})
