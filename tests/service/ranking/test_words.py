import random
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indexer.documents.passages import Passage
from indexer.languages import LANGUAGES, Language
from indexer.languages.kk.letters import CYRILLIC
from indexer.stores.base import Rows, Scores, Snapshot
from indexer.vocabulary import words_of
from service.ranking.closeness import closeness
from service.ranking.content import question_words
from service.ranking.dictionary import Equivalent, Unit
from service.ranking.signals import Measured, Query
from service.ranking.signals import meeting as module
from service.ranking.signals.words import Words

Make = Callable[..., Passage]
Generate = Callable[[Sequence[Passage]], Snapshot]


def _kazakh(*words: str) -> tuple[Equivalent, ...]:
    """Returns one Kazakh equivalent."""
    return (Equivalent(words, "kk"),)


WORDS = st.one_of(
    st.sampled_from(["мемлекет", "мемлекеттің", "тармақ", "дамыту", "ел", "туралы", "climate"]),
    st.text(CYRILLIC + "abcxyz0123456789", min_size=1, max_size=12),
)
TEXTS = st.lists(
    st.one_of(st.lists(WORDS, max_size=5).map(" ".join), st.text(max_size=60)),
    min_size=1,
    max_size=6,
)
FEW_LETTERS = st.text("абв", min_size=1, max_size=14)
"""Words that share many letter sequences."""

EQUIVALENTS = st.lists(
    st.builds(
        Equivalent, st.lists(WORDS, min_size=1, max_size=3).map(tuple), st.sampled_from(LANGUAGES)
    ),
    max_size=4,
).map(tuple)
UNITS = st.builds(Unit, st.lists(WORDS, min_size=1, max_size=3).map(tuple), EQUIVALENTS)

# Rounding of 32-bit floats.
ROUNDING = 1e-5


@pytest.fixture(scope="session")
def words(generation: Generate) -> Callable[[Sequence[Passage]], Words]:
    """Opens the words of passages."""
    return lambda passages: Words(generation(passages))


@pytest.fixture(scope="session")
def matching(words: Callable[[Sequence[Passage]], Words], passage: Make) -> Callable[..., Words]:
    """Opens the words of texts."""
    return lambda *texts: words([passage(text) for text in texts])


def query(*units: Unit) -> Query:
    """Returns a question about units."""
    return Query("", "kk", units, np.empty(0, np.float32))


def measure(words: Words, *units: Unit) -> Measured:
    """Returns how well every passage meets units."""
    return words.measure(query(*units), np.arange(len(words.snapshot)))


def match(words: Words, unit: Unit) -> Scores:
    """Returns how well every passage meets one unit."""
    return measure(words, unit).scores


@given(TEXTS, st.lists(UNITS, min_size=1, max_size=4))
def test_scores_lie_between_0_and_1(
    matching: Callable[..., Words], texts: list[str], units: list[Unit]
) -> None:
    """Whatever the passages and the question, scores are fractions."""
    found = measure(matching(*texts), *units)
    scores, known = found.scores, found.facts["known"]
    assert scores.shape == (len(texts),)
    assert scores.min() >= 0
    assert scores.max() <= 1 + ROUNDING
    assert 0 <= known <= 1 + ROUNDING


def test_a_passage_that_holds_the_word_matches_fully(
    words: Callable[[Sequence[Passage]], Words], concept_passages: tuple[Passage, ...]
) -> None:
    """Each word of the concept that is about something has 1 in each passage that holds it."""
    opened = words(concept_passages)
    held: dict[str, list[int]] = {}
    for row, item in enumerate(concept_passages):
        for word in set(words_of(" ".join((item.text, *item.heading_path)))):
            if len(word) > 1 and word not in question_words():
                held.setdefault(word, []).append(row)
    for word in sorted(held)[::7]:
        found = match(opened, Unit((word,)))
        assert np.flatnonzero(found == 1).tolist() == held[word], word


def test_headings_count_as_text(words: Callable[[Sequence[Passage]], Words], passage: Make) -> None:
    """A word of the heading above a passage is a word of the passage."""
    opened = words([passage("Бірінші сөйлем.", "Климат"), passage("Екінші сөйлем.")])
    first, second = match(opened, Unit(("климат",)))
    assert first == 1
    assert second < 1


def test_words_without_a_common_letter_do_not_match(matching: Callable[..., Words]) -> None:
    """Likeness is 0 where nothing is alike."""
    assert match(matching("дипломатия"), Unit(("құқық",)))[0] == 0


