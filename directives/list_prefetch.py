"""What a list of official documents in API v2 is read with, whatever its length."""

from django.db.models import prefetch_related_objects

from headless.content.render_state import object_state
from headless.content.visibility import public_documents

from .models import DirectivePage


def prepare_directives(directives: list[DirectivePage]) -> None:
    """Reads what the fields of a row of the register show: type, body, legal status, files."""
    prefetch_related_objects(directives, "document_type", "issuing_body", "attachments")
    attached = {row.document_id for each in directives for row in each.attachments.all()}
    documents = public_documents().in_bulk(attached)
    stored = DirectivePage.objects.filter(pk__in=[each.pk for each in directives])
    statuses = dict(stored.with_legal_status().values_list("pk", "legal_status"))
    for directive in directives:
        directive.legal_status = statuses[directive.pk]
        object_state(directive).public_documents = documents
