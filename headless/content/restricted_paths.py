"""The paths of pages with a view restriction, below which nothing is public."""

from collections.abc import Callable

from wagtail.models import PageViewRestriction

from .requests.current_request import get_current_request

# Set by `HeadlessConfig.ready`: keeps a value as long as the content version of a request.
keep_by_version: Callable | None = None


def restricted_paths() -> list[str]:
    """
    Return the paths of restricted pages, without those that lie below another one.

    They are read once a content version while a request is answered that changes nothing, else each
    time, since the change at hand may be a restriction.
    """
    request = get_current_request()
    if keep_by_version is None or request is None or request.method not in ("GET", "HEAD"):
        return read_restricted_paths()
    return keep_by_version(request, "restricted-paths", read_restricted_paths)


def read_restricted_paths() -> list[str]:
    """Read the paths of restricted pages from the database."""
    restrictions = PageViewRestriction.objects.select_related("page")
    found: list[str] = []
    for path in sorted(restriction.page.path for restriction in restrictions):
        if not (found and path.startswith(found[-1])):
            found.append(path)
    return found
