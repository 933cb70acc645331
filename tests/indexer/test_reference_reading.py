"""References that people write in questions."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.reference import Fit, Reference, find_references

CONCEPT = [
    Reference.parse(eid)
    for eid in (
        "decree__para_2",
        "chp_3__point_2",
        "chp_4__list_1__point_3",
        "chp_4__list_2__point_3",
        "chp_5__sec_3__para_3-4",
        "chp_5__sec_3__para_3-5",
        "chp_5__sec_3__para_3-17",
        "chp_5__sec_nn_1__al_1",
        "chp_7__para_2",
    )
]


def addresses(question: str) -> list[str]:
    """The partial addresses in a question, in the spelling of eIds."""
    return [
        "__".join(f"{part.kind}_{part.number}".rstrip("_") for part in written.parts)
        for written in find_references(question)
    ]


def selected(question: str) -> list[str]:
    """The eIds of the concept that the first reference of a question means."""
    (written, *_) = find_references(question)
    return [str(reference) for reference in written.select(CONCEPT)]


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("5-тараудың 3.17-тармағы не туралы?", ["chp_5__para_3-17"]),
        ("Что в п. 3.17?", ["para_3-17"]),
        ("что в п.3.17", ["para_3-17"]),
        ("3-бап 2-тармақ", ["art_3__para_2"]),
        ("ст. 3 п. 1 пп. 2", ["art_3__para_1__point_2"]),
        ("п.п. 2 п. 1 ст. 3", ["art_3__para_1__point_2"]),
        ("глава 5 раздел 3", ["chp_5__sec_3"]),
        ("О чем статья 13-1?", ["art_13-1"]),
        ("пункт 3.17 главы 5", ["chp_5__para_3-17"]),
        ("3.17-тармақта не айтылған?", ["para_3-17"]),
        ("подпункт 2) пункта 1 статьи 3", ["art_3__para_1__point_2"]),
        ("3-баптың 1-тармағының 2) тармақшасы", ["art_3__para_1__point_2"]),
        ("What does item 3.17 say?", ["para_3-17"]),
        ("item 3.17 of chapter 5", ["chp_5__para_3-17"]),
        ("Article 13-1, paragraph 2", ["art_13-1__para_2"]),
        ("3.17-tarmaq", ["para_3-17"]),
        ("5-taraudyn 3.17-tarmagy", ["chp_5__para_3-17"]),
        ("5 тараудын 3.17 тармагы", ["chp_5__para_3-17"]),
        ("3-бaп", ["art_3"]),
        ("5-таpаyдың 3.17-таpмағы", ["chp_5__para_3-17"]),
        ("3-бап маңызды, ал 2-тармақ ше?", ["art_3", "para_2"]),
        ("statya 5 punkt 3", ["art_5__para_3"]),
        ("5 глава, 3 раздел", ["chp_5__sec_3"]),
        ("3-й пункт", ["para_3"]),
        ("үшінші тарау", ["chp_3"]),
        ("Что в третьей главе?", ["chp_3"]),
        ("часть первая статьи 5", ["art_5__para_1"]),
        ("Жарлықтың 2-тармағы", ["decree__para_2"]),
        ("пункт 2 Указа", ["decree__para_2"]),
        ("подпункт а) пункта 3", ["para_3__point_a"]),
        ("пункт б)", ["point_b"]),
        ("п. 03", ["para_3"]),
        ("пунктах 3.4 и 3.5 главы 5", ["chp_5__para_3-4", "chp_5__para_3-5"]),
        ("3.4 және 3.5-тармақтар", ["para_3-4", "para_3-5"]),
        ("3-бап 2-тармақ пен 5-бап 1-тармақ", ["art_3__para_2", "art_5__para_1"]),
        ("3.17-тармақ пен 3.18-тармақтың айырмасы", ["para_3-17", "para_3-18"]),
        ("5 - ТАРАУ", ["chp_5"]),
        ("п\u00a03.17", ["para_3-17"]),
    ],
)
def test_written_references(question: str, wanted: list[str]) -> None:
    """Each way of writing gives its partial address."""
    assert addresses(question) == wanted


@pytest.mark.parametrize(
    "question",
    [
        "2020–2030 жылдарға арналған тұжырымдама",
        "2025 жылғы 3 мамыр № 280",
        "рост на 2 пункта за год",
        "в 10 ч. 30 мин",
        "10 миллион теңге, 5 пайыз",
        "№ 741 Жарлық туралы",
        "3.17 деген не?",
        "Указ Президента № 280 от 6 марта 2020 года",
        "в первой части концепции",
        "топ-5 стран",
        "тараптар",
        "G20 саммиті",
        "30 sec 5",
        "",
        " ",
        "5",
        "п.",
        "тармақ",
        "№",
    ],
)
def test_numbers_that_are_no_references(question: str) -> None:
    """Years, dates, amounts and numbers of acts name no element."""
    assert addresses(question) == []


def test_span_is_where_it_is_written() -> None:
    """A reference keeps its place in the question."""
    question = "Айтыңызшы, 5-тараудың 3.17-тармағы не туралы?"
    (written,) = find_references(question)
    assert question[written.start : written.end] == "5-тараудың 3.17-тармағы"


def test_fit_is_exact_or_under() -> None:
    """A section named alone fits itself exactly and what lies in it as under."""
    (written,) = find_references("глава 5 раздел 3")
    fits = {
        eid: written.matches(Reference.parse(eid))
        for eid in (
            "chp_5__sec_3",
            "chp_5__sec_3__para_3-17",
            "chp_5",
            "chp_5__sec_2",
            "chp_4__sec_3",
            "sec_3",
        )
    }
    assert fits == {
        "chp_5__sec_3": Fit.EXACT,
        "chp_5__sec_3__para_3-17": Fit.UNDER,
        "chp_5": None,
        "chp_5__sec_2": None,
        "chp_4__sec_3": None,
        "sec_3": None,
    }


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("3.17-тармақ", ["chp_5__sec_3__para_3-17"]),
        ("5-тарау 3-бөлім 3.17-тармақ", ["chp_5__sec_3__para_3-17"]),
        ("4-тарау 3) тармақша", ["chp_4__list_1__point_3", "chp_4__list_2__point_3"]),
        ("3-тараудың 2-тармағы", ["chp_3__point_2"]),
        ("7-тараудың 2-тармағы", ["chp_7__para_2"]),
        ("указ пункт 2", ["decree__para_2"]),
        (
            "5-тарау 3-бөлім",
            ["chp_5__sec_3__para_3-4", "chp_5__sec_3__para_3-5", "chp_5__sec_3__para_3-17"],
        ),
        ("6-тарау 9-тармақ", []),
    ],
)
def test_selection(question: str, wanted: list[str]) -> None:
    """A reference selects what it names, in document order; loosely where nothing else fits."""
    assert selected(question) == wanted


def test_decree_that_stands_alone() -> None:
    """In a decree with no other part, "item 2 of the decree" is the document's item 2."""
    (written,) = find_references("пункт 2 Указа")
    alone = [Reference.parse("para_1"), Reference.parse("para_2")]
    assert [str(reference) for reference in written.select(alone)] == ["para_2"]


