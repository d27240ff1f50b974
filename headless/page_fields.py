"""What is added to every page type in both of Wagtail's APIs, and what is kept from readers there."""

import sys
from functools import partial

from django.core.exceptions import ImproperlyConfigured
from wagtail.api import APIField
from wagtail.fields import StreamField
from wagtail.models import Page, get_page_models

from .paths import published

PAGE_FIELDS: list[APIField] = []


def register_page_field(field: APIField) -> None:
    """
    Adds a field with a serializer to every page in v2 and v3.

    To be called from `AppConfig.ready` of an app that stands above `headless`.
    """
    PAGE_FIELDS.append(field)


def extend_page_schemas() -> None:
    """
    Gives v3's page schemas the registered fields, and a `meta` that tells of nothing private.

    Wagtail 8 names the parent and the source of an alias even if those are drafts or restricted.
    Raises `ImproperlyConfigured` if v3's routes are built already, which would keep them as they
    are without a word.
    """
    if "wagtail.api.v3.routers.pages" in sys.modules:
        raise ImproperlyConfigured(
            "Put “headless” above Wagtail's own apps in INSTALLED_APPS: "
            "its API is built before ours could extend it."
        )
    from wagtail.api.v3.registry import registry
    from wagtail.api.v3.schemas import read_generator
    from wagtail.api.v3.schemas.pages import SimpleBasePageSchema

    reference = SimpleBasePageSchema | None
    for model in get_page_models():
        registration = registry.get(model._meta.label)
        schema = registration.read_schema
        name = f"{model._meta.app_label.title()}{model._meta.object_name}"
        meta = read_generator.extend_schema(
            schema.model_fields["meta"].annotation,
            f"Portal{name}Meta",
            {
                "parent": (reference, None, staticmethod(_public_parent)),
                "alias_of": (reference, None, staticmethod(_nothing)),
            },
        )
        fields = {each.name: read_generator._custom_serializer_schema(each) for each in PAGE_FIELDS}
        fields["meta"] = (meta, ..., None)
        fields |= _stream_fields(model, schema)
        registration.read_schema = read_generator.extend_schema(schema, f"Portal{name}", fields)


def _stream_fields(model, schema):
    """Stream fields as they are, whose blocks are told of the `page` they are printed for."""
    fields = {}
    for field in model._meta.get_fields():
        if isinstance(field, StreamField) and field.name in schema.model_fields:
            info = schema.model_fields[field.name]
            default = info.get_default(call_default_factory=True)
            resolver = staticmethod(partial(_stream_for_page, name=field.name))
            fields[field.name] = (info.rebuild_annotation(), default, resolver)
    return fields


def _stream_for_page(obj, context, name):
    value = getattr(obj, name)
    return value.stream_block.get_api_representation(value, {**(context or {}), "page": obj})


def _public_parent(obj, context):
    parent = obj.get_parent()
    if parent is None or parent.depth == 1:
        return None
    return published(Page.objects.filter(pk=parent.pk)).first()


def _nothing(obj, context):
    return None
