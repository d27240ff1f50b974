"""Mentions of one document in a text are put together, and places are read."""

import pytest

from directives.citations import References, find_citations, is_central, read_places, search_terms


def cited(text):
    return [
        (each.key, str(each.date or each.year or ""), each.issuer, each.count)
        for each in References(find_citations(text))
    ]


def test_later_mentions_say_no_more_than_the_full_one():
    text = (
        "Kết luận số 21-KL/TW, ngày 25/10/2021 của Ban Chấp hành Trung ương. "
        "Theo Kết luận 21-KL/TW thì Kết luận 21 nêu rõ."
    )

    assert cited(text) == [("21-KL/TW", "2021-10-25", "Ban Chấp hành Trung ương", 3)]


def test_a_mention_before_the_full_one_is_put_with_it():
    text = "Theo Kết luận 21-KL/TW. Kết luận số 21-KL/TW, ngày 25/10/2021."

    assert cited(text) == [("21-KL/TW", "2021-10-25", "", 2)]


def test_the_same_number_of_two_provinces_is_two_documents():
    text = (
        "Quyết định số 9/QĐ-UBND của UBND tỉnh Hà Tĩnh; Quyết định số 9/QĐ-UBND của UBND tỉnh "
        "Nghệ An; Quyết định số 9/QĐ-UBND."
    )

    assert [(issuer, count) for _, _, issuer, count in cited(text)] == [
        ("UBND tỉnh Hà Tĩnh", 1),
        ("UBND tỉnh Nghệ An", 1),
        ("", 1),
    ]


def test_a_short_form_without_a_full_one_stays_short():
    assert cited("Theo Nghị định 100/2019 thì phạt.") == [("?NĐ:100/2019", "2019", "", 1)]


def test_the_issuers_wording_does_not_change_the_identity():
    texts = ("Tỉnh ủy Hà Tĩnh", "Ban Thường vụ Tỉnh uỷ Hà Tĩnh")
    found = [References(find_citations(f"Kế hoạch số 65-KH/TU của {name}.")) for name in texts]
    [first], [second] = found

    assert first.identity == second.identity


def test_each_mention_finds_its_reference():
    mentions = find_citations("Kết luận số 21-KL/TW, ngày 25/10/2021; Kết luận 21-KL/TW.")
    references = References(mentions)

    assert {references.of(each).key for each in mentions} == {"21-KL/TW"}
    [stranger] = find_citations("Kết luận số 22-KL/TW.")
    assert references.of(stranger) is None


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Tỉnh ủy Hà Tĩnh", [("province", "hatinh")]),
        ("Ban Thường vụ Tỉnh uỷ Hà Tĩnh khóa XX", [("province", "hatinh")]),
        ("UBND tỉnh", [("province", "")]),
        ("UBND TP.HCM", [("city", "hochiminh")]),
        ("UBND tinh Ha Tinh", [("province", "hatinh")]),
        ("Đảng ủy xã Cam Lộ tỉnh Quảng Trị", [("commune", "camlo"), ("province", "quangtri")]),
        ("UBND Quận 1", [("district", "1")]),
        ("tỉnh Bà Rịa - Vũng Tàu", [("province", "bariavungtau")]),
        ("Công an Hà Tĩnh", [("province", "hatinh")]),
        ("Thạch Hà's district People's Committee", [("district", "thachha")]),
        ("Thạch Hà’s district People’s Committee", [("district", "thachha")]),
        ("Bộ Lao động - Thương binh và Xã hội", []),
        ("Tổng cục Hải quan", []),
        ("Ban Chấp hành Trung ương Đảng khóa XIII", []),
        ("", []),
        ("ß İ ﬃ", []),
    ],
)
def test_places_of_issuers(text, places):
    assert [(place.level, place.name) for place in read_places(text)] == places


@pytest.mark.parametrize(
    ("key", "central"),
    [
        ("21-KL/TW", True),
        ("749/QĐ-TTG", True),
        ("45/2019/QH14", True),
        ("67/VBHN-VPQH", True),
        ("65-KH/TU", False),
        ("123/QĐ-UBND", False),
        ("5-NQ/ĐU", False),
        ("?KL:21", False),
    ],
)
def test_some_symbols_are_of_the_whole_country(key, central):
    assert is_central(key) is central


def test_search_terms_are_what_any_way_of_typing_is_made_of():
    assert {"21", "kl", "tw", "21kl", "kltw", "21kltw"} == set(search_terms("21-KL/TW"))
    assert {"05nqdu", "5nqdu", "5", "05", "nqdu"} < set(search_terms("05-NQ/ĐU"))
    assert "302020" in search_terms("30/2020/NĐ-CP")
    assert search_terms("không số") == []
