"""
Types of page and snippet fields in API v3's responses.

Wagtail 8 types plain columns and calls stream fields, relations and properties “unknown”. Here each
gets its type, and references become small objects that reveal live and public content only.

Types are documented and never validated: Wagtail answers an invalid value with a 422, which must
not happen to readers of old content.

When Wagtail types its stream fields itself, this module can be removed: only
`headless.api.page_schemas` and `headless.api.write_types` import it.
"""

from inspect import getattr_static
from typing import Any, Literal

from django.core.exceptions import FieldDoesNotExist
from django.db.models import ForeignKey, ManyToManyField, Model
from django.db.models.fields.reverse_related import ForeignObjectRel
from ninja.orm.fields import TYPES
from pydantic import JsonValue
from wagtail.api import APIField
from wagtail.api.rich_text import APIRichText
from wagtail.documents.models import AbstractDocument
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from ..content.requests.render_state import object_state
from ..content.term_translations import term_in_page_language
from ..content.texts.rich_text import (
    expand_public_links,
    override_language,
    render_for_display,
    requested_format,
)
from .block_types import (
    TIME,
    block_type,
    camel_case,
    describe_reference,
    describe_related,
    documented,
    reference_type,
    represent_stream,
    translations_by_key,
    type_hints,
)
from .fields import PortalFile, PortalImage, PortalPage, PortalTerm, describe_page


def _stream_schema(generator, field):
    name = field.name
    kind = block_type(field.stream_block, f"Portal{model_name(field.model)}{camel_case(name)}")

    def resolve(obj, context):
        return represent_stream(getattr(obj, name), obj, context)

    return documented(kind), ..., staticmethod(resolve)


def _rich_text_schema(generator, field):
    annotation, default, _resolver = _wagtail_schema(generator, RichTextField, field)

    def resolve(obj, context):
        request = context.get("request")
        form = requested_format(request)
        with override_language(obj):
            source = expand_public_links(getattr(obj, field.name), form)
            text = APIRichText.serialize(source, format=form, features=field.features)
        return render_for_display(text, obj, request)

    return annotation, default, staticmethod(resolve)


def _reference_schema(generator, field):
    """Return the schema of a foreign key: a small object where there is one, else an id."""
    name, small = field.name, reference_type(field.related_model)
    if small is None:
        return _wagtail_schema(generator, ForeignKey, field)

    def resolve(obj):
        # Prefetched for all rows of the relation by `_child_relation_schema`.
        found = object_state(obj).shown_pages.get(name)
        value = getattr(obj, name)
        if value is None or not isinstance(value, Page):
            return describe_reference(term_in_page_language(obj, value) if field.null else value)
        if found is None:
            found = translations_by_key([value], obj if isinstance(obj, Page) else None)
        page = found.get(value.translation_key)
        return describe_page(page) if page else None

    return documented(small), ..., staticmethod(resolve)


def _many_to_many_schema(generator, field):
    name, small = field.name, reference_type(field.related_model)
    if small is None:
        return (
            documented(list[TYPES.get(field.related_model._meta.pk.get_internal_type(), int)]),
            (...),
            staticmethod(lambda obj: [each.pk for each in getattr(obj, name).all()]),
        )
    kind = {PortalPage | None: PortalPage, PortalImage | None: PortalImage}.get(small)
    kind = kind or (PortalFile if small == PortalFile | None else PortalTerm)

    def resolve(obj):
        page = obj if isinstance(obj, Page) else None
        values = getattr(obj, name).all()
        if field.blank:
            values = [term_in_page_language(obj, value) for value in values]
        return describe_related(values, page)

    return documented(list[kind]), ..., staticmethod(resolve)


def _child_relation_schema(generator, field):
    """Return the schema of child objects, whose references cost a constant number of queries."""
    annotation, default, _resolver = _wagtail_schema(generator, ForeignObjectRel, field)
    if not field.multiple:
        return annotation, default, None
    name = field.get_accessor_name()
    shown = {each.name for each in APIField.get_fields_for_model(field.related_model)}
    keys = [
        each
        for each in field.related_model._meta.fields
        if isinstance(each, ForeignKey) and each.name in shown
    ]
    to_pages = [each.name for each in keys if issubclass(each.related_model, Page)]

    read_together = [
        f"{each.name}__given_name"
        if issubclass(each.related_model, AbstractDocument)
        else each.name
        for each in keys
    ]

    def resolve(obj):
        rows = getattr(obj, name).all()
        if not keys:
            return rows
        rows = list(rows.select_related(*read_together))
        for key in to_pages:
            found = translations_by_key([getattr(row, key) for row in rows], obj)
            for row in rows:
                object_state(row).shown_pages[key] = found
        return rows

    return annotation, default, staticmethod(resolve)


_WAGTAIL_SCHEMAS: dict[type, Any] = {}


def _wagtail_schema(generator, kind, field):
    return _WAGTAIL_SCHEMAS[kind](generator, field)


def register_field_types() -> None:
    """
    Register these schemas with Wagtail's generator; must be called before it builds its schemas.
    """
    from wagtail.api.v3.schemas import read_generator

    ours = {
        StreamField: _stream_schema,
        RichTextField: _rich_text_schema,
        ForeignKey: _reference_schema,
        ManyToManyField: _many_to_many_schema,
        ForeignObjectRel: _child_relation_schema,
    }
    for kind, schema in ours.items():
        _WAGTAIL_SCHEMAS.setdefault(kind, read_generator.field_schemas.get(kind))
        read_generator.register_field_schema(kind, schema)


def model_name(model: type[Model]) -> str:
    """Return the name of a model in component names: `ArticlesArticlePage`."""
    return f"{camel_case(model._meta.app_label)}{model._meta.object_name}"


def documented_fields(model: type[Model], schema) -> dict:
    """Return precise types for the fields that Wagtail types loosely in the `schema` of `model`."""
    fields = {}
    for each in APIField.get_fields_for_model(model):
        kind = _field_type(model, each)
        if kind is not None and each.name in schema.model_fields:
            fields[each.name] = (documented(kind), ..., None)
    return fields


def _field_type(model, api_field):
    """Return the type of a field in responses, None if it is typed precisely already."""
    try:
        field = model._meta.get_field(api_field.name)
    except FieldDoesNotExist:
        field = None
    if api_field.serializer is not None:
        kind = serializer_type(api_field.serializer)
        # DRF does not call a serializer for null, unless its source is the whole object.
        of_column = field is not None and field.concrete and api_field.serializer.source != "*"
        return kind | None if of_column and field.null else kind
    if field is None:
        found = getattr_static(model, api_field.name, None)
        getter = getattr(found, "fget", None) or getattr(found, "func", None)
        hints = type_hints(getter) if getter else {}
        return hints.get("return", JsonValue)
    return _column_type(field)


def serializer_type(serializer) -> Any:
    """Return the type that a DRF serializer field is annotated to return."""
    return type_hints(serializer.to_representation).get("return", JsonValue)


def choices_type(field) -> Any:
    """Return the literals that a column with choices may hold."""
    values = [value for value, _label in field.flatchoices]
    return Literal[tuple(values + ([""] if field.blank and "" not in values else []))]


def _column_type(field):
    if isinstance(field, RichTextField):
        kind = str
    elif field.is_relation or isinstance(field, StreamField):
        return None
    elif field.choices:
        kind = choices_type(field)
    elif field.get_internal_type() == "JSONField":
        kind = JsonValue
    elif field.get_internal_type() == "TimeField":
        kind = TIME
    else:
        kind = TYPES.get(field.get_internal_type())
    return kind | None if kind is not None and field.null else kind
