"""The terms by which a site's official documents are found."""

from wagtail.models import Locale, Site

from headless.content.sites import published_on
from headless.content.taxonomies import counted_terms

from .models import DirectivePage, DocumentType, IssuingBody


def used_types(site: Site, locale: Locale) -> list[dict]:
    """The document types of a language with how many documents of the site each has."""
    directives = published_on(site, DirectivePage).filter(locale=locale)
    return counted_terms(DocumentType.objects.filter(locale=locale), directives, "document_type")


def used_bodies(site: Site, locale: Locale) -> list[dict]:
    """The issuing bodies of a language with how many documents of the site each has."""
    directives = published_on(site, DirectivePage).filter(locale=locale)
    return counted_terms(IssuingBody.objects.filter(locale=locale), directives, "issuing_body")
