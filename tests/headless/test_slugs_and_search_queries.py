"""Slugs, folded texts and cleaned queries."""

import pytest

from headless.content.search import MAX_QUERY_LENGTH, MAX_QUERY_WORDS, clean_query, fold
from headless.content.texts.slugs import readable_slug


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Đường bộ", "duong-bo"),
        ("Đường 30/4", "duong-30-4"),
        ("Ủy ban nhân dân", "uy-ban-nhan-dan"),
        ("Nghị định 15/2020/NĐ-CP", "nghi-dinh-15-2020-nd-cp"),
        ("Clean water, every day!", "clean-water-every-day"),
        ("   ", ""),
        ("日本", ""),
    ],
)
def test_a_slug_reads_like_its_text(text, slug):
    assert readable_slug(text) == slug


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đường bộ", "duong bo"),
        ("BẢO HIỂM Y TẾ", "bao hiem y te"),
        ("bảo hiểm", "bao hiem"),  # composed of letters and marks
        ("ưỡợữẫặ", "uoouaa"),
        ("plain", "plain"),
    ],
)
def test_folding_leaves_small_letters_without_marks(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('bảo "hiểm', "bảo hiểm"),
        ("21-KL/TW", "21 KL TW"),
        ("a\0b", "a b"),
        ("AND OR NOT * ^ ( ) :", "AND OR NOT"),
        ("\"'\\;--", ""),
        ("", ""),
        ("a_b", "a b"),
    ],
)
def test_a_query_is_its_words_alone(text, words):
    assert clean_query(text) == words


def test_a_query_of_any_length_is_cut():
    assert len(clean_query("x" * 10_000)) == MAX_QUERY_LENGTH
    assert len(clean_query("a " * 10_000).split()) == MAX_QUERY_WORDS
