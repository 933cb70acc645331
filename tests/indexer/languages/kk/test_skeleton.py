import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.languages.kk.letters import CYRILLIC, letterless
from indexer.languages.kk.skeleton import skeleton, skeletons


@pytest.mark.parametrize(
    "typed",
    ["тәуелсіздік", "тауелсиздик", "täuelsızdık", "tauelsizdik", "tawelsizdik", "táýelsizdik"],
)
def test_all_ways_of_typing_share_one_skeleton(typed: str) -> None:
    """A word has the same skeleton in every alphabet and habit."""
    assert skeleton(typed) == skeleton("тәуелсіздік")


@pytest.mark.parametrize("typed", ["jurgizu", "zhurgizu", "juergizue", "zhürgizw"])
def test_digraphs_are_one_letter(typed: str) -> None:
    """``zh``, ``gh`` and ``ue`` count as the one letter that they stand for."""
    assert skeleton("жүргізу") in skeletons(typed)


@given(st.text(alphabet=CYRILLIC, min_size=1))
def test_missing_letters_never_change_a_skeleton(word: str) -> None:
    """A Russian keyboard changes no skeleton."""
    assert skeleton(letterless(word)) == skeleton(word)
