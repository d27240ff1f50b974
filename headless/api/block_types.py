"""Types of StreamField blocks in API v3, and the representation of their values."""

import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal, NotRequired, Union, get_type_hints

from django.apps import apps
from django.db.models import Model
from pydantic import ConfigDict, Field, JsonValue, WithJsonSchema
from pydantic_core import core_schema
from typing_extensions import TypeAliasType, TypedDict
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock
from wagtail.documents.models import AbstractDocument
from wagtail.images.blocks import ImageBlock
from wagtail.images.models import AbstractImage
from wagtail.models import Page

from ..content.term_translations import term_in_page_language
from ..content.texts.rich_text import (
    make_urls_absolute,
    override_language,
    public_rich_text,
    requested_format,
)
from ..content.texts.stream_prefetch import current_prefetch, prefetch_stream
from ..content.translation import published_translations
from .fields import (
    PortalFile,
    PortalImage,
    PortalPage,
    PortalTerm,
    describe_file,
    describe_image,
    describe_page,
    describe_term,
)


class DocumentedAs:
    """An annotation that documents the type `kind` in OpenAPI and validates nothing."""

    def __init__(self, kind: Any):
        self.kind = kind

    def __get_pydantic_core_schema__(self, source, handler):
        # Responses are Python objects, which pass unvalidated; the JSON schema documents them.
        return core_schema.json_or_python_schema(
            json_schema=handler.generate_schema(self.kind),
            python_schema=core_schema.any_schema(),
            serialization=core_schema.plain_serializer_function_ser_schema(lambda value: value),
        )


def documented(kind: Any):
    """Return an annotation for a schema field that is documented as `kind` and not validated."""
    return Annotated[Any, DocumentedAs(kind)]


def type_hints(function) -> dict:
    """Return the resolved annotations of a function."""
    return get_type_hints(function, include_extras=True)


class PortalImageBlock(TypedDict):
    """An image in a stream field; `alt_text` is null if the image is decorative."""

    image: PortalImage | None
    alt_text: str | None
    decorative: bool | None


class PortalMergedCells(TypedDict):
    """Table cells that are merged, starting at the upper left one."""

    row: int
    col: int
    rowspan: int
    colspan: int


class PortalCellStyle(TypedDict):
    """The style of a table cell."""

    row: int
    col: int
    className: NotRequired[str]


class PortalPlainTable(TypedDict):
    """A table of Wagtail's `TableBlock`; `data` holds its rows."""

    data: NotRequired[list[list[str | float | bool | None]]]
    cell: NotRequired[list[PortalCellStyle] | None]
    mergeCells: NotRequired[list[PortalMergedCells] | bool | None]
    table_caption: NotRequired[str | None]
    table_header_choice: NotRequired[str | None]
    first_row_is_table_header: NotRequired[bool | None]
    first_col_is_header: NotRequired[bool | None]


# --- Blocks: their types ---

# The format `time` of JSON Schema requires an offset, which a time of day does not have.
TIME = Annotated[
    datetime.time,
    WithJsonSchema({"type": "string", "description": "A time of day, as 07:30:00."}),
]

# Types of Wagtail's blocks; the first class that a block is an instance of applies.
BLOCK_TYPES = {
    blocks.RichTextBlock: str,
    blocks.RawHTMLBlock: str,
    blocks.BooleanBlock: bool,
    blocks.IntegerBlock: int,
    blocks.FloatBlock: float,
    # A string, because JSON numbers are not exact.
    blocks.DecimalBlock: Annotated[
        Decimal, WithJsonSchema({"type": "string", "format": "decimal"})
    ],
    blocks.DateBlock: datetime.date,
    blocks.TimeBlock: TIME,
    blocks.DateTimeBlock: datetime.datetime,
    blocks.CharBlock: str,
    blocks.TextBlock: str,
    blocks.RegexBlock: str,
    blocks.URLBlock: str,
    blocks.EmailBlock: str,
    # Not an enum: old content may contain choices that no longer exist.
    blocks.ChoiceBlock: str,
    blocks.MultipleChoiceBlock: list[str],
    blocks.StaticBlock: None,
    TableBlock: PortalPlainTable,
}


def block_type(block: blocks.Block, name: str) -> Any:
    """
    Return the type of a block in responses; `name` is for blocks without a class of their own.

    For a block with its own `get_api_representation` it is the return annotation of that method.
    """
    if _has_own_representation(block):
        hints = type_hints(type(block).get_api_representation)
        if "return" in hints:
            return hints["return"]
    return _wagtail_type(block, name, embedded=not _has_own_representation(block))


