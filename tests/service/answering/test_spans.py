"""The words of a passage that answer a question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.documents.passages import Passage
from service.answering.spans import answer_spans, highlight_spans
from service.ranking.dictionary import Equivalent, Unit

_LIST = (
    "Каспий теңізінің экологиясын қорғау; көлік дәліздерін дамыту; шекаралық бақылауды "
    "күшейту; азық-түлік қауіпсіздігін қамтамасыз ету."
)


def _passage(text: str) -> Passage:
    return Passage("act", "art_1", "kk", None, (), text)


def _units(words: str) -> list[Unit]:
    return [Unit((word,)) for word in words.split()]


def test_answer_holds_what_is_asked_about() -> None:
    """Of a list of unlike things, the one that the question names is in the answer."""
    (span,) = answer_spans(_units("көлік дәлізі"), _passage(_LIST))
    assert "көлік дәліздерін" in span.text


def test_answer_to_how_long_holds_a_time() -> None:
    """Of a sentence that meets the question in its subject, the words with the time answer."""
    text = (
        "Государственная регистрация юридических лиц, относящихся к субъектам частного "
        "предпринимательства, и учётная регистрация филиалов, их представительств и отделений "
        "осуществляются по общему правилу, за исключением банков, в течение трёх рабочих дней "
        "со дня подачи заявления; плата вносится заранее."
    )
    passage = Passage("act", "art_1", "ru", None, (), text)
    units = [Unit((w,), (Equivalent((w,), "ru"),)) for w in ("регистрация", "лиц")]
    (span,) = answer_spans(units, passage, "Сколько дней занимает регистрация лиц?")
    assert "трёх рабочих дней" in span.text
    (plain,) = answer_spans(units, passage)
    assert "трёх рабочих дней" not in plain.text


def test_equivalent_is_highlighted() -> None:
    """A Russian word highlights the forms of its Kazakh equivalent."""
    unit = Unit(("граница",), (Equivalent(("шекара",), "kk"),))
    assert [span.text for span in highlight_spans([unit], _passage(_LIST))] == ["шекаралық"]


def test_neighbouring_matches_are_one_highlight() -> None:
    """Words that match side by side are marked as one stretch."""
    highlights = highlight_spans(_units("көлік дәліздерін дамыту"), _passage(_LIST))
    assert [span.text for span in highlights] == ["көлік дәліздерін дамыту"]


def test_highlights_are_few() -> None:
    """A passage full of matches is marked at its strongest places only."""
    highlights = highlight_spans(_units("теңіз"), _passage("теңіз және " * 20))
    assert len(highlights) == 4


def test_nothing_matches() -> None:
    """A passage that meets no word of the question has no highlight, yet an answer."""
    assert not highlight_spans(_units("xyz"), _passage(_LIST))
    assert answer_spans(_units("xyz"), _passage(_LIST))


@pytest.mark.parametrize("text", ["", "—", "…"])
def test_no_words_no_answer(text: str) -> None:
    """A text without a word answers nothing."""
    assert answer_spans(_units("теңіз"), _passage(text)) == ()


@pytest.mark.parametrize("asked", ["ынтымақтастық", "әріптестік", "одақ", "кеңес", "бейбітшілік"])
def test_answer_ends_where_a_phrase_does(asked: str) -> None:
    """No answer ends before the verb of joined words, a bracket or what a word describes."""
    text = (
        "кеңесті (АӨСШК) өңірлік ұйымға айналдыру арқылы, бейбітшілік пен әріптестікті және "
        "«Одақ» аясындағы ынтымақтастықты одан әрі дамыту жөніндегі шаралар"
    )
    (span,) = answer_spans(_units(asked), _passage(text))
    assert span.text.endswith(("арқылы", "шаралар"))


@pytest.mark.parametrize("asked", ["сенім", "АӨСШК", "кеңес", "өңірлік", "ШЫҰ"])
def test_bracket_is_not_torn(asked: str) -> None:
    """An answer that opens a bracket closes it, and the other way round."""
    text = "сенім шаралары, (АӨСШК, кеңес) өңірлік ұйымға (ШЫҰ, одақ), айналдыру"
    (span,) = answer_spans(_units(asked.lower()), _passage(text))
    opened = 0
    for character in span.text:
        opened += (character == "(") - (character == ")")
        assert opened >= 0
    assert opened == 0


@given(
    st.text(alphabet="абвқң 𐐀é-,;–()«».1", max_size=120),
    st.lists(st.sampled_from(["абв", "қң", "1", "é"]), max_size=3),
)
def test_spans_quote_whole_words(text: str, words: list[str]) -> None:
    """Whatever the text, spans quote it exactly, in order, and split no word."""
    units = [Unit((word,)) for word in words]
    highlights = highlight_spans(units, _passage(text))
    for span in (*answer_spans(units, _passage(text)), *highlights):
        assert span.text == text[span.start : span.end] != ""
        if span.start:
            assert not (text[span.start - 1].isalnum() and text[span.start].isalnum())
        if span.end < len(text):
            assert not (text[span.end - 1].isalnum() and text[span.end].isalnum())
    starts = [span.start for span in highlights]
    assert starts == sorted(starts)
