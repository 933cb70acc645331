"""Tests of outlines, on a law whose chapters hold articles that count through the act."""

from pathlib import Path

import pytest

from indexer.documents.corpus import read_corpus
from indexer.documents.outline import Outline, outline, outline_of
from indexer.parsing import parse

LAW = """1-БӨЛІМ. ЖАЛПЫ БӨЛІК
1-тарау. Жалпы ережелер
1-бап. Мақсаты
Осы Заң кітапханалар қызметін реттейді.
2-бап. Ұғымдар
1. Мынадай ұғымдар пайдаланылады:
1) кітап – басылым түрі;
2) оқырман – жеке тұлға.
2-тарау. Оқырмандар
3-бап. Құқықтары
1. Оқырман кітап алуға құқылы.
2. Оқырман кітапты мерзімінде қайтарады.
"""


@pytest.fixture(scope="module")
def law() -> Outline:
    """The law's outline."""
    return outline(parse(LAW))


def held(law: Outline, eid: str) -> list[str]:
    """Returns the addresses that an element holds."""
    return [law.eids[place] for place in law.within(eid)]


def test_passages_stand_in_reading_order(law: Outline) -> None:
    """Each has its place."""
    assert law.eids == (
        "art_1__al_1",
        "art_2__para_1",
        "art_2__para_1__point_1",
        "art_2__para_1__point_2",
        "art_3__para_1",
        "art_3__para_2",
    )
    assert [law.place(eid) for eid in law.eids] == [0, 1, 2, 3, 4, 5]
    assert law.place("art_3") is None


def test_sections_stand_in_reading_order(law: Outline) -> None:
    """A division has no address; each section knows where it begins and how much it holds."""
    assert [(section.eid, section.span) for section in law.walk()] == [
        ("", range(0, 6)),
        ("chp_1", range(0, 4)),
        ("art_1", range(0, 1)),
        ("art_2", range(1, 4)),
        ("chp_2", range(4, 6)),
        ("art_3", range(4, 6)),
    ]
    chapter = law.section("chp_2")
    assert chapter is not None
    assert (chapter.num, chapter.heading) == ("2-тарау", "Оқырмандар")
    assert law.section("chp_3") is None
    assert law.section("") is None


def test_a_chapter_holds_its_articles(law: Outline) -> None:
    """Though their addresses do not begin with the chapter's."""
    assert held(law, "chp_1") == list(law.eids[:4])
    assert held(law, "chp_2") == ["art_3__para_1", "art_3__para_2"]


def test_an_item_holds_what_its_address_begins(law: Outline) -> None:
    """Itself among them; a longer number is another item."""
    assert held(law, "art_2__para_1") == list(law.eids[1:4])
    assert held(law, "art_2__para_1__point_2") == ["art_2__para_1__point_2"]
    assert held(outline_of(["art_3", "art_33", "art_3__al_1"]), "art_3") == ["art_3", "art_3__al_1"]


def test_an_empty_address_holds_everything_and_an_unknown_one_nothing(law: Outline) -> None:
    """The whole edition, or no place at all."""
    assert law.within("") == tuple(range(6))
    assert law.within("art_9") == ()


@pytest.mark.parametrize(
    ("eid", "above"),
    [
        ("art_2__para_1__point_2", ("chp_1", "art_2", "art_2__para_1")),
        ("art_2__para_1", ("chp_1", "art_2")),
        ("art_3__para_1", ("chp_2", "art_3")),
        ("art_3", ("chp_2",)),
        ("art_1", ("chp_1",)),
        ("chp_1", ()),
        ("chp_2", ()),
        ("art_9", ()),
        ("", ()),
    ],
)
def test_ancestors_are_what_holds_an_element(
    law: Outline, eid: str, above: tuple[str, ...]
) -> None:
    """Outermost first; sections around it, then the items that its address begins with."""
    assert law.ancestors(eid) == above


def test_what_holds_an_element_has_it_within(root: Path) -> None:
    """Ancestors and contents agree for every passage and section of the concept and of a law."""
    (source,) = read_corpus(root / "seeds")
    text = (root / "tests" / "data" / "acts" / "libraries-law.kk.txt").read_text("utf-8-sig")
    for one in (source.expressions[0].outline, outline(parse(text))):
        for eid in one.eids:
            for above in one.ancestors(eid):
                assert one.place(eid) in one.within(above)
        for section in one.walk():
            if section.eid:
                assert set(section.span) <= set(one.within(section.eid))
                for above in one.ancestors(section.eid):
                    assert set(section.span) <= set(one.within(above))


def test_an_edition_without_sections_has_places() -> None:
    """Passages of a data set are found by their addresses."""
    flat = outline_of(["a", "a__b", "c"])
    assert flat.sections == ()
    assert flat.within("a") == (0, 1)
    assert flat.ancestors("a__b") == ("a",)
    assert flat.place("c") == 2
