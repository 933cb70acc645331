"""Tests of a document as it is read."""

from indexer.documents.outline import Outline, Section, outline_of
from indexer.documents.passages import Passage
from indexer.stores.embedded import EmbeddedSnapshot
from service.answering.spans import Span
from service.web.reading import Found, Heading, Item, read


def passage(eid: str, text: str = "мәтін") -> Passage:
    """Returns a passage of a small document."""
    return Passage("d", eid, "kk", None, (), text)


def test_whole_concept_is_read_in_order(concept: EmbeddedSnapshot) -> None:
    """Every passage and every heading of the concept comes once, each under its own heading."""
    passages = concept.passages(range(concept.editions[0].stop))
    blocks = read(concept.outline(concept.editions[0]), passages, "kk")
    items = [block.passage for block in blocks if isinstance(block, Item)]
    assert items == list(passages)
    assert len(items) == 128
    headings = [block.eid for block in blocks if isinstance(block, Heading)]
    assert len(headings) == len(set(headings)) == 13
    under = ""
    for block in blocks:
        if isinstance(block, Heading):
            under = block.eid
        else:
            assert block.passage.eid.startswith(under)


def test_article_that_is_an_item_keeps_one_anchor() -> None:
    """An article whose text is one passage has its id on the text only."""
    outline = Outline((Section("art_1", "1-бап", "Ұғымдар", 1),), ("art_1",))
    blocks = read(outline, [passage("art_1")], "kk")
    assert [getattr(block, "anchor", None) for block in blocks] == ["", None]


def test_empty_section_keeps_its_heading() -> None:
    """A chapter without text (repealed, say) is not lost, at the end neither."""
    starts = ((1, 0), (2, 1), (3, 1), (4, 2))
    sections = (Section(f"chp_{n}", f"{n}-тарау", "Т", n % 2, (), start) for n, start in starts)
    eids = ("chp_1__al_1", "chp_3__al_1")
    blocks = read(Outline(tuple(sections), eids), [passage(eid) for eid in eids], "kk")
    assert [block.eid if isinstance(block, Heading) else "text" for block in blocks] == [
        *("chp_1", "text", "chp_2", "chp_3", "text", "chp_4")
    ]


def test_hits_link_to_their_neighbours_in_reading_order() -> None:
    """Previous and next go by the place in the text, not by rank."""
    passages = [passage(f"para_{n}") for n in (1, 2, 3)]
    found = Found(("para_3", "para_1"), ((Span(0, 2, "мә"),), ()))
    first, middle, last = (
        block
        for block in read(outline_of(p.eid for p in passages), passages, "kk", found=found)
        if isinstance(block, Item)
    )
    assert first.hit is not None
    assert (first.hit.rank, first.hit.previous, first.hit.next) == (2, "", "para_3")
    assert middle.hit is None
    assert last.hit is not None
    assert (last.hit.rank, last.hit.previous, last.hit.next) == (1, "para_1", "")
    assert last.segments[0].text == "мә"


def test_sub_items_are_set_in() -> None:
    """Depth counts steps below the heading; lists are no step."""
    eids = ("art_1__para_1", "art_1__para_1__point_1", "art_1__para_1__list_1__point_2")
    outline = Outline((Section("art_1", "1-бап", "Т", 3),), eids)
    blocks = read(outline, [passage(eid) for eid in eids], "kk")
    assert [block.depth for block in blocks if isinstance(block, Item)] == [0, 1, 1]
