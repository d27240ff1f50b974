"""Models of official documents."""

from .citations import Citation, CitationDecision
from .pages import DirectiveAttachment, DirectiveIndexPage, DirectivePage, build_title
from .relations import DirectiveRelation
from .settings import DirectiveSettings
from .taxonomy import DocumentType, IssuingBody

__all__ = [
    "Citation",
    "CitationDecision",
    "DirectiveAttachment",
    "DirectiveIndexPage",
    "DirectivePage",
    "DirectiveRelation",
    "DirectiveSettings",
    "DocumentType",
    "IssuingBody",
    "build_title",
]
