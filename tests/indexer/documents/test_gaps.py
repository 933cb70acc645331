"""Tests of gaps in numbering."""

import pytest

from indexer.documents.gaps import Gap, find_gaps
from indexer.documents.outline import outline_of


@pytest.mark.parametrize(
    ("eids", "gaps"),
    [
        (("art_1", "art_2", "art_5"), [("art_2", "art_5")]),
        (("art_2", "art_3"), [("", "art_2")]),
        (("art_1__para_1__point_1", "art_1__para_1__point_3"),
         [("art_1__para_1__point_1", "art_1__para_1__point_3")]),
        (("chp_1__sec_1__para_1-1", "chp_1__sec_1__para_1-4"),
         [("chp_1__sec_1__para_1-1", "chp_1__sec_1__para_1-4")]),
    ],
    ids=["articles", "beginning", "points", "compound"],
)  # fmt: skip
def test_a_jump_is_found(eids: tuple[str, ...], gaps: list[tuple[str, str]]) -> None:
    """What stands before and after the missing numbers is named."""
    assert find_gaps(outline_of(eids)) == tuple(Gap(*gap) for gap in gaps)


@pytest.mark.parametrize(
    "eids",
    [
        ("art_1", "art_2", "art_2-1", "art_2-2", "art_3"),
        ("art_1", "art_2", "art_2-3", "art_3", "art_2-2", "art_2-1"),
        ("chp_1__para_1", "chp_1__para_2", "chp_2__para_3", "chp_2__para_4"),
        ("art_1__para_1__point_a", "art_1__para_1__point_d"),
        ("art_1__para_2__point_1", "art_1__para_1"),
        ("al_1", "al_9"),
        (),
    ],
    ids=["inserted", "any-order", "through-chapters", "letters", "holder", "unnumbered", "empty"],
)
def test_what_is_no_gap(eids: tuple[str, ...]) -> None:
    """Inserted numbers, counting through chapters, letters and unnumbered paragraphs are none."""
    assert find_gaps(outline_of(eids)) == ()
