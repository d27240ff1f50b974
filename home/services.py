from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Site,
)

from .models import AgencySettings


@dataclass(frozen=True)
class Agency:
    """Whose portal a site is, in one language; `mark` is the address of a square picture."""

    name: str
    motto: str
    address: str
    responsible: str
    footer_text: str
    telephone: str
    email: str
    colour: str
    mark: str
    social_links: list[dict]


def describe_agency(settings: AgencySettings, locale: Locale) -> Agency:
    """The agency in `locale`, or in its first language where it says nothing in that one."""
    texts = list(settings.texts.all())
    text = next((each for each in texts if each.locale_id == locale.pk), None)
    text = text or (texts[0] if texts else None)
    fields = ("motto", "address", "responsible", "footer_text")
    mark = settings.mark.get_rendition("fill-160x160|format-webp") if settings.mark else None
    return Agency(
        name=text.name if text else settings.site.site_name or settings.site.hostname,
        telephone=settings.telephone,
        email=settings.email,
        colour=settings.colour,
        mark=mark.url if mark else "",
        social_links=list(settings.social_links.values("name", "url")),
        **{field: getattr(text, field, "") for field in fields},
    )
