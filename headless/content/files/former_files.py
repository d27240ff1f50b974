"""
Lead readers from the address of a replaced file to the new one.

A document's address ends in the name of its file and changes with it. An editor may also put
another document in the place of one, as the attachment of a page. Both are recorded, and
`upstream.replaced_files` redirects by `current_address`.
"""

from django.http import HttpRequest
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.models import ReferenceIndex

from ..models import FormerFile


def record_replaced_file(
    sender, instance: AbstractDocument, raw=False, update_fields=None, **kwargs
) -> None:
    """Record the address of a document whose file is about to be replaced (`pre_save`)."""
    if raw or instance.pk is None or (update_fields is not None and "file" not in update_fields):
        return
    stored = sender.objects.filter(pk=instance.pk).exclude(file=instance.file.name).first()
    if stored:
        _record(stored, instance)


def record_successor(*, former_id: int, document: AbstractDocument) -> None:
    """
    Record that `document` was put in the place of the one with the id `former_id`.

    What led to the former one leads to the new one from now on. Only within a collection: who may
    refer to a file of others may not take over its address.
    """
    former = type(document).objects.filter(pk=former_id).first()
    if former is None or former == document or former.collection_id != document.collection_id:
        return
    FormerFile.objects.filter(document=former).update(document=document)
    _record(former, document)


def _record(former, document):
    FormerFile.objects.update_or_create(
        former_id=former.pk, name=former.filename, defaults={"document": document}
    )


def current_address(request: HttpRequest, document_id: str, name: str) -> str | None:
    """
    Return the address of the file that replaced the one at `/documents/<document_id>/<name>`.

    That of another document only once the former one is in use nowhere. None if the file was not
    replaced, or if the request may not read the new one, whose name would be told.
    """
    row = FormerFile.objects.filter(former_id=document_id, name=name)
    row = row.select_related("document__collection").first()
    if row is None:
        return None
    document = row.document
    if document.pk != int(document_id):
        former = get_document_model().objects.filter(pk=document_id).first()
        if former is not None and ReferenceIndex.get_references_to(former).exists():
            document = former
    if document.pk == int(document_id) and document.filename == name:
        return None
    restrictions = document.collection.get_view_restrictions()
    return document.url if all(each.accept_request(request) for each in restrictions) else None