def _has_own_representation(block) -> bool:
    """Return whether a project's own code serialises the block."""
    module = type(block).get_api_representation.__module__
    return not module.startswith("wagtail.")


def _wagtail_type(block, name, embedded):
    """
    Return the type of a block as Wagtail serialises it; with `embedded` choosers are small objects.
    """
    child = block_type if embedded else _wagtail_child_type
    if isinstance(block, ImageBlock) and embedded:
        return PortalImageBlock
    if isinstance(block, blocks.BaseStreamBlock):
        return list[_union(block, block_type_name(block, name).removesuffix("Block"), child)]
    if isinstance(block, blocks.BaseStructBlock):
        return _struct(block, block_type_name(block, name), child)
    if isinstance(block, blocks.ListBlock):
        return list[child(block.child_block, f"{name}Item")]
    if isinstance(block, BaseTypedTableBlock):
        return _table(block, block_type_name(block, name), child)
    if isinstance(block, blocks.ChooserBlock):
        return (reference_type(block.model_class) if embedded else None) or int | None
    for kind, found in BLOCK_TYPES.items():
        if isinstance(block, kind):
            return found if block.get_default() is not None else Union[found, None]  # noqa: UP007
    return JsonValue


def _wagtail_child_type(block, name):
    """Return the type of a block inside one that serialises itself: its choosers are ids."""
    if _has_own_representation(block):
        return block_type(block, name)
    return _wagtail_type(block, name, embedded=False)


_TYPES_BY_NAME: dict[str, tuple[Any, Any]] = {}


def _unique_type(name: str, content: tuple, make):
    """
    Return the type `name` with this `content`, made on first use; other content gets a number.

    The components of an OpenAPI document are keyed by name, so two types must not share one.
    """
    number, unique = 1, name
    while unique in _TYPES_BY_NAME and _TYPES_BY_NAME[unique][0] != content:
        number += 1
        unique = f"{name}{number}"
    if unique not in _TYPES_BY_NAME:
        _TYPES_BY_NAME[unique] = (content, make(unique))
    return _TYPES_BY_NAME[unique][1]


def block_type_name(block, path):
    """Return `Portal`, app and class name of a block with a class of its own, else `path`."""
    cls = type(block)
    if cls.__module__.startswith("wagtail."):
        return path
    app = apps.get_containing_app_config(cls.__module__)
    label = app.label if app else cls.__module__.partition(".")[0]
    return f"Portal{camel_case(label)}{cls.__name__.removeprefix('Portal')}"


def camel_case(name: str) -> str:
    """Return `name` in camel case: `content-page` becomes `ContentPage`."""
    return "".join(part[:1].upper() + part[1:] for part in name.replace("-", "_").split("_"))


def _docstring_of(block):
    cls = type(block)
    return (cls.__doc__ or "").strip() if not cls.__module__.startswith("wagtail.") else ""


def named_object(
    name: str, fields: dict[str, Any], doc: str = "", config: ConfigDict | None = None
) -> Any:
    """
    Return a `TypedDict` with these fields, a component of the document; `config` is for Pydantic.
    """

    def make(unique):
        made = TypedDict(unique, fields)
        made.__doc__ = doc or None
        if config:
            made.__pydantic_config__ = config
        return made

    return _unique_type(
        name, tuple(sorted((key, repr(kind)) for key, kind in fields.items())), make
    )


def _struct(block, name, child):
    fields = {
        key: child(each, f"{name}{camel_case(key)}") for key, each in block.child_blocks.items()
    }
    return named_object(name, fields, _docstring_of(block))


def _union(block, name, child):
    """Return the union of a stream's child blocks, discriminated by `type`."""
    items = []
    for key, each in block.child_blocks.items():
        fields = {
            "type": Literal[key],
            "value": child(each, f"{name}{camel_case(key)}Value"),
            "id": str | None,
        }
        items.append(named_object(f"{name}{camel_case(key)}", fields, _docstring_of(each)))
    return discriminated_union(f"{name}Block", items)


def discriminated_union(name: str, members: list) -> Any:
    """
    Return the union of `members`, called `name`, discriminated by their literal field `type`.

    Without members it is any JSON value.
    """
    if not members:
        return JsonValue
    union = Union[tuple(members)]  # noqa: UP007
    if members[1:]:
        union = Annotated[union, Field(discriminator="type")]
    content = tuple(each.__name__ for each in members)
    return _unique_type(name, content, lambda unique: TypeAliasType(unique, union))


