"""Find the name and key of a boundary among the properties that programs give it."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from headless.content.search import fold
from headless.content.texts.text_normalisation import empty_if_invisible, normalise_text

MAX_NAME, MAX_KEY = 100, 60
# Folded names of properties, without spaces and punctuation; the first that has a value counts.
NAME_PROPERTIES = [
    "name",
    "namevi",
    "ten",
    # Vietnamese registers: the unit, then by level.
    *("tendvhc", "tendonvi", "tenkhupho", "tenthon", "tenap", "tento"),
    *("tenphuong", "phuong", "tenxa", "phuongxa", "xa", "tenhuyen", "huyen", "tentinh", "tinh"),
    # GADM, geoBoundaries and the United Nations (COD), the lowest level first.
    *("name4", "name3", "name2", "name1", "varname4", "varname3", "varname2", "varname1"),
    *("shapename", "adm4vi", "adm3vi", "adm2vi", "adm1vi", "adm3en", "adm2en", "adm1en"),
    *("label", "title", "officialname"),
]
KEY_PROPERTIES = ["key"]
# Identifiers of GADM, for names that occur twice.
GADM_KEYS = ["gid4", "gid3", "gid2", "gid1"]
# How GADM writes that there is no value.
NO_VALUE = {"NA", "n/a"}
# What stands for bytes that could not be decoded.
LOST = "\ufffd"


def name_and_key(properties: Mapping[str, object], number: int) -> tuple[str, str, str]:
    """
    Return the name of boundary `number`, its key, and another key in case that one occurs twice.

    Properties may be written in any case, as in KML (“Name”), GADM (“NAME_3”) or Vietnamese
    registers. Raises `ValidationError` for a boundary without a name and for a name that was decoded
    wrongly.
    """
    folded: dict[str, object] = {}
    for label, value in properties.items():
        folded.setdefault(_folded(label), value)
        # “name” and “Name”, one of them empty.
        if not _one_line(folded[_folded(label)], number):
            folded[_folded(label)] = value
    name, key, other = (
        next(filter(None, (_one_line(folded.get(each), number) for each in names)), "")
        for names in (NAME_PROPERTIES, KEY_PROPERTIES, GADM_KEYS)
    )
    name = (name or key)[:MAX_NAME].strip()
    key = (key or name)[:MAX_KEY].strip()
    if not key:
        raise ValidationError(
            _(
                "Boundary %(number)d has no name. It needs a property “name”; "
                "it has: %(properties)s."
            )
            % {"number": number, "properties": ", ".join(map(str, properties))[:300] or "–"}
        )
    return name, key, other[:MAX_KEY]


def _folded(label: object) -> str:
    return "".join(letter for letter in fold(str(label)) if letter.isalnum())


def _one_line(value: object, number: int) -> str:
    """
    Return a name or key with whitespace collapsed; "" for values other than strings and numbers.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = " ".join(str(value).split())
    if text in NO_VALUE:
        return ""
    place = {"number": number, "name": text[:MAX_NAME]}
    if LOST in text or _is_misread(text):
        raise ValidationError(
            _(
                "The name of boundary %(number)d (%(name)s) has letters that were read wrongly: the "
                "file is not in UTF-8, but perhaps in windows-1258. Save it again in the encoding "
                "UTF-8, then load it again."
            )
            % place
        )
    if not text.isprintable():
        raise ValidationError(
            _("The name or key of boundary %(number)d has characters that cannot be shown.") % place
        )
    return empty_if_invisible(normalise_text(text))


def _is_misread(text: str) -> bool:
    """Return whether a text is UTF-8 that was read as windows-1252: «PhÆ°á»ng» for «Phường»."""
    if text.isascii():
        return False
    try:
        # As programs do, take what windows-1252 has no letter for as Latin-1.
        content = b"".join(
            letter.encode("latin-1" if 0x80 <= ord(letter) < 0xA0 else "cp1252") for letter in text
        )
        content.decode()
    except UnicodeError:
        return False
    return True
