"""The structure parser on small acts of many kinds, each in Kazakh and in Russian."""

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from indexer.parsing import parse, passages

DATA = Path(__file__).parents[2] / "data"


def kept(name: str) -> list[dict[str, Any]]:
    """The small acts of a file."""
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


KINDS = kept("parser-kinds.jsonl")
ACTS = kept("parser-acts.jsonl")


def set_as(layout: str, text: str) -> Iterator[str]:
    """An act as pages set it: a paragraph a line, or with blank lines between paragraphs."""
    if layout != "spaced":
        yield f"{text}\n"
    if layout in {"both", "spaced"}:
        yield "\n\n".join(f"      {line}" for line in text.split("\n"))


def layouts(kind: dict[str, str], language: str) -> Iterator[str]:
    """An act of both languages as pages set it."""
    layout = "both" if kind["layout"] == "lines" else kind["layout"]
    return set_as(layout, kind[language])


def eids(text: str) -> list[str]:
    """The eIds of the passages of a text; a repealed one begins with a cross."""
    found = passages(parse(text), document_id="act", language="ru")
    return [p.eid if p.status == "in-force" else f"†{p.eid}" for p in found]


@pytest.mark.parametrize("language", ["ru", "kk"])
@pytest.mark.parametrize("kind", KINDS, ids=[kind["kind"] for kind in KINDS])
def test_editions_have_the_same_addresses(kind: dict[str, str], language: str) -> None:
    """An act has the same addresses in both languages, however its page is set."""
    for text in layouts(kind, language):
        assert eids(text) == kind["eids"]


@pytest.mark.parametrize("act", ACTS, ids=[f"{act['kind']}-{act['language']}" for act in ACTS])
def test_act_gives_its_passages(act: dict[str, Any]) -> None:
    """An act of each form gives its passages with their addresses, texts and statuses."""
    for text in set_as(act["layout"], act["text"]):
        found = passages(parse(text), document_id="act", language=act["language"])
        said = [f"{'' if p.status == 'in-force' else '†'}{p.eid} {p.text}" for p in found]
        assert said == [" ".join(passage) for passage in act["passages"]]


@pytest.mark.parametrize("language", ["ru", "kk"])
@pytest.mark.parametrize("kind", KINDS, ids=[kind["kind"] for kind in KINDS])
def test_nothing_is_lost(kind: dict[str, str], language: str) -> None:
    """Every character of an act but white space lies in one span of one element."""
    for text in layouts(kind, language):
        spans = sorted((s.start, s.end) for element in parse(text).walk() for s in element.spans)
        assert all(before[1] <= after[0] for before, after in pairwise(spans))
        starts = [*(start for start, _ in spans), len(text)]
        ends = [0, *(end for _, end in spans)]
        assert not "".join(text[a:b] for a, b in zip(ends, starts, strict=True)).strip()


def test_latin_letters_are_their_own() -> None:
    """After a Latin «b» a «c» is Latin; elsewhere it is the Cyrillic letter that it looks like."""
    latin = "1. Виды:\na) раз;\nb) два;\nc) три.\n"
    mixed = "1. Виды:\nа) раз;\nб) два;\n".replace("а)", "a)") + "".join(
        f"{letter}) слово;\n" for letter in "вгдежзиклмноп"
    )
    assert eids(latin)[-1] == "para_1__point_c"
    assert eids(f"{mixed}р) раз;\nc) два.\n")[-1] == "para_1__point_s"


def test_kazakh_letters_have_addresses_of_their_own() -> None:
    """«ә)» and «ғ)» are points as «а)» and «г)» are."""
    text = "5. Негіздер:\nа) өтініш;\nә) шешім;\nб) шарт;\nв) заң;\nг) сот;\nғ) әдет.\n"
    points = ["a", "ae", "b", "v", "g", "gh"]
    assert eids(text) == ["para_5", *(f"para_5__point_{name}" for name in points)]


@pytest.mark.parametrize("line", ["г. Алматы является городом.", "д. 5 стоит на улице."])
def test_abbreviation_is_no_letter_of_a_list(line: str) -> None:
    """A letter with a full stop announces a point only in a list of such letters."""
    assert eids(f"1. Города Казахстана.\n{line}\n2. Реки.\n") == [
        "para_1",
        "para_1__al_1",
        "para_2",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Утверждены приказом Министра садоводства в 2029 году.",
        "Согласовано с министерством всё, что нужно.",
        "Председатель комиссии ведет заседание.",
        "Қағидалар министрдің бұйрығымен бекітілді.",
    ],
)
def test_sentence_is_no_stamp(line: str) -> None:
    """A sentence that begins or ends like a stamp or a signature is text."""
    assert eids(f"Статья 1. Сад\n1. Раз.\n{line}\n2. Два.\n") == [
        "art_1__para_1",
        "art_1__para_1__al_1",
        "art_1__para_2",
    ]


def test_word_for_contents_alone_sets_nothing_aside() -> None:
    """Chapters that begin anew in an annex are no list of contents."""
    text = (
        "Содержание\nГлава 1. А\n1. Раз.\nГлава 2. Б\n2. Два.\n"
        "Приложение 1 к Правилам\nГлава 1. В\n1. Три.\n"
    )
    assert eids(text) == ["chp_1__para_1", "chp_2__para_2", "annex_1__chp_1__para_1"]


@pytest.mark.parametrize("end", [", –", ", -", " —"])
def test_item_that_ends_in_a_dash_is_over(end: str) -> None:
    """«…, –⏎влечет штраф»: only behind a number a dash is of a range that the page broke."""
    text = f"Статья 1. Нарушение\n1. Нарушение в виде:\n1) шума ночью;\n2) крика на людей{end}\n"
    items = ["art_1__para_1", "art_1__para_1__point_1", "art_1__para_1__point_2"]
    excluded = "†art_1__para_1__point_3"
    assert eids(f"{text}3) исключен Законом РК от 16.04.2018 № 147;\n") == [*items, excluded]
    assert eids(f"{text}влечет штраф.\n")[:3] == items
    broken = "Статья 1. Нарушение\n1. Шум и крик из подпунктов 1) –\n3) статьи 4 ведут к штрафу."
    assert eids(broken) == ["art_1__para_1"]
