"""Signal receivers that keep citations and the search index up to date."""

from functools import partial

from django.db import transaction
from modelsearch.index import insert_or_update_object
from wagtail.models import Page

from ..models import Citation, DirectivePage, DocumentType, IssuingBody
from ..services import check_move
from . import tasks
from .extraction import get_extractor
from .services import delete_citations


def _enqueue_on_commit(task, **facts):
    """Enqueue a task once the current transaction is committed."""
    transaction.on_commit(partial(task.enqueue, **facts))


def record_on_publish(sender, instance, **kwargs):
    """Record the citations of a published page (`page_published`)."""
    if get_extractor(sender) and not instance.alias_of_id:
        _enqueue_on_commit(tasks.record_page, page=instance.pk)


def delete_on_unpublish(sender, instance, **kwargs):
    """
    Delete the citations of an unpublished page (`page_unpublished`).

    If it is an official document, citations of it are resolved again.
    """
    if get_extractor(sender):
        delete_citations(source=instance)
    if issubclass(sender, DirectivePage):
        _resolve_document(instance)


def refuse_duplicate_on_move(sender, instance, parent_page_after, **kwargs):
    """Raise `ValidationError` if a move gives a document a second page (`pre_page_move`)."""
    check_move(instance, parent_page_after)


def resolve_on_move(sender, instance, url_path_before, url_path_after, **kwargs):
    """
    Resolve citations after a move (`post_page_move`): numbers are unique only within a locality.
    """
    if url_path_before != url_path_after:
        path = Page.objects.values_list("path", flat=True).get(pk=instance.pk)
        _enqueue_on_commit(tasks.resolve_subtree, path=path)


def resolve_on_restriction(sender, instance, **kwargs):
    """Resolve citations after a view restriction changed (`post_save`, `post_delete`)."""
    path = Page.objects.filter(pk=instance.page_id).values_list("path", flat=True).first()
    if path and not kwargs.get("raw"):
        _enqueue_on_commit(tasks.resolve_subtree, path=path)


def resolve_former_number(sender, instance, **kwargs):
    """Resolve the citations of a live document's former number or type (`pre_save`)."""
    if not _affects_citations(**kwargs) or instance.pk is None:
        return
    before = DirectivePage.objects.filter(pk=instance.pk, live=True)
    for key, kind in before.values_list("number_key", "document_type__code"):
        if (key, kind) != (instance.number_key, instance.document_type.code):
            _enqueue_on_commit(tasks.resolve_documents, numbers=[(key, kind)], documents=[])


def resolve_on_save(sender, instance, **kwargs):
    """Resolve the citations of a live document (`post_save`)."""
    if instance.live and _affects_citations(**kwargs):
        _resolve_document(instance)


def delete_manual_links(sender, instance, **kwargs):
    """Delete the explicit links to a document before it is deleted (`pre_delete`)."""
    Citation.objects.filter(directive=instance, origin=Citation.Origin.HAND).delete()
    # Before the deletion: afterwards citations of the text cannot be found by this document.
    _resolve_document(instance)


def resolve_on_locality_change(sender, instance, created=False, **kwargs):
    """
    Resolve all citations after a locality or issuing body changed (`post_save`): numbers are local.
    """
    if not kwargs.get("raw") and not created:
        _enqueue_on_commit(tasks.resolve_all)


def _affects_citations(raw=False, update_fields=None, **kwargs):
    """
    Return False for fixtures and for saves of the draft state alone, which update other columns.
    """
    return not raw and (update_fields is None or "number_key" in update_fields)


def _resolve_document(directive):
    _enqueue_on_commit(
        tasks.resolve_documents,
        numbers=[(directive.number_key, directive.document_type.code)],
        documents=[str(directive.translation_key)],
    )


def retitle_on_type_rename(sender, instance, raw=False, **kwargs):
    """Regenerate the titles of documents whose type is renamed (`pre_save` of document types)."""
    before = None if raw else DocumentType.objects.filter(pk=instance.pk).first()
    if before and before.name != instance.name:
        _enqueue_on_commit(
            tasks.retitle_documents, document_type=instance.pk, former_name=before.name
        )


def index_seeded_terms(sender, apps, **kwargs):
    """
    Add the terms created by migrations to the search index (`post_migrate`).

    Historical models send no signals that would index them, and choosers search the index only.
    `apps` holds the models as they are after the migrations, which may have been reversed.
    """
    try:
        apps.get_model("civic_directives", "DocumentType")
    except LookupError:
        return
    for model in (DocumentType, IssuingBody):
        for term in model.objects.filter(index_entries=None):
            insert_or_update_object(term)
