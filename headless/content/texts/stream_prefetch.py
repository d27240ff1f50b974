"""
Prefetch all objects a StreamField refers to, so that rendering costs a constant number of queries.

A `StreamPrefetch` is active while a stream field is rendered for the API. Blocks and link handlers
ask it before the database; blocks that do not know it run their own queries.
"""

import copy
from collections.abc import Iterable
from contextlib import contextmanager

from asgiref.local import Local
from django.db.models import Model
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.models import Page

from ..translation import pages_with_translations
from ..visibility import documents_with_restriction
from .stream_references import references_in_stream

_current = Local()


@contextmanager
def prefetch_stream(value, locale_id: int | None = None):
    """
    Prefetch what the stream `value` refers to, on first access within the block.

    Pages are replaced by their translations into `locale_id`, the active locale by default.
    """
    before = current_prefetch()
    _current.store = StreamPrefetch(value, locale_id)
    try:
        yield
    finally:
        _current.store = before


def current_prefetch() -> "StreamPrefetch | None":
    """Return the active prefetch, None outside `prefetch_stream`."""
    return getattr(_current, "store", None)


class StreamPrefetch:
    """The objects that one stream value refers to, read on first access, with one query a model."""

    def __init__(self, value, locale_id):
        self.value = value
        self.locale_id = locale_id
        self.named = None
        self.found = {}

    def pages(self, ids: Iterable) -> dict[int, tuple[Page, Page | None]]:
        """
        Return by id each page and its published translation, as `pages_with_translations` does.
        """
        return self._read(Page, ids, lambda asked: pages_with_translations(asked, self.locale_id))

    def files(self, model: type[AbstractDocument], ids: Iterable) -> dict:
        """Return documents by id, each annotated with `is_restricted`."""
        return self._read(model, ids, documents_with_restriction().in_bulk)

    def chosen(self, model: type[Model], ids: Iterable) -> dict:
        """Return by id the objects of `model` that choosers refer to."""
        if issubclass(model, Page):
            pages = self.pages(ids).items()
            return {
                pk: _as_type(page, model)
                for pk, (page, _shown) in pages
                if page.specific_class and issubclass(page.specific_class, model)
            }
        if issubclass(model, AbstractDocument):
            return self.files(model, ids)
        objects = model.objects.all()
        if issubclass(model, AbstractImage):
            objects = objects.prefetch_related("renditions")
        return self._read(model, ids, objects.in_bulk)

    def _read(self, model, ids, read):
        ids = {pk for pk in ids if pk is not None}
        if model not in self.found:
            if self.named is None:
                self.named = set(references_in_stream(self.value.stream_block, self.value.raw_data))
            self.found[model] = dict.fromkeys(
                pk for kind, pk in self.named if issubclass(kind, model)
            )
            self.found[model] |= read({*ids, *self.found[model]})
        found = self.found[model]
        if missing := ids - set(found):
            found |= dict.fromkeys(missing) | read(missing)
        return {pk: found[pk] for pk in ids if found[pk] is not None}


def _as_type(page, model):
    """
    Return `page` as an instance of its specific `model` without a query; other columns are
    deferred.
    """
    known = {field.attname for field in Page._meta.concrete_fields}
    values = {}
    for field in model._meta.concrete_fields:
        if field.attname in known:
            values[field.attname] = getattr(page, field.attname)
        elif field.remote_field and getattr(field.remote_field, "parent_link", False):
            values[field.attname] = page.pk
    return model.from_db(page._state.db, list(values), list(values.values()))


class PrefetchedChooserMixin:
    """A chooser block whose chosen objects are prefetched with those of the whole stream."""

    def bulk_to_python(self, values):
        if (prefetched := current_prefetch()) is None:
            return super().bulk_to_python(values)
        found = prefetched.chosen(self.model_class, values)
        # A copy for each value, as Wagtail returns separate instances.
        return [copy.copy(found.get(pk)) for pk in values]
