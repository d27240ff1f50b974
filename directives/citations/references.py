"""What a text cites: mentions of one document put together.

A text names a document in full once, «Kết luận số 21-KL/TW, ngày 25/10/2021 của …», and then
says «Kết luận 21-KL/TW» or «Kết luận 21». These are one reference.
"""

import datetime
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace

from .places import Place, is_central, read_level, read_places
from .result import FoundCitation


@dataclass(frozen=True, slots=True)
class Reference:
    """One document as a text cites it, with all that the text says of it.

    `key` is partial («?KL:21») where the text never gives the symbol. `year` is that of the
    date, else of the number or of «năm 2021».
    """

    key: str
    document_type: str | None = None
    date: datetime.date | None = None
    year: int | None = None
    issuer: str = ""
    number: str = ""
    count: int = 1

    @property
    def places(self) -> tuple[Place, ...]:
        """The places its issuer's name holds, or else its level, if only the name tells it."""
        if not self.issuer:
            return ()
        if places := read_places(self.issuer):
            return places
        level = None if is_central(self.key) else read_level(self.issuer)
        return (Place(level, ""),) if level else ()

    @property
    def partial(self) -> bool:
        """Whether the text gives no symbol."""
        return self.key.startswith("?")

    @property
    def identity(self) -> str:
        """The natural key: the same for every way of writing the same facts.

        Of the issuer only the place counts, so that «Tỉnh ủy Hà Tĩnh» may become «Ban Thường vụ
        Tỉnh ủy Hà Tĩnh» without losing what an editor decided.
        """
        places = ",".join(f"{place.level}:{place.name}" for place in self.places)
        when = self.date.isoformat() if self.date else self.year or ""
        facts = f"{self.key}|{self.document_type or ''}|{when}|{places}"
        return hashlib.sha256(facts.encode()).hexdigest()[:32]


class References:
    """The references of a page's texts, in order of appearance."""

    def __init__(self, found: Iterable[FoundCitation]) -> None:
        mentions = [_as_reference(each) for each in found]
        self._groups: list[Reference] = []
        self._group_of: dict[str, int] = {}
        order: dict[int, int] = {}
        # The fullest first, so that the others find what they belong to.
        for mention in sorted(dict.fromkeys(mentions), key=_fullness, reverse=True):
            self._group_of[mention.identity] = self._place(mention)
        for position, mention in enumerate(mentions):
            group = self._group_of[mention.identity]
            if group in order:
                self._groups[group] = self._joined(group, mention)
            order.setdefault(group, position)
        self._order = sorted(order, key=order.__getitem__)

    def __iter__(self):
        return (self._groups[group] for group in self._order)

    def __len__(self) -> int:
        return len(self._order)

    def of(self, found: FoundCitation) -> Reference | None:
        """Give the reference that a mention in the same texts belongs to."""
        group = self._group_of.get(_as_reference(found).identity)
        return None if group is None else self._groups[group]

    def _place(self, mention: Reference) -> int:
        homes = [
            number for number, group in enumerate(self._groups) if _says_no_more(mention, group)
        ]
        if len(homes) == 1:
            return homes[0]
        self._groups.append(mention)
        return len(self._groups) - 1

    def _joined(self, group: int, mention: Reference) -> Reference:
        whole = self._groups[group]
        return replace(whole, count=whole.count + 1, issuer=whole.issuer or mention.issuer)


def _as_reference(found: FoundCitation) -> Reference:
    return Reference(
        key=found.key,
        document_type=found.document_type,
        date=found.date,
        year=found.date.year if found.date else found.year,
        issuer=found.issuer or "",
        number=found.number,
    )


def _fullness(mention: Reference) -> tuple[int, ...]:
    return (
        not mention.partial,
        bool(mention.date) + bool(mention.document_type) + len(mention.places),
        bool(mention.year),
    )


def _says_no_more(mention: Reference, whole: Reference) -> bool:
    """Tell whether all that `mention` says is said of `whole`."""
    return (
        _is_key_of(mention, whole)
        and mention.document_type in (None, whole.document_type)
        and mention.date in (None, whole.date)
        and mention.year in (None, whole.year)
        and set(mention.places) <= set(whole.places)
    )


def _is_key_of(mention: Reference, whole: Reference) -> bool:
    if not mention.partial or whole.partial:
        return mention.key == whole.key
    return ordinal_of(mention.key) == ordinal_of(whole.key)


def ordinal_of(key: str) -> str:
    """Give the numeral of a key, full or partial: «21» of «21-KL/TW» and of «?KL:21/2021»."""
    return key.rpartition(":")[2].replace("-", "/").partition("/")[0]
