"""Prefetches for lists of official documents in API v2."""

from django.db.models import prefetch_related_objects

from headless.content.requests.render_state import object_state
from headless.content.visibility import public_documents

from .models import DirectivePage


def prefetch_directives(directives: list[DirectivePage]) -> None:
    """
    Prefetch type, body, legal status and public files of `directives` in a constant number of
    queries.
    """
    prefetch_related_objects(directives, "document_type", "issuing_body", "attachments")
    attached = {row.document_id for each in directives for row in each.attachments.all()}
    documents = public_documents().in_bulk(attached)
    stored = DirectivePage.objects.filter(pk__in=[each.pk for each in directives])
    statuses = dict(stored.with_legal_status().values_list("pk", "legal_status"))
    for directive in directives:
        directive.legal_status = statuses[directive.pk]
        object_state(directive).public_documents = documents
