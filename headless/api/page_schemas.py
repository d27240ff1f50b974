"""Extend the page, image and document schemas of API v3, and hide what is not public in them."""

from functools import wraps
from typing import Literal

from django.db.models import QuerySet, prefetch_related_objects
from wagtail.api import APIField
from wagtail.documents.models import AbstractDocument
from wagtail.models import Collection, Page, get_page_models

from ..content.files.download_names import given_name
from ..content.files.renditions import display_size
from ..content.links.absolute_urls import absolute_url
from ..content.page_tree import ancestors_of
from ..content.requests.current_request import get_current_request
from ..extending import PAGE_FIELDS, require_unbuilt_api
from .block_types import camel_case, documented
from .pagination import kept_count
from .read_types import documented_fields, register_field_types, serializer_type
from .write_types import extend_written_fields, register_written_types

# Fields of `meta` that Wagtail types as nullable although they never are.
META_TYPES = {
    "locale": str,
    "detail_url": str,
    "show_in_menus": bool,
    "seo_title": str,
    "search_description": str,
}


def page_fields_of(model: type[Page]) -> list[APIField]:
    """Return the registered fields (`register_page_field`) of a page type."""
    return [field for field, has_it in PAGE_FIELDS if has_it(model)]


def extend_page_schemas() -> None:
    """
    Add the registered fields to v3's page schemas, and hide non-public pages in `meta`.

    Wagtail 8 reveals the parent and the source of an alias even if they are drafts or restricted.
    Raise `ImproperlyConfigured` if Wagtail's schemas are used already.
    """
    require_unbuilt_api()
    register_field_types()
    register_written_types()
    from wagtail.api.v3.registry import registry
    from wagtail.api.v3.schemas import read_generator
    from wagtail.api.v3.schemas.pages import SimpleBasePageSchema

    reference = SimpleBasePageSchema | None
    for model in get_page_models():
        registration = registry.get(model._meta.label)
        schema = registration.read_schema
        name = f"{camel_case(model._meta.app_label)}{model._meta.object_name}"
        base = schema.model_fields["meta"].annotation
        never_null = {name: kind for name, kind in META_TYPES.items() if name in base.model_fields}
        meta = read_generator.extend_schema(
            base,
            f"Portal{name}Meta",
            {
                **{name: (documented(kind), ..., None) for name, kind in never_null.items()},
                "parent": (reference, None, staticmethod(_public_parent)),
                "alias_of": (reference, None, staticmethod(_null)),
            },
        )
        fields = documented_fields(model, schema)
        for each in page_fields_of(model):
            _type, _default, resolver = read_generator._custom_serializer_schema(each)
            fields[each.name] = (documented(serializer_type(each.serializer)), ..., resolver)
        fields["meta"] = (meta, ..., None)
        # At the top level, because a discriminator cannot be a nested field such as `meta.type`.
        if "type" not in schema.model_fields:
            fields["type"] = _type_of(model)
        registration.read_schema = read_generator.extend_schema(schema, f"Portal{name}", fields)
        extend_written_fields(model, registration)


def extend_file_schemas() -> None:
    """
    Give pictures of v3 an absolute address of their file, as documents have, and their true size,
    and documents the name that they were uploaded under.

    Only the id of the collection is exposed, so that lists need no query for each item.
    """
    from wagtail.api.v3.pagination import WagtailLimitOffsetPagination as Pagination
    from wagtail.api.v3.schemas import read_generator
    from wagtail.documents.api.v3 import schemas as documents
    from wagtail.images.api.v3 import schemas as images

    # Wagtail looks up these attributes when it builds the schemas of the models.
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
        else:
            fields["filename"] = (str, ..., staticmethod(given_name))
        setattr(schemas, name, read_generator.extend_schema(base, name, fields))
    Pagination.paginate_queryset = _prefetching_names(Pagination.paginate_queryset)
    Pagination._items_count = _count_items


def _count_items(self, rows):
    """Return the number of rows of a list of Wagtail's routes."""
    request = get_current_request()
    if isinstance(rows, QuerySet) and request is not None:
        return kept_count(request, rows)
    return len(rows) if isinstance(rows, list) else rows.count()


def _prefetching_names(paginate_queryset):
    @wraps(paginate_queryset)
    def paginate(self, *args, **kwargs):
        answer = paginate_queryset(self, *args, **kwargs)
        rows = list(answer["items"])
        prefetch_related_objects(
            [each for each in rows if isinstance(each, AbstractDocument)], "given_name"
        )
        return answer | {"items": rows}

    return paginate


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
    shown = (
        each for each in parents if each.live and not each.is_restricted and not each.alias_of_id
    )
    return next(shown, None)


def _null(obj, context):
    return None
