"""Laws are cited by name and number: «Luật Đất đai số 31/2024/QH15»."""

import re

from .cleaning import BREAK
from .lead_in import REACH, Head
from .letters import fold
from .markup import OPAQUE

_WINDOW = 480
_LAWS = {
    "bo luat": "bo-luat",
    "luat": "luat",
    "phap lenh": "phap-lenh",
    "code": "bo-luat",
    "law": "luat",
    "ordinance": "phap-lenh",
}
_LAW = re.compile(
    r"\b(?:bộ luật|bo luat|luật|luat|pháp lệnh|phap lenh|law|code|ordinance)\b", re.IGNORECASE
)
_AMENDING = re.compile(r"\s+(?:sửa đổi|sua doi)\b", re.IGNORECASE)
_RESOLUTION = re.compile(r"\b(?:nghị quyết|nghi quyet|resolution)\b", re.IGNORECASE)
_LAW_STOP = re.compile(rf"[{BREAK}{OPAQUE};!?]|\.\s|/QH|/UBTVQH")


def read_law_name(text: str, position: int, floor: int, head: Head) -> bool:
    """Find the law whose name ends at `position`, not before `floor`, and widen `head` to it.

    Tell whether there is one.

    A name may hold commas, digits and other laws' names: «Luật sửa đổi, bổ sung một số điều của
    15 luật … số 146/2025/QH15».
    """
    floor = max(floor, position - _WINDOW)
    for stop in _LAW_STOP.finditer(text, floor, position):
        floor = stop.end()
    names = [name for name in _LAW.finditer(text, floor, position) if _is_name(text, name)]
    if not names:
        if not _RESOLUTION.search(text, floor, position):
            return False
        _take_resolution(head)
        return True
    amending = (name for name in names if _AMENDING.match(text, name.end(), position))
    name = next(amending, names[-1])
    if _RESOLUTION.search(text, name.end(), position):
        _take_resolution(head)
        return True
    head.start, head.rejected = name.start(), False
    head.codes, head.typed, head.exact = (_LAWS[fold(name.group())],), True, True
    return True


def _take_resolution(head: Head) -> None:
    """Say that it is a resolution of the National Assembly; its name is not part of the span."""
    head.codes, head.typed, head.gap, head.rejected = ("nghi-quyet",), True, REACH, False
    head.start = head.so_start


def _is_name(text: str, name: re.Match[str]) -> bool:
    before = fold(text[max(0, name.start() - 5) : name.start()])
    return name.group()[0].isupper() and before != "phap "
