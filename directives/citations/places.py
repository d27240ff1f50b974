"""The places that names of bodies hold: «Tỉnh ủy Hà Tĩnh» is of the province Hà Tĩnh.

A number says what kind of body issued it, never where: every province has its 123/QĐ-UBND.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from .issuers import ISSUERS, is_issuer, is_of_one_level
from .letters import fold, words
from .numbering import is_type_symbol, parse_number

Level = Literal["country", "province", "city", "district", "commune", "unit"]


@dataclass(frozen=True, slots=True)
class Place:
    """A unit of the land; `name` is folded, "" where a text says no more than «tỉnh».

    The level is "city" where it may be that of a province or a district, and "unit" where the text
    does not say it at all: «UBND Đông Hà».
    """

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
    "t.": "province",
    "h.": "district",
    "q.": "district",
    "tx.": "district",
    "tx": "district",
    "tt.": "commune",
    "đk.": "commune",
    "p.": "commune",
    "x.": "commune",
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


# Named without the unit's word: «Công an Hà Tĩnh». Those before the mergers of 2025 too.
_PROVINCE_NAMES = (
    "An Giang, Bà Rịa, Vũng Tàu, Bạc Liêu, Bắc Giang, Bắc Kạn, Bắc Ninh, Bến Tre,"
    " Bình Dương, Bình Định, Bình Phước, Bình Thuận, Cà Mau, Cao Bằng, Cần Thơ, Đà Nẵng,"
    " Đắk Lắk, Đắk Nông, Điện Biên, Đồng Nai, Đồng Tháp, Gia Lai, Hà Giang, Hà Nam,"
    " Hà Nội, Hà Tây, Hà Tĩnh, Hải Dương, Hải Phòng, Hậu Giang, Hòa Bình, Hưng Yên,"
    " Khánh Hòa, Kiên Giang, Kon Tum, Lai Châu, Lạng Sơn, Lào Cai, Lâm Đồng, Long An,"
    " Nam Định, Nghệ An, Ninh Bình, Ninh Thuận, Phú Thọ, Phú Yên, Quảng Bình, Quảng Nam,"
    " Quảng Ngãi, Quảng Ninh, Quảng Trị, Sóc Trăng, Sơn La, Tây Ninh, Thái Bình,"
    " Thái Nguyên, Thanh Hóa, Thừa Thiên Huế, Tiền Giang, Trà Vinh, Tuyên Quang,"
    " Vĩnh Long, Vĩnh Phúc, Yên Bái"
)
_PROVINCES = frozenset(fold(name) for name in _PROVINCE_NAMES.split(", "))
_PROVINCE = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(_PROVINCES)))})\b")
# Bodies of every unit, whose names say of which right behind: «UBND Đông Hà».
_OF_ANY_UNIT = re.compile(
    r"\b(?:UBND|HĐND|HDND|[ỦUÚ][yỷ] ban [Nn]hân dân|Hội đồng [Nn]hân dân|Đảng ủy|Đảng uỷ|Công an) "
    r"(?=[A-ZĐ][^\W\d_]*[a-zà-ỹ])"
)
_NO_NAMES = words("bo cac cong co chinh khoi quan so nha nhan tong uy ban hoi to va")
_NATIONAL = re.compile(
    r"\b(?:trung uong|tw|chinh phu|thu tuong|quoc hoi|chu tich nuoc|viet nam|toi cao|tong cuc"
    r"|bo chinh tri|ban bi thu|tong lien doan|kiem toan nha nuoc|ngan hang nha nuoc"
    r"|kho bac nha nuoc|(?<!muc tieu )(?<!vuon )(?<!an ninh )quoc gia"
    r"|government|prime minister|ministry|minister|central|national|politburo|state president)\b"
)
_MINISTRY = re.compile(r"\bB(?:ộ|o) (?!Chỉ huy|Chi huy|[Tt]ư lệnh|[Tt]u lenh|đội|doi)(?=[A-ZĐÐ])")
_PROVINCIAL = re.compile(r"(?:so (?!huu)|(?:ban thuong vu )?(?:tinh|thanh) doan\b)")

_ENGLISH_UNITS: dict[str, Level] = {
    "province": "province",
    "provincial": "province",
    "city": "city",
    "municipal": "city",
    "district": "district",
    "ward": "commune",
    "commune": "commune",
    "communal": "commune",
    "township": "commune",
}
_ENGLISH_UNIT = re.compile(rf"\b(?:{'|'.join(_ENGLISH_UNITS)})\b", re.IGNORECASE)
_ENGLISH = re.compile(
    r"\b(?:committee|council|department|board|office|police|people's|party|steering|centre|center"
    r"|government|minister|ministry|inspectorate|court|front|union)\b",
    re.IGNORECASE,
)
_ENGLISH_WORDS = words(
    "the of for committee council department departments board office police people people's s"
    " party steering centre center government inspectorate court front union standing youth"
    " women's military command agency authority division section ward commune city province"
)


def _units(plain: bool) -> re.Pattern[str]:
    units = [fold(word) if plain else word for word in _UNITS]
    units += [word.replace(old, new) for word in units for old, new in _OTHER_TONES.items()]
    longest_first = sorted(set(units), key=len, reverse=True)
    return re.compile(
        rf"\b(?:{'|'.join(map(re.escape, longest_first))})(?:(?<=\.)|(?!\w))(?! hội| hoi)"
    )


_WITH_MARKS, _PLAIN = _units(plain=False), _units(plain=True)
_LEVELS = {fold(word): level for word, level in _UNITS.items()}


@lru_cache(maxsize=4096)
def read_places(text: str) -> tuple[Place, ...]:
    """Name the places in `text`, the smallest first as Vietnamese writes them."""
    text = unicodedata.normalize("NFC", text)
    lower = text.lower()
    if len(lower) != len(text):  # Some letters of other languages grow.
        return ()
    if _ENGLISH.search(text) or _ENGLISH_UNIT.search(text):
        return tuple(_read_english(text))
    places: list[Place] = []
    position = 0
    rest = text
    for match in (_PLAIN if text.isascii() else _WITH_MARKS).finditer(lower):
        if match.start() < position:
            continue
        if text.isascii() and _begins_province(text, match.start()):
            continue
        level = _LEVELS[fold(match.group())]
        if name := _read_name(text, match.end()):
            position = match.end() + len(name)
            places.append(Place(level, fold_name(name)))
            rest = rest[: match.start()] + " " * (position - match.start()) + rest[position:]
        elif _NOTHING_MORE.match(text, match.end()):
            places.append(Place(level, ""))
    if not any(place.name for place in places) and (bare := _read_bare(rest)):
        return (*(place for place in places if place.level != bare.level), bare)
    return tuple(places)


def read_level(issuer: str) -> Level | None:
    """Tell of which level a body is whose name holds no place, if its kind says so."""
    folded = fold(unicodedata.normalize("NFC", issuer))
    if _PROVINCIAL.match(folded):
        return "province"
    if _NATIONAL.search(folded) or _MINISTRY.search(issuer):
        return "country"
    return None


def place_end(text: str, position: int) -> int | None:
    """Give the end of the unit and its name at `position`; of «tỉnh» alone if the text stops there."""
    if text[position : position + 1] not in UNIT_INITIALS:
        return None
    window = text[position : position + 64]
    lower = window.lower()
    if len(lower) != len(window):
        return None
    match = _WITH_MARKS.match(lower) or _PLAIN.match(lower)
    if match is None:
        return None
    if name := _read_name(window, match.end()):
        return position + match.end() + len(name)
    return position + match.end() if _ENDS.match(window, match.end()) else None


UNIT_INITIALS = frozenset(
    letter for word in _UNITS for letter in (word[0], word[0].upper(), fold(word)[0])
)
# What stands behind a unit that is not named: «của Ban Chỉ đạo tỉnh về việc …».
_ENDS = re.compile(
    r"[ \n]*(?:$|[^\w\s]|\x00|(?:về|ve|ban hành|ban hanh|ngày|ngay|năm|nam|đã|da|có|và|va|để|quy)\b)"
)


def _begins_province(text: str, position: int) -> bool:
    """Tell whether a word like a unit's is one of a name: the «Tinh» of «Ha Tinh»."""
    before = re.search(r"([^\W_]+) \Z", text[max(0, position - 12) : position])
    word = re.match(r"[^\W_]+", text[position:])
    if before is None or word is None:
        return False
    return fold(f"{before[1]} {word[0]}") in _PROVINCES


