"""Rules K1 to K9 of docs/citation-grammar.md."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.citations import citation_key, loose_key
from directives.citations.document_types import DOCUMENT_TYPES
from directives.citations.issuers import ISSUERS


@pytest.mark.parametrize(
    ("number", "key"),
    [
        ("21-KL/TW", "21-KL/TW"),
        ("6-Ctr/TU", "6-CTR/TU"),
        ("30/2020/NĐ-CP", "30/2020/NĐ-CP"),
        ("749/QĐ-TTg", "749/QĐ-TTG"),
        ("2180/SGD&ĐT-KTKĐCLGD", "2180/SGDĐT-KTKĐCLGD"),
        ("05-CP", "5/CP"),
        ("115-TTg", "115/TTG"),
        ("45/2019/QH14", "45/2019/QH14"),
        ("91/2026/VBHN-NĐ-BXD", "91/2026/VBHN-NĐ-BXD"),
        ("148 /QĐ-MĐC", "148/QĐ-MĐC"),  # K1
        ("1721 / QĐ - UBND", "1721/QĐ-UBND"),
        ("1836 QĐ/TWĐTN", "1836-QĐ/TWĐTN"),
        ("0012-KH/ĐU", "12-KH/ĐU"),  # K2
        ("66.25/2026/NQ-CP", "66.25/2026/NQ-CP"),
        ("30a/2008/NQ-CP", "30A/2008/NQ-CP"),
        ("19-2016/NQ-CP", "19/2016/NQ-CP"),  # K3
        ("131/2013/NĐCP", "131/2013/NĐ-CP"),  # K4
        ("12/QDTTg", "12/QĐ-TTG"),
        ("12/QĐUBND", "12/QĐ-UBND"),
        ("12/2021/NQHĐND", "12/2021/NQ-HĐND"),
        ("12/2020/ND-CP", "12/2020/NĐ-CP"),  # K5
        ("541/CD-TTg", "541/CĐ-TTG"),
        ("12/UBND-CD", "12/UBND-CD"),
        ("12/NQ-HDND", "12/NQ-HĐND"),
        ("12/2021/TT-BGDDT", "12/2021/TT-BGDĐT"),
        ("05-NQ/DU", "5-NQ/ĐU"),
        ("31-QĐ/TƯ", "31-QĐ/TW"),
        ("38-HD/BTCTW", "38-HD/BTCTW"),
        ("02-DA/TU", "2-DA/TU"),
        ("72-NQ-TW", "72-NQ/TW"),  # K6
        ("17-NQ/CP", "17/NQ-CP"),
        ("3818/GD-ĐT", "3818/GD-ĐT"),
        ("15-CV/TĐTN-PT", "15-CV/TĐTN-PT"),
        ("51/2025/TT-BTС", "51/2025/TT-BTC"),  # A Cyrillic С
        ("66/2023/tt-bca", "66/2023/TT-BCA"),
        ("131 / 2013 / NÐ–CP", "131/2013/NĐ-CP"),
        ("Kết luận số 21-KL/TW", "21-KL/TW"),
        ("21KL/TW", "21-KL/TW"),
        ("21-kl/tw", "21-KL/TW"),
    ],
)
def test_numbers_written_in_many_ways_have_one_key(number, key):
    assert citation_key(number) == key


def test_a_project_is_a_scheme_only_under_that_word():
    assert citation_key("02-DA/TU", "de-an") == "2-ĐA/TU"
    assert citation_key("02-DA/TU", "du-an") == "2-DA/TU"


@pytest.mark.parametrize(
    ("number", "document_type", "key"),
    [
        ("21", "ket-luan", "?KL:21"),
        ("100/2019", "nghi-dinh", "?NĐ:100/2019"),
        ("144", "quy-dinh", "?QĐ:144"),
        ("30a", "nghi-quyet", "?NQ:30A"),
        ("1234", "cong-van", "?CV:1234"),
    ],
)
def test_a_number_without_symbol_has_a_partial_key(number, document_type, key):
    assert citation_key(number, document_type) == key


def test_a_text_without_number_is_its_own_key():
    assert citation_key("Hiến  pháp") == "HIẾN PHÁP"
    assert citation_key("") == ""


def test_a_loose_key_forgives_diacritics_and_separators():
    assert loose_key("30/2020/NĐ-CP") == loose_key("30-2020 nd cp") == "302020NDCP"
    assert loose_key("08-QĐi/TW") == loose_key("08-QyĐ/TW") == loose_key("8QD/TW") == "8QDTW"
    assert loose_key("21KL/TW") == loose_key("21-kl/tw") == "21KLTW"


@given(st.text(alphabet="0123456789/-. aAĐđQNTCPUBGTgKLWƯ&\u200b\u0301–", max_size=30))
def test_the_key_of_a_key_is_the_same(number):
    key = citation_key(number)

    assert citation_key(key) == key


@given(st.text(max_size=60))
def test_any_text_has_a_key(number):
    assert isinstance(citation_key(number), str)
    assert isinstance(loose_key(number), str)


def test_codes_are_stable_names_of_one_thing():
    types = [document_type.code for document_type in DOCUMENT_TYPES]
    issuers = [issuer.code for issuer in ISSUERS]

    assert len(set(types)) == len(types)
    assert len(set(issuers)) == len(issuers)
    assert all(code.isascii() and code.replace("-", "").isalnum() for code in types + issuers)
