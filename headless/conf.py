"""
The settings of the portal's apps in a project: `CIVIC_PORTAL_…`, each with a type and a default.

An app declares its own in its `conf.py`:

    class ArticlesSettings:
        COMMENT_LENGTH = Setting(int, 5000, "How many characters a comment may have.")

    conf = ArticlesSettings()

and reads `conf.COMMENT_LENGTH`, which a project sets as `CIVIC_PORTAL_COMMENT_LENGTH`.
"""

from typing import Any

from django.conf import settings
from pydantic import TypeAdapter

PREFIX = "CIVIC_PORTAL_"
DECLARED: dict[str, "Setting"] = {}


class Setting:
    """
    One setting: the type of its value (any that pydantic knows), its default, and what it means.

    Read anew each time, so that tests may override it.
    """

    def __init__(self, kind: Any, default: Any, meaning: str):
        self.kind = kind
        self.default = default
        self.meaning = meaning

    def __set_name__(self, owner, name):
        self.name = PREFIX + name
        DECLARED[self.name] = self

    def __get__(self, instance, owner):
        return getattr(settings, self.name, self.default)

    def validate(self, value: Any) -> None:
        """Raises pydantic's `ValidationError`, a `ValueError`, for a value of another type."""
        TypeAdapter(self.kind).validate_python(value, strict=True)


class HeadlessSettings:
    """What a project may set for caches."""

    VERSION_CACHE = Setting(
        str,
        "",
        "The cache, shared by all processes, that content versions are read from without a query; "
        "empty reads them from the database.",
    )
    API_CACHE_SECONDS = Setting(
        int, 0, "For how many seconds shared caches in front may answer for the API unasked."
    )
    PAGE_CACHE_SECONDS = Setting(
        int, 0, "For how many seconds shared caches in front may answer for pages unasked."
    )


conf = HeadlessSettings()