def _table(block, name, child):
    kinds = [child(each, f"{name}{camel_case(key)}") for key, each in block.child_blocks.items()]
    cells = Union[tuple(kinds)] if kinds else JsonValue  # noqa: UP007
    column = named_object(
        f"{name}Column", {"type": Literal[tuple(block.child_blocks)], "heading": str}
    )
    row = named_object(f"{name}Row", {"values": list[cells]})
    fields = {"columns": list[column], "rows": list[row], "caption": str | None}
    return named_object(name, fields, _docstring_of(block))


# --- Blocks: their representation ---


def translations_by_key(pages, page) -> dict:
    """Return by translation key the published translations of `pages` in the language of `page`."""
    locale_id = getattr(page, "locale_id", None)
    return {each.translation_key: each for each in published_translations(pages, locale_id)}


def represent_stream(value, page: Model, context: dict | None) -> Any:
    """
    Return a stream field's value for API clients; its blocks get `page` in their context.

    Referenced objects are prefetched.
    """
    context = {**(context or {}), "page": page}
    with override_language(page), prefetch_stream(value, getattr(page, "locale_id", None)):
        return _represent(value.stream_block, value, context)


def _represent(block, value, context):
    def inside(child, each):
        return _represent(child, each, context)

    if _has_own_representation(block):
        return block.get_api_representation(value, context)
    if isinstance(block, ImageBlock):
        alt = getattr(value, "contextual_alt_text", None)
        return {
            "image": describe_image(value, alt or ""),
            "alt_text": alt,
            "decorative": getattr(value, "decorative", None),
        }
    if isinstance(block, blocks.RichTextBlock):
        text = block.get_api_representation(public_rich_text(value, context), context)
        return make_urls_absolute(text, requested_format(context.get("request")))
    if isinstance(block, blocks.BaseStreamBlock):
        return [
            {"type": each.block.name, "value": inside(each.block, each.value), "id": each.id}
            for each in value or []
        ]
    if isinstance(block, blocks.BaseStructBlock):
        return {name: inside(block.child_blocks[name], each) for name, each in value.items()}
    if isinstance(block, blocks.ListBlock):
        return [inside(block.child_block, each) for each in value]
    if isinstance(block, BaseTypedTableBlock):
        columns = value.columns
        return block.get_api_representation(value, context) | {
            "rows": [
                {
                    "values": [
                        inside(column["block"], each)
                        for column, each in zip(columns, row["values"], strict=True)
                    ]
                }
                for row in value.row_data
            ]
        }
    if isinstance(block, blocks.PageChooserBlock):
        _page, shown = (
            current_prefetch().pages([value.pk]).get(value.pk, (None, None)) if value else (0, None)
        )
        return describe_page(shown) if shown else None
    if isinstance(block, blocks.ChooserBlock) and reference_type(block.model_class):
        page = context["page"]
        return describe_reference(value if block.required else term_in_page_language(page, value))
    return block.get_api_representation(value, context)


# --- Fields of models ---


def reference_type(model: type[Model]) -> Any:
    """Return the type of a reference to `model` in responses, None if it is an id."""
    if issubclass(model, Page):
        return PortalPage | None
    if issubclass(model, AbstractImage):
        return PortalImage | None
    if issubclass(model, AbstractDocument):
        return PortalFile | None
    if _is_term(model):
        return PortalTerm | None
    return None


def _is_term(model) -> bool:
    names = {field.name for field in model._meta.get_fields()}
    return "name" in names and bool(names & {"code", "slug"})


def describe_reference(value) -> Any:
    """Return an image, document or snippet for API clients; None for nothing or a draft."""
    if value is None or not getattr(value, "live", True):
        return None
    if isinstance(value, AbstractImage):
        return describe_image(value)
    if isinstance(value, AbstractDocument):
        return describe_file(value)
    return describe_term(value)


def describe_related(values, page) -> list:
    """
    Return the visible objects of a relation for API clients, in their order.

    Pages are replaced by their published translation in the language of `page`.
    """
    values = [each for each in values if each is not None]
    if values and isinstance(values[0], Page):
        shown = translations_by_key(values, page)
        keys = (each.translation_key for each in values)
        return [describe_page(shown[key]) for key in keys if key in shown]
    return [each for each in map(describe_reference, values) if each is not None]
