"""Citations of official documents in Vietnamese prose: found in text, and given keys.

Pure text: nothing here knows Django, pages or the database.
"""

from .found import FoundCitation
from .keys import citation_key, loose_key
from .recogniser import find_citations

__all__ = ["FoundCitation", "citation_key", "find_citations", "loose_key"]
