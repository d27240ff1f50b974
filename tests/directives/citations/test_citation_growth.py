"""Whatever text comes in: no failure, true positions, and time that grows with its length."""

import html
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directives.citations import find_citations

pytestmark = pytest.mark.slow

PIECES = [
    *("Nghị quyết", "Quyết định", "Luật", "luật sửa đổi", "QĐ", "VB", "số", "số:", "các", "của"),
    *(
        "12",
        "05",
        "30a",
        "2021",
        "1.234",
        "66.25",
        "/",
        "-",
        " / ",
        "–",
        " ",
        "\n",
        "\n\n",
        ",",
        "và",
    ),
    *("QĐ-TTg", "KL/TW", "NĐ-CP", "NĐCP", "UBND-VX", "QH15", "KH", "TU", "TTLT-BTC-BTP", "tt-bca"),
    *(
        "ngày 25/10/2021",
        "năm 2021",
        "ngày",
        "hợp đồng",
        "giấy phép",
        "(",
        ")",
        "«",
        ".pdf",
        "@",
        "&",
    ),
    *(
        "\u0301",
        "\u0323\u0302",
        "e\u0301",
        "\u200b",
        "\xad",
        "\xa0",
        "\\/",
        "\\",
        "…",
        "\x00",
        "\ufffc",
    ),
]
TAGS = [
    *("<p>", "</p>", "<br>", "<b>", "</b>", '<a href="x">', "</a>", "<code>", "</code>", "<!--"),
    *(
        "-->",
        "<a ",
        "<",
        ">",
        "</",
        "&nbsp;",
        "&#47;",
        "&amp;",
        "&",
        "&#;",
        '="',
        "='",
        "<img alt='",
    ),
]
texts = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
markup = st.lists(st.sampled_from(PIECES + TAGS), max_size=40).map("".join)

HOSTILE = [
    *PIECES,
    *TAGS,
    *(
        "1",
        "1 ",
        "1-a",
        "a1",
        "1.",
        "1/2020/",
        "1/2020/QH15 ",
        "Luật A 1/2020/QH15, ",
        "1 QĐ",
        "1-A",
    ),
    *("số 1, ", "Nghị quyết số 1, ", "12/QĐ-UBND, ", "12/QĐ-UBND ngày ", "21-KL/TW của Bộ và "),
    *(
        "Luật sửa đổi ",
        "A-",
        "A&",
        "1-A&A",
        "ngày 1/1/",
        "1 và ",
        "<a>x</a>",
        "<a='",
        "\u0301\u0323",
    ),
    *("1 / ", "\n ", "      ", "12/QĐ", "1.pdf", "1@", "<a =\"'", "<!-", "của Bộ ", "1,", "'", '"'),
]


def check(text, found):
    end = 0
    for citation in found:
        assert end <= citation.start <= citation.num_start < citation.num_end == citation.end
        assert citation.end <= len(text)
        assert citation.key
        end = citation.end


@settings(max_examples=400, deadline=None)
@given(texts)
def test_positions_are_true_in_any_text(text):
    found = find_citations(text)

    check(text, found)
    assert all(text[c.num_start : c.num_end] == c.number for c in found)


@settings(max_examples=400, deadline=None)
@given(markup)
def test_positions_are_true_in_any_markup(text):
    check(text, find_citations(text, html=True))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_no_text_is_too_strange(text):
    check(text, find_citations(text))
    check(text, find_citations(text, html=True))


@settings(max_examples=200, deadline=None)
@given(texts.filter(lambda text: "\n" not in text and "\ufffc" not in text))
def test_markup_that_only_escapes_changes_nothing(text):
    plain = find_citations(text)
    escaped = find_citations(html.escape(text), html=True)

    assert [(c.key, c.form, c.date, c.issuer) for c in plain] == [
        (c.key, c.form, c.date, c.issuer) for c in escaped
    ]


@pytest.mark.parametrize("as_html", [False, True], ids=["text", "html"])
@pytest.mark.parametrize("piece", HOSTILE, ids=ascii)
def test_time_grows_with_length(piece, as_html):
    """Four times the text may take ten times as long, on a busy machine; sixteen is quadratic."""

    def seconds(length):
        text = (piece * (length // len(piece) + 1))[:length]
        best = 60.0
        for _ in range(2):
            start = time.process_time()
            find_citations(text, html=as_html)
            best = min(best, time.process_time() - start)
        return best

    assert seconds(24_000) < max(10 * seconds(6_000), 0.1)


def test_a_hundred_thousand_digits_or_dots_or_brackets_do_no_harm():
    for piece in ("1", ".", "(", "-", "/", " ", "Đ", "\u0301", "<", "&", "\n", "số "):
        assert find_citations(piece * 100_000) == []
