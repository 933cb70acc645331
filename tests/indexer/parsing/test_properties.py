"""The structure parser on texts that nobody wrote by hand."""

import re
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.parsing import parse, passages
from indexer.parsing.lines import read_lines
from indexer.parsing.markdown import is_markdown, read_markdown
from indexer.reference import Reference

WORDS = re.compile(r"[^\W_]+")

sentences = st.lists(
    st.sampled_from(["су", "жол", "кітап", "право", "порядок", "срок", "әрекет", "орган"]),
    min_size=2,
    max_size=6,
).map(" ".join)


@st.composite
def articles(draw: st.DrawFn, number: str, kazakh: bool) -> tuple[list[str], list[str]]:
    """The lines of an article and the eIds of its passages."""
    title = draw(sentences).capitalize()
    lines = [f"{number}-бап. {title}" if kazakh else f"Статья {number}. {title}"]
    eids: list[str] = []
    art = f"art_{number}"
    if draw(st.booleans()):
        for para in range(1, draw(st.integers(2, 4))):
            points = draw(st.integers(0, 3))
            lines.append(f"{para}. {draw(sentences).capitalize()}{':' if points else '.'}")
            eids.append(f"{art}__para_{para}")
            add_points(lines, eids, draw, f"{art}__para_{para}", points)
            for al in range(1, 1 + draw(st.integers(0, 2))):
                lines.append(f"{draw(sentences).capitalize()}.")
                eids.append(f"{art}__para_{para}__al_{al}")
    else:
        runs = draw(st.integers(1, 3))
        for run in range(1, runs + 1):
            lines.append(f"{draw(sentences).capitalize()}:")
            eids.append(f"{art}__al_{run}")
            holder = f"{art}__list_{run}" if run > 1 else art
            add_points(lines, eids, draw, holder, draw(st.integers(1, 3)))
    return lines, eids


def add_points(lines: list[str], eids: list[str], draw: st.DrawFn, holder: str, count: int) -> None:
    """Add a run of points, one of them inserted."""
    numbers = [str(n) for n in range(1, count + 1)]
    if count > 1 and draw(st.booleans()):
        numbers.insert(1, "1-1")
    for number in numbers:
        end = "." if number == numbers[-1] else ";"
        lines.append(f"{number}) {draw(sentences)}{end}")
        eids.append(f"{holder}__point_{number}")


@st.composite
def acts(draw: st.DrawFn) -> tuple[str, list[str]]:
    """The text of an act, spaced or not, and the eIds of its passages."""
    kazakh = draw(st.booleans())
    lines: list[str] = []
    eids: list[str] = []
    article = 0
    for chapter in range(1, 1 + draw(st.integers(1, 3))):
        title = draw(sentences).upper()
        lines.append(f"{chapter}-тарау. {title}" if kazakh else f"Глава {chapter}. {title}")
        for _ in range(draw(st.integers(1, 3))):
            article += 1
            number = f"{article}-1" if article > 1 and draw(st.booleans()) else str(article)
            more, found = draw(articles(number, kazakh))
            lines += more
            eids += found
    return draw(st.sampled_from(["\n", "\n\n", "\r\n", "\n\n      "])).join(lines), eids


@given(acts())
@settings(deadline=None)
def test_printed_trees_are_read_back(act: tuple[str, list[str]]) -> None:
    """An act printed from a tree gives the tree's eIds, whatever separates its lines."""
    text, eids = act
    assert [p.eid for p in passages(parse(text), document_id="a", language="kk")] == eids


fragments = st.sampled_from(
    [
        "Статья 1. Имя",
        "2-бап",
        "Глава 1",
        "3-тарау. Атау",
        "Раздел IV",
        "1.",
        "1. Текст",
        "2) слово;",
        "1.1. пункт",
        "а) буква",
        "5",
        "§ 2",
        "Сноска. Статья 1 исключена",
        "Примечание ИЗПИ!",
        "ҚАУЛЫ ЕТЕМІН:",
        "Приложение 2",
        "«1. Цитата",
        '"Статья 4. Б',
        "конец.»",
        "Осы Заң реттейді.",
        "Слова: 1) один; 2) два",
        "Президент",
        "1,5",
        "МАЗМҰНЫ",
        "I. Часть",
        "Chapter IV",
        "Article 3. Name",
        "Annex No. 2",
        "I HEREBY DECREE:",
        "",
        " ",
        "текст",
        "Жалпы.",
        "# О садах",
        "### Статья 7. Имя",
        '<a id="st1"></a>',
        "> *Сноска. Пункт 1 в редакции Закона РК от 01.02.2020 № 1.*",
        "> *Приложение 1*  ",
        "> *к Правилам полива*",
        "**2-бап. Осы Заң қолданысқа енгізіледі.**",
        "| а | б |",
        "|---|---|",
        "<table><tr><td>1</td>",
        "<td>два</td></tr></table>",
        "---",
        "Примечания.",
        "2) – 4) исключены",
        "Статьи 3-5. Исключены",
        "Приложение 1",
        "к постановлению Правительства",
        "қаулысына 2-қосымша",
        "__________________",
        "6 Қазақстан Республикасының заңнамасы",
    ]
)
hostile = st.one_of(
    st.text(max_size=200),
    st.lists(st.one_of(fragments, st.text(max_size=12)), max_size=40).map("\n".join),
    st.lists(fragments, max_size=30).map("\n\n".join),
)


