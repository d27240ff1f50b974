"""Committees of one place, which share symbols such as «BCĐ» and differ by what they are for."""

import re

from ..citations.letters import fold

_HEAD = re.compile(
    r"\b(ban (?:chi dao|to chuc|cong tac|quan ly|dieu hanh|van dong|tiep nhan)|hoi dong|tieu ban"
    r"|to (?:cong tac|chi dao|giup viec|dieu hanh|tham dinh)|doan (?:cong tac|kiem tra|giam sat))\b"
)
_PLACE = re.compile(
    r"\b(?:cap|cua|tai|o)? ?\b(?:tinh|thanh pho|tp|huyen|quan|thi xa|thi tran|dac khu|phuong|xa)\b.*"
)
_WORD = re.compile(r"\w+")
_FILLERS = {"cong", "tac", "ve", "va", "cua", "cho", "quoc", "gia", "trung", "uong"}


def purpose_of(name: str) -> tuple[str, list[str]] | None:
    """
    Return the kind of committee that the name of a body is of, and the folded words that say what it
    is for; None if it names no committee or does not say what for.

    «Ban Chỉ đạo chuyển đổi số phường Bến Ngà» is ("ban chi dao", ["chuyen", "doi", "so"]).
    """
    folded = " ".join(_WORD.findall(fold(name)))
    head = _HEAD.search(folded)
    if head is None:
        return None
    words = _WORD.findall(_PLACE.sub("", folded[head.end() :], count=1))
    words = [word for word in words if word not in _FILLERS]
    return (head[1], words) if words else None


def is_same_committee(one: str, other: str) -> bool | None:
    """
    Return whether two names may be of one committee; None if either does not say what it is for.

    One may say more than the other («chuyển đổi số», «chuyển đổi số và Đề án 06») or abbreviate it
    («CĐS»).
    """
    first, second = purpose_of(one), purpose_of(other)
    if first is None or second is None:
        return None
    if first[0] != second[0]:
        return False
    short, long = sorted((first[1], second[1]), key=len)
    initials = "".join(word[0] for word in long)
    return set(short) <= set(long) or short == [initials]
