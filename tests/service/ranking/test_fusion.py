from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.passages import Passage
from service.ranking.dictionary import Unit
from service.ranking.fusion import Evidence, Ranker, Ranking

Make = Callable[..., Passage]

TEXTS = (
    "Климаттың өзгеруі және қоршаған ортаны қорғау",
    "Ядролық қарусыздану жөніндегі бастамалар",
    "Сауда-экономикалық ынтымақтастықты тереңдету",
    "Каспий теңізінің құқықтық мәртебесі",
    "Шетелдегі азаматтардың құқықтарын қорғау",
)
DENSE = st.lists(st.floats(-1, 1, width=32), min_size=len(TEXTS), max_size=len(TEXTS))
QUESTIONS = st.sampled_from(
    ["климат туралы не айтылған?", "Каспий теңізі", "азаматтарды қорғау", "сауда", "zzzz"]
)
KINDS = {
    "dense": Ranking(words=False, coverage=False),
    "words": Ranking(dense=False, coverage=False),
    "coverage": Ranking(dense=False, words=False),
    "nothing": Ranking(dense=False, words=False, dictionary=False, coverage=False),
}

# Rounding of 32-bit floats.
ROUNDING = 1e-3


@pytest.fixture(scope="session")
def passages(passage: Make) -> list[Passage]:
    """Five passages about different things."""
    return [passage(text) for text in TEXTS]


@pytest.fixture(scope="session")
def ranker(passages: list[Passage]) -> Ranker:
    """All parts of the ranking over them."""
    return Ranker(passages)


@pytest.fixture(scope="session")
def parts(passages: list[Passage]) -> dict[str, Ranker]:
    """Rankers with one part each, and with none."""
    return {kind: Ranker(passages, ranking) for kind, ranking in KINDS.items()}


def _rank(ranker: Ranker, question: str, dense: Sequence[float]) -> Evidence:
    return ranker.rank(ranker.units(question, "kk"), np.float32(dense))


def _words(units: tuple[Unit, ...]) -> list[str]:
    return [" ".join(unit.words) for unit in units]


@given(QUESTIONS, DENSE)
def test_evidence_of_words_lies_between_0_and_1(
    ranker: Ranker, question: str, dense: list[float]
) -> None:
    """Words, coverage and what is known are fractions; totals are numbers."""
    evidence = _rank(ranker, question, dense)
    for kind in (evidence.words, evidence.coverage):
        assert kind.shape == (len(TEXTS),)
        assert kind.min() >= 0
        assert kind.max() <= 1 + 1e-5
    assert 0 <= evidence.known <= 1 + 1e-5
    assert np.isfinite(evidence.total).all()
    assert evidence.dense.tolist() == dense


@pytest.mark.parametrize("kind", ["dense", "words", "coverage"])
@given(question=QUESTIONS, dense=DENSE)
def test_one_part_alone_decides_the_order(
    parts: dict[str, Ranker], kind: str, question: str, dense: list[float]
) -> None:
    """With the other parts off, a passage with more of the one left has no lower total."""
    evidence = _rank(parts[kind], question, dense)
    order = np.argsort(getattr(evidence, kind), kind="stable")
    assert (np.diff(evidence.total[order]) >= -ROUNDING).all()


@pytest.mark.parametrize("kind", ["dense", "words", "coverage"])
def test_one_part_alone_tells_passages_apart(parts: dict[str, Ranker], kind: str) -> None:
    """Each part by itself finds the passage that it speaks for."""
    evidence = _rank(parts[kind], "Каспий теңізі", [0.1, 0.2, 0.3, 0.9, 0.4])
    assert evidence.total.argmax() == 3
    assert evidence.total[3] > np.delete(evidence.total, 3).max()


@given(QUESTIONS, DENSE)
def test_without_any_part_all_are_equal(
    parts: dict[str, Ranker], question: str, dense: list[float]
) -> None:
    """Nothing but the parts that can be switched off tells passages apart."""
    assert np.ptp(_rank(parts["nothing"], question, dense).total) == 0


@given(QUESTIONS, DENSE, st.integers(0, len(TEXTS) - 1), st.floats(0, 1, width=32))
def test_a_closer_meaning_never_lowers_a_total(
    ranker: Ranker, question: str, dense: list[float], row: int, more: float
) -> None:
    """A passage whose dense score rises does not lose."""
    closer = [score + more * (place == row) for place, score in enumerate(dense)]
    before, after = (_rank(ranker, question, scores).total[row] for scores in (dense, closer))
    assert after >= before - ROUNDING


def test_a_closer_meaning_can_win(ranker: Ranker) -> None:
    """A question in strange words is decided by its meaning."""
    for row in range(len(TEXTS)):
        dense = [float(place == row) for place in range(len(TEXTS))]
        assert _rank(ranker, "zzzz", dense).total.argmax() == row


