"""Titles and slugs of official documents, as they follow from type, number and date."""

import re

from django.utils.translation import gettext, override

from headless.content.texts.slugs import readable_slug

from .taxonomy import DocumentType


def build_title(document_type: DocumentType | None, number: str) -> str:
    """Return the title made of a type and a number, in the language of the type."""
    if not document_type:
        return number
    facts = {"type": document_type.name, "number": number}
    with override(document_type.locale.language_code):
        return gettext("%(type)s No. %(number)s") % facts


def build_slug_source(kind: str, number: str, day) -> str:
    """Return the text that a slug is made of: the type's name, number, day (or its ISO form)."""
    return f"{kind} {number} {day or ''}"


def slug_pattern(facts, types) -> re.Pattern:
    """Match the slugs made of any of `facts` and `types`, numbered where a slug was taken."""
    # The code is what the first name gave: it recognises the slugs of a type that was renamed.
    names = {name for kind in types for name in ([kind.name, kind.code] if kind else [""])}
    slugs = {
        readable_slug(build_slug_source(name, number, day))
        for number, _kind, day in facts
        for name in names
    }
    return re.compile(rf"(?:{'|'.join(map(re.escape, slugs))})(?:-\d{{1,3}})?")
