"""Export comments as CSV, XLSX and JSON."""

import csv
import json
from collections.abc import Iterable
from typing import IO

from django.utils.translation import gettext_lazy as _
from openpyxl import Workbook

from headless.content.texts.spreadsheet_cells import safe_cell

COMMENT_FIELDS = {
    "pk": _("Number of the comment"),
    "page.title": _("Page"),
    "page.pk": _("Page number"),
    "parent_id": _("In reply to"),
    "name": _("Name"),
    "email": _("E-mail"),
    "body": _("Comment"),
    "stars": _("Stars"),
    "status": _("Status"),
    "verified": _("Verification code solved"),
    "reports": _("Reports"),
    "created_at": _("Written"),
    "decided_at": _("Decided"),
}


def row_of(comment) -> dict:
    """Return a comment's values by the names in `COMMENT_FIELDS`."""
    row = {}
    for name in COMMENT_FIELDS:
        value = comment
        for part in name.split("."):
            value = getattr(value, part)
        row[name] = value.isoformat() if hasattr(value, "isoformat") else value
    return row


def write_json(comments: Iterable, file: IO[str]) -> None:
    json.dump([row_of(each) for each in comments], file, ensure_ascii=False, indent=1)
    file.write("\n")


def write_csv(comments: Iterable, file: IO[str]) -> None:
    writer = csv.writer(file)
    writer.writerow(COMMENT_FIELDS)
    for comment in comments:
        writer.writerow(_cells(comment))


def write_xlsx(comments: Iterable, file: IO[bytes]) -> None:
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("comments")
    sheet.append(list(COMMENT_FIELDS))
    for comment in comments:
        sheet.append(_cells(comment))
    workbook.save(file)


def _cells(comment):
    values = row_of(comment).values()
    return [safe_cell(value) if isinstance(value, str) else value for value in values]
