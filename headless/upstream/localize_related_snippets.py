"""
Workaround for wagtail-localize 1.14: translating a page writes to the snippets it refers to.

`TranslationCreator` submits every related translatable snippet together with the page and saves it
with `publish=True`, whoever submits the page. An existing translation is overwritten with the
source's texts, a missing one goes live in the source language. A page that is saved again keeps the
translated snippet of a foreign key whose source was cleared or set to an untranslated one
(https://github.com/wagtail/wagtail-localize/issues/744). The former has no upstream issue yet.
"""

from functools import wraps

from django.db.models import ForeignKey


def install() -> None:
    """Submit pages alone, and let their foreign keys to snippets follow the source's."""
    from wagtail_localize import models
    from wagtail_localize.operations import TranslationCreator

    TranslationCreator.create_translations = _without_related(
        TranslationCreator.create_translations
    )
    models.ingest_segments = _following_keys(models.ingest_segments)


def _without_related(create_translations):
    @wraps(create_translations)
    def create(self, instance, include_related_objects=True):
        return create_translations(self, instance, include_related_objects=False)

    return create


def _following_keys(ingest_segments):
    from wagtail_localize.fields import TranslatableField, get_translatable_fields

    @wraps(ingest_segments)
    def ingest(original, translated, source_locale, target_locale, segments):
        ingest_segments(original, translated, source_locale, target_locale, segments)
        ingested = {segment.path.partition(".")[0] for segment in segments}
        for each in get_translatable_fields(type(original)):
            if not isinstance(each, TranslatableField) or each.field_name in ingested:
                continue
            field = each.get_field(type(original))
            if isinstance(field, ForeignKey):
                setattr(translated, field.attname, getattr(original, field.attname))

    return ingest
