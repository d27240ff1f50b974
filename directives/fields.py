"""Serializer fields and types of official documents for both APIs."""

from typing import Literal

from django.utils.translation import override
from rest_framework.fields import Field
from typing_extensions import TypeAliasType, TypedDict

from headless.api.fields import PortalFile, PortalPage, describe_file, describe_page
from headless.content.links.page_urls import cache_site_roots
from headless.content.requests.render_state import object_state
from headless.content.visibility import public_documents

from .vocabularies.legal_status import LegalStatus
from .vocabularies.relation_kinds import RelationKind

PortalLegalStatus = TypeAliasType("PortalLegalStatus", Literal[tuple(LegalStatus.values)])


class PortalRelations(TypedDict):
    """
    Documents in the same relation to a document.

    `code` names the relation from the acting document's side, in both directions; `label` is its
    translated name; `partly` means that it concerns only some provisions.
    """

    code: Literal[tuple(RelationKind.values)]
    label: str
    partly: bool
    directives: list[PortalPage]


class PortalRelationsBothWays(TypedDict):
    """Relations of a document to others, and of others to it."""

    acts_on: list[PortalRelations]
    acted_on_by: list[PortalRelations]


class LegalStatusField(Field):
    """Serialize the legal status as of today."""

    def to_representation(self, value) -> PortalLegalStatus:
        return str(value)


class AttachmentsField(Field):
    """Serialize the public files of a document with URL, type and size."""

    def to_representation(self, value) -> list[PortalFile]:
        rows = list(value.all())
        documents = object_state(value.instance).public_documents
        if documents is None:
            documents = public_documents().in_bulk([row.document_id for row in rows])
        return [
            describe_file(documents[row.document_id], row.title)
            for row in rows
            if row.document_id in documents
        ]


class RelationsField(Field):
    """Serialize relations in both directions with live, public documents."""

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
            {
                "code": str(group.kind),
                "label": group.label,
                "partly": group.partly,
                "directives": [describe_page(page) for page in group.directives],
            }
            for group in groups
        ]


class CitedByField(Field):
    """Serialize the newest pages that cite a document, at most twenty."""

    def __init__(self):
        super().__init__(source="*")

    def to_representation(self, value) -> list[PortalPage]:
        return [describe_page(page) for page in cache_site_roots(value.cited_by()[:20])]
