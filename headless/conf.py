"""
The settings of the portal's apps in a project: `CIVIC_PORTAL_…`, each with a type and a default.

An app declares its own in its `conf.py`:

    class ArticlesSettings:
        COMMENT_LENGTH = Setting(int, 5000, "How many characters a comment may have.")

    conf = ArticlesSettings()

and reads `conf.COMMENT_LENGTH`, which a project sets as `CIVIC_PORTAL_COMMENT_LENGTH`.
"""

import re
from typing import Annotated, Any, Literal

from django.conf import settings
from pydantic import AfterValidator, TypeAdapter

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


def _check_rate(value: str) -> str:
    if value and not re.fullmatch(r"[1-9]\d*/\d*[smhd]", value):
        raise ValueError("a rate is a number of requests and a time, as 600/m or 100/10s")
    return value


class HeadlessSettings:
    """What a project may set for the APIs, caches, previews and webhooks."""

    API_RATE = Setting(
        Annotated[str, AfterValidator(_check_rate)],
        "",
        "How often one address may ask the APIs, as 600/m or 100/10s; empty: as often as it likes.",
    )
    BUILD_ID = Setting(
        str,
        "",
        "What tells one release of the code from another, as the commit that was deployed; it is a "
        "part of every entity tag. Empty: an id of the files as they lie on this machine.",
    )
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
    FILE_CACHE_SECONDS = Setting(
        int,
        3600,
        "For how many seconds browsers and caches may keep a file that everybody may have.",
    )

    MAX_DOCUMENT_BYTES = Setting(
        int, 50 * 1024 * 1024, "How large a file that is uploaded as a document may be."
    )
    PREVIEW_SECONDS = Setting(int, 3600, "How long a front end may read a preview.")

    STYLES = Setting(
        Literal["all", "apps", "none"],
        "all",
        "Which of our style sheets pages link: all; those of the apps, in a project that styles "
        "buttons, fields and the like itself; or none.",
    )

    WEBHOOKS_SENT_BY = Setting(
        Literal["thread", "task", "command"],
        "thread",
        "Who sends webhooks after a change: a thread of the same process, a task (for a project "
        "whose TASKS are done by a worker), or nobody but the command `send_webhooks`.",
    )
    WEBHOOKS_TO_PRIVATE_ADDRESSES = Setting(
        bool, False, "Whether webhooks may go to private and loopback addresses, and over http://."
    )
    WEBHOOK_SECONDS = Setting(int, 10, "How long a receiver may take to answer.")
    WEBHOOK_RETRY_SECONDS = Setting(
        list[int],
        [5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400],
        "How long to wait after each failed attempt; after the last one a delivery is given up.",
    )
    WEBHOOK_KEEP_DAYS = Setting(int, 30, "After how many days deliveries are removed.")


conf = HeadlessSettings()


API_NAMESPACES = {"wagtailapi", "wagtailapi_v3"}
