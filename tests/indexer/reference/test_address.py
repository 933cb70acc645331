"""References: addresses as values, in order and in words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.errors import InvalidReferenceError, TarmaqError
from indexer.parsing import parse, passages
from indexer.reference import (
    Addresses,
    Part,
    Reference,
    WrittenReference,
    find_references,
    resolve_written,
)
from indexer.reference.letters import LATIN

ITEM = "chp_5__sec_3__para_3-17"

integers = st.integers(0, 400).map(str)
numbers = st.lists(integers, min_size=1, max_size=3).map("-".join)
letters = st.sampled_from(LATIN)
copies = st.one_of(st.just(1), st.integers(2, 12))
parts = st.one_of(
    st.builds(Part, st.sampled_from(["preamble", "decree"]), st.just(""), copies),
    st.builds(
        Part,
        st.sampled_from(["chp", "sec", "sec_nn", "art", "annex", "para", "list", "al", "point"]),
        numbers,
        copies,
    ),
    st.builds(Part, st.just("point"), letters, copies),
)
references = st.lists(parts, max_size=5).map(tuple).map(Reference)


@given(references)
@settings(deadline=None)
def test_round_trip(reference: Reference) -> None:
    """Every address reads back from its eId."""
    assert Reference.parse(str(reference)) == reference


@given(references, references, references)
@settings(deadline=None)
def test_order_is_total(a: Reference, b: Reference, c: Reference) -> None:
    """Any two addresses are equal or one comes first, and order is transitive."""
    assert (a < b) + (b < a) + (a == b) == 1
    if a <= b <= c:
        assert a <= c


@given(references, parts)
@settings(deadline=None)
def test_element_comes_before_what_it_contains(reference: Reference, part: Part) -> None:
    """An element stands before what it contains, and knows it."""
    child = Reference((*reference.parts, part))
    assert reference < child
    assert reference.contains(child)
    assert not child.contains(reference)
    assert child.parent == reference


@pytest.mark.parametrize(
    "eid",
    [
        "chp",
        "chp_",
        "chp_a",
        "chp_5__",
        "__chp_5",
        "chp_5_para_3",
        "para_3.17",
        "PARA_3",
        "art_01",
        "art_3_1",
        "art_3_0",
        "decree_1",
        "decree_x",
        "point_zz",
        "point_3-",
        "sec_nn",
        "chp_5#",
        " al_1",
        "al_1\n",
        "chp_٣",
        "статья_3",
        "a" * 10_000,
        "para_" + "9" * 30,
    ],
)
def test_malformed_eids_are_refused(eid: str) -> None:
    """What is no eId raises an error that quotes it and shows a good one."""
    with pytest.raises(InvalidReferenceError, match="chp_5__sec_3__para_3-17") as caught:
        Reference.parse(eid)
    assert isinstance(caught.value, TarmaqError)
    assert len(str(caught.value)) < 300


def test_document_order() -> None:
    """Addresses sort as a document prints its elements."""
    ordered = [
        "preamble__al_1",
        "decree__para_1",
        "decree__para_2",
        "decree__para_10",
        "chp_1__al_1",
        "chp_1__list_1__point_1",
        "chp_1__list_1__point_2",
        "chp_1__al_2",
        "chp_1__list_2__point_1",
        "chp_1-1__al_1",
        "chp_1-1__point_1",
        "chp_1-1__point_2",
        "chp_1-1__al_2",
        "chp_2__al_1",
        "chp_2__sec_1__para_1-2",
        "chp_2__sec_1__para_1-10",
        "chp_2__sec_2",
        "chp_2__sec_nn_1__al_1",
        "chp_2-1",
        "chp_10",
        "art_13",
        "art_13__para_1__point_1",
        "art_13__para_1__point_1-1",
        "art_13__para_1__point_2",
        "art_13__para_1__al_1",
        "art_13__para_2",
        "art_13_2",
        "art_13-1",
        "art_14__point_a",
        "art_14__point_b",
        "art_14__point_v",
        "annex_1__para_1",
    ]
    found = sorted(map(Reference.parse, reversed(ordered)))
    assert [str(reference) for reference in found] == ordered


def test_concept_like_text_sorts_as_it_is_read() -> None:
    """The passages of a parsed act are already in the order of their addresses."""
    text = (
        "Глава 1. А\nВот:\n1) а;\n2) б.\nЕще:\n1) в.\nГлава 2. Б\n1. Вода\n1.1. один;\n1.2. два.\n"
        "Статья 1. В\n1. Вот:\n1) а;\n1-1) б.\nИ еще.\n2. Все.\nСтатья 1-1. Г\nТекст."
    )
    eids = [p.eid for p in passages(parse(text), document_id="a", language="ru")]
    assert eids == [str(r) for r in sorted(map(Reference.parse, eids))]


@pytest.mark.parametrize(
    ("eid", "kk", "ru", "en"),
    [
        (
            ITEM,
            "5-тарау, 3-бөлім, 3.17-тармақ",
            "глава 5, раздел 3, пункт 3.17",
            "chapter 5, section 3, item 3.17",
        ),
        ("decree__para_4", "Жарлық, 4-тармақ", "Указ, пункт 4", "Decree, item 4"),
        (
            "chp_5__sec_nn_1__al_3",
            "5-тарау, нөмірленбеген 1-бөлім, 3-абзац",
            "глава 5, ненумерованный раздел 1, абзац 3",
            "chapter 5, unnumbered section 1, unnumbered paragraph 3",
        ),
        (
            "art_13-1__para_2-1__point_4",
            "13-1-бап, 2-1-тармақ, 4) тармақша",
            "статья 13-1, пункт 2-1, подпункт 4)",
            "article 13-1, item 2-1, sub-item 4)",
        ),
        (
            "chp_4__list_2__point_7",
            "4-тарау, 2-тізбе, 7) тармақша",
            "глава 4, перечень 2, подпункт 7)",
            "chapter 4, list 2, sub-item 7)",
        ),
        ("chp_2__para_13-1", "2-тарау, 13-1-тармақ", "глава 2, пункт 13-1", "chapter 2, item 13-1"),
        ("art_1__para_1-1", "1-бап, 1-1-тармақ", "статья 1, пункт 1-1", "article 1, item 1-1"),
        (
            "art_3__point_2__point_v",
            "3-бап, 2) тармақша, в) тармақша",
            "статья 3, подпункт 2), подпункт в)",
            "article 3, sub-item 2), sub-item v)",
        ),
        (
            "art_3_2",
            "3-бап (нөмірі қайталанған, 2)",
            "статья 3 (номер повторяется, 2)",
            "article 3 (number repeats, 2)",
        ),
        ("annex_1", "1-қосымша", "приложение 1", "annex 1"),
        (
            "preamble__al_1",
            "кіріспе, 1-абзац",
            "преамбула, абзац 1",
            "preamble, unnumbered paragraph 1",
        ),
        ("", "құжат", "документ", "document"),
    ],
)
def test_wording(eid: str, kk: str, ru: str, en: str) -> None:
    """An address prints in three languages, step by step."""
    reference = Reference.parse(eid)
    assert [reference.format(language) for language in ("kk", "ru", "en")] == [kk, ru, en]


def test_long_form_begins_with_the_title() -> None:
    """Given the document's title, the address prints after it."""
    long = Reference.parse(ITEM).format("kk", "Сыртқы саясат тұжырымдамасы")
    assert long == "Сыртқы саясат тұжырымдамасы, 5-тарау, 3-бөлім, 3.17-тармақ"
    assert Reference.parse("").format("kk", "Тұжырымдама") == "Тұжырымдама"


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize(
    "eid",
    [
        ITEM,
        "decree__para_4",
        "chp_5__sec_nn_1__al_3",
        "art_13-1__para_2-1__point_4",
        "annex_1__para_2",
        "chp_4__list_2__point_7",
        "art_3__al_2",
        "chp_3",
        "art_5",
    ],
)
def test_printed_references_are_found_in_questions(eid: str, language: str) -> None:
    """What the service prints, a person can paste into a question."""
    reference = Reference.parse(eid)
    question = f"{reference.format(language)}?"  # type: ignore[arg-type]
    (written,) = find_references(question)
    assert _meant(written, [reference, Reference.parse("art_99")]) == (reference,)
    assert (written.start, written.end) == (0, len(question) - 1)


def _meant(written: WrittenReference, references: list[Reference]) -> tuple[Reference, ...]:
    named = resolve_written(written, Addresses(references))
    return tuple(reference for each in named for reference in each.references)
