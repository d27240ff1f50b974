from .citations import Citation, CitationDecision
from .pages import DirectiveAttachment, DirectiveIndexPage, DirectivePage, title_of
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
    "title_of",
]
