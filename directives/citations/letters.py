"""Vietnamese letters: folding them, and telling look-alikes apart.

Rules C3 and C4 of docs/citation-grammar.md.
"""

import unicodedata
from functools import lru_cache

_LOOK_ALIKES = str.maketrans("АВЕКМНОРСТХУІЅЈ", "ABEKMHOPCTXYISJ")
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def _folding_table() -> dict[int, str]:
    table = {ord("Đ"): "d", ord("đ"): "d"}
    for start, stop in ((0x41, 0x5B), (0xC0, 0x250), (0x1E00, 0x1F00)):
        for code in range(start, stop):
            base = unicodedata.normalize("NFD", chr(code))[0]
            if base.isascii():
                table.setdefault(code, base.lower())
    return table


_FOLDING = _folding_table()


def fold(text: str) -> str:
    """Lower-case `text` without diacritics; as long as `text`, so that positions stay true."""
    return text.translate(_FOLDING)


def fold_symbol(symbol: str) -> str:
    """Upper-case `symbol` without diacritics: «SGDĐT» gives «SGDDT»."""
    return fold(symbol).upper()


def as_symbol(token: str) -> str:
    """Write one token of a number the way keys do: upper case, Latin letters, no «&»."""
    symbol = token.upper().translate(_LOOK_ALIKES).replace("&", "")
    return unicodedata.normalize("NFC", symbol)


@lru_cache(maxsize=4096)
def spelling(word: str) -> str:
    """Give a form of `word` that is equal for both tone placements: «uỷ» and «ủy».

    Unlike `fold` it tells «mã» from «mà».
    """
    letters = unicodedata.normalize("NFD", word.lower())
    tones = "".join(letter for letter in letters if letter in _TONES)
    if not tones:
        return unicodedata.normalize("NFC", letters)
    bare = "".join(letter for letter in letters if letter not in _TONES)
    return unicodedata.normalize("NFC", bare) + tones


def words(listed: str) -> frozenset[str]:
    """Make a set of the words of `listed`."""
    return frozenset(listed.split())


def spellings(listed: str) -> frozenset[str]:
    """Make a set of the spellings of the words of `listed`, to be asked with `spelling`."""
    return frozenset(map(spelling, listed.split()))
