"""Tests of the map of a document."""

from indexer.index import Index
from indexer.outline import Section
from indexer.passages import Passage
from service.web.map import plan


def test_every_passage_of_the_concept_is_on_the_map(concept: Index) -> None:
    """Each passage lies in one row, and the row of a hit leads to it."""
    outline = concept.corpus.documents[0].outlines["kk"]
    chart = plan(outline, concept.corpus.passages)
    assert sum(len(eids) for _, eids in chart.rows) == len(concept.corpus.passages)
    rows = chart.draw(("chp_5__sec_3__para_3-17", "chp_1__al_2"), "kk")
    marked = {row.label: row for row in rows if row.ticks}
    assert set(marked) == {"5-тарау, 3-бөлім", "1-тарау"}
    assert marked["5-тарау, 3-бөлім"].eid == "chp_5__sec_3__para_3-17"
    assert marked["1-тарау"].ticks[0].rank == 2


def test_ticks_stay_on_the_bar(concept: Index) -> None:
    """No tick is drawn beyond the end of its row's bar, or beyond the picture."""
    chart = plan(concept.corpus.documents[0].outlines["kk"], concept.corpus.passages)
    rows = chart.draw([passage.eid for passage in concept.corpus.passages], "ru")
    for row in rows:
        assert all(0 <= tick.x < row.width <= 1000 for tick in row.ticks)


def test_many_articles_show_only_rows_with_hits() -> None:
    """A law of a hundred articles without chapters is drawn where something was found."""
    outline = tuple(Section(f"art_{n}", f"{n}-бап", "Бап", 1) for n in range(1, 101))
    passages = [Passage("d", f"art_{n}__para_1", "kk", "1.", (), "м") for n in range(1, 101)]
    rows = plan(outline, passages).draw(("art_77__para_1",), "kk")
    assert [row.label for row in rows] == ["77-бап"]


def test_divisions_without_address_are_looked_through() -> None:
    """Chapters inside a division that has no address of its own get rows."""
    chapter = Section("chp_1", "1-тарау", "Жалпы", 1)
    outline = (Section("", "1-бөлім", "Жалпы бөлім", 1, (chapter,)),)
    rows = plan(outline, [Passage("d", "chp_1__al_1", "kk", None, (), "м")]).draw((), "kk")
    assert [(row.eid, row.ticks) for row in rows] == [("chp_1", ())]
