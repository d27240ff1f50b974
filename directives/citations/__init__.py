"""Citations of official documents in Vietnamese prose: found in text, and given keys.

Pure text: nothing here knows Django, pages or the database.
"""

from .document_types import type_name
from .keys import citation_key, loose_key, search_terms
from .numbering import parse_number
from .places import Place, is_central, read_places
from .recogniser import find_citations
from .references import Reference, References, ordinal_of
from .result import FoundCitation

__all__ = [
    "FoundCitation",
    "Place",
    "Reference",
    "References",
    "citation_key",
    "find_citations",
    "is_central",
    "loose_key",
    "ordinal_of",
    "parse_number",
    "read_places",
    "search_terms",
    "type_name",
]
