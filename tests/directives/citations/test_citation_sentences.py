"""The development set: sentences of our own and what is to be found in each."""

import tomllib
from pathlib import Path

import pytest

from directives.citations import find_citations

SENTENCES = tomllib.loads(Path(__file__).with_name("sentences.toml").read_text("utf-8"))[
    "sentences"
]


def as_row(text, citation):
    row = [
        text[citation.start : citation.end],
        citation.key,
        citation.document_type or "",
        citation.date.isoformat() if citation.date else "",
        citation.form,
    ]
    while row[-1] in ("", "full"):
        row.pop()
    return row


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda sentence: sentence["text"][:60])
def test_finds_what_a_reader_would(sentence):
    found = find_citations(sentence["text"], html=sentence.get("html", False))

    assert [as_row(sentence["text"], citation) for citation in found] == sentence["found"]


def test_the_set_is_large_and_half_of_it_is_hard():
    empty = [sentence for sentence in SENTENCES if not sentence["found"]]

    assert len(SENTENCES) >= 150
    assert len(empty) >= 100


def test_no_two_citations_overlap_and_all_keep_their_order():
    for sentence in SENTENCES:
        found = find_citations(sentence["text"], html=sentence.get("html", False))
        ends = [0, *(citation.end for citation in found)]

        assert all(c.start >= end for c, end in zip(found, ends, strict=False))
        assert all(c.start <= c.num_start < c.num_end == c.end for c in found)
