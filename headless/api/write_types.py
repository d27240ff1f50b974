"""
Types of page fields that editors write over API v3.

Wagtail 8 accepts a `writable` field of `api_fields` only if it has no serializer. Here a field with
a serializer is accepted too, and so are the names in a model's `api_write_only`, which are read
under another name or not at all.

Wagtail accepts any value for the blocks of a stream field and stores values with which no page can
be rendered. Here each block has a type that is validated: an invalid value is a 422 that names it.

When Wagtail types its stream fields itself, the latter half of this module can be removed.
"""

from datetime import MAXYEAR, MINYEAR, datetime
from typing import Annotated, Any, Literal, NotRequired

from django.db.models import CharField, DateTimeField, ForeignKey, Model
from django.utils.translation import gettext as _
from ninja.orm.fields import TYPES, get_schema_field
from pydantic import AfterValidator, ConfigDict, Field, JsonValue
from typing_extensions import TypedDict
from wagtail import blocks
from wagtail.api import APIField
from wagtail.api.conf import get_model_field
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock

from ..extending import WRITTEN_RELATIONS
from .block_types import (
    BLOCK_TYPES,
    PortalCellStyle,
    PortalMergedCells,
    block_type_name,
    camel_case,
    discriminated_union,
    named_object,
)
from .read_types import choices_type, model_name

# Without it, misspelt names are silently ignored.
STRICT = ConfigDict(extra="forbid")


def extend_written_fields(model: type[Model], registration) -> None:
    """Add the missing writable fields to the create and patch schemas of `model`."""
    from wagtail.api.v3.schemas import create_generator, patch_generator, read_generator

    names = _written_names(model)
    generators = {"create_schema": create_generator, "patch_schema": patch_generator}
    for direction, generator in generators.items():
        schema = getattr(registration, direction)
        if schema is None or not names:
            continue
        fields = {name: (*_written(generator, model, name), None) for name in names}
        extended = read_generator.extend_schema(schema, schema.__name__, fields)
        setattr(registration, direction, extended)


def _written_names(model):
    fields = APIField.get_writable_fields_for_model(model)
    names = [each.name for each in fields if each.serializer is not None]
    relations = [name for name, has_it in WRITTEN_RELATIONS if has_it(model)]
    return [*names, *getattr(model, "api_write_only", ()), *relations]


def _written(generator, model, name):
    """Return annotation and default of a field, as Wagtail defines them without a serializer."""
    field = get_model_field(model, name)
    kinds = [kind for kind in type(field).__mro__ if kind in generator.field_schemas]
    written = generator.field_schemas[kinds[0]](generator, field) if kinds else None
    written = written or get_schema_field(field)
    return generator._make_optional(written) if generator.for_update else written


# --- References ---

# The range of primary keys; other integers are a server error in Wagtail 8.0.1.
RowId = Annotated[int, Field(ge=1, lt=2**63)]


def _key_type(model):
    """Return the type of the primary key of `model`."""
    key = model._meta.pk
    while key.remote_field:
        key = key.target_field
    kind = TYPES.get(key.get_internal_type(), str)
    return RowId if kind is int else kind


def _reference_schema(generator, field):
    kind = _key_type(field.related_model)
    _annotation, default = get_schema_field(field)
    return kind | None if field.null else kind, default


# --- Choices ---


def _choice_schema(generator, field):
    annotation, default = get_schema_field(field)
    if not field.choices:
        return annotation, default
    # Not only texts of the length of the column: drafts are not validated.
    return choices_type(field), Field(default.default, description=default.description)


# --- Moments ---


def _moment_schema(generator, field):
    annotation, default = get_schema_field(field)
    return Annotated[annotation, AfterValidator(_check_year)], default


def _check_year(moment: datetime | None) -> datetime | None:
    """Return `moment`; raise `ValueError` if it is out of range in some time zone."""
    if moment and not MINYEAR < moment.year < MAXYEAR:
        raise ValueError(_("The year is out of range."))
    return moment


