"""What upper apps tell of a site: its name, contact, colours, whatever their settings hold."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from wagtail.models import Locale, Site


@dataclass(frozen=True)
class SiteField:
    """A field of `/site/`: its type, and what it is for a site in a language."""

    kind: Any
    describe: Callable[[Site, Locale], Any]


SITE_FIELDS: dict[str, SiteField] = {}


def register_site_field(name: str, field: SiteField) -> None:
    """
    Adds a field to what `/site/` answers.

    To be called from `AppConfig.ready` of an app that stands above `headless`.
    """
    SITE_FIELDS[name] = field
