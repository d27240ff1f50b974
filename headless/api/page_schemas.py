"""What is added to every page type in both of Wagtail's APIs, and what is kept from readers there."""

from typing import Literal

from wagtail.api import APIField
from wagtail.models import Collection, Page, get_page_models

from ..content.absolute_urls import absolute_url
from ..content.page_tree import ancestors_of
from ..content.renditions import display_size
from ..extending import PAGE_FIELDS, refuse_late_start
from .block_types import camel, documented
from .read_types import precise_fields, register_field_types, serializer_type
from .write_types import extend_written_fields, register_written_types

# What Wagtail types as if a page could be without it.
META_TYPES = {
    "locale": str,
    "detail_url": str,
    "show_in_menus": bool,
    "seo_title": str,
    "search_description": str,
}


def page_fields_of(model: type[Page]) -> list[APIField]:
    """The registered fields that pages of a type have."""
    return [field for field, has_it in PAGE_FIELDS if has_it(model)]


def extend_page_schemas() -> None:
    """
    Gives v3's page schemas the registered fields, and a `meta` that tells of nothing private.

    Wagtail 8 names the parent and the source of an alias even if those are drafts or restricted.
    """
    refuse_late_start()
    register_field_types()
    register_written_types()
    from wagtail.api.v3.registry import registry
    from wagtail.api.v3.schemas import read_generator
    from wagtail.api.v3.schemas.pages import SimpleBasePageSchema

    reference = SimpleBasePageSchema | None
    for model in get_page_models():
        registration = registry.get(model._meta.label)
        schema = registration.read_schema
        name = f"{camel(model._meta.app_label)}{model._meta.object_name}"
        base = schema.model_fields["meta"].annotation
        never_null = {name: kind for name, kind in META_TYPES.items() if name in base.model_fields}
        meta = read_generator.extend_schema(
            base,
            f"Portal{name}Meta",
            {
                **{name: (documented(kind), ..., None) for name, kind in never_null.items()},
                "parent": (reference, None, staticmethod(_public_parent)),
                "alias_of": (reference, None, staticmethod(_nothing)),
            },
        )
        fields = precise_fields(model, schema)
        for each in page_fields_of(model):
            _type, _default, resolver = read_generator._custom_serializer_schema(each)
            fields[each.name] = (documented(serializer_type(each.serializer)), ..., resolver)
        fields["meta"] = (meta, ..., None)
        # At the top, for languages whose types cannot be told apart by what is inside `meta`.
        if "type" not in schema.model_fields:
            fields["type"] = _type_of(model)
        registration.read_schema = read_generator.extend_schema(schema, f"Portal{name}", fields)
        extend_written_fields(model, registration)


def extend_file_schemas() -> None:
    """
    Give pictures of v3 an absolute address of their file, as documents have, and their true size.

    Of the collection only the id is told, for which lists need no query an item.
    """
    from wagtail.api.v3.schemas import read_generator
    from wagtail.documents.api.v3 import schemas as documents
    from wagtail.images.api.v3 import schemas as images

    # The names by which Wagtail looks these up when it builds the schemas of the models.
    images.ImageMetaSchema = read_generator.extend_schema(
        images.ImageMetaSchema,
        "ImageMetaSchema",
        {"download_url": (str | None, None, staticmethod(_download_url))},
    )
    for schemas, name in ((images, "ImageSchema"), (documents, "DocumentSchema")):
        base = getattr(schemas, name)
        kind = base.model_fields["collection"].annotation
        fields = {"collection": (kind, ..., staticmethod(_collection_by_id))}
        if schemas is images:
            fields["width"] = (int, ..., staticmethod(_display_width))
            fields["height"] = (int, ..., staticmethod(_display_height))
        setattr(schemas, name, read_generator.extend_schema(base, name, fields))


def _download_url(obj):
    return absolute_url(obj.file.url) if obj.file else None


def _display_width(obj):
    return display_size(obj)[0]


def _display_height(obj):
    return display_size(obj)[1]


def _collection_by_id(obj):
    return Collection(pk=obj.collection_id)


def _type_of(model):
    label = model._meta.label
    return Literal[label], ..., staticmethod(lambda obj: label)


def _public_parent(obj, context):
    parents = ancestors_of(obj)[-1:] if obj.path else []
    shown = (each for each in parents if each.live and not each.closed and not each.alias_of_id)
    return next(shown, None)


def _nothing(obj, context):
    return None