@given(st.text(max_size=300))
@settings(deadline=None)
def test_spans_lie_in_any_text(question: str) -> None:
    """Whatever the text, spans are in it, in order, and hold a digit, a letter or an ordinal."""
    found = find_references(question)
    assert all(0 <= w.start < w.end <= len(question) for w in found)
    assert [w.start for w in found] == sorted(w.start for w in found)


words = st.sampled_from(
    [
        "п.",
        "ст.",
        "5",
        "3.17",
        "-",
        "тармақ",
        "бап",
        "2)",
        "а)",
        "главы",
        "және",
        "и",
        ",",
        " ",
        "№",
        "чч",
        "Указ",
        "item",
        "3-",
        "екінші",
        "sec",
        "бөлім",
    ]
)


@given(st.lists(words, max_size=30).map("".join), st.lists(words, max_size=30).map(" ".join))
@settings(deadline=None)
def test_hostile_words(glued: str, spaced: str) -> None:
    """Any heap of the vocabulary is read without an error, into addresses that parse."""
    for question in (glued, spaced):
        for eid in addresses(question):
            Reference.parse(eid)


@pytest.mark.parametrize(
    "piece", ["1, ", "1-", "п. ", "ст. 3 п. 1 пп. 2 ", "1 и ", "3.17-", "тармақ "]
)
def test_long_questions_take_linear_time(
    growth: Callable[[Callable[[str], object], str, int], float], piece: str
) -> None:
    """A question of 100 kB made of one piece takes about sixteen times as long as one of 6 kB."""
    assert growth(find_references, piece, 100_000 // len(piece.encode())) < 64
