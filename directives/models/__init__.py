from .attachments import DirectiveAttachment
from .citations import Citation, CitationDecision
from .pages import DirectivePage
from .registers import DirectiveIndexPage
from .relations import DirectiveRelation
from .settings import DirectiveSettings
from .taxonomy import DocumentType, IssuingBody
from .titles import build_title

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
