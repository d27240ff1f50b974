"""Read documents in the order of their types or issuing bodies without sorting all of them."""

from dataclasses import dataclass

from django.db.models import Count

from .querysets import DirectiveQuerySet


@dataclass(frozen=True)
class TermGroup:
    """Terms of the same name, and the number of documents that have one of them."""

    ids: list[int]
    name: str
    number: int


def read_groups(directives: DirectiveQuerySet, field: str) -> list[TermGroup]:
    """Return the terms that `directives` have in a field, in the order of their names."""
    name = f"{field}__name"
    rows = directives.order_by(name).values_list(field, name).annotate(number=Count("pk"))
    groups: list[TermGroup] = []
    for pk, label, number in rows:
        if groups and groups[-1].name == label:
            last = groups.pop()
            groups.append(TermGroup([*last.ids, pk], label, last.number + number))
        else:
            groups.append(TermGroup([pk], label, number))
    return groups


@dataclass(frozen=True)
class OrderedByTerm:
    """
    Documents in the order of `groups` of their terms in a field, the newest of each first.

    A slice is read group by group, along the index of the group's own order.
    """

    directives: DirectiveQuerySet
    field: str
    groups: list[TermGroup]

    def __len__(self) -> int:
        return sum(group.number for group in self.groups)

    def __getitem__(self, part: slice) -> list:
        found: list = []
        start, stop = part.start, part.stop
        for group in self.groups:
            if stop <= 0:
                break
            if start < group.number:
                # A single value lets the database walk the index.
                first, *more = group.ids
                lookup = {f"{self.field}__in": group.ids} if more else {self.field: first}
                found += self.directives.filter(**lookup).newest_first()[start:stop]
            start, stop = max(0, start - group.number), stop - group.number
        return found
