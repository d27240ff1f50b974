"""Read the ancestors and descendants of a page."""

from wagtail.models import Page, PageQuerySet, Site

from .requests.render_state import object_state
from .visibility import has_view_restriction


def ancestors_of(page: Page) -> list[Page]:
    """
    Return the ancestors of `page` from its home page down; read once per page object.

    Each is annotated with `is_restricted`: whether it or an ancestor has a view restriction.
    """
    state = object_state(page)
    if state.ancestors is None:
        # A page that is being created has no path of its own yet, perhaps not even a parent.
        parent = None if page.path else page.get_parent()
        found = page.get_ancestors() if page.path else Page.objects.none()
        found = parent.get_ancestors(inclusive=True) if parent else found
        # The tree's root belongs to no site.
        state.ancestors = list(
            found.filter(depth__gt=1).annotate(is_restricted=has_view_restriction())
        )
    return state.ancestors


def set_ancestors(page: Page, pages: list[Page]) -> None:
    """
    Prefill the result of `ancestors_of`: `pages` from the home page down, with `is_restricted`.
    """
    object_state(page).ancestors = pages


def descendants_of_type(page: Page, model: type[Page]) -> PageQuerySet:
    """Return the descendants of `page` of one type; none for an unsaved page without a path."""
    return model.objects.descendant_of(page) if page.path else model.objects.none()


def root_path(page: Page) -> str:
    """
    Return the `url_path` of the home page above `page`, in its site and language; "" outside sites.
    """
    # A page that is being created has no path of its own yet, perhaps not even a parent.
    parent = None if page.url_path else page.get_parent()
    url_path = parent.url_path if parent else page.url_path
    candidates = [
        root.root_path for root in Site.get_site_root_paths() if url_path.startswith(root.root_path)
    ]
    return max(candidates, key=len, default="")
