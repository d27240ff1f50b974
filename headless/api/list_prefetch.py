"""Prefetch related objects for the pages of a list in API v2."""

from collections.abc import Sequence

from wagtail.models import Page

from ..extending import LIST_PREFETCHES


def prefetch_for_list(pages: Sequence[Page]) -> None:
    """
    Run the registered prefetch functions for `pages`, which are instances of their specific types.
    """
    for model, prepare in LIST_PREFETCHES:
        if chosen := [page for page in pages if isinstance(page, model)]:
            prepare(chosen)
