import random
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.kazakh.alphabets import CYRILLIC
from indexer.passages import Passage
from indexer.vocabulary import passage_words, words_of
from service.ranking import words as module
from service.ranking.content import question_words
from service.ranking.dictionary import Unit
from service.ranking.words import WordMatcher, closeness

Make = Callable[..., Passage]

WORDS = st.one_of(
    st.sampled_from(["мемлекет", "мемлекеттің", "тармақ", "дамыту", "ел", "туралы", "climate"]),
    st.text(CYRILLIC + "abcxyz0123456789", min_size=1, max_size=12),
)
TEXTS = st.lists(
    st.one_of(st.lists(WORDS, max_size=5).map(" ".join), st.text(max_size=60)),
    min_size=1,
    max_size=6,
)
EQUIVALENTS = st.lists(st.lists(WORDS, min_size=1, max_size=3).map(tuple), max_size=4).map(tuple)
UNITS = st.builds(Unit, st.lists(WORDS, min_size=1, max_size=3).map(tuple), EQUIVALENTS)

# Rounding of 32-bit floats.
ROUNDING = 1e-5


@given(TEXTS, st.lists(UNITS, min_size=1, max_size=4))
def test_scores_lie_between_0_and_1(passage: Make, texts: list[str], units: list[Unit]) -> None:
    """Whatever the passages and the question, scores are fractions."""
    found = WordMatcher([passage(text) for text in texts]).scores(units)
    scores, known = found.words, found.known
    assert scores.shape == (len(texts),)
    assert scores.min() >= 0
    assert scores.max() <= 1 + ROUNDING
    assert 0 <= known <= 1 + ROUNDING


def test_a_passage_that_holds_the_word_matches_fully(
    concept_passages: tuple[Passage, ...],
) -> None:
    """Each word of the concept that is about something has 1 in each passage that holds it."""
    matcher = WordMatcher(concept_passages)
    held: dict[str, list[int]] = {}
    for row, item in enumerate(concept_passages):
        for word in passage_words(item):
            if len(word) > 1 and word not in question_words():
                held.setdefault(word, []).append(row)
    for word in sorted(held)[::7]:
        match = matcher.match(Unit((word,)))
        assert np.flatnonzero(match == 1).tolist() == held[word], word


def test_headings_count_as_text(passage: Make) -> None:
    """A word of the heading above a passage is a word of the passage."""
    matcher = WordMatcher([passage("Бірінші сөйлем.", "Климат"), passage("Екінші сөйлем.")])
    match = matcher.match(Unit(("климат",)))
    assert match[0] == 1
    assert match[1] < 1


def test_words_without_a_common_letter_do_not_match(passage: Make) -> None:
    """Likeness is 0 where nothing is alike."""
    assert WordMatcher([passage("дипломатия")]).match(Unit(("құқық",)))[0] == 0


def test_a_form_of_the_word_is_closer_than_another_word(passage: Make) -> None:
    """An ending costs something, another stem costs more."""
    matcher = WordMatcher(
        [passage("ынтымақтастық"), passage("ынтымақтастығын"), passage("тәуекел")]
    )
    same, form, other = matcher.match(Unit(("ынтымақтастық",)))
    assert same == 1
    assert same > form > 0.5 > other


def test_words_that_only_ask_are_not_matched(passage: Make) -> None:
    """A passage is not found by the question words in it."""
    assert WordMatcher([passage("климат туралы")]).match(Unit(("туралы",)))[0] < 0.5


@pytest.mark.parametrize("text", ["", "—", "туралы қандай", "а"])
def test_a_passage_of_no_words_takes_part(passage: Make, text: str) -> None:
    """A passage that says nothing gets no match for a word, and no other is moved."""
    matcher = WordMatcher([passage("келісім"), passage(text), passage("шарт")])
    assert matcher.match(Unit(("шарт",))).tolist()[1:] == [0, 1]


@given(TEXTS, UNITS, EQUIVALENTS)
def test_an_equivalent_never_lowers_a_match(
    passage: Make, texts: list[str], unit: Unit, more: tuple[tuple[str, ...], ...]
) -> None:
    """What a word is also called can only help to find it."""
    matcher = WordMatcher([passage(text) for text in texts])
    richer = Unit(unit.words, unit.equivalents + more, unit.is_name)
    assert (matcher.match(richer) >= matcher.match(unit)).all()


def test_a_word_and_an_equivalent_of_the_same_letters_are_matched_apart(passage: Make) -> None:
    """A word is like its forms by spelling, an equivalent is or is not there."""
    matcher = WordMatcher([passage("мемлекеттің")])
    word = matcher.match(Unit(("мемлекет",)))
    equivalent = matcher.match(Unit(("zz",), (("мемлекет",),), is_name=True))
    assert 0.5 < word[0] < 1
    assert equivalent[0] == 1


def test_an_equivalent_is_worth_less_than_the_word_unless_it_is_a_name(passage: Make) -> None:
    """A word may have other meanings, a name has none."""
    matcher = WordMatcher([passage("мемлекет")])
    word, name = (matcher.match(Unit(("zz",), (("мемлекет",),), named)) for named in (False, True))
    assert 0.5 < word[0] < 1
    assert name[0] == 1


def test_half_of_an_equivalent_is_worth_half(passage: Make) -> None:
    """Of two words of an equivalent, one that is there gives half the match."""
    matcher = WordMatcher([passage("қоршаған орта"), passage("қоршаған")])
    whole, half = matcher.match(Unit(("zz",), (("қоршаған", "орта"),)))
    assert half == pytest.approx(whole / 2)


