"""Synonyms, and the file that lists them."""

import re
import unicodedata
from importlib.resources import files

import pytest

from indexer.vocabulary import words_of
from service.ranking.dictionary import Dictionary
from service.ranking.thesaurus import Thesaurus


@pytest.fixture(scope="module")
def thesaurus() -> Thesaurus:
    """The shipped sets."""
    return Thesaurus()


@pytest.fixture(scope="module")
def sets() -> list[list[str]]:
    """The sets of the file."""
    text = (files("service.ranking") / "data" / "thesaurus.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return [[member.strip() for member in line.split("|")] for line in lines]


def _synonyms(thesaurus: Thesaurus, text: str) -> tuple[int, set[str]]:
    count, found = thesaurus.longest(words_of(text))
    return count, {" ".join(key) for key in found}


@pytest.mark.parametrize(
    ("asked", "synonym"), [("ақшаны", "қаражат"), ("абыройымыз", "бедел"), ("көмегін", "жәрдем")]
)
def test_a_word_is_found_whatever_its_endings(
    thesaurus: Thesaurus, asked: str, synonym: str
) -> None:
    """An inflected word has the synonyms of its dictionary form."""
    count, found = _synonyms(thesaurus, asked)
    assert count == 1
    assert synonym in found


def test_the_longest_phrase_wins(thesaurus: Thesaurus) -> None:
    """A phrase is one entry, with endings on its last word, and its first word is not."""
    count, found = _synonyms(thesaurus, "қол ұшын береді ме")
    assert count == 3
    assert "көмектесу" in found


def test_a_phrase_ends_with_its_own_word(thesaurus: Thesaurus) -> None:
    """«Бала туралы» is not «бала туу» with endings."""
    assert _synonyms(thesaurus, "бала туралы")[0] < 2


@pytest.mark.parametrize("words", [[], ["жжжж"], ["не"], ["zzzz", "ақша"]])
def test_what_no_set_lists_has_no_synonyms(thesaurus: Thesaurus, words: list[str]) -> None:
    """Only what the words begin with counts."""
    assert thesaurus.longest(words) == (0, ())


def test_members_find_one_another(thesaurus: Thesaurus, sets: list[list[str]]) -> None:
    """Whoever is listed with another finds it, words of fewer than three letters aside."""
    for members in sets[::7]:
        for member in members:
            words = words_of(member)
            if len(words) > 1 or len(words[0]) > 3:
                count, found = _synonyms(thesaurus, member)
                others = {" ".join(words_of(other)) for other in members} - {" ".join(words)}
                assert (count, others - found) == (len(words), set()), member


def test_a_kazakh_question_has_synonyms_in_its_units(sets: list[list[str]]) -> None:
    """The dictionary yields them; a name has none."""
    units = list(Dictionary().units(words_of("ақшаны Ресейге"), "kk"))
    assert ("қаражат",) in units[0].equivalents
    [name] = Dictionary().units(words_of("БҰҰ"), "kk")
    assert name.is_name
    assert all(len(full) > 1 or full[0].isalpha() for full in name.equivalents)


def test_the_file_is_clean(sets: list[list[str]]) -> None:
    """Composed Kazakh text, two members or more, none empty, no set twice."""
    for members in sets:
        line = " | ".join(members)
        assert unicodedata.is_normalized("NFC", line), line
        assert not re.search("[A-Za-z]", line), line
        assert len(set(members)) == len(members) > 1, line
        assert all(words_of(member) for member in members), line
    assert len({frozenset(members) for members in sets}) == len(sets)