def _read_bare(text: str) -> Place | None:
    """Name a province that stands without its unit's word, or what a council or police is of."""
    for match in _PROVINCE.finditer(fold(text)):
        if all(word[0].isupper() for word in text[match.start() : match.end()].split()):
            return Place("province", fold_name(match.group()))
    if any_unit := _OF_ANY_UNIT.search(text):
        name = _read_name(text, any_unit.end())
        if fold(name.split()[0]) not in _NO_NAMES and f"{fold(name.split()[0])} " not in _FIRSTS:
            return Place("unit", fold_name(name))
    return None


_FIRSTS = frozenset(f"{fold(word).split()[0].rstrip('.')} " for word in _UNITS)


def _read_english(text: str) -> list[Place]:
    places = []
    for match in _ENGLISH_UNIT.finditer(text):
        level = _ENGLISH_UNITS[match.group().lower()]
        name = _name_before(text[: match.start()])
        if not name and text[match.end() : match.end() + 4] == " of ":
            name = _read_name(text, match.end() + 3)
        places.append(Place(level, fold_name(name)))
    if any(place.name for place in places):
        places = [place for place in places if place.name]
    elif bare := _read_bare(text):
        places = [bare]
    return places


def _name_before(text: str) -> str:
    """Give the capitalised words at the end of `text` that are no words of a body."""
    name: list[str] = []
    for word in reversed(re.findall(r"[^\W_]+(?:['’]s)?|[^\w\s]", text[-48:])):
        if not (word[0].isupper() or word.isdigit()) or word.lower() in _ENGLISH_WORDS:
            break
        name.insert(0, word.removesuffix("'s").removesuffix("’s"))
    return " ".join(name)


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


@lru_cache(maxsize=4096)
def tells_level(key: str) -> bool:
    """Tell whether the symbol in a key is that of one kind of body: not «BCĐ» nor «HĐ»."""
    number = None if key.startswith("?") else parse_number(key)
    if number is None:
        return False
    issuers = [token for token in number.tokens if not is_type_symbol(token)]
    return bool(issuers) and is_of_one_level(issuers[0])
