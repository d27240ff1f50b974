"""The agency in API v3."""

from dataclasses import asdict

from typing_extensions import TypedDict
from wagtail.models import Locale, Site

from headless.content.links.absolute_urls import absolute_url

from .models import AgencySettings
from .services import describe_agency


class PortalSocialLink(TypedDict):
    """The agency's page on a social network."""

    name: str
    url: str


class PortalAgency(TypedDict):
    """The agency that runs a site; `mark` is the URL of its square emblem, or ""."""

    name: str
    motto: str
    address: str
    responsible: str
    footer_text: str
    telephone: str
    email: str
    colour: str
    mark: str
    social_links: list[PortalSocialLink]


def describe_site_agency(site: Site, locale: Locale) -> PortalAgency:
    """Return the agency of `site` in a language, with absolute URLs."""
    told = asdict(describe_agency(AgencySettings.for_site(site), locale))
    return told | {"mark": absolute_url(told["mark"]) if told["mark"] else ""}
