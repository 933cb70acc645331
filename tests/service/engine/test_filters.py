"""Tests of where to search, on a law whose articles count through its chapters."""

import datetime

import numpy as np
import pytest

from indexer.building import build_folder
from indexer.documents.passages import Passage
from indexer.embedding.encoders import Encoder
from indexer.stores.base import Snapshot
from indexer.stores.embedded import EmbeddedStore
from service.engine.filters import Filters, allowed_rows, editions_in_force, find_document
from service.engine.questions import read_question
from service.engine.retrieval import Retriever
from service.errors import RequestError

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
RUSSIAN = """Глава 1. Общие положения
Статья 1. Цель
Настоящий Закон регулирует деятельность библиотек.
"""
DESCRIPTION = """
uri = "/akn/kz/act/law/2001-05-10/7"
[title]
kk = "Кітапхана туралы"
[[editions]]
language = "kk"
[[editions]]
language = "kk"
date = 2011-01-01
[[editions]]
language = "ru"
"""
OTHER = """
uri = "/akn/kz/act/decree/2015-02-03/9"
[title]
kk = "Басқа"
[[editions]]
language = "kk"
"""


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory, hashed: Encoder) -> Snapshot:
    """The law in two Kazakh editions, of 2001 and of 2011, and in Russian; a decree beside it."""
    seeds = tmp_path_factory.mktemp("seeds")
    texts = {"kk.txt": LAW, "kk@2011-01-01.txt": LAW.split("2. Оқ")[0], "ru.txt": RUSSIAN}
    for name, description, files in (
        ("law", DESCRIPTION, texts),
        ("other", OTHER, {"kk.txt": "1. Кітап сатылады.\n2. Кітап алынады.\n"}),
    ):
        (seeds / name).mkdir()
        (seeds / name / "document.toml").write_text(description, encoding="utf-8")
        for file, text in files.items():
            (seeds / name / file).write_text(text, encoding="utf-8")
    store = EmbeddedStore(tmp_path_factory.mktemp("index"))
    build_folder(seeds, store, hashed)
    return store.snapshot()


def allowed(snapshot: Snapshot, **wanted: object) -> list[str]:
    """Returns the passages that filters let through."""
    rows = allowed_rows(snapshot, Filters(**wanted))  # type: ignore[arg-type]
    found = range(len(snapshot)) if rows is None else rows
    return [str(passage.key) for passage in snapshot.passages(found)]


def eids(snapshot: Snapshot, hashed: Encoder, section: str) -> set[str]:
    """Returns the items of the law of 2001 that a search finds inside a section."""
    filters = Filters(documents=("law@kk:2001-05-10",), sections=(section,))
    results = Retriever(snapshot, hashed).search(read_question("кітап"), 50, filters).results
    return {result.passage.eid for result in results}


def test_chapter_holds_its_articles(snapshot: Snapshot, hashed: Encoder) -> None:
    """A chapter's items are found though their addresses do not begin with the chapter's."""
    assert eids(snapshot, hashed, "chp_1") == {"art_1__al_1", "art_2__al_1"}
    assert eids(snapshot, hashed, "chp_2") == {"art_3__para_1", "art_3__para_2"}


def test_article_and_item_are_sections_too(snapshot: Snapshot, hashed: Encoder) -> None:
    """A filter may be as narrow as one item."""
    assert eids(snapshot, hashed, "art_3") == {"art_3__para_1", "art_3__para_2"}
    assert eids(snapshot, hashed, "art_3__para_2") == {"art_3__para_2"}


def test_number_is_not_a_beginning(snapshot: Snapshot, hashed: Encoder) -> None:
    """art_3 is not art_33, and what is nowhere is refused."""
    with pytest.raises(RequestError, match="no such section"):
        eids(snapshot, hashed, "art_33")


def test_editions_in_force_are_searched(snapshot: Snapshot) -> None:
    """Without a day, texts that a later edition replaced are not found."""
    assert allowed(snapshot) == [
        "law#art_1__al_1@kk:2011-01-01",
        "law#art_2__al_1@kk:2011-01-01",
        "law#art_3__para_1@kk:2011-01-01",
        "law#art_1__al_1@ru:2001-05-10",
        "other#para_1@kk:2015-02-03",
        "other#para_2@kk:2015-02-03",
    ]


