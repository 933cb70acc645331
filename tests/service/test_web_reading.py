"""Tests of a document as it is read."""

from indexer.index import Index
from indexer.outline import Section
from indexer.passages import Passage
from service.answering import Span
from service.web.reading import Found, Heading, Item, read


def passage(eid: str, text: str = "мәтін") -> Passage:
    """Returns a passage of a small document."""
    return Passage("d", eid, "kk", None, (), text)


def test_whole_concept_is_read_in_order(concept: Index) -> None:
    """Every passage and every heading of the concept comes once, each under its own heading."""
    outline = concept.corpus.documents[0].outlines["kk"]
    blocks = read(outline, concept.corpus.passages, "kk")
    items = [block.passage for block in blocks if isinstance(block, Item)]
    assert items == list(concept.corpus.passages)
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
    blocks = read((Section("art_1", "1-бап", "Ұғымдар", 1),), [passage("art_1")], "kk")
    assert [getattr(block, "anchor", None) for block in blocks] == ["", None]


def test_empty_section_keeps_its_heading() -> None:
    """A chapter without text (repealed, say) is not lost, at the end neither."""
    outline = tuple(Section(f"chp_{n}", f"{n}-тарау", "Т", n % 2) for n in (1, 2, 3, 4))
    blocks = read(outline, [passage("chp_1__al_1"), passage("chp_3__al_1")], "kk")
    assert [block.eid if isinstance(block, Heading) else "text" for block in blocks] == [
        *("chp_1", "text", "chp_2", "chp_3", "text", "chp_4")
    ]


def test_hits_link_to_their_neighbours_in_reading_order() -> None:
    """Previous and next go by the place in the text, not by rank."""
    passages = [passage(f"para_{n}") for n in (1, 2, 3)]
    found = Found(("para_3", "para_1"), ((Span(0, 2, "мә"),), ()))
    first, middle, last = (
        block for block in read((), passages, "kk", found=found) if isinstance(block, Item)
    )
    assert first.hit is not None
    assert (first.hit.rank, first.hit.previous, first.hit.next) == (2, "", "para_3")
    assert middle.hit is None
    assert last.hit is not None
    assert (last.hit.rank, last.hit.previous, last.hit.next) == (1, "para_1", "")
    assert last.segments[0].text == "мә"


def test_sub_items_are_set_in() -> None:
    """Depth counts steps below the heading; lists are no step."""
    outline = (Section("art_1", "1-бап", "Т", 3),)
    eids = ("art_1__para_1", "art_1__para_1__point_1", "art_1__para_1__list_1__point_2")
    blocks = read(outline, [passage(eid) for eid in eids], "kk")
    assert [block.depth for block in blocks if isinstance(block, Item)] == [0, 1, 1]
