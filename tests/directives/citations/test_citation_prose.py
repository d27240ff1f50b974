"""How much of annotated prose is read; `make score` prints the figures."""

import pytest

from tests.directives.citations.score import PARTS, read_passages, score

LEAST = {
    "full citations": 0.99,
    "short citations": 0.85,
    "English dates": 0.95,
    "Vietnamese dates": 0.99,
    "text to link": 0.95,
}


@pytest.mark.parametrize("part", PARTS)
def test_finds_nearly_all_citations_of_real_looking_prose(part):
    asked, right, differences = score(read_passages(part))

    shares = {name: right[name] / asked[name] for name in LEAST}
    assert all(shares[name] >= least for name, least in LEAST.items()), (shares, differences)


@pytest.mark.parametrize("part", PARTS)
def test_finds_nothing_in_prose_without_citations(part):
    _, right, differences = score(read_passages(part))

    assert not right["false hits in passages without citations"], differences
    assert not right["false hits elsewhere"], differences


def test_the_prose_is_large():
    assert sum(len(read_passages(part)) for part in PARTS) >= 250