@pytest.mark.parametrize(
    ("equivalent", "word"),
    [
        ("мемлекет", "мемлекеттердің"),
        ("дамыту", "дамытады"),
        ("тармақ", "тармағында"),
        ("серіктестік", "серіктестігін"),
        ("ел", "елдің"),
        ("топ", "тобы"),
        ("ту", "туы"),
    ],
)
def test_an_equivalent_matches_its_forms(passage: Make, equivalent: str, word: str) -> None:
    """Endings, the -у of a verb and a voiced last letter do not hide a word."""
    unit = Unit(("zz",), ((equivalent,),), is_name=True)
    assert WordMatcher([passage(word)]).match(unit)[0] == 1
    assert closeness(unit, [word]) == [1]


@pytest.mark.parametrize(
    ("equivalent", "word"), [("ел", "елу"), ("ел", "елеулі"), ("көк", "көкей")]
)
def test_a_short_equivalent_does_not_match_another_word(
    passage: Make, equivalent: str, word: str
) -> None:
    """After a short stem a vowel that begins no ending begins another word."""
    unit = Unit(("zz",), ((equivalent,),), is_name=True)
    assert WordMatcher([passage(word)]).match(unit)[0] == 0
    assert closeness(unit, [word]) == [0]


def test_a_rare_word_counts_more_than_a_common_one(passage: Make) -> None:
    """Of two passages with one of the two words, the one with the rarer is better."""
    texts = ["халық", "мұнай", "халық ауыл", "халық қала", "халық жер"]
    matcher = WordMatcher([passage(text) for text in texts])
    scores = matcher.scores([Unit(("халық",)), Unit(("мұнай",))]).words
    assert scores[1] == scores.max()
    assert scores[1] > scores[0]


def test_known_asks_whether_the_words_are_anywhere(passage: Make) -> None:
    """Words that stand in different passages are known; a strange word halves it at most."""
    matcher = WordMatcher([passage("мұнай"), passage("климат")])
    assert matcher.scores([Unit(("мұнай",)), Unit(("климат",))]).known == 1
    assert matcher.scores([Unit(("мұнай",)), Unit(("zzzz",))]).known == 0.5


@given(TEXTS, st.lists(UNITS, min_size=2, max_size=4))
def test_the_order_of_the_units_does_not_matter(
    passage: Make, texts: list[str], units: list[Unit]
) -> None:
    """A question that says the same in another order has the same scores."""
    matcher = WordMatcher([passage(text) for text in texts])
    straight = matcher.scores(units)
    reverse = matcher.scores(units[::-1])
    assert np.allclose(straight.words, reverse.words, atol=ROUNDING)
    assert np.allclose(straight.names, reverse.names)
    assert straight.known == pytest.approx(reverse.known, abs=ROUNDING)


def test_the_worst_name_is_told_apart(passage: Make) -> None:
    """A passage that lacks one of the names shows it; without names nothing is lacking."""
    matcher = WordMatcher([passage("Ресей мен Қытай"), passage("Ресей мен климат")])
    named = [Unit((word,), is_name=True) for word in ("ресей", "қытай")]
    both, one = matcher.scores([*named, Unit(("климат",))]).names
    assert both == 1
    assert one < 0.5
    assert matcher.scores([Unit(("мұнай",))]).names.tolist() == [1, 1]


@pytest.fixture
def hurried() -> Iterator[None]:
    """Lets threads take turns as often as they can."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


def test_the_memory_of_words_is_bounded(
    concept_passages: tuple[Passage, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Any number of different words leaves no more than the cache may hold."""
    monkeypatch.setattr(module, "_CACHED_BYTES", 0)
    matcher = WordMatcher(concept_passages)
    for number in range(200):
        matcher.match(Unit((f"сөз{number}",)))
    assert len(matcher._cache) == 64


@pytest.mark.usefixtures("hurried")
def test_threads_do_not_disturb_each_other(
    concept_passages: tuple[Passage, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Threads that share a matcher whose memory overflows get what one alone gets."""
    monkeypatch.setattr(module, "_CACHED_BYTES", 0)
    words = sorted({word for item in concept_passages[:20] for word in words_of(item.text)})[:80]
    units = [Unit((word,), ((word[:5],),)) for word in words]
    alone = WordMatcher(concept_passages)
    expected = {unit: alone.match(unit) for unit in units}
    shared = WordMatcher(concept_passages)

    def ask(seed: int) -> bool:
        order = random.Random(seed).choices(units, k=400)
        return all(np.array_equal(shared.match(unit), expected[unit]) for unit in order)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(ask, range(8)))


@given(UNITS, st.lists(WORDS, max_size=6))
def test_closeness_lies_between_0_and_1(unit: Unit, words: list[str]) -> None:
    """There is one fraction for each word."""
    found = closeness(unit, words)
    assert len(found) == len(words)
    assert all(0 <= value <= 1 for value in found)


@given(UNITS)
def test_a_word_of_the_unit_is_as_close_as_can_be(unit: Unit) -> None:
    """Each word of a unit has closeness 1."""
    assert set(closeness(unit, unit.words)) == {1.0}


def test_words_with_another_beginning_are_not_close() -> None:
    """``баланс`` shares most letters with ``аланс`` and is another word."""
    other, form = closeness(Unit(("баланс",)), ["аланс", "баланстың"])
    assert other == 0
    assert form > 0.5
    assert closeness(Unit(("баланс", "аумақ")), ["аланс"])[0] < 0.5


def test_an_equivalent_is_close_too() -> None:
    """A word of the passage that the dictionary gives is close, an unrelated one is not."""
    near, far = closeness(Unit(("климат",), (("ауа", "райы"),)), ["ауаның", "аумақ"])
    assert near == pytest.approx(0.8, abs=0.2)
    assert far < 0.5
