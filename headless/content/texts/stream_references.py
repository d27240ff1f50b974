"""The objects that the blocks of a StreamField refer to, read and changed in its stored form."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model
from wagtail.blocks import (
    BaseStreamBlock,
    BaseStructBlock,
    Block,
    ChooserBlock,
    ListBlock,
    RichTextBlock,
)
from wagtail.rich_text import RichText


def references_in_stream(block: Block, raw: Any) -> Iterator[tuple[type[Model], Any]]:
    """
    Yield model and id of all objects that choosers and links refer to in `raw`, the stored form of
    a value of `block`.
    """
    if not raw:
        return
    if isinstance(block, BaseStreamBlock):
        for child in raw:
            if each := block.child_blocks.get(child["type"]):
                yield from references_in_stream(each, child["value"])
    elif isinstance(block, BaseStructBlock):
        for name, each in block.child_blocks.items():
            yield from references_in_stream(each, raw.get(name))
    elif isinstance(block, ListBlock):
        for item in raw:
            value = item["value"] if _is_list_item(item) else item
            yield from references_in_stream(block.child_block, value)
    elif isinstance(block, RichTextBlock):
        for model, pk, *_paths in block.extract_references(RichText(raw)):
            if str(pk).isdecimal() and len(str(pk)) < 19:
                yield model, int(pk)
    elif isinstance(block, ChooserBlock):
        yield block.model_class, raw


def replace_chosen(block: Block, raw: Any, model: type[Model], keys: dict[str, Any]) -> Any:
    """
    Return `raw`, the stored form of a value of `block`, with chooser blocks of `model` changed.

    `keys` are the new ids by the old ones as text, since a UUID is text in JSON. Links in rich text
    stay as they are.
    """

    def replaced(child, value):
        return replace_chosen(child, value, model, keys)

    if not raw:
        return raw
    if isinstance(block, BaseStreamBlock):
        children = block.child_blocks
        return [
            child | {"value": replaced(children[child["type"]], child["value"])}
            if child["type"] in children
            else child
            for child in raw
        ]
    if isinstance(block, BaseStructBlock):
        children = block.child_blocks
        return raw | {name: replaced(children[name], raw[name]) for name in raw.keys() & children}
    if isinstance(block, ListBlock):
        child = block.child_block
        return [
            item | {"value": replaced(child, item["value"])}
            if _is_list_item(item)
            else replaced(child, item)
            for item in raw
        ]
    if isinstance(block, ChooserBlock) and block.model_class is model:
        return keys.get(str(raw), raw)
    return raw


def chosen_models(block: Block) -> set[type[Model]]:
    """Return the models that the chooser blocks in `block` refer to."""
    if isinstance(block, ChooserBlock):
        return {block.model_class}
    inner = list(getattr(block, "child_blocks", {}).values())
    if isinstance(block, ListBlock):
        inner.append(block.child_block)
    return set().union(*map(chosen_models, inner))


def _is_list_item(item):
    return isinstance(item, dict) and item.get("type") == "item"
