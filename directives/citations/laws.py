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
_LAW_STOP = re.compile(rf".*(?:[{BREAK}{OPAQUE};!?]|\.\s|/QH|/UBTVQH)", re.DOTALL)


def read_law_name(text: str, position: int, floor: int, head: Head) -> Head | None:
    """Find the law whose name ends at `position`, not before `floor`, and widen `head` to it.

    None if there is no such law. A name may hold commas, digits and other laws' names: «Luật sửa
    đổi, bổ sung một số điều của 15 luật … số 146/2025/QH15».
    """
    floor = max(floor, position - _WINDOW)
    if stop := _LAW_STOP.match(text, floor, position):
        floor = stop.end()
    before = max(0, floor - _LONGEST_BEFORE)
    return _widen(head, text[before:position], floor - before)


@lru_cache(maxsize=1024)
def _widen(head: Head, window: str, floor: int) -> Head | None:
    """Widen `head` to the name at the end of `window`, which begins behind `floor`."""
    names = [name for name in _LAW.finditer(window, floor) if _is_name(window, name)]
    if names:
        amending = (name for name in names if _AMENDING.match(window, name.end()))
        name = next(amending, names[-1])
        if not _RESOLUTION.search(window, name.end()):
            start, codes = name.start() - len(window), (_LAWS[fold(name.group())],)
            return replace(head, start=start, codes=codes, typed=True, exact=True, rejected=False)
    elif not _RESOLUTION.search(window, floor):
        return None
    # The name of a resolution of the National Assembly is not part of the span.
    codes = ("nghi-quyet",)
    return replace(head, start=head.so_start, codes=codes, typed=True, gap=REACH, rejected=False)


def _is_name(text: str, name: re.Match[str]) -> bool:
    before = fold(text[max(0, name.start() - _LONGEST_BEFORE) : name.start()])
    return name.group()[0].isupper() and before != "phap "
