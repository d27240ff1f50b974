"""Laws are cited by name and number: «Luật Đất đai số 31/2024/QH15»."""

import re
from dataclasses import replace
from functools import lru_cache

from .cleaning import BREAK
from .lead_in import REACH, Head
from .letters import fold
from .markup import OPAQUE

_WINDOW = 480
_LONGEST_BEFORE = 5  # characters to look at before «luật»: that of «pháp luật» names none
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


def read_law_name(text: str, position: int, floor: int, head: Head) -> Head | None:
    """Find the law whose name ends at `position`, not before `floor`, and widen `head` to it.

    None if there is no such law. A name may hold commas, digits and other laws' names: «Luật sửa
    đổi, bổ sung một số điều của 15 luật … số 146/2025/QH15».
    """
    floor = max(floor, position - _WINDOW)
    for stop in _LAW_STOP.finditer(text, floor, position):
        floor = stop.end()
    before = max(0, floor - _LONGEST_BEFORE)
    name = _find_name(text[before:position], floor - before)
    if name is None:
        return None
    size, code = name
    if not size:  # The name of a resolution is not part of the span.
        return replace(
            head, start=head.so_start, codes=(code,), typed=True, gap=REACH, rejected=False
        )
    return replace(head, start=-size, codes=(code,), typed=True, exact=True, rejected=False)


@lru_cache(maxsize=1024)
def _find_name(window: str, floor: int) -> tuple[int, str] | None:
    """Give the size and type of the law's name at the end of `window`; 0 for a resolution's."""
    names = [name for name in _LAW.finditer(window, floor) if _is_name(window, name)]
    if not names:
        return (0, "nghi-quyet") if _RESOLUTION.search(window, floor) else None
    amending = (name for name in names if _AMENDING.match(window, name.end()))
    name = next(amending, names[-1])
    if _RESOLUTION.search(window, name.end()):
        return 0, "nghi-quyet"
    return len(window) - name.start(), _LAWS[fold(name.group())]


def _is_name(text: str, name: re.Match[str]) -> bool:
    before = fold(text[max(0, name.start() - _LONGEST_BEFORE) : name.start()])
    return name.group()[0].isupper() and before != "phap "
