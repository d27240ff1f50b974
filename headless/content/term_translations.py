"""
Keep pages and the translatable snippets (terms) they refer to in the same language.

A translated page refers to the source's term until the translation of the term is published. The
page, and those of its revisions that may be published next, then refer to that translation.
"""

import json
from functools import cache

from django.apps import apps
from django.contrib.admin.utils import quote
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import ForeignKey, Model, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.models import Page, ReferenceIndex, Revision, TranslatableMixin, get_page_models
from wagtail.permissions import policy_registry
from wagtail.snippets.models import get_snippet_models

from .texts.stream_references import chosen_models, references_in_stream, replace_chosen


def term_in_page_language(page: Model, value: Model | None) -> Model | None:
    """
    Return what an optional reference of `page` shows: `value`, but None for a term in another
    language than that of `page`, since a link or filter by it would be a 404.
    """
    languages = {getattr(each, "locale_id", None) for each in (page, value)} - {None}
    return value if len(languages) < 2 else None


def untranslated_terms(page: Page) -> list[TranslatableMixin]:
    """
    Return the snippets that the stored `page` refers to and that have no translation in its
    language.
    """
    referred = {}
    references = ReferenceIndex.get_references_for_object(page)
    for content_type, key in references.values_list("to_content_type", "to_object_id").distinct():
        referred.setdefault(content_type, []).append(key)
    found = []
    for content_type, keys in referred.items():
        model = ContentType.objects.get_for_id(content_type).model_class()
        if model and issubclass(model, TranslatableMixin) and not issubclass(model, Page):
            terms = model.objects.filter(pk__in=keys).exclude(locale=page.locale_id)
            found += [each for each in terms if not each.has_translation(page.locale_id)]
    return found


def warn_of_untranslated_terms(request: HttpRequest, page: Page) -> None:
    """
    Warn in the page editor which terms are not translated yet (hook `before_edit_page`).

    Terms that the user may translate are links to the form for that.
    """
    terms = untranslated_terms(page) if request.method == "GET" else []
    if not terms:
        return
    named = format_html_join(", ", "{}", ((_link(request, term),) for term in terms))
    sentence = _(
        "Not translated into %(language)s yet: %(terms)s. An optional term is left out of this page "
        "until somebody who may change it translates it; a required one is shown as it is."
    )
    facts = {"language": escape(page.locale.get_display_name()), "terms": named}
    messages.warning(request, mark_safe(sentence % facts))  # noqa: S308


def _link(request, term):
    """Return the term's name, as a link to its translation form if the user has permission."""
    name = f"{term} ({term._meta.verbose_name})"
    policy = policy_registry.get_by_type(type(term))
    if not (
        apps.is_installed("wagtail_localize")
        and type(term) in get_snippet_models()
        and request.user.has_perm("wagtail_localize.submit_translation")
        and policy.user_has_permission(request.user, "change")
    ):
        return name
    options = term._meta
    address = reverse(
        "wagtail_localize:submit_snippet_translation",
        args=[options.app_label, options.model_name, quote(term.pk)],
    )
    return format_html('<a href="{}">{}</a>', address, name)


def move_to_translation(sender: type[Model], instance: Model, raw=False, **kwargs) -> None:
    """
    Make pages in a term's language refer to the term instead of its source, in fields and in blocks
    (receiver of `post_save`).
    """
    fields = [] if raw else _referring_fields(sender)
    if not fields or not getattr(instance, "live", True):
        return
    others = sender.objects.filter(translation_key=instance.translation_key)
    others = set(others.exclude(pk=instance.pk).values_list("pk", flat=True))
    if not others:
        return
    moved = {str(pk): instance.pk for pk in others}
    for field in fields:
        pages = field.model.objects.filter(locale=instance.locale_id, alias_of=None)
        if isinstance(field, StreamField):
            pages = pages.filter(pk__in=_ids_of_referring_pages(sender, others))
        else:
            pages = pages.filter(**{f"{field.name}__in": others})
        for page in pages.specific():
            _move(page, field, sender, moved)


def use_translations(sender, source_obj, target_obj, **kwargs) -> None:
    """
    Make a page copied for translation refer to translated terms (`copy_for_translation_done`).
    """
    if not isinstance(target_obj, Page) or target_obj.alias_of_id:
        return
    page = target_obj.specific
    for field in page._meta.fields:
        for model in _terms_of(field):
            terms = model.objects.filter(pk__in=_chosen_keys(page, field, model))
            terms = terms.exclude(locale=page.locale_id)
            found = {str(each.pk): each.get_translation_or_none(page.locale_id) for each in terms}
            if moved := {key: term.pk for key, term in found.items() if term is not None}:
                _move(page, field, model, moved)


def _chosen_keys(page, field, model):
    """Return the ids of the rows of `model` that a field of `page` refers to."""
    if not isinstance(field, StreamField):
        return {field.value_from_object(page)} - {None}
    stream = field.value_from_object(page)
    named = references_in_stream(stream.stream_block, stream.raw_data)
    return {pk for kind, pk in named if kind is model}


def _ids_of_referring_pages(model, keys):
    references = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        to_content_type=ContentType.objects.get_for_model(model),
        to_object_id__in=map(str, keys),
    )
    return {int(key) for key in references.values_list("object_id", flat=True)}


def _move(page, field, model, moved):
    """Change in `page`, and in its revisions that may be published next, ids of terms as `moved`."""
    draft_follows = page.draft_title == page.title
    value = field.value_from_object(page)
    if isinstance(field, StreamField):
        block = value.stream_block
        raw = replace_chosen(block, list(value.raw_data), model, moved)
        setattr(page, field.name, StreamValue(block, raw, is_lazy=True))
    else:
        setattr(page, field.attname, moved[str(value)])
    page.minimal_clean()
    if draft_follows:
        page.draft_title = page.title
    page.save(clean=False)
    next_ones = Q(pk=page.latest_revision_id) | Q(approved_go_live_at__isnull=False)
    for revision in page.revisions.filter(next_ones):
        before = revision.content.get(field.name)
        if isinstance(field, StreamField):
            before = json.loads(before or "[]")
            after = replace_chosen(field.stream_block, before, model, moved)
        else:
            after = moved.get(str(before), before)
        if after != before:
            stored = json.dumps(after, cls=DjangoJSONEncoder) if isinstance(after, list) else after
            content = revision.content | {field.name: stored}
            Revision.objects.filter(pk=revision.pk).update(content=content)


@cache
def _referring_fields(model):
    """
    Return the foreign keys and stream fields of page types that may refer to the term `model`, each
    on the type that declares it.
    """
    return [
        field
        for page_model in get_page_models()
        for field in page_model._meta.local_fields
        if model in _terms_of(field)
    ]


@cache
def _terms_of(field):
    """Return the translatable snippets that a field of a page type may refer to."""
    if isinstance(field, StreamField):
        models = chosen_models(field.stream_block)
    else:
        models = {field.related_model} if isinstance(field, ForeignKey) else set()
    return {
        model
        for model in models
        if issubclass(model, TranslatableMixin) and not issubclass(model, Page)
    }
