"""
What apps above and projects register, each with one function to call from `AppConfig.ready`.

An app that is not installed reads nothing of what was registered for it, so nobody has to ask.
"""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.utils.safestring import SafeString
from wagtail.models import Page

from .page_fields import register_page_field
from .writing import register_written_relation

__all__ = [
    "feedback_offer",
    "page_figures",
    "register_feedback",
    "register_page_field",
    "register_page_figures",
    "register_page_part",
    "register_written_relation",
]


@dataclass(frozen=True, slots=True)
class FeedbackOffer:
    """
    How the pages of a type take part in readers' comments and ratings, as `register_feedback` says.

    `since` names the field with the moment that comments are open from, `schema_type` is what
    search engines know such a page as (schema.org).
    """

    comments: bool
    ratings: bool
    since: str
    schema_type: str


_offers: dict[type[Page], FeedbackOffer] = {}


def register_feedback(
    model: type[Page],
    *,
    comments: bool = True,
    ratings: bool = True,
    since: str = "first_published_at",
    schema_type: str = "WebPage",
) -> None:
    """
    Let readers comment on pages of `model`, and of types made from it, and rate them.

    `comments` and `ratings` say whether they are open where neither the page nor its site says
    otherwise. Has no effect unless `feedback` is installed. To be called by an app above `headless`
    in INSTALLED_APPS; raises `ImproperlyConfigured` once the schemas of API v3 are made.
    """
    if "wagtail.api.v3.routers.pages" in sys.modules:
        raise ImproperlyConfigured(
            f"{model._meta.label} cannot take part in comments and ratings any more: put its app "
            "above “headless” in INSTALLED_APPS."
        )
    _offers[model] = FeedbackOffer(comments, ratings, since, schema_type)


def feedback_offer(model: type[Page]) -> FeedbackOffer | None:
    """Return how pages of `model` take part in comments and ratings, None if they do not."""
    return next((_offers[each] for each in model.__mro__ if each in _offers), None)


_figures: dict[str, Callable[[Sequence[Page]], dict[int, Any]]] = {}


def register_page_figures(name: str, read: Callable[[Sequence[Page]], dict[int, Any]]) -> None:
    """
    Give lists of pages a field `name`; `read(pages)` returns its values by page id.

    It costs the same number of queries however many pages there are.
    """
    _figures[name] = read


def page_figures(pages: Sequence[Page]) -> dict[int, dict[str, Any]]:
    """Return by page id the registered fields of each of `pages`, by name."""
    found: dict[int, dict[str, Any]] = {page.pk: {} for page in pages}
    for name, read in _figures.items():
        for pk, value in read(pages).items():
            found[pk][name] = value
    return found


@dataclass(frozen=True, slots=True)
class PagePart:
    """
    What an app shows below the pages of others.

    `render(context, page)` returns HTML, "" for a page without this part; `styles` are paths of
    static files, which `is_on(page)` asks for.
    """

    render: Callable[[Any, Page], SafeString]
    is_on: Callable[[Page], bool]
    styles: tuple[str, ...] = ()


PAGE_PARTS: list[PagePart] = []


def register_page_part(part: PagePart) -> None:
    """Show `part` where templates of page types say `{% page_parts %}`."""
    PAGE_PARTS.append(part)
