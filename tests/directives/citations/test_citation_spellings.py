"""Every type with every kind of issuer, written in every way we know of."""

import html
import itertools
import unicodedata

import pytest

from directives.citations import citation_key, find_citations
from directives.citations.document_types import DOCUMENT_TYPES

STATE = ("UBND", "TTg", "HĐND", "BGDĐT", "BLĐTBXH", "SNV", "VPUBND", "UBTVQH14", "TANDTC")
PARTY = ("TW", "TU", "ĐU", "ThU", "BTCTW", "BTGDVTU", "UBKTĐU", "VPTW", "ĐUK")
# They are rejected words («giấy chứng nhận»), or have no number of this form.
LEFT_OUT = ("hop-dong", "giay-chung-nhan", "sao-luc", "sac-lenh", "lenh")
CONTEXTS = (
    "Căn cứ {} số {} về việc triển khai.",
    "(Ban hành kèm theo {} {})",
    "Theo {} số: {}, xã đã họp",
    "- {} số{};",
)


def numbers():
    """Give type words and numbers, each with its code."""
    ordinals = itertools.cycle(["7", "05", "123", "1234", "30a"])
    for document_type in DOCUMENT_TYPES:
        if document_type.code in LEFT_OUT:
            continue
        for symbol, issuer in itertools.product(document_type.state, STATE):
            year = "/2021" if document_type.normative else ""
            number = f"{next(ordinals)}{year}/{symbol}-{issuer}"
            yield document_type.name, number, document_type.code
        for symbol, issuer in itertools.product(document_type.party, PARTY):
            number = f"{next(ordinals)}-{symbol}/{issuer}"
            yield document_type.name, number, document_type.code
    for issuer, unit in itertools.product(STATE[:6], ("VX", "KGVX", "TTCNTT")):
        yield "Công văn", f"{next(ordinals)}/{issuer}-{unit}", "cong-van"


def without_diacritics(text):
    decomposed = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


SPELLINGS = {
    "as it should be": lambda number: number,
    "en dashes": lambda number: number.replace("-", "–"),
    "hard hyphens": lambda number: number.replace("-", "\u2011"),
    "odd slashes": lambda number: number.replace("/", "\u2215"),
    "escaped slashes": lambda number: number.replace("/", "\\/"),
    "spaces around the slash": lambda number: number.replace("/", " / ", 1),
    "a space behind the dash": lambda number: number.replace("-", "- ", 1),
    "lower case": str.lower,
    "eth": lambda number: number.replace("Đ", "Ð"),
    "Cyrillic letters": lambda number: number.translate(str.maketrans("TCBHK", "ТСВНК")),
    "soft hyphens": lambda number: number.replace("/", "\xad/\u200b"),
}
TEXTS = {
    "composed": lambda text: text,
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "capitals": str.upper,
    "hard spaces": lambda text: text.replace(" ", "\xa0"),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("context", CONTEXTS)
def test_finds_numbers_however_they_are_spelt(spelling, context):
    for name, number, code in numbers():
        text = context.format(name, SPELLINGS[spelling](number))

        found = [(citation.key, citation.document_type) for citation in find_citations(text)]

        assert found == [(citation_key(number, code), code)], text


@pytest.mark.parametrize("transform", TEXTS)
def test_finds_numbers_in_whatever_form_the_text_is(transform):
    for name, number, code in numbers():
        text = TEXTS[transform](CONTEXTS[0].format(name, number))

        (citation,) = find_citations(text)

        assert (citation.key, citation.document_type) == (citation_key(number, code), code)
        assert text[citation.num_start : citation.num_end] == citation.number
        assert unicodedata.normalize("NFC", citation.number).upper() == number.upper()


def test_finds_numbers_without_diacritics():
    for name, number, code in numbers():
        if code == "dieu-le":  # «DL» may be anything.
            continue
        text = without_diacritics(CONTEXTS[0].format(name, number))

        (citation,) = find_citations(text)

        assert (citation.key, citation.document_type) == (citation_key(number, code), code)


def test_finds_numbers_split_by_tags_and_entities():
    for name, number, code in numbers():
        for place in range(1, len(number)):
            split = f"{number[:place]}</b><i>{number[place:]}"
            text = f"<p>Theo <b>{name} số&nbsp;{html.escape(split, quote=False)}</i></p>"
            text = text.replace("&lt;", "<").replace("&gt;", ">")

            (citation,) = find_citations(text, html=True)

            assert citation.key == citation_key(number, code)
            assert citation.number == number
            assert text[citation.num_start : citation.num_end] == split