@given(hostile)
@settings(max_examples=300, deadline=None)
def test_addresses_are_unique_and_valid(text: str) -> None:
    """In any text every address is an eId of its own, and every passage has text."""
    text += "\nөзек."
    eids = [element.eid for element in parse(text).walk() if element.eid]
    assert len(eids) == len(set(eids))
    assert all(str(Reference.parse(eid)) == eid for eid in eids)
    found = passages(parse(text), document_id="a", language="kk")
    assert all(passage.text == passage.text.strip() != "" for passage in found)


@given(hostile)
@settings(max_examples=400, deadline=None)
def test_spans_cover_the_source(text: str) -> None:
    """Every character but white space lies in one span of one element, and spans do not overlap."""
    text += "\nөзек."
    spans = sorted((s.start, s.end) for element in parse(text).walk() for s in element.spans)
    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    ends = [0, *(end for _, end in spans)]
    starts = [*(start for start, _ in spans), len(text)]
    gaps = [text[end:start] for end, start in zip(ends, starts, strict=True)]
    assert "".join("".join(gap.split()) for gap in gaps) == ""


@given(acts())
@settings(deadline=None)
def test_spans_hold_the_texts(act: tuple[str, list[str]]) -> None:
    """The span of a passage is where its words stand."""
    text, _ = act
    for element in parse(text).walk():
        if element.text:
            found = "".join(text[span.start : span.end] for span in element.spans)
            assert element.text in " ".join(found.split())


@given(acts(), sentences)
@settings(deadline=None)
def test_addresses_do_not_change_when_text_is_added(
    act: tuple[str, list[str]], sentence: str
) -> None:
    """A list, a note or an article after the last passage leaves every address as it was."""
    text, eids = act
    more = f"{sentence.capitalize()}:\n1) {sentence};\n2) {sentence}.\nПримечания.\n1. {sentence}."
    found = [p.eid for p in passages(parse(f"{text}\n{more}"), document_id="a", language="kk")]
    assert found[: len(eids)] == eids


@given(hostile)
@settings(max_examples=300, deadline=None)
def test_no_word_is_lost(text: str) -> None:
    """Every word of any text turns up in the tree: as number, heading, text or note.

    Only a heading that the page prints twice is kept once, and «Статьи» becomes «Статья».
    """
    text += "\nөзек."
    tree = "".join(
        character
        for element in parse(text).walk()
        for part in (element.num or "", element.heading, element.text, *element.notes)
        for character in part
        if character.isalnum()
    )
    lines = read_markdown(text) if is_markdown(text) else read_lines(text)
    words = [word for line in lines for word in WORDS.findall(line.text)]
    lost = {word.casefold() for word in words if word not in tree}
    assert lost <= {"статьи", "главы", "баптар", "тараулар"}


@pytest.mark.parametrize(
    "piece",
    [
        "абв где\n",
        "АБВ\n",
        "5) а;\n",
        "«1. Абв\n",
        "Глава 1\n",
        "Глава 1. А\n(б\n\n",
        "1\n",
        "Сноска. Статья 1 (см.\n",
        "Сноска. Статья 1 (см.\n\n",
        "Приложение 1\nк приказу\n",
        "# а\n",
        "> *Приложение\n",
        "<a id=1> \n",
        "<table><tr><td>а",
        "| а | б |\n",
        "**а* [б](\n",
        "а\n\n1\n\n",
        "__________\n\nа\n\n",
        "2), 3) исключены\n",
        "Статья 1. А\n\nб\n\n",
        "Примечания.\n1. а\n",
    ],
)
def test_time_grows_with_length(
    growth: Callable[[Callable[[str], object], str, int], float], piece: str
) -> None:
    """A text sixteen times as long takes about sixteen times as long, whatever it is made of."""
    assert growth(lambda text: parse(text + "өзек."), piece, 16_000) < 64