def test_a_form_of_the_word_is_closer_than_another_word(matching: Callable[..., Words]) -> None:
    """An ending costs something, another stem costs more."""
    opened = matching("ынтымақтастық", "ынтымақтастығын", "тәуекел")
    same, form, other = match(opened, Unit(("ынтымақтастық",)))
    assert same == 1
    assert same > form > 0.5 > other


def test_words_that_only_ask_are_not_matched(matching: Callable[..., Words]) -> None:
    """A passage is not found by the question words in it."""
    assert match(matching("климат туралы"), Unit(("туралы",)))[0] < 0.5


@pytest.mark.parametrize("text", ["", "—", "туралы қандай", "а"])
def test_a_passage_of_no_words_takes_part(matching: Callable[..., Words], text: str) -> None:
    """A passage that says nothing gets no match for a word, and no other is moved."""
    opened = matching("келісім", text, "шарт")
    assert match(opened, Unit(("шарт",))).tolist()[1:] == [0, 1]


@given(TEXTS, UNITS, EQUIVALENTS)
def test_an_equivalent_never_lowers_a_match(
    matching: Callable[..., Words], texts: list[str], unit: Unit, more: tuple[Equivalent, ...]
) -> None:
    """What a word is also called can only help to find it."""
    opened = matching(*texts)
    richer = Unit(unit.words, unit.equivalents + more, unit.is_name)
    assert (match(opened, richer) >= match(opened, unit) - ROUNDING).all()


def test_a_word_and_an_equivalent_of_the_same_letters_are_matched_apart(
    matching: Callable[..., Words],
) -> None:
    """A word is like its forms by spelling, an equivalent is or is not there."""
    opened = matching("мемлекеттің")
    word = match(opened, Unit(("мемлекет",)))
    equivalent = match(opened, Unit(("zz",), _kazakh("мемлекет"), is_name=True))
    assert 0.5 < word[0] < 1
    assert equivalent[0] == 1


def test_an_equivalent_is_worth_less_than_the_word_unless_it_is_a_name(
    matching: Callable[..., Words],
) -> None:
    """A word may have other meanings, a name has none."""
    opened = matching("мемлекет")
    word, name = (
        match(opened, Unit(("zz",), _kazakh("мемлекет"), named)) for named in (False, True)
    )
    assert 0.5 < word[0] < 1
    assert name[0] == 1


def test_half_of_an_equivalent_is_worth_half(matching: Callable[..., Words]) -> None:
    """Of two words of an equivalent, one that is there gives half the match."""
    opened = matching("қоршаған орта", "қоршаған")
    whole, half = match(opened, Unit(("zz",), _kazakh("қоршаған", "орта")))
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
def test_an_equivalent_matches_its_forms(
    matching: Callable[..., Words], equivalent: str, word: str
) -> None:
    """Endings, the -у of a verb and a voiced last letter do not hide a word."""
    unit = Unit(("zz",), _kazakh(equivalent), is_name=True)
    assert match(matching(word), unit)[0] == 1
    assert closeness(unit, [word], "kk") == [1]


@pytest.mark.parametrize(
    ("equivalent", "word"), [("ел", "елу"), ("ел", "елеулі"), ("көк", "көкей")]
)
def test_a_short_equivalent_does_not_match_another_word(
    matching: Callable[..., Words], equivalent: str, word: str
) -> None:
    """After a short stem a vowel that begins no ending begins another word."""
    unit = Unit(("zz",), _kazakh(equivalent), is_name=True)
    assert match(matching(word), unit)[0] == 0
    assert closeness(unit, [word], "kk") == [0]


def test_a_rare_word_counts_more_than_a_common_one(matching: Callable[..., Words]) -> None:
    """Of two passages with one of the two words, the one with the rarer is better."""
    texts = ["халық", "мұнай", "халық ауыл", "халық қала", "халық жер"]
    opened = matching(*texts)
    scores = measure(opened, Unit(("халық",)), Unit(("мұнай",))).scores
    assert scores[1] == scores.max()
    assert scores[1] > scores[0]


def test_known_asks_whether_the_words_are_anywhere(matching: Callable[..., Words]) -> None:
    """Words that stand in different passages are known; a strange word halves it at most."""
    opened = matching("мұнай", "климат")
    assert measure(opened, Unit(("мұнай",)), Unit(("климат",))).facts["known"] == 1
    assert measure(opened, Unit(("мұнай",)), Unit(("zzzz",))).facts["known"] == 0.5