@pytest.mark.parametrize(
    ("question", "row"),
    [("климат", 0), ("ядролық қару", 1), ("Каспий", 3), ("шетелдегі азаматтар", 4)],
)
def test_words_decide_between_equal_meanings(ranker: Ranker, question: str, row: int) -> None:
    """Of passages equally close in meaning, the one with the question's words is first."""
    assert _rank(ranker, question, [0.5] * len(TEXTS)).total.argmax() == row


def test_equal_passages_have_equal_totals(passage: Make) -> None:
    """A passage that stands twice is found twice alike."""
    total = _rank(Ranker([passage("климат"), passage("сауда"), passage("климат")]), "климат",
                  [0.3, 0.2, 0.3]).total  # fmt: skip
    assert total[0] == total[2] > total[1]


def test_the_order_of_the_corpus_does_not_matter(passages: list[Passage]) -> None:
    """Evidence follows its passage wherever that stands."""
    dense = [0.1, 0.4, 0.2, 0.5, 0.3]
    straight = _rank(Ranker(passages), "құқықтарды қорғау", dense)
    reverse = _rank(Ranker(passages[::-1]), "құқықтарды қорғау", dense[::-1])
    assert np.allclose(straight.total, reverse.total[::-1], atol=ROUNDING)


def test_one_passage_is_ranked(passage: Make) -> None:
    """A corpus of one passage, which nothing can be compared with, has a total."""
    assert np.isfinite(_rank(Ranker([passage("климат")]), "климат", [0.5]).total).all()


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        ("Климат туралы не айтылған?", ["климат"]),
        ("Мұнай мен газ қандай?", ["мұнай", "газ"]),
        ("Қ мұнай", ["мұнай"]),
    ],
)
def test_words_that_only_ask_are_left_out(ranker: Ranker, question: str, kept: list[str]) -> None:
    """A question is about what is left without question words and single letters."""
    assert _words(ranker.units(question, "kk")) == kept


@pytest.mark.parametrize("question", ["Не туралы?", "Бұл қандай құжат?", "не", "а"])
def test_a_question_of_only_question_words_has_units(ranker: Ranker, question: str) -> None:
    """Where nothing else is left, the question words are matched, all of them."""
    units = ranker.units(question, "kk")
    assert [word for unit in units for word in unit.words] == question.lower().strip("?").split()
    assert np.isfinite(ranker.rank(units, np.zeros(len(TEXTS), dtype=np.float32)).total).all()


def test_inflected_question_words_are_left_out_too(ranker: Ranker) -> None:
    """A form that the list does not name goes with its dictionary form."""
    assert _words(ranker.units("Кого касались торговли?", "ru")) == ["торговли"]


@pytest.mark.parametrize("word", ["дала", "кеме", "дана"])
def test_a_kazakh_word_is_no_form_of_a_russian_question_word(ranker: Ranker, word: str) -> None:
    """«Дала» is a steppe in Kazakh and a form of «дать» in Russian."""
    assert _words(ranker.units(f"{word} туралы не айтылған?", "kk")) == [word]


def test_an_entry_of_several_words_is_kept_whole(ranker: Ranker) -> None:
    """An entry stays though one of its words only asks or names a country."""
    assert "глава государства" in _words(ranker.units("кто такой глава государства", "ru"))
    assert "республика корея" in _words(ranker.units("торговля и Республика Корея", "ru"))
    assert "президент республики казахстан" in _words(
        ranker.units("Президент Республики Казахстан", "ru")
    )


def test_the_dictionary_crosses_languages(passages: list[Passage]) -> None:
    """A Russian question finds the Kazakh passage by its dictionary, and not without."""
    question = "охрана окружающей среды"
    ranker = Ranker(passages)
    assert ranker.rank(ranker.units(question, "ru"), np.zeros(5, np.float32)).words.argmax() == 0
    plain = Ranker(passages, Ranking(dictionary=False))
    units = plain.units(question, "ru")
    assert units == (Unit(("охрана",)), Unit(("окружающей",)), Unit(("среды",)))
    assert plain.rank(units, np.zeros(5, np.float32)).words[0] < 0.5


def test_a_short_name_that_a_passage_defines_finds_its_full_name(passage: Make) -> None:
    """A passage that writes in full what another passage shortens matches the short name."""
    texts = (
        "Ырымды Ғажап Ордасы (бұдан әрі – ЫҒО) құрылады.",
        "Ырымды ғажап ордасының бюджеті",
        "Басқа мәселелер",
    )
    ranker = Ranker([passage(text) for text in texts])
    evidence = _rank(ranker, "ЫҒО", [0.0] * 3)
    assert evidence.words.tolist()[:2] == [1, 1]
    assert evidence.words[2] < 0.5
