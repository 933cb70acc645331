"""Tests of searching inside sections, on a law whose articles count through its chapters."""

from pathlib import Path

import pytest

from indexer.building import build_index
from indexer.corpus import Corpus, DocumentEntry
from indexer.documents import Document, read_document
from indexer.embedding import Encoder
from indexer.index import load_index
from indexer.outline import outline
from indexer.parsing import parse, passages
from service.errors import RequestError
from service.questions import read_question
from service.retrieval import Filters, Retriever

LAW = """1-тарау. Жалпы ережелер
1-бап. Мақсаты
Осы Заң кітапханалар қызметін реттейді.
2-бап. Ұғымдар
Кітап – басылым түрі.
2-тарау. Оқырмандар
3-бап. Құқықтары
1. Оқырман кітап алуға құқылы.
2. Оқырман кітапты мерзімінде қайтарады.
"""


@pytest.fixture
def retriever(tmp_path: Path, encoder: Encoder, root: Path) -> Retriever:
    """A retriever over the law."""
    tree = parse(LAW)
    found = passages(tree, document_id="law", language="kk")
    concept: Document = read_document(root / "seeds" / "foreign-policy-2020-2030")
    entry = DocumentEntry(concept, {"kk": outline(tree)})
    build_index(Corpus((entry,), found, {}), tmp_path, encoder)
    return Retriever(load_index(tmp_path), encoder)


def eids(retriever: Retriever, section: str) -> set[str]:
    """The items found inside a section."""
    filters = Filters(sections=(section,))
    results = retriever.search(read_question("кітап"), 50, filters).results
    return {result.passage.eid for result in results}


def test_chapter_holds_its_articles(retriever: Retriever) -> None:
    """A chapter's items are found though their addresses do not begin with the chapter's."""
    assert eids(retriever, "chp_1") == {"art_1__al_1", "art_2__al_1"}
    assert eids(retriever, "chp_2") == {"art_3__para_1", "art_3__para_2"}


def test_article_and_item_are_sections_too(retriever: Retriever) -> None:
    """A filter may be as narrow as one item."""
    assert eids(retriever, "art_3") == {"art_3__para_1", "art_3__para_2"}
    assert eids(retriever, "art_3__para_2") == {"art_3__para_2"}


def test_number_is_not_a_beginning(retriever: Retriever) -> None:
    """art_3 is not art_33, and what is nowhere is refused."""
    with pytest.raises(RequestError, match="no such section"):
        eids(retriever, "art_33")
