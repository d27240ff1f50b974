"""The places that names of bodies hold: «Tỉnh ủy Hà Tĩnh» is of the province Hà Tĩnh.

A number says what kind of body issued it, never where: every province has its 123/QĐ-UBND.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from .issuers import ISSUERS, is_issuer
from .letters import fold
from .numbering import is_type_symbol, parse_number

Level = Literal["province", "city", "district", "commune"]


@dataclass(frozen=True, slots=True)
class Place:
    """A unit of the land; `name` is folded, "" where a text says no more than «tỉnh»."""

    level: Level
    name: str


_UNITS: dict[str, Level] = {
    "tỉnh ủy": "province",
    "thành ủy": "city",
    "huyện ủy": "district",
    "quận ủy": "district",
    "thị ủy": "district",
    "tỉnh": "province",
    "thành phố": "city",
    "tp.": "city",
    "tp": "city",
    "huyện": "district",
    "quận": "district",
    "thị xã": "district",
    "thị trấn": "commune",
    "đặc khu": "commune",
    "phường": "commune",
    "xã": "commune",
}
_OTHER_TONES = {"ủy": "uỷ"}
_NAME = re.compile(
    r"\s*((?:[^\W\d_]+|[0-9]{1,2}\b)(?:(?: | ?- ?)(?:(?=[^\W\d_])[^\W_]+|[0-9]{1,2}\b)){0,5})"
)
_NOTHING_MORE = re.compile(r"\s*(?:$|[,;()])")
_SHORT_NAMES = {"hcm": "hochiminh"}

_CENTRAL = frozenset(each.abbreviation.upper() for each in ISSUERS if each.level == "central")
_CENTRAL_PATTERN = re.compile(r"(?:QH|UBTVQH)[0-9]{1,2}|[A-ZĐ]{2,8}TW")


def _units(plain: bool) -> re.Pattern[str]:
    words = [fold(word) if plain else word for word in _UNITS]
    words += [word.replace(old, new) for word in words for old, new in _OTHER_TONES.items()]
    longest_first = sorted(set(words), key=len, reverse=True)
    return re.compile(
        rf"\b(?:{'|'.join(map(re.escape, longest_first))})(?:(?<=\.)|(?!\w))(?! hội| hoi)"
    )


_WITH_MARKS, _PLAIN = _units(plain=False), _units(plain=True)
_LEVELS = {fold(word): level for word, level in _UNITS.items()}


@lru_cache(maxsize=4096)
def read_places(text: str) -> tuple[Place, ...]:
    """Name the places in `text`, the smallest first as Vietnamese writes them."""
    text = unicodedata.normalize("NFC", text)
    places: list[Place] = []
    position = 0
    lower = text.lower()
    if len(lower) != len(text):  # Some letters of other languages grow.
        return ()
    for match in (_PLAIN if text.isascii() else _WITH_MARKS).finditer(lower):
        if match.start() < position:
            continue
        level = _LEVELS[fold(match.group())]
        if name := _read_name(text, match.end()):
            position = match.end() + len(name)
            places.append(Place(level, fold_name(name)))
        elif _NOTHING_MORE.match(text, match.end()):
            places.append(Place(level, ""))
    return tuple(places)


def _read_name(text: str, position: int) -> str:
    """Give the capitalised words and numerals at `position`, as they stand there."""
    match = _NAME.match(text, position)
    if match is None:
        return ""
    end = position
    for word in re.finditer(r"[^\W_]+", match.group()):
        if word.group()[0].islower():
            break
        end = position + word.end()
    return text[position:end]


def fold_name(name: str) -> str:
    """Give the name of a place without marks, spaces and dashes: «Hà Tĩnh» gives «hatinh»."""
    folded = re.sub(r"[\W_]+", "", fold(unicodedata.normalize("NFC", name)))
    return _SHORT_NAMES.get(folded, folded)


@lru_cache(maxsize=4096)
def is_central(key: str) -> bool:
    """Tell whether the symbol in a key is that of a body of the whole country."""
    number = None if key.startswith("?") else parse_number(key)
    if number is None:
        return False
    issuers = [token for token in number.tokens if is_issuer(token) and not is_type_symbol(token)]
    if not issuers:
        return False
    return issuers[0] in _CENTRAL or _CENTRAL_PATTERN.fullmatch(issuers[0]) is not None