# --- Blocks ---


def register_written_types() -> None:
    """
    Register these schemas with Wagtail's generators; must be called before they build their
    schemas.
    """
    from wagtail.api.v3.schemas import create_generator, patch_generator

    for generator in (create_generator, patch_generator):
        generator.register_field_schema(StreamField, _stream_schema)
        generator.register_field_schema(ForeignKey, _reference_schema)
        generator.register_field_schema(DateTimeField, _moment_schema)
        generator.register_field_schema(CharField, _choice_schema)


def _stream_schema(generator, field):
    return written_type(
        field.stream_block, f"Portal{model_name(field.model)}{camel_case(field.name)}"
    ), []


class PortalMarkup(TypedDict):
    """Rich text in a given format; a plain string is the database's HTML."""

    __pydantic_config__ = STRICT

    content: str
    format: NotRequired[Literal["db_html", "db_markdown"]]


class PortalWrittenImageBlock(TypedDict):
    """An image by id; `decorative` is true if it needs no alternative text."""

    __pydantic_config__ = STRICT

    image: RowId | None
    alt_text: NotRequired[str | None]
    decorative: NotRequired[bool | None]


class PortalWrittenTable(TypedDict):
    """A table by rows, as Wagtail's editor writes it."""

    __pydantic_config__ = STRICT

    # The block makes text of numbers, as imports send them.
    data: list[list[str | bool | int | float | None]]
    cell: NotRequired[list[PortalCellStyle] | None]
    # The editor sends false for none; pages cannot be rendered with true.
    mergeCells: NotRequired[list[PortalMergedCells] | Literal[False] | None]
    table_caption: NotRequired[str | None]
    table_header_choice: NotRequired[str | None]
    first_row_is_table_header: NotRequired[bool | None]
    first_col_is_header: NotRequired[bool | None]


# The first class that a block is an instance of applies, before those of BLOCK_TYPES.
WRITTEN_TYPES = {
    blocks.RichTextBlock: str | PortalMarkup,
    blocks.ChoiceBlock: str | int,
    blocks.MultipleChoiceBlock: list[str | int],
    blocks.StaticBlock: JsonValue,
    ImageBlock: PortalWrittenImageBlock,
    TableBlock: PortalWrittenTable,
}


def written_type(block: blocks.Block, name: str) -> Any:
    """
    Return the type that a block accepts; `name` is for blocks without a class of their own.

    The type checks the shape only; the block's `clean` checks required and allowed values.
    """
    if isinstance(block, blocks.BaseStreamBlock):
        return list[_written_union(block, block_type_name(block, name).removesuffix("Block"))]
    if isinstance(block, blocks.BaseStructBlock) and not isinstance(block, ImageBlock):
        return _written_struct(block, block_type_name(block, name))
    if isinstance(block, blocks.ListBlock):
        return list[written_type(block.child_block, f"{name}Item")]
    if isinstance(block, blocks.ChooserBlock) and not isinstance(block, ImageBlock):
        return _key_type(block.model_class)
    for kind, found in [*WRITTEN_TYPES.items(), *BLOCK_TYPES.items()]:
        if isinstance(block, kind):
            return found
    return JsonValue


def _written_struct(block, name):
    fields = {
        key: NotRequired[written_type(each, f"{name}{camel_case(key)}") | None]
        for key, each in block.child_blocks.items()
    }
    return named_object(f"{name}Written", fields, config=STRICT)


def _written_union(block, name):
    items = []
    for key, each in block.child_blocks.items():
        fields = {
            "type": Literal[key],
            "value": written_type(each, f"{name}{camel_case(key)}Value") | None,
            "id": NotRequired[str | None],
        }
        items.append(named_object(f"{name}{camel_case(key)}Written", fields, config=STRICT))
    return discriminated_union(f"{name}BlockWritten", items)
