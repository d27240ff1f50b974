"""What clients of the API are told of an agency."""

from dataclasses import asdict

from typing_extensions import TypedDict
from wagtail.models import Locale, Site

from headless.content.absolute_urls import absolute_url

from .models import AgencySettings
from .services import describe_agency


class PortalSocialLink(TypedDict):
    """The agency's page on a social network."""

    name: str
    url: str


class PortalAgency(TypedDict):
    """Whose portal a site is; `mark` is the address of a square picture, or empty."""

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
    """The agency of `site` in a language."""
    told = asdict(describe_agency(AgencySettings.for_site(site), locale))
    return told | {"mark": absolute_url(told["mark"]) if told["mark"] else ""}
