"""What page types have read at once for the pages of a list in API v2."""

from collections.abc import Callable, Sequence

from wagtail.models import Page

PREPARATIONS: dict[type[Page], Callable[[Sequence], None]] = {}


def register_preparation(model: type[Page], prepare: Callable[[Sequence], None]) -> None:
    """
    Lets `prepare` read at once, for all pages of a list, what each would otherwise ask for.

    To be called from `AppConfig.ready`.
    """
    PREPARATIONS[model] = prepare