def test_a_day_brings_back_what_was_in_force_then(snapshot: Snapshot) -> None:
    """On a day before the change the earlier text is searched."""
    found = allowed(snapshot, date=datetime.date(2010, 12, 31), documents=("law",))
    assert "law#art_3__para_2@kk:2001-05-10" in found
    assert {key.rpartition(":")[2] for key in found} == {"2001-05-10"}
    found = [rows.key for rows in editions_in_force(snapshot, datetime.date(2010, 12, 31))]
    assert [str(key) for key in found if key.document == "law"] == [
        "law@kk:2001-05-10", "law@ru:2001-05-10",
    ]  # fmt: skip


def test_a_key_names_one_edition(snapshot: Snapshot) -> None:
    """An edition that is not in force is searched where its key says so."""
    assert len(allowed(snapshot, documents=("law@kk:2001-05-10",))) == 4
    assert len(allowed(snapshot, documents=("law@kk",))) == 3
    assert len(allowed(snapshot, documents=("/akn/kz/act/law/2001-05-10/7/rus@",))) == 1


def test_languages_and_kinds_are_told_apart(snapshot: Snapshot) -> None:
    """Each narrows the search by itself, both together more."""
    assert allowed(snapshot, languages=("ru",)) == ["law#art_1__al_1@ru:2001-05-10"]
    assert allowed(snapshot, kinds=("decree",)) == [
        "other#para_1@kk:2015-02-03", "other#para_2@kk:2015-02-03",
    ]  # fmt: skip
    assert allowed(snapshot, kinds=("decree",), languages=("ru",)) == []


def test_a_condition_looks_at_each_passage(snapshot: Snapshot) -> None:
    """Whatever the passage holds may be asked for."""

    def sold(passage: Passage) -> bool:
        return "сатылады" in passage.text

    assert allowed(snapshot, where=sold) == ["other#para_1@kk:2015-02-03"]
    assert allowed(snapshot, where=sold, documents=("law",)) == []


def test_nothing_left_out_is_no_filter(snapshot: Snapshot, hashed: Encoder) -> None:
    """Where every row may be found the whole index is searched, which is faster."""
    everything = tuple(str(rows.key) for rows in snapshot.editions)
    assert allowed_rows(snapshot, Filters(documents=everything)) is None
    rows = allowed_rows(snapshot, Filters())
    assert rows is not None
    assert (np.diff(rows) > 0).all()


@pytest.mark.parametrize(
    "name", ["nothing", "law@en", "law@xx", "/akn/kz/act/law/1999-01-01/1", ""]
)
def test_an_unknown_document_is_refused(snapshot: Snapshot, name: str) -> None:
    """The error names those that there are."""
    with pytest.raises(RequestError) as caught:
        find_document(snapshot, name)
    assert "law, other" in str(caught.value)


def test_items_found_in_two_editions_count_once(snapshot: Snapshot, hashed: Encoder) -> None:
    """An item in Kazakh and Russian is one result, in the language asked for where it has one."""
    retriever = Retriever(snapshot, hashed)
    found = retriever.search(read_question("кітапхана библиотек"), 50, language="ru").results
    ids = [result.passage.id for result in found]
    assert len(ids) == len(set(ids))
    shown = {result.passage.id: result.passage.language for result in found}
    assert shown["law#art_1__al_1"] == "ru"
    assert shown["law#art_2__al_1"] == "kk"


def test_a_condition_holds_for_the_text_shown(snapshot: Snapshot, hashed: Encoder) -> None:
    """An item that meets a condition in Kazakh alone is not shown in Russian."""

    def kazakh(passage: Passage) -> bool:
        return "кітапхана" in passage.text.lower()

    retriever = Retriever(snapshot, hashed)
    question = read_question("деятельность библиотек")
    (result,) = retriever.search(question, 50, Filters(where=kazakh), "ru").results
    assert str(result.passage.key) == "law#art_1__al_1@kk:2011-01-01"
