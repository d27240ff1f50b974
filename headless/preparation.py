"""What page types have read at once for the pages of a list in API v2."""

from collections.abc import Callable, Sequence

from wagtail.models import Page

PREPARATIONS: list[tuple[type[Page], Callable[[Sequence], None]]] = []


def register_preparation(model: type[Page], prepare: Callable[[Sequence], None]) -> None:
    """
    Lets `prepare` read at once, for all pages of a list, what each would otherwise ask for.

    It is given those that are of `model`, or of a type made from it. To be called from
    `AppConfig.ready`.
    """
    PREPARATIONS.append((model, prepare))


def prepare_pages(pages: Sequence[Page]) -> None:
    """Read at once what the fields of all `pages`, each of its own type, show."""
    for model, prepare in PREPARATIONS:
        if chosen := [page for page in pages if isinstance(page, model)]:
            prepare(chosen)