@given(TEXTS, st.lists(UNITS, min_size=2, max_size=4))
def test_the_order_of_the_units_does_not_matter(
    matching: Callable[..., Words], texts: list[str], units: list[Unit]
) -> None:
    """A question that says the same in another order has the same scores."""
    opened = matching(*texts)
    straight = measure(opened, *units)
    reverse = measure(opened, *units[::-1])
    assert np.allclose(straight.scores, reverse.scores, atol=ROUNDING)
    assert np.allclose(straight.details["names"], reverse.details["names"])
    assert straight.facts["known"] == pytest.approx(reverse.facts["known"], abs=ROUNDING)


def test_the_worst_name_is_told_apart(matching: Callable[..., Words]) -> None:
    """A passage that lacks one of the names shows it; without names nothing is lacking."""
    opened = matching("Ресей мен Қытай", "Ресей мен климат")
    named = [Unit((word,), is_name=True) for word in ("ресей", "қытай")]
    both, one = measure(opened, *named, Unit(("климат",))).details["names"]
    assert both == 1
    assert one < 0.5
    assert measure(opened, Unit(("мұнай",))).details["names"].tolist() == [1, 1]


@pytest.fixture
def hurried() -> Iterator[None]:
    """Lets threads take turns as often as they can."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


def test_the_memory_of_words_is_bounded(
    words: Callable[[Sequence[Passage]], Words],
    concept_passages: tuple[Passage, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Any number of different words leaves no more than may be remembered."""
    monkeypatch.setattr(module, "_FORMS", 64)
    monkeypatch.setattr(module, "_REMEMBERED_BYTES", 2**16)
    monkeypatch.setattr(module, "_REMEMBERED_BYTES_A_WORD", 0)
    opened = words(concept_passages)
    for number in range(200):
        match(opened, Unit((f"сөз{number}",), _kazakh(f"мән{number}")))
    assert opened.meetings.forms.cache_info().currsize == 64
    assert 0 < sum(one.size for one in opened.meetings.kept.values()) <= 2**16


@given(asked=FEW_LETTERS, written=st.lists(FEW_LETTERS, min_size=1, max_size=30))
@example(asked="мемлеке", written=["мем", "мема", "мемб", "мемв"])
def test_of_very_many_words_all_that_are_alike_are_found(
    matching: Callable[..., Words],
    asked: str,
    written: list[str],
) -> None:
    """The commonest letter sequences are not looked up then, but no word is lost by it."""
    unit = Unit((asked,), ())
    found = []
    for most in (sys.maxsize, 0):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(module, "_MOST_HOLDERS", most)
            (meeting,) = matching(" ".join(written)).meetings.of([unit])
        (alike,) = meeting.alike
        found.append((alike.words[alike.near].tolist(), alike.likeness[alike.near].tolist()))
    assert found[0] == found[1]


def test_of_a_vocabulary_however_large_no_more_are_counted(
    matching: Callable[..., Words], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the rarest letter sequences of a word, which its forms share, are looked up."""
    counted, counting = [], module._counted

    def noting(words: Any) -> Any:
        counted.append(len(words))
        return counting(words)

    monkeypatch.setattr(module, "_counted", noting)
    monkeypatch.setattr(module, "_MOST_HOLDERS", 40)
    monkeypatch.setattr(module, "_MOST_COUNTED", 60)
    letters = "абвгдежзиклмнопрстуф"
    others = [f"мем{one}{other}ет" for one in letters for other in letters]
    (meeting,) = matching(" ".join(["мемлекеттің", *others])).meetings.of([Unit(("мемлекет",), ())])
    (alike,) = meeting.alike
    assert 0 < counted[0] <= 60
    assert alike.best == pytest.approx(0.72, abs=0.1)


def test_words_that_meet_nothing_fill_no_memory(
    matching: Callable[..., Words], monkeypatch: pytest.MonkeyPatch
) -> None:
    """That nothing was found takes memory, too."""
    monkeypatch.setattr(module, "_REMEMBERED_BYTES", 2**16)
    monkeypatch.setattr(module, "_REMEMBERED_BYTES_A_WORD", 0)
    opened = matching("климат")
    for number in range(200):
        match(opened, Unit((f"{number}",)))
    assert 0 < len(opened.meetings.kept) <= 64


@pytest.mark.usefixtures("hurried")
def test_threads_do_not_disturb_each_other(
    words: Callable[[Sequence[Passage]], Words],
    concept_passages: tuple[Passage, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Threads that share words whose memory overflows get what one alone gets."""
    monkeypatch.setattr(module, "_FORMS", 64)
    monkeypatch.setattr(module, "_REMEMBERED_BYTES", 2**16)
    monkeypatch.setattr(module, "_REMEMBERED_BYTES_A_WORD", 0)
    known = sorted({word for item in concept_passages[:20] for word in words_of(item.text)})[:80]
    units = [Unit((word,), _kazakh(word[:5])) for word in known]
    alone = words(concept_passages)
    expected = {unit: match(alone, unit) for unit in units}
    shared = words(concept_passages)

    def ask(seed: int) -> bool:
        order = random.Random(seed).choices(units, k=100)
        return all(np.array_equal(match(shared, unit), expected[unit]) for unit in order)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(ask, range(8)))


