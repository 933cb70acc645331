"""Tests of indexer.analysis.texts."""

import numpy as np
import pytest

from indexer.analysis import texts
from indexer.analysis.texts import analyse, pack
from indexer.documents.passages import Passage


def passages(*written: str) -> list[Passage]:
    """Returns passages of one edition under one heading."""
    return [
        Passage("d", f"al_{place}", "kk", None, ("Бап",), text)
        for place, text in enumerate(written)
    ]


def test_words_are_counted_in_each_passage_and_the_headings_above_it() -> None:
    """Each once, ascending; a passage of no words holds none."""
    found = analyse([*passages("Заң мен заң", "Тыйым"), Passage("d", "x", "kk", None, (), "—")])
    assert found.words == ("бап", "заң", "мен", "тыйым")
    assert found.offsets.tolist() == [0, 3, 5, 5]
    assert found.held.tolist() == [0, 1, 2, 0, 3]
    assert found.counts.tolist() == [1, 2, 1, 1, 1]
    assert found.forms == {"Заң": 1, "мен": 1, "заң": 1, "Тыйым": 1, "Бап": 1}


def test_letters_that_look_alike_are_one_word() -> None:
    """A Latin letter in a Kazakh word is taken for the Kazakh one, in texts and forms alike."""
    found = analyse(passages("қызметi", "қызметі"))
    assert found.words == ("бап", "қызметі")
    assert found.forms == {"қызметі": 2, "Бап": 1}


def test_sequences_are_counted_by_the_passages_that_hold_them() -> None:
    """Once a passage, however often it repeats them."""
    found = analyse(passages("заң заңы", "заң", "ел"))
    # A word of three letters has six, its ends included: the heading's, and those of «заң».
    assert [(found.frequencies == times).sum() for times in (3, 2)] == [6, 6]
    assert found.frequencies.max() == 3


@pytest.mark.parametrize("together", [1, 2, 3])
def test_how_many_passages_are_counted_together_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, together: int
) -> None:
    """The last part may be shorter."""
    words = np.random.default_rng(0).choice(["заң", "бап", "ел", "мемлекет", "орган"], (7, 5))
    written = passages(*(" ".join(row) for row in words))
    whole = pack(analyse(written))
    monkeypatch.setattr(texts, "_TOGETHER", together)
    assert pack(analyse(written)) == whole


def test_an_edition_of_nothing_is_analysed() -> None:
    """All lists are empty."""
    found = analyse([])
    assert (found.words, found.forms, found.offsets.tolist()) == ((), {}, [0])
    assert len(found.sequences) == len(found.frequencies) == 0
