"""
What follows when citing pages and documents are published, moved or removed, and when the database
has been migrated.
"""

from functools import partial

from django.db import transaction
from modelsearch.index import insert_or_update_object
from wagtail.models import Page

from . import tasks
from .extraction import extractor_of
from .models import Citation, DirectivePage, DocumentType, IssuingBody
from .services import check_move, forget_citations


def _later(task, **facts):
    """Enqueues a task once what it is about is stored."""
    transaction.on_commit(partial(task.enqueue, **facts))


def record_on_publish(sender, instance, **kwargs):
    """Receiver of `page_published`: what a citing page says is read."""
    if extractor_of(sender) and not instance.alias_of_id:
        _later(tasks.record_page, page=instance.pk)


def refuse_second_page(sender, instance, parent_page_after, **kwargs):
    """Receiver of `pre_page_move`: no site gets a second page of a document, whoever moves it."""
    check_move(instance, parent_page_after)


def forget_on_unpublish(sender, instance, **kwargs):
    """Receiver of `page_unpublished`: nobody reads what the page cites."""
    if extractor_of(sender):
        forget_citations(source=instance)
    if issubclass(sender, DirectivePage):
        _resolve_document(instance)


def follow_move(sender, instance, url_path_before, url_path_after, **kwargs):
    """Receiver of `post_page_move`: on another site the same number is another document's."""
    if url_path_before != url_path_after:
        path = Page.objects.values_list("path", flat=True).get(pk=instance.pk)
        _later(tasks.resolve_below, path=path)


def follow_restriction(sender, instance, **kwargs):
    """Receiver of `post_save` and `post_delete` of view restrictions."""
    path = Page.objects.filter(pk=instance.page_id).values_list("path", flat=True).first()
    if path and not kwargs.get("raw"):
        _later(tasks.resolve_below, path=path)


def notice_new_number(sender, instance, **kwargs):
    """Receiver of `pre_save` of documents: what cites the former number or type finds it no more."""
    if not _is_of_interest(**kwargs) or instance.pk is None:
        return
    before = DirectivePage.objects.filter(pk=instance.pk, live=True)
    for key, kind in before.values_list("number_key", "document_type__code"):
        if (key, kind) != (instance.number_key, instance.document_type.code):
            _later(tasks.resolve_documents, numbers=[(key, kind)], documents=[])


def resolve_on_save(sender, instance, **kwargs):
    """Receiver of `post_save` of documents."""
    if instance.live and _is_of_interest(**kwargs):
        _resolve_document(instance)


def forget_links_by_hand(sender, instance, **kwargs):
    """Receiver of `pre_delete` of documents: a link by hand says nothing without its document."""
    Citation.objects.filter(directive=instance, origin=Citation.Origin.HAND).delete()
    # Those found in the text lose their document with it, and are not found by it afterwards.
    _resolve_document(instance)


def resolve_on_new_place(sender, instance, created=False, **kwargs):
    """Receiver of `post_save` of localities and issuing bodies: numbers are local."""
    if not kwargs.get("raw") and not created:
        _later(tasks.resolve_all)


def _is_of_interest(raw=False, update_fields=None, **kwargs):
    """A draft that is saved beside the live page stores only what the live page is told of it."""
    return not raw and (update_fields is None or "number_key" in update_fields)


def _resolve_document(directive):
    _later(
        tasks.resolve_documents,
        numbers=[(directive.number_key, directive.document_type.code)],
        documents=[str(directive.translation_key)],
    )


def notice_renamed_type(sender, instance, raw=False, **kwargs):
    """Receiver of `pre_save` of document types: titles are made of their names."""
    before = None if raw else DocumentType.objects.filter(pk=instance.pk).first()
    if before and before.name != instance.name:
        _later(tasks.retitle_documents, document_type=instance.pk, former_name=before.name)


def index_seeded_terms(sender, **kwargs):
    """
    Receiver of `post_migrate`: puts the terms that a migration made into the search index.

    A migration's models send no signal that would, and choosers find nothing else.
    """
    for model in (DocumentType, IssuingBody):
        for term in model.objects.filter(index_entries=None):
            insert_or_update_object(term)
