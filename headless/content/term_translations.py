"""
Keep pages and the translatable snippets (terms) they refer to in the same language.

A translated page refers to the source's term until the translation of the term is published. The
page, and those of its revisions that may be published next, then refer to that translation.
"""

from functools import cache

from django.apps import apps
from django.contrib.admin.utils import quote
from django.contrib.contenttypes.models import ContentType
from django.db.models import ForeignKey, Model, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page, ReferenceIndex, Revision, TranslatableMixin, get_page_models
from wagtail.permissions import policy_registry
from wagtail.snippets.models import get_snippet_models


def term_in_page_language(page: Page, term: TranslatableMixin | None) -> TranslatableMixin | None:
    """
    Return `term` if it is in the language of `page`, else None, since a link or filter by it would
    be a 404.
    """
    return term if term is not None and term.locale_id == page.locale_id else None


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
    Make pages in a term's language refer to the term instead of its source (receiver of
    `post_save`).
    """
    fields = [] if raw else _keys_from_pages(sender)
    if not fields or not getattr(instance, "live", True) or _is_only_submitted(instance):
        return
    for field in fields:
        others = sender.objects.filter(translation_key=instance.translation_key)
        others = set(others.exclude(pk=instance.pk).values_list("pk", flat=True))
        pages = field.model.objects.filter(
            **{f"{field.name}__in": others}, locale=instance.locale_id, alias_of=None
        )
        for page in pages.specific() if others else ():
            _move(page, field, others, instance)


def _is_only_submitted(term):
    """
    Return whether wagtail-localize has only created `term` as a copy of the source, untranslated.
    """
    if not apps.is_installed("wagtail_localize"):
        return False
    translation = apps.get_model("wagtail_localize", "Translation").objects.filter(
        source__object_id=term.translation_key, target_locale=term.locale_id
    )
    translation = translation.first()
    saved_before = apps.get_model("wagtail_localize", "TranslationLog").objects.filter(
        source__object_id=term.translation_key, locale=term.locale_id
    )
    if translation is None or saved_before.exists():
        return False
    total, translated = translation.get_progress()
    return translated < total


def use_translations(sender, source_obj, target_obj, **kwargs) -> None:
    """
    Make a page copied for translation refer to translated terms (`copy_for_translation_done`).
    """
    if not isinstance(target_obj, Page) or target_obj.alias_of_id:
        return
    page = target_obj.specific
    for field in page._meta.fields:
        if not (isinstance(field, ForeignKey) and field in _keys_from_pages(field.related_model)):
            continue
        term = getattr(page, field.name)
        if term is None or term.locale_id == page.locale_id:
            continue
        if translation := term.get_translation_or_none(page.locale_id):
            _move(page, field, {term.pk}, translation)


def _move(page, field, others, term):
    draft_follows = page.draft_title == page.title
    setattr(page, field.name, term)
    page.minimal_clean()
    if draft_follows:
        page.draft_title = page.title
    page.save(clean=False)
    # Compared as text, since a UUID is text in JSON.
    others = {str(key) for key in others}
    next_ones = Q(pk=page.latest_revision_id) | Q(approved_go_live_at__isnull=False)
    for revision in page.revisions.filter(next_ones):
        if str(revision.content.get(field.name)) in others:
            content = revision.content | {field.name: term.pk}
            Revision.objects.filter(pk=revision.pk).update(content=content)


@cache
def _keys_from_pages(model):
    """Return the foreign keys from page types to `model`, each on the type that declares it."""
    return [
        field
        for page_model in get_page_models()
        for field in page_model._meta.local_fields
        if isinstance(field, ForeignKey)
        and field.related_model is model
        and issubclass(model, TranslatableMixin)
        and not issubclass(model, Page)
    ]
