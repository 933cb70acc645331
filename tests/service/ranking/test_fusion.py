from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.documents.passages import Language, Passage
from indexer.stores.base import Scores, Snapshot
from service.ranking.dictionary import Unit
from service.ranking.fusion import CANDIDATES, Evidence, Ranker, Ranking, feature_names, only
from service.ranking.signals import SIGNALS, Query

Make = Callable[..., Passage]
Generate = Callable[[Sequence[Passage]], Snapshot]
Rank = Callable[..., Ranker]

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
SIGNAL_NAMES = ("dense", "words", "coverage")
KINDS = {
    **{name: only({name, "dictionary"}) for name in SIGNAL_NAMES},
    "nothing": only(()),
}

# Rounding of 32-bit floats.
ROUNDING = 1e-3


@pytest.fixture(scope="session")
def passages(passage: Make) -> list[Passage]:
    """Five passages about different things."""
    return [passage(text) for text in TEXTS]


@pytest.fixture(scope="session")
def ranker_of(generation: Generate) -> Rank:
    """Makes a ranker of passages."""
    return lambda passages, ranking=None: Ranker(generation(passages), ranking)


@pytest.fixture(scope="session")
def ranker(ranker_of: Rank, passages: list[Passage]) -> Ranker:
    """All parts of the ranking over them."""
    return ranker_of(passages)


@pytest.fixture(scope="session")
def parts(ranker_of: Rank, passages: list[Passage]) -> dict[str, Ranker]:
    """Rankers with one part each, and with none."""
    return {kind: ranker_of(passages, ranking) for kind, ranking in KINDS.items()}


def _query(
    ranker: Ranker, question: str, dense: Sequence[float], language: Language = "kk"
) -> Query:
    """Returns a question whose vector has ``dense`` as similarities."""
    return Query(question, language, ranker.units(question, language), np.float32(dense))


def _rank(
    ranker: Ranker, question: str, dense: Sequence[float], language: Language = "kk"
) -> Evidence:
    return ranker.rank(_query(ranker, question, dense, language), np.arange(len(dense)))


def _scores(evidence: Evidence, name: str) -> Scores:
    return evidence.measured[name].scores


def _words(units: tuple[Unit, ...]) -> list[str]:
    return [" ".join(unit.words) for unit in units]


@given(QUESTIONS, DENSE)
def test_evidence_of_words_lies_between_0_and_1(
    ranker: Ranker, question: str, dense: list[float]
) -> None:
    """Words, coverage and what is known are fractions; totals are numbers."""
    evidence = _rank(ranker, question, dense)
    for kind in (_scores(evidence, "words"), _scores(evidence, "coverage")):
        assert kind.shape == (len(TEXTS),)
        assert kind.min() >= 0
        assert kind.max() <= 1 + 1e-5
    assert 0 <= evidence.measured["words"].facts["known"] <= 1 + 1e-5
    assert np.isfinite(evidence.total).all()
    assert _scores(evidence, "dense").tolist() == dense


@pytest.mark.parametrize("kind", SIGNAL_NAMES)
@given(question=QUESTIONS, dense=DENSE)
def test_one_part_alone_decides_the_order(
    parts: dict[str, Ranker], kind: str, question: str, dense: list[float]
) -> None:
    """With the other parts off, a passage with more of the one left has no lower total."""
    evidence = _rank(parts[kind], question, dense)
    order = np.argsort(_scores(evidence, kind), kind="stable")
    assert (np.diff(evidence.total[order]) >= -ROUNDING).all()


@pytest.mark.parametrize("kind", SIGNAL_NAMES)
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


def test_equal_passages_have_equal_totals(ranker_of: Rank, passage: Make) -> None:
    """A passage that stands twice is found twice alike."""
    ranker = ranker_of([passage("климат"), passage("сауда"), passage("климат")])
    total = _rank(ranker, "климат", [0.3, 0.2, 0.3]).total
    assert total[0] == total[2] > total[1]


def test_the_order_of_the_corpus_does_not_matter(ranker_of: Rank, passages: list[Passage]) -> None:
    """Evidence follows its passage wherever that stands."""
    dense = [0.1, 0.4, 0.2, 0.5, 0.3]
    straight = _rank(ranker_of(passages), "құқықтарды қорғау", dense)
    reverse = _rank(ranker_of(passages[::-1]), "құқықтарды қорғау", dense[::-1])
    assert np.allclose(straight.total, reverse.total[::-1], atol=ROUNDING)


