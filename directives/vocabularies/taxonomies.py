"""Terms of official documents for the API's taxonomies."""

from wagtail.models import Locale, Site

from headless.content.sites import published_on
from headless.content.taxonomies import counted_terms

from ..models import DirectivePage, DocumentType, IssuingBody


def used_types(site: Site, locale: Locale) -> list[dict]:
    """
    Return the document types of a language, each with its number of published documents on the
    site.
    """
    directives = published_on(site, DirectivePage).filter(locale=locale)
    return counted_terms(DocumentType.objects.filter(locale=locale), directives, "document_type")


def used_bodies(site: Site, locale: Locale) -> list[dict]:
    """
    Return the issuing bodies of a language, each with its number of published documents on the
    site.
    """
    directives = published_on(site, DirectivePage).filter(locale=locale)
    return counted_terms(IssuingBody.objects.filter(locale=locale), directives, "issuing_body")