def proposed(opened: Words, unit: Unit, k: int, allowed: Rows | None = None) -> list[int]:
    """Returns the rows that are proposed for a unit."""
    return sorted(opened.propose(query(unit), k, allowed).tolist())


def test_passages_with_the_words_are_proposed(matching: Callable[..., Words]) -> None:
    """A word, its forms and its equivalents bring their passages; what shares nothing stays out."""
    opened = matching("климат", "сауда", "климаттың өзгеруі", "ауа райы", "zzzz")
    assert proposed(opened, Unit(("климат",), _kazakh("ауа", "райы")), 5) == [0, 2, 3]


def test_the_best_are_proposed_where_many_match(matching: Callable[..., Words]) -> None:
    """No more come than wanted, and the exact word before its forms."""
    opened = matching("климаттың", "климат", "климатқа", "климат")
    assert proposed(opened, Unit(("климат",)), 2) == [1, 3]


def test_only_allowed_passages_are_proposed(matching: Callable[..., Words]) -> None:
    """A filter is kept though better passages lie outside it."""
    opened = matching("климат", "климат", "климаттың", "сауда")
    assert proposed(opened, Unit(("климат",)), 1, np.array([2, 3])) == [2]


def test_words_that_only_ask_propose_nothing(matching: Callable[..., Words]) -> None:
    """The question words of a passage bring it no question."""
    assert proposed(matching("климат туралы", "сауда"), Unit(("туралы",)), 5) == []


@given(UNITS, st.lists(WORDS, max_size=6))
def test_closeness_lies_between_0_and_1(unit: Unit, words: list[str]) -> None:
    """There is one fraction for each word."""
    found = closeness(unit, words, "kk")
    assert len(found) == len(words)
    assert all(0 <= value <= 1 for value in found)


@given(UNITS)
def test_a_word_of_the_unit_is_as_close_as_can_be(unit: Unit) -> None:
    """Each word of a unit has closeness 1."""
    assert set(closeness(unit, unit.words, "kk")) == {1.0}


def test_words_with_another_beginning_are_not_close() -> None:
    """``баланс`` shares most letters with ``аланс`` and is another word."""
    other, form = closeness(Unit(("баланс",)), ["аланс", "баланстың"], "kk")
    assert other == 0
    assert form > 0.5
    assert closeness(Unit(("баланс", "аумақ")), ["аланс"], "kk")[0] < 0.5


def test_an_equivalent_is_close_too() -> None:
    """A word of the passage that the dictionary gives is close, an unrelated one is not."""
    near, far = closeness(Unit(("климат",), _kazakh("ауа", "райы")), ["ауаның", "аумақ"], "kk")
    assert near == pytest.approx(0.8, abs=0.2)
    assert far < 0.5


@pytest.mark.parametrize(
    ("text", "spoken", "equivalent"),
    [
        ("о торговле детьми", "ru", Equivalent(("торговля",), "ru")),
        ("о правах людей", "ru", Equivalent(("человек",), "ru")),
        ("the rights of citizens", "en", Equivalent(("citizen",), "en")),
        ("елдердің", "kk", Equivalent(("ел",), "kk")),
    ],
)
def test_an_equivalent_is_matched_with_the_forms_of_its_language(
    words: Callable[[Sequence[Passage]], Words],
    text: str,
    spoken: Language,
    equivalent: Equivalent,
) -> None:
    """Each language has its own way to be inflected."""
    opened = words([Passage("d", "", spoken, None, (), text)])
    assert match(opened, Unit(("zz",), (equivalent,)))[0] == pytest.approx(0.8)


def test_an_equivalent_is_matched_in_its_language_only(
    words: Callable[[Sequence[Passage]], Words],
) -> None:
    """«Бал» is honey in Kazakh and a ball in Russian."""
    passages = [Passage("d", code, code, None, (), "бал туралы") for code in ("kk", "ru")]
    unit = Unit(("zz",), (Equivalent(("бал",), "ru"),))
    kazakh, russian = match(words(passages), unit)
    assert (kazakh, russian) == (0, pytest.approx(0.8))
    assert closeness(unit, ["бал"], "kk") == [0]
    assert closeness(unit, ["балы"], "ru") == [pytest.approx(0.8)]
