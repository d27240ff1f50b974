"""
Settings of the portal's apps in a project: `CIVIC_PORTAL_…`, each with a type and a default.

An app declares its own in its `conf.py`:

    class NewsSettings:
        COMMENT_LENGTH = Setting(int, 5000, "The maximum number of characters of a comment.")

    conf = NewsSettings()

and reads `conf.COMMENT_LENGTH`, which a project sets as `CIVIC_PORTAL_COMMENT_LENGTH`.
"""

import re
from typing import Annotated, Any, Literal

from django.conf import settings
from django.core.cache import DEFAULT_CACHE_ALIAS, caches
from pydantic import AfterValidator, ConfigDict, TypeAdapter
from typing_extensions import TypedDict

PREFIX = "CIVIC_PORTAL_"
DECLARED: dict[str, "Setting"] = {}


class Setting:
    """
    A descriptor for one setting: the type of its value, its default, and a help text.

    `value_type` is any type that Pydantic can validate. The value is read on every access, so that
    tests can override it.
    """

    def __init__(self, value_type: Any, default: Any, help_text: str):
        self.value_type = value_type
        self.default = default
        self.help_text = help_text

    def __set_name__(self, owner, name):
        self.name = PREFIX + name
        DECLARED[self.name] = self

    def __get__(self, instance, owner):
        return getattr(settings, self.name, self.default)

    def validate(self, value: Any) -> None:
        """Raise Pydantic's `ValidationError`, a `ValueError`, for a value of another type."""
        TypeAdapter(self.value_type).validate_python(value, strict=True)


def _check_rate(value: str) -> str:
    if value and not re.fullmatch(r"[1-9]\d*/\d*[smhd]", value):
        raise ValueError(
            "a rate is a number of requests and a period, for example 600/m or 100/10s"
        )
    return value


# “600/m”, “100/10s”; empty for no limit.
Rate = Annotated[str, AfterValidator(_check_rate)]


class ClassNames(TypedDict, total=False):
    """Classes by the part of a page that has them; see `headless.templatetags.page_assets.look`."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    button: str
    button_primary: str
    field: str
    label: str
    input: str
    select: str
    textarea: str
    container: str


class HeadlessSettings:
    """Settings of the APIs, caches, previews and webhooks."""

    API_RATE = Setting(
        Rate,
        "",
        "The rate limit of the APIs for each client network, for example 600/m or 100/10s; "
        "empty for none.",
    )
    BUILD_ID = Setting(
        str,
        "",
        "An identifier of the deployed code, for example the commit; part of every entity tag. "
        "Empty to compute one from the files on this machine.",
    )
    VERSION_CACHE = Setting(
        str,
        "",
        "The alias of a cache, shared by all processes, from which content versions are read without "
        "a query; empty to read them from the database.",
    )
    API_CACHE_SECONDS = Setting(
        int, 0, "How many seconds shared caches may serve API responses without revalidation."
    )
    PAGE_CACHE_SECONDS = Setting(
        int, 0, "How many seconds shared caches may serve pages without revalidation."
    )
    PAGE_CACHE_MB = Setting(
        int,
        0,
        "How many megabytes of whole answers for anonymous readers each process keeps in memory; 0 "
        "for none. Pages must show nothing but content, of which the content version tells.",
    )
    FILE_CACHE_SECONDS = Setting(
        int, 3600, "How many seconds browsers and caches may keep a public file."
    )

    MAX_DOCUMENT_BYTES = Setting(
        int, 50 * 1024 * 1024, "How many bytes an uploaded document may have."
    )
    PREVIEW_SECONDS = Setting(int, 3600, "How many seconds a preview token is valid.")

    STYLES = Setting(
        Literal["all", "apps", "none"],
        "all",
        "Which of our style sheets are linked: all; those of the apps only, in a project that "
        "styles buttons and form fields itself; or none.",
    )

    CLASSES = Setting(
        ClassNames,
        {},
        "Classes of the project's design system in place of ours: of a `button`, a "
        "`button_primary`, a `field` around a `label` and its `input`, `select` or `textarea`, and "
        "of the `container` around a page.",
    )

    WEBHOOKS_SENT_BY = Setting(
        Literal["thread", "task", "command"],
        "thread",
        "What sends webhooks after a change: a thread of the same process, a task (for a project "
        "whose TASKS backend has a worker), or only the command `send_webhooks`.",
    )
    WEBHOOKS_TO_PRIVATE_ADDRESSES = Setting(
        bool,
        False,
        "Whether webhooks may be sent to private and loopback addresses, and over http://.",
    )
    WEBHOOK_SECONDS = Setting(int, 10, "The timeout of a webhook request, in seconds.")
    WEBHOOK_RETRY_SECONDS = Setting(
        list[int],
        [5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400],
        "The back-off: how many seconds to wait after each failed attempt. A delivery that fails "
        "after the last wait is not sent again.",
    )
    WEBHOOK_KEEP_DAYS = Setting(int, 30, "After how many days webhook deliveries are deleted.")


conf = HeadlessSettings()


def shared_cache_alias() -> str:
    """
    Return the alias of the cache for what all processes must agree on.

    A project whose default cache is not shared by its processes, or too slow for Wagtail, adds
    `civic_portal` to `CACHES`.
    """
    return "civic_portal" if "civic_portal" in settings.CACHES else DEFAULT_CACHE_ALIAS


class SharedCache:
    """The cache of `shared_cache_alias`, looked up on every access as Django's `cache` is."""

    def __getattr__(self, name):
        return getattr(caches[shared_cache_alias()], name)


shared_cache = SharedCache()
