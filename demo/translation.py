"""Create the demo's translations through wagtail-localize."""

import json

from django.db import transaction
from wagtail.models import Page
from wagtail_localize.models import (
    SegmentOverride,
    StringTranslation,
    Translation,
    TranslationSource,
)
from wagtail_localize.strings import extract_strings

# Fields that refer to a page; translations refer to its translation.
PAGE_FIELDS = {"article", "directive", "lead", "link_page", "page", "target", "widget"}


class UntranslatedError(ValueError):
    """A text has no translation; the message names the object and its texts."""


def text_pairs(row) -> dict[str, str]:
    """Return every Vietnamese text in `row` with its English one, rich text block by block."""
    if isinstance(row, list):
        return {k: v for each in row for k, v in text_pairs(each).items()}
    if not isinstance(row, dict):
        return {}
    if row.keys() != {"vi", "en"}:
        return {k: v for each in row.values() for k, v in text_pairs(each).items()}
    source, target = row["vi"].strip(), row["en"].strip()
    found = {source: target}
    if "<" in source:
        blocks = [extract_strings(text)[1] for text in (source, target)]
        found |= {vi[0].data: en[0].data for vi, en in zip(*blocks, strict=True)}
    return found


@transaction.atomic
def translate(instance, texts: dict[str, str], locale):
    """
    Create or complete the translation of a page or snippet into `locale`, and publish it.

    `texts` maps each source text (rich text block by block) to its translation; raises
    `UntranslatedError` if one is missing. Idempotent. The translation is published when the
    outermost transaction is committed.
    """
    if isinstance(instance, Page):
        instance = instance.specific
    source, _ = TranslationSource.update_or_create_from_instance(instance)
    translation, new = Translation.objects.get_or_create(source=source, target_locale=locale)
    new |= _translate_texts(instance, source, texts, locale)
    if new:
        source.create_or_update_translation(locale, publish=True)


@transaction.atomic
def point_to_translations(instance, locale):
    """
    Make the translation of a page refer to translated pages where its source refers to pages.

    Call it when all pages are translated. Idempotent: publishes only on a change.
    """
    source = TranslationSource.objects.get_for_instance(instance)
    if _override_pages(source, locale):
        source.create_or_update_translation(locale, publish=True)


def _translate_texts(instance, source, texts, locale) -> bool:
    known = {
        (row.translation_of_id, row.context_id): row
        for row in StringTranslation.objects.filter(
            locale=locale, context__object_id=source.object_id
        )
    }
    missing, new = [], False
    for segment in source.stringsegment_set.select_related("string", "context"):
        text = segment.string.data
        wanted = texts.get(text)
        if wanted is None:
            missing.append(f"{segment.context.path}: {text}")
            continue
        row = known.get((segment.string_id, segment.context_id)) or StringTranslation(
            translation_of=segment.string,
            context=segment.context,
            locale=locale,
            translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
        )
        if row.pk is None or row.data != wanted:
            row.data = wanted
            row.save()
            new = True
    if missing:
        raise UntranslatedError(f"{instance}: no translation of {missing}")
    return new


def _override_pages(source, locale) -> bool:
    new = False
    for segment in source.overridablesegment_set.select_related("context"):
        field = segment.context.path.rsplit(".", 1)[-1]
        if field not in PAGE_FIELDS or not isinstance(segment.data, int):
            continue
        key = Page.objects.filter(pk=segment.data).values("translation_key")
        target = Page.objects.filter(translation_key__in=key, locale=locale, alias_of=None).first()
        if target is None:
            continue
        override, made = SegmentOverride.objects.get_or_create(
            context=segment.context, locale=locale, defaults={"data_json": json.dumps(target.pk)}
        )
        if not made and override.data_json != json.dumps(target.pk):
            override.data_json = json.dumps(target.pk)
            override.save()
            made = True
        new |= made
    return new
