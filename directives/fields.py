from django.db.models import prefetch_related_objects
from django.utils.translation import override
from rest_framework.fields import Field
from typing_extensions import TypedDict

from headless.fields import PortalFile, PortalPage, describe_file, describe_page
from headless.paths import addressed

from .status import LegalStatus


class PortalRelations(TypedDict):
    """Documents in one relation to another one, under the relation's name for readers."""

    label: str
    directives: list[PortalPage]


class PortalRelationsBothWays(TypedDict):
    """What a document does to others, and what others do to it."""

    acts_on: list[PortalRelations]
    acted_on_by: list[PortalRelations]


class LegalStatusField(Field):
    """The legal status as of today."""

    def to_representation(self, value) -> LegalStatus:
        return LegalStatus(value)


class AttachmentsField(Field):
    """A document's files with address, type and size."""

    def to_representation(self, value) -> list[PortalFile]:
        rows = list(value.all())
        # Nothing is asked of a list whose documents were read with it.
        prefetch_related_objects(rows, "document")
        return [describe_file(row.document, row.title) for row in rows]


class RelationsField(Field):
    """Relations in both directions, of live, public documents only."""

    def __init__(self):
        super().__init__(source="*")

    def to_representation(self, value) -> PortalRelationsBothWays:
        with override(value.locale.language_code):
            acts_on, acted_on_by = value.relations_both_ways()
        return {
            "acts_on": self._describe(acts_on),
            "acted_on_by": self._describe(acted_on_by),
        }

    def _describe(self, groups):
        return [
            {"label": label, "directives": [describe_page(page) for page in pages]}
            for label, pages in groups
        ]


class CitedByField(Field):
    """The newest pages that cite a document, twenty at most."""

    def __init__(self):
        super().__init__(source="*")

    def to_representation(self, value) -> list[PortalPage]:
        return [describe_page(page) for page in addressed(value.cited_by()[:20])]