def test_one_passage_is_ranked(ranker_of: Rank, passage: Make) -> None:
    """A corpus of one passage, which nothing can be compared with, has a total."""
    assert np.isfinite(_rank(ranker_of([passage("климат")]), "климат", [0.5]).total).all()


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
    assert np.isfinite(_rank(ranker, question, [0.0] * len(TEXTS)).total).all()


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


def test_the_dictionary_crosses_languages(ranker_of: Rank, passages: list[Passage]) -> None:
    """A Russian question finds the Kazakh passage by its dictionary, and not without."""
    question, dense = "охрана окружающей среды", [0.0] * len(TEXTS)
    assert _scores(_rank(ranker_of(passages), question, dense, "ru"), "words").argmax() == 0
    plain = ranker_of(passages, Ranking(frozenset({"dictionary"})))
    units = plain.units(question, "ru")
    assert units == (Unit(("охрана",)), Unit(("окружающей",)), Unit(("среды",)))
    assert _scores(_rank(plain, question, dense, "ru"), "words")[0] < 0.5


def test_a_short_name_that_a_passage_defines_finds_its_full_name(
    ranker_of: Rank, passage: Make
) -> None:
    """A passage that writes in full what another passage shortens matches the short name."""
    texts = (
        "Ырымды Ғажап Ордасы (бұдан әрі – ЫҒО) құрылады.",
        "Ырымды ғажап ордасының бюджеті",
        "Басқа мәселелер",
    )
    evidence = _rank(ranker_of([passage(text) for text in texts]), "ЫҒО", [0.0] * 3)
    words = _scores(evidence, "words")
    assert words.tolist()[:2] == [1, 1]
    assert words[2] < 0.5


@given(QUESTIONS, DENSE, st.sets(st.integers(0, len(TEXTS) - 1), min_size=1))
def test_a_candidate_has_the_same_evidence_among_any_others(
    ranker: Ranker, question: str, dense: list[float], some: set[int]
) -> None:
    """Which other passages are looked at changes nothing for one."""
    rows = np.array(sorted(some))
    among_few = ranker.rank(_query(ranker, question, dense), rows)
    among_all = _rank(ranker, question, dense)
    assert among_few.rows.tolist() == rows.tolist()
    assert np.allclose(among_few.total, among_all.total[rows], atol=ROUNDING)


def test_every_signal_brings_its_candidates(ranker_of: Rank, passage: Make) -> None:
    """Among many passages those with the words and those with the nearest meaning are found."""
    count = 4 * CANDIDATES
    ranker = ranker_of([*(passage(f"zzz{row}") for row in range(count)), passage("климат")])
    query = _query(ranker, "климат", [*np.linspace(1, 0.5, count), 0.0])
    found = ranker.candidates(query).tolist()
    assert found == [*range(CANDIDATES), count]
    assert ranker.candidates(query, np.array([3, 200])).tolist() == [3, 200]


@pytest.mark.parametrize(("left_out", "missing"), [("words", 5), ("dense", 0)])
def test_a_signal_that_is_left_out_brings_none(
    ranker_of: Rank, passages: list[Passage], passage: Make, left_out: str, missing: int
) -> None:
    """Ablation shows what a ranking without the signal would find."""
    strange = [passage(f"zz{row}") for row in range(2 * CANDIDATES)]
    given_passages = [passage("zzzz"), *passages, *strange]
    dense = [1.0, *([0.0] * len(TEXTS)), *([0.5] * len(strange))]
    all_parts = ranker_of(given_passages)
    fewer = ranker_of(given_passages, Ranking(frozenset({left_out})))
    question = "шетелдегі азаматтар"
    assert missing in all_parts.candidates(_query(all_parts, question, dense))
    assert missing not in fewer.candidates(_query(fewer, question, dense))


def test_each_signal_says_what_it_cost(ranker: Ranker) -> None:
    """A slow signal can be told."""
    evidence = _rank(ranker, "климат", [0.0] * len(TEXTS))
    assert set(evidence.seconds) == set(evidence.measured) == {signal.name for signal in SIGNALS}
    assert all(seconds > 0 for seconds in evidence.seconds.values())


def test_each_feature_has_a_value(ranker: Ranker) -> None:
    """Confidence gets one number for each name."""
    evidence = _rank(ranker, "климат", [0.0] * len(TEXTS))
    assert len(ranker.features(evidence, 0)) == len(feature_names())
