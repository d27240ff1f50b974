"""Paginate lists of pages on HTML pages."""

from collections.abc import Mapping

from django.core.paginator import InvalidPage, Page, Paginator
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

# Databases reach a page of a list by reading all before it.
LAST_NUMBERED_PAGE = 100


class ListPage(Page):
    """
    A page of a paginated list, with the parameters by which the list was filtered.

    `asked` maps the names of the recognised query parameters to their values. Only these are
    repeated in the list's links (`{% list_query %}`), so that a client cannot inject others.
    """

    def __init__(self, object_list, number, paginator, asked: Mapping[str, object]):
        super().__init__(object_list, number, paginator)
        self.asked = asked

    @property
    def is_beyond_numbers(self) -> bool:
        """Return whether the list has this page, but does not number pages so far."""
        return self.number > self.paginator.num_pages


class ListPaginator(Paginator):
    """
    A paginator that may be told the length of its list, and that numbers pages up to a limit.
    """

    def __init__(self, items, per_page: int, count: int | None, last_page: int | None):
        super().__init__(items, per_page)
        self.last_page = last_page
        if count is not None:
            self.count = count

    @property
    def num_pages(self) -> int:
        """Return the number of the last page."""
        return min(super().num_pages, self.last_page or super().num_pages)

    @property
    def is_cut(self) -> bool:
        """Return whether the list is longer than its numbered pages."""
        return self.count > self.num_pages * self.per_page


def paginate(
    request: HttpRequest,
    items,
    per_page: int,
    asked: Mapping[str, object] | None = None,
    *,
    count: int | None = None,
    last_page: int | None = LAST_NUMBERED_PAGE,
) -> ListPage:
    """
    Return the page of `items` that `?page=` names; raise `Http404` if there is none.

    `count` is the length of the list, counted here if it is None. A page after `last_page` is
    empty, `is_beyond_numbers`.
    """
    paginator = ListPaginator(items, per_page, count, last_page)
    asked_page = request.GET.get("page", 1)
    try:
        page = paginator.page(asked_page)
    except InvalidPage as error:
        if not (str(asked_page).isdecimal() and _has_page(paginator, int(asked_page))):
            raise Http404(_("There is no such page.")) from error
        return ListPage([], int(asked_page), paginator, asked or {})
    return ListPage(page.object_list, page.number, paginator, asked or {})


def _has_page(paginator, number):
    return paginator.num_pages < number <= -(-paginator.count // paginator.per_page)
