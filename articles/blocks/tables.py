"""The block of a table."""

import copy
import hashlib

from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from typing_extensions import TypedDict
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail_localize.segments import StringSegmentValue

from .groups import TEXT
from .table_values import MAX_CELLS, MAX_COLUMNS, normalise_table, render_table


class PortalTable(TypedDict):
    """A table in an article, row by row."""

    caption: str
    first_row_is_header: bool
    first_column_is_header: bool
    rows: list[list[str | None]]


class TranslatableTableBlock(TableBlock):
    """A table whose caption and cells can be translated one by one."""

    class Meta:
        label = _("Table")
        icon = "table"
        group = TEXT
        template = "civic_articles/blocks/table.html"
        preview_value = {
            "data": [["Thứ", "Giờ thu gom"], ["Thứ Hai", "18:00"], ["Thứ Năm", "18:00"]],
            "cell": [],
            "first_row_is_table_header": True,
            "first_col_is_header": False,
            "table_header_choice": "row",
            "table_caption": "Lịch thu gom rác",
        }
        description = _("Figures or times in rows and columns.")

    def to_python(self, value):
        return super().to_python(normalise_table(value))

    def normalize(self, value):
        return super().normalize(normalise_table(value))

    def value_from_form(self, value):
        return normalise_table(super().value_from_form(value))

    def clean(self, value):
        rows = value["data"] if value else []
        columns = max(map(len, rows), default=0)
        if columns > MAX_COLUMNS:
            raise ValidationError(
                _("This table has %(columns)d columns; at most %(limit)d can be shown in a page.")
                % {"columns": columns, "limit": MAX_COLUMNS}
            )
        if len(rows) * columns > MAX_CELLS:
            raise ValidationError(
                _(
                    "This table has %(cells)d cells; at most %(limit)d can be shown in a page. "
                    "Divide it, or offer it as a file."
                )
                % {"cells": len(rows) * columns, "limit": MAX_CELLS}
            )
        return super().clean(value)

    def render(self, value, context=None):
        if not value:
            return ""
        table = {"table_caption": value["table_caption"], "table": render_table(value)}
        return render_to_string(self.meta.template, {**(context or {}), **table})

    def get_api_representation(self, value, context=None) -> PortalTable:
        value = value or {}
        return {
            "caption": value.get("table_caption") or "",
            "first_row_is_header": bool(value.get("first_row_is_table_header")),
            "first_column_is_header": bool(value.get("first_col_is_header")),
            "rows": value.get("data", []),
        }

    # wagtail-localize calls the next two by name. A text's hash is its path, so that a cell keeps
    # its translation when rows move.
    def get_translatable_segments(self, value):
        return [StringSegmentValue(self._path(text), text) for text in self._texts(value)]

    def restore_translated_segments(self, value, segments):
        translations = {segment.path: segment.render_text() for segment in segments}
        value = copy.deepcopy(value)

        def translated(cell):
            return translations.get(self._path(cell), cell) if isinstance(cell, str) else cell

        value["data"] = [[translated(cell) for cell in row] for row in value["data"]]
        value["table_caption"] = translated(value.get("table_caption"))
        return value

    def _texts(self, value):
        value = value or {}
        cells = [cell for row in value.get("data") or [] for cell in row]
        texts = [value.get("table_caption"), *cells]
        return list(dict.fromkeys(t for t in texts if isinstance(t, str) and t.strip()))

    def _path(self, text):
        return "c" + hashlib.sha256(text.encode()).hexdigest()[:16]
