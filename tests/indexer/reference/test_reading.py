"""References that people write in questions."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.reference import (
    Addresses,
    Part,
    Reference,
    WrittenReference,
    find_references,
    ranges,
    resolve,
    resolve_written,
)
from indexer.reference.letters import LATIN
from indexer.reference.vocabulary import Language

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


ADDRESSES = Addresses(CONCEPT)


def addresses(question: str) -> list[str]:
    """The partial addresses in a question, in the spelling of eIds."""
    return [
        "__".join(f"{part.kind}_{part.number}".rstrip("_") for part in written.parts)
        for written in find_references(question)
    ]


def selected(question: str) -> list[str]:
    """The eIds of the concept that the first reference of a question means."""
    (written, *_) = find_references(question)
    return [str(reference) for reference in _meant(written, CONCEPT)]


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("5-тараудың 3.17-тармағы не туралы?", ["chp_5__para_3-17"]),
        ("article 52(1)(3) of the Labour Code", ["art_52__para_1__point_3"]),
        ("ст. 26 (1)", ["art_26__para_1"]),
        ("articles 5 and 6(2)", ["art_5", "art_6__para_2"]),
        ("статья 5 (2020)", ["art_5"]),
        ("Что в п. 3.17?", ["para_3-17"]),
        ("что в п.3.17", ["para_3-17"]),
        ("3-бап 2-тармақ", ["art_3__para_2"]),
        ("ст. 3 п. 1 пп. 2", ["art_3__para_1__point_2"]),
        ("п.п. 2 п. 1 ст. 3", ["art_3__para_1__point_2"]),
        ("п/п 2 п. 1 ст. 3", ["art_3__para_1__point_2"]),
        ("128 ст", ["art_128"]),
        ("Art. 3, para. 1, subpara. 2", ["art_3__para_1__point_2"]),
        ("подпункту 2) части первой статьи 3", ["art_3__para_1__point_2"]),
        ("подпункт 4) статьи 3, пункт 5 статьи 6", ["art_3__point_4", "art_6__para_5"]),
        ("баптың 1 және 2-тармақтары", ["para_1", "para_2"]),
        ("части 1-2 статьи 27", ["art_27__para_1-2"]),
        ("(по подпунктам 1) и 2) статьи 5)", ["art_5__point_1", "art_5__point_2"]),
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
        "5-3.17",
        "3.17–5",
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


def test_item_of_an_article_is_none_of_its_notes() -> None:
    """A reference to an item does not name the item of the same number in the article's notes."""
    (reference,) = find_references("часть 1 статьи 20")
    addresses = [Reference.parse(e) for e in ("art_20__note__para_1", "art_20__para_1")]
    assert [str(found) for found in _meant(reference, addresses)] == ["art_20__para_1"]


def test_decree_that_stands_alone() -> None:
    """In a decree with no other part, "item 2 of the decree" is the document's item 2."""
    (written,) = find_references("пункт 2 Указа")
    alone = [Reference.parse("para_1"), Reference.parse("para_2")]
    assert [str(reference) for reference in _meant(written, alone)] == ["para_2"]


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


integers = st.integers(1, 400).map(str)
inserted = st.builds("{}-{}".format, integers, st.integers(1, 20))
numbered = st.one_of(integers, inserted)
copies = st.one_of(st.just(1), st.integers(2, 12))
_NONE = st.just(None)


def steps(*kinds: str) -> st.SearchStrategy[Part | None]:
    """A step of one of some kinds, or none."""
    return st.one_of(_NONE, st.builds(Part, st.sampled_from(kinds), numbered, copies))


# Addresses as a parsed act has them: each sort of step once, and lettered points in numbered ones.
printable = (
    st.tuples(
        st.one_of(_NONE, st.builds(Part, st.sampled_from(["decree", "preamble"]))),
        steps("annex"),
        st.one_of(
            st.tuples(steps("chp"), st.one_of(steps("sec"), steps("sec_nn"))),
            st.tuples(steps("art"), _NONE),
        ),
        steps("para"),
        steps("list"),
        steps("point"),
        st.one_of(_NONE, st.builds(Part, st.just("point"), st.sampled_from(LATIN), copies)),
        steps("al"),
    )
    .map(lambda drawn: (*drawn[:2], *drawn[2], *drawn[3:]))
    .map(lambda drawn: Reference(tuple(part for part in drawn if part is not None)))
    .filter(lambda reference: any(part.number for part in reference.parts))
)


@given(printable, st.sampled_from(["kk", "ru", "en"]))
def test_what_is_printed_reads_back(reference: Reference, language: Language) -> None:
    """An address printed in any language names its element, alone and wholly written."""
    printed = reference.format(language)
    (named,) = resolve(printed, Addresses([reference])).named
    assert named.elements == (reference,)
    assert (named.written.start, named.written.end) == (0, len(printed))


@given(st.integers(1, 9), st.lists(st.integers(1, 40), min_size=1, max_size=12, unique=True))
def test_printed_ranges_read_back(section: int, drawn: list[int]) -> None:
    """Numbers printed as ranges name the same items."""
    references = [Reference.parse(f"sec_{section}__para_{section}-{n}") for n in sorted(drawn)]
    printed = ranges([f"{section}.{n}" for n in sorted(drawn)])
    assert resolve(f"пункты {printed}", Addresses(references)).references == tuple(references)


@given(st.text(max_size=200))
def test_any_text_resolves(question: str) -> None:
    """Whatever the text, what is meant lies in the document, or is missing."""
    for named in resolve(question, ADDRESSES).named:
        assert named.exists or named.missing
        assert all(reference in ADDRESSES for reference in named.elements)


@given(st.lists(words, max_size=30).map(" ".join))
def test_any_heap_of_words_resolves(question: str) -> None:
    """References heaped together resolve without an error."""
    for named in resolve(question, ADDRESSES).named:
        assert named.exists or named.missing


@pytest.mark.parametrize(
    "piece",
    [
        *("1, ", "1-", "1.", "1) ", "1,2,", "1 – ", "1 to ", "3.17-", "3.1–", "№ 5 ", "(", "«а» "),
        *("п. ", "п.п.", "ч. 2 ", "1 и ", "п. 1 и ", "тармақ ", "sub-", "II-", "екінші ", "жүз "),
        *("двадцать ", "ст. 3 п. 1 пп. 2 ", "часть 2 пункт 1 ", "3 бап 2 тармақ ", "a", "а'"),
        *("статьи 1 до 400 лет ", "статья 3 (номер повторяется, 2), ", "примечание ", "З"),
        "1-тармақтан 3-тармаққа дейін ",
    ],
)
def test_long_questions_take_linear_time(
    growth: Callable[[Callable[[str], object], str, int], float], piece: str
) -> None:
    """A question of 16 kB made of one piece takes about sixteen times as long as one of 1 kB."""
    assert growth(lambda text: resolve(text, ADDRESSES), piece, 16_000 // len(piece.encode())) < 64


def _meant(written: WrittenReference, references: list[Reference]) -> list[Reference]:
    named = resolve_written(written, Addresses(references))
    return [reference for each in named for reference in each.references]
