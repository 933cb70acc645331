"""Tests of the map of a document."""

from indexer.documents.outline import Outline, Section
from indexer.stores.embedded import EmbeddedSnapshot
from service.web.map import plan


def test_every_passage_of_the_concept_is_on_the_map(concept: EmbeddedSnapshot) -> None:
    """Each passage lies in one row, and the row of a hit leads to it."""
    chart = plan(concept.outline(concept.editions[0]))
    assert sum(len(eids) for _, eids in chart.rows) == 128
    rows = chart.draw(("chp_5__sec_3__para_3-17", "chp_1__al_2"), "kk")
    marked = {row.label: row for row in rows if row.ticks}
    assert set(marked) == {"5-тарау, 3-бөлім", "1-тарау"}
    assert marked["5-тарау, 3-бөлім"].eid == "chp_5__sec_3__para_3-17"
    assert marked["1-тарау"].ticks[0].rank == 2


def test_ticks_stay_on_the_bar(concept: EmbeddedSnapshot) -> None:
    """No tick is drawn beyond the end of its row's bar, or beyond the picture."""
    outline = concept.outline(concept.editions[0])
    rows = plan(outline).draw(outline.eids, "ru")
    for row in rows:
        assert all(0 <= tick.x < row.width <= 1000 for tick in row.ticks)


def test_many_articles_show_only_rows_with_hits() -> None:
    """A law of a hundred articles without chapters is drawn where something was found."""
    sections = tuple(Section(f"art_{n}", f"{n}-бап", "Бап", 1, (), n - 1) for n in range(1, 101))
    outline = Outline(sections, tuple(f"art_{n}__para_1" for n in range(1, 101)))
    rows = plan(outline).draw(("art_77__para_1",), "kk")
    assert [row.label for row in rows] == ["77-бап"]


def test_divisions_without_address_are_looked_through() -> None:
    """Chapters inside a division that has no address of its own get rows."""
    chapter = Section("chp_1", "1-тарау", "Жалпы", 1)
    division = Section("", "1-бөлім", "Жалпы бөлім", 1, (chapter,))
    rows = plan(Outline((division,), ("chp_1__al_1",))).draw((), "kk")
    assert [(row.eid, row.ticks) for row in rows] == [("chp_1", ())]
