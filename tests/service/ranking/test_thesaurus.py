"""Synonyms, and the file that lists them."""

import re
import unicodedata
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.languages.kk.letters import CYRILLIC
from indexer.languages.listing import listed
from indexer.vocabulary import words_of
from service.ranking.entries import Equivalent
from service.ranking.thesaurus import Thesaurus, kazakh_entries


@pytest.fixture(scope="module")
def thesaurus() -> Thesaurus:
    """The shipped sets."""
    return Thesaurus(kazakh_entries())


@pytest.fixture(scope="module")
def sets() -> list[list[str]]:
    """The sets of the file."""
    lines = listed(files("indexer.languages.kk") / "words" / "synonyms.txt")
    return [[member.strip() for member in line.split("|")] for line in lines]


def _synonyms(thesaurus: Thesaurus, text: str) -> tuple[int, set[str]]:
    count, found = thesaurus.longest(words_of(text))
    return count, {" ".join(equivalent.words) for equivalent in found}


@pytest.mark.parametrize(
    ("asked", "synonym"),
    [
        ("ақшаны", "қаражат"),
        ("абыройымыз", "бедел"),
        ("көмегін", "жәрдем"),
        ("кінәлілерді", "айыпты"),
        # «Нұсқа» is an entry too.
        ("нұсқау", "өкім"),
        ("нұсқауды", "өкім"),
    ],
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
    assert "трибунал" in _synonyms(thesaurus, "сот")[1]
    count, found = _synonyms(thesaurus, "сот шешімін")
    assert count == 2
    assert "сот қаулысы" in found
    assert "трибунал" not in found


def test_a_phrase_ends_with_its_own_word(thesaurus: Thesaurus) -> None:
    """«Бала туралы» is not «бала туу» with endings."""
    assert _synonyms(thesaurus, "бала туралы")[0] < 2


@pytest.mark.parametrize("words", [[], ["жжжж"], ["не"], ["zzzz", "ақша"]])
def test_what_no_set_lists_has_no_synonyms(thesaurus: Thesaurus, words: list[str]) -> None:
    """Only what the words begin with counts."""
    assert thesaurus.longest(words) == (0, ())


def test_members_find_one_another(thesaurus: Thesaurus, sets: list[list[str]]) -> None:
    """Whoever is listed with another finds it and not itself, but for the shortest."""
    for members in sets:
        for member in members:
            words = words_of(member)
            own = " ".join(words)
            if (len(words) > 1 and len(words[-1]) > 1) or len(words[0]) > 2:
                count, found = _synonyms(thesaurus, member)
                others = {" ".join(words_of(other)) for other in members} - {own}
                assert (count, others - found) == (len(words), set()), member
                assert own not in found, member


def test_words_under_three_letters_are_no_keys(thesaurus: Thesaurus, sets: list[list[str]]) -> None:
    """Too many words begin with them; others find them."""
    short = {member for members in sets for member in members if len(member) < 3}
    assert short
    assert {member: thesaurus.longest(words_of(member)) for member in short} == dict.fromkeys(
        short, (0, ())
    )


@given(st.data())
def test_what_follows_hides_no_entry(
    thesaurus: Thesaurus, sets: list[list[str]], data: st.DataObject
) -> None:
    """At least the words of the entry are taken, whatever comes after them."""
    key = words_of(data.draw(st.sampled_from([members[0] for members in sets])))
    after = data.draw(st.lists(st.text(CYRILLIC, min_size=1, max_size=8), max_size=3))
    if thesaurus.longest(key)[0]:
        count, synonyms = thesaurus.longest([*key, *after])
        assert len(key) <= count <= len(key) + len(after)
        assert synonyms


def test_the_file_is_clean(sets: list[list[str]]) -> None:
    """Composed Kazakh text, two members or more, none empty, no set twice."""
    for members in sets:
        line = " | ".join(members)
        assert unicodedata.is_normalized("NFC", line), line
        assert not re.search("[A-Za-z]", line), line
        assert len({tuple(words_of(member)) for member in members}) == len(members) > 1, line
        assert all(words_of(member) for member in members), line
        assert line == " ".join(line.split())
    distinct = {frozenset(tuple(words_of(member)) for member in members) for members in sets}
    assert len(distinct) == len(sets)


@pytest.mark.parametrize(
    ("asked", "phrase"),
    [
        ("көмек алды", "көмек алу"),
        ("назарға алды", "назарға алу"),
        ("қол қойды", "қол қою"),
    ],
)
def test_a_phrase_is_found_with_a_form_of_a_short_verb(asked: str, phrase: str) -> None:
    """The last word of many phrases is алу, ету, қою or өту."""
    entry = (tuple(words_of(phrase)), Equivalent(("мысал",), "kk"))
    count, found = Thesaurus(kazakh_entries([entry])).longest(words_of(asked))
    assert count == 2
    assert Equivalent(("мысал",), "kk") in found
