"""
What the parts that make one answer hand on to each other.

Django's requests and Wagtail's pages live as long as one answer is made. What is read once for them
and used in several places is kept in one declared object each, reached by `request_state` and
`object_state`; nothing else of ours is attached to them.
"""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from wagtail.models import Page

from .current_request import get_current_request

ATTRIBUTE = "_civic_portal"


@dataclass
class RequestState:
    """What is known of one request; None or empty until it is asked for."""

    base_url: str | None = None
    content_version: int | None = None
    entity_tag_base: str = ""
    # The method of the client, where a view is called with another one (HEAD as GET).
    method: str | None = None
    printed_assets: set[str] = field(default_factory=set)
    # By kind and id, what was read at once for all that the answer shows.
    prefetched: dict[str, dict[int, Any]] = field(default_factory=dict)


@dataclass
class ObjectState:
    """What was read once for a page, a site or a child row of a page."""

    # Of a page: those above it from the home page down, each with `is_restricted`.
    ancestors: list[Page] | None = None
    # Of a site: its home page in each language.
    home_pages: list[Page] | None = None
    # Of a child row: by the name of a foreign key, what readers see for the pages it may lead to.
    shown_pages: dict[str, dict] = field(default_factory=dict)
    # Of a page with files: those that anybody may download, by id.
    public_documents: dict[int, Any] | None = None
    # Of a page whose type keeps none: the documents it cites, where `directives` is installed.
    cited: Any = None


def request_state(request: HttpRequest) -> RequestState:
    """Return the state of a request, made when first asked for."""
    return request.__dict__.setdefault(ATTRIBUTE, RequestState())


def current_state() -> RequestState | None:
    """Return the state of the request that is being answered, None outside of one."""
    request = get_current_request()
    return request_state(request) if request else None


def object_state(instance: Model) -> ObjectState:
    """Return the state of a page, site or child row, made when first asked for."""
    return instance.__dict__.setdefault(ATTRIBUTE, ObjectState())
