"""What the recogniser reports."""

import datetime
from typing import Literal, NamedTuple

from .document_types import Family

Form = Literal["full", "list", "short"]


class FoundCitation(NamedTuple):
    """One citation in a text; all positions are code points of the text as it was given.

    `start` and `end` span what to link: type word, «số» and number, never date or issuer.
    `number` is what stands at `num_start` to `num_end`, in HTML without the markup.
    `form`: "full" has its own symbol; "list" shares that of a neighbour, as 11 does in
    «Chỉ thị 11, 26-CT/TU»; "short" has none, so that its `key` is partial («?KL:21»).
    `year` is that of the number, else of the date, else of «năm 2021»; `date` is complete or None.
    `document_type` is a code of `document_types`, None where text and symbol leave it open.
    """

    start: int
    end: int
    num_start: int
    num_end: int
    number: str
    key: str
    document_type: str | None
    year: int | None
    date: datetime.date | None
    issuer: str | None
    form: Form
    family: Family
