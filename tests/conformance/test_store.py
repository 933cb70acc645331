"""What every store must do, whatever it is made of (:mod:`indexer.stores.base`)."""

import datetime
from typing import Any

import numpy as np
import pytest

from indexer.acts.citations import Citation
from indexer.errors import ConflictError, CorruptIndexError, StoreError
from indexer.languages.lexicon import load_lexicon
from indexer.stores.base import ModelStamp, Rows, Scores, Snapshot, Store

Writing = Any
RANDOM = np.random.default_rng(0)


def texts_of(snapshot: Snapshot) -> list[str]:
    """Returns the texts of a generation, in the order of its rows."""
    return [passage.text for passage in snapshot.passages(range(len(snapshot)))]


def ranked(writing: Writing, snapshot: Snapshot, query: Scores, rows: Rows) -> Rows:
    """Returns ``rows`` in the order of their inner products with a query, all compared."""
    if not len(rows):
        return rows
    found = snapshot.passages(rows)
    products = writing.vectors(passage.text for passage in found) @ query
    return rows[np.lexsort((rows, -products.round(5)))]


@pytest.fixture
def many(store: Store, writing: Writing) -> Snapshot:
    """Four documents of fifty passages."""
    named = ("б", "a", "г", "в")
    put = [writing.plain(name, *(f"{name} мәтін {n}" for n in range(50))) for name in named]
    store.put(put, writing.model)
    return store.snapshot()


@pytest.fixture
def query(writing: Writing) -> Scores:
    """The embedding of a question."""
    found: Scores = writing.vectors(["сұрақ"])[0]
    return found


def test_an_empty_store_has_no_generation(store: Store) -> None:
    """Its number is 0 and opening it says what to do."""
    assert store.generation() == 0
    with pytest.raises(CorruptIndexError, match="build"):
        store.snapshot()


def test_a_document_that_is_added_stands_beside_the_others(store: Store, writing: Writing) -> None:
    """Documents are sorted by id, and so are their rows."""
    store.put([writing.plain("b", "екі", "үш")], writing.model)
    store.put([writing.plain("a", "бір")], writing.model)
    snapshot = store.snapshot()
    assert texts_of(snapshot) == ["бір", "екі", "үш"]
    assert list(snapshot.documents) == ["a", "b"]
    assert [(one.start, one.stop) for one in snapshot.editions] == [(0, 1), (1, 3)]
    assert snapshot.model == writing.model


def test_a_document_of_the_same_id_is_replaced(store: Store, writing: Writing) -> None:
    """Nothing of the one before is left."""
    store.put([writing.plain("a", "бір"), writing.plain("b", "екі")], writing.model)
    store.put([writing.plain("a", "басқа", "мәтін")], writing.model)
    assert texts_of(store.snapshot()) == ["басқа", "мәтін", "екі"]


def test_the_last_of_one_id_counts(store: Store, writing: Writing) -> None:
    """A document given twice at once is stored once."""
    store.put([writing.plain("a", "бір"), writing.plain("a", "екі")], writing.model)
    assert texts_of(store.snapshot()) == ["екі"]


def test_a_document_is_removed(store: Store, writing: Writing) -> None:
    """The others stay; one named twice is removed once."""
    store.put([writing.plain(name, name) for name in "abc"], writing.model)
    store.remove(["b", "b"])
    assert list(store.snapshot().documents) == ["a", "c"]
    assert texts_of(store.snapshot()) == ["a", "c"]


def test_the_last_document_may_go(store: Store, writing: Writing) -> None:
    """What is left is a generation without rows, which answers everything with nothing."""
    store.put([writing.plain("a", "бір")], writing.model)
    store.remove(["a"])
    snapshot = store.snapshot()
    query = writing.vectors(["бір"])[0]
    assert len(snapshot) == len(snapshot.documents) == 0
    assert len(snapshot.nearest(query, 3)[0]) == len(snapshot.asked(query, 3)[0]) == 0
    store.put([writing.plain("b", "екі")], writing.model)
    assert texts_of(store.snapshot()) == ["екі"]


def test_removing_what_is_not_there_changes_nothing(store: Store, writing: Writing) -> None:
    """The error names it, and the documents named with it stay."""
    generation = store.put([writing.plain("a", "бір")], writing.model)
    with pytest.raises(StoreError, match="x"):
        store.remove(["a", "x"])
    assert store.generation() == generation
    assert texts_of(store.snapshot()) == ["бір"]


def test_generations_grow_with_every_change(store: Store, writing: Writing) -> None:
    """Each change returns the number that is then the newest."""
    numbers = [0]
    for change in (
        lambda: store.put([writing.plain("a", "бір")], writing.model),
        lambda: store.put([writing.plain("b", "екі")], writing.model),
        lambda: store.put([writing.plain("a", "үш")], writing.model),
        lambda: store.remove(["b"]),
    ):
        numbers.append(change())
        assert store.generation() == store.snapshot().generation == numbers[-1] > numbers[-2]


def test_an_old_snapshot_goes_on_showing_its_generation(store: Store, writing: Writing) -> None:
    """Texts, outline, words, questions and vectors stay those of the generation it opened."""

    def shown(snapshot: Snapshot) -> list[object]:
        nearest = snapshot.nearest(writing.vectors(["екі"])[0], 2)
        asked = snapshot.asked(writing.encoder.encode_queries(["не?"])[0], 5)
        return [
            texts_of(snapshot),
            list(snapshot.documents),
            snapshot.outline(snapshot.editions[0]),
            list(snapshot.words.spellings),
            [part.tolist() for part in (*nearest, *asked)],
        ]

    one = writing.edition("a", {"al_1": "бір", "al_2": "екі"})
    store.put([writing.document("a", one, asked={"al_2": ["не?"]})], writing.model)
    before = store.snapshot()
    expected = shown(before)
    store.put([writing.plain("a", "басқа"), writing.plain("b", "тағы")], writing.model)
    store.remove(["a"])
    assert shown(before) == expected
    assert shown(store.snapshot()) != expected


def test_a_change_of_another_generation_than_expected_is_refused(
    store: Store, writing: Writing
) -> None:
    """Whoever looked at an older one must look again; nothing is changed."""
    store.put([writing.plain("a", "бір")], writing.model, expected=0)
    seen = store.generation()
    store.put([writing.plain("b", "екі")], writing.model, expected=seen)
    with pytest.raises(ConflictError, match=f"not at {seen}"):
        store.put([writing.plain("c", "үш")], writing.model, expected=seen)
    with pytest.raises(ConflictError):
        store.remove(["a"], expected=seen)
    assert texts_of(store.snapshot()) == ["бір", "екі"]
    store.remove(["a"], expected=store.generation())
    assert texts_of(store.snapshot()) == ["екі"]


def test_the_generation_before_can_be_opened(store: Store, writing: Writing) -> None:
    """The service goes on with it where the newest is damaged; one that never was cannot be."""
    assert store.generations() == ()
    for text in ("бір", "екі"):
        store.put([writing.plain("a", text)], writing.model)
    newest, before = store.generations()[:2]
    assert newest == store.generation()
    assert texts_of(store.snapshot(newest)) == ["екі"]
    assert texts_of(store.snapshot(before)) == ["бір"]
    with pytest.raises(CorruptIndexError):
        store.snapshot(newest + 5)


def test_notes_and_citations_are_those_of_their_edition(store: Store, writing: Writing) -> None:
    """A citation stands at the row of its passage, and is found by the act that it names."""
    own, other = Citation(0, 3, "", "art_1"), Citation(1, 2, "еңбек кодексі", "[]")
    texts = {"art_1": "бір", "art_2": "екі"}
    store.put(
        [
            writing.document(
                "a", writing.edition("a", texts, notes={"": ("бап",), "art_2": ("х",)})
            ),
            writing.document("b", writing.edition("b", texts, citations=[(0, own), (1, other)])),
        ],
        writing.model,
    )
    snapshot = store.snapshot()
    first, second = snapshot.editions
    assert dict(snapshot.notes(first)) == {"": ("бап",), "art_2": ("х",)}
    assert dict(snapshot.notes(second)) == {}
    assert [*snapshot.citations(first)] == []
    assert [*snapshot.citations(second)] == [(2, own), (3, other)]
    assert [*snapshot.citing(["еңбек кодексі", "бюджет кодексі"])] == [(3, other)]
    store.remove(["b"])
    assert [*store.snapshot().citing(["еңбек кодексі"])] == []
    assert [*snapshot.citing(["еңбек кодексі"])] == [(3, other)]


def test_passages_come_by_row_in_the_order_asked(many: Snapshot) -> None:
    """A row may be asked for twice; documents follow one another by id."""
    found = many.passages([150, 3, 60, 3])
    assert [passage.text for passage in found] == ["г мәтін 0", "a мәтін 3", "б мәтін 10",
                                                   "a мәтін 3"]  # fmt: skip
    assert [passage.document_id for passage in found] == ["г", "a", "б", "a"]
    assert many.passages([]) == ()


def test_an_outline_holds_the_addresses_of_its_rows(many: Snapshot) -> None:
    """The place of an address in it, from the edition's first row on, is the passage's row."""
    for edition in many.editions:
        eids = [passage.eid for passage in many.passages(range(edition.start, edition.stop))]
        assert list(many.outline(edition).eids) == eids


def test_editions_of_an_item_are_siblings(store: Store, writing: Writing) -> None:
    """The same address in one document is one item, in another document another."""
    editions = (
        writing.edition("a", {"art_1": "бір", "art_2": "екі"}),
        writing.edition("a", {"art_2": "два", "art_3": "три"}, "ru"),
    )
    store.put([writing.document("a", *editions), writing.plain("b", "x")], writing.model)
    store.put([writing.document("c", writing.edition("c", {"art_2": "y"}))], writing.model)
    snapshot = store.snapshot()
    assert [one.edition.language for one in snapshot.editions] == ["kk", "ru", "kk", "kk"]
    assert snapshot.items.tolist() == [0, 1, 1, 3, 4, 5]
    assert snapshot.siblings(np.array([2])).tolist() == [1, 2]
    assert snapshot.siblings(np.array([0, 1, 5])).tolist() == [0, 1, 2, 5]
    assert snapshot.siblings(np.array([], dtype=np.int64)).tolist() == []


def test_editions_of_two_dates_in_one_language_stand_side_by_side(
    store: Store, writing: Writing
) -> None:
    """Each keeps its own date and texts, in the order of the description."""
    days = datetime.date(2020, 1, 1), datetime.date(2023, 5, 1)
    editions = [
        writing.edition("a", {"art_1": f"{day} редакциясы"}, date=day) for day in reversed(days)
    ]
    store.put([writing.document("a", *editions)], writing.model)
    snapshot = store.snapshot()
    assert [one.edition.date for one in snapshot.editions] == [days[1], days[0]]
    assert [passage.date for passage in snapshot.passages([0, 1])] == [days[1], days[0]]
    assert len({str(one.key) for one in snapshot.editions}) == 2
    assert snapshot.items.tolist() == [0, 0]


def test_nearest_compares_all(many: Snapshot, writing: Writing, query: Scores) -> None:
    """The rows are those that comparing every vector gives, with their inner products."""
    rows, scores = many.nearest(query, 20)
    every = np.arange(len(many))
    assert rows.tolist() == ranked(writing, many, query, every)[:20].tolist()
    texts = [passage.text for passage in many.passages(rows)]
    assert scores == pytest.approx(writing.vectors(texts) @ query, abs=1e-5)
    assert len(many.nearest(query, 1000)[0]) == len(many)


@pytest.mark.parametrize("size", [0, 1, 5, 190])
def test_a_filter_is_exact(many: Snapshot, writing: Writing, query: Scores, size: int) -> None:
    """Only the rows given are found, as many of the nearest as are wanted."""
    allowed = np.sort(RANDOM.choice(len(many), size, replace=False))
    rows, _ = many.nearest(query, 20, allowed)
    assert rows.tolist() == ranked(writing, many, query, allowed)[:20].tolist()


@pytest.mark.parametrize("k", [1, 5, 30])
def test_equal_rows_come_ascending(store: Store, writing: Writing, k: int) -> None:
    """Passages of equal vectors are ordered by row, and so it is decided which are left out."""
    same = np.tile(writing.vectors(["бір"]), (40, 1))
    for name in ("b", "a"):
        texts = {f"al_{n}": f"{name} {n}" for n in range(40)}
        edition = writing.edition(name, texts, vectors=same)
        store.put([writing.document(name, edition)], writing.model)
    snapshot = store.snapshot()
    rows, scores = snapshot.nearest(same[0], k)
    assert rows.tolist() == list(range(k))
    assert len(set(scores.tolist())) == 1
    assert snapshot.nearest(same[0], k, np.arange(7, 80))[0].tolist() == list(range(7, 7 + k))


def test_a_passage_of_many_vectors_does_not_hide_others(store: Store, writing: Writing) -> None:
    """A long passage is found once, by its best vector, and the rest of the ``k`` with it."""
    near = writing.vectors(["бір"])[0]
    windows = np.tile(near, (60, 1)) * np.linspace(0.9, 1, 60, dtype=np.float32)[:, None]
    edition = writing.edition("a", {"al_1": "ұзын", **{f"al_{n}": f"{n}" for n in range(2, 12)}})
    long = type(edition)(
        edition.expression,
        np.concatenate([windows, edition.vectors[1:]]),
        np.concatenate([np.zeros(60, dtype=np.int64), edition.owners[1:]]),
        (*(f"window {n}".encode() for n in range(60)), *edition.texts[1:]),
    )
    store.put([writing.document("a", long)], writing.model)
    rows, scores = store.snapshot().nearest(near, 5)
    assert len(rows) == 5
    assert rows[0] == 0
    assert scores[0] == pytest.approx(1, abs=2e-3)


def test_repeated_texts_do_not_hide_others(store: Store, writing: Writing) -> None:
    """Three hundred copies of one text leave the neighbours of every other one as they are."""
    texts = [f"мәтін {n}" for n in range(100)]
    store.put([writing.plain("a", *texts)], writing.model)
    copies = writing.plain("b", *["көшірме"] * 300)
    alone = store.snapshot()
    asked = [writing.vectors([text])[0] for text in texts[:10]]
    store.put([copies], writing.model)
    among = store.snapshot()
    for place, query in enumerate(asked):
        rows, _ = among.nearest(query, 400)
        others = rows[rows < 100]
        assert others.tolist() == alone.nearest(query, 100)[0].tolist()
        assert others[0] == place
    rows, scores = among.nearest(writing.vectors(["көшірме"])[0], 300)
    assert rows.tolist() == list(range(100, 400))
    assert np.ptp(scores) == 0


def test_written_questions_find_their_items(store: Store, writing: Writing) -> None:
    """An item comes once, by its nearest question; a replaced document's questions are gone."""
    editions = (
        writing.edition("a", {"art_1": "бір", "art_2": "екі"}),
        writing.edition("a", {"art_1": "один", "art_2": "два"}, "ru"),
    )
    asked = {"art_1": ["не?", "кім?"], "art_2": ["қашан?"], "art_9": ["жоқ"]}
    store.put([writing.document("a", *editions, asked=asked)], writing.model)
    snapshot = store.snapshot()
    query = writing.encoder.encode_queries(["қашан?"])[0]
    items, scores = snapshot.asked(query, 10)
    assert sorted(items.tolist()) == [0, 1]
    assert items[0] == 1
    assert scores[0] == pytest.approx(1, abs=1e-3)
    others = writing.vectors(["не?", "кім?"]) @ query
    assert scores[1] == pytest.approx(others.max(), abs=1e-3)
    assert snapshot.asked(query, 1)[0].tolist() == [1]
    store.put([writing.document("a", *editions)], writing.model)
    assert len(store.snapshot().asked(query, 10)[0]) == 0


def test_similarities_are_inner_products(many: Snapshot, writing: Writing, query: Scores) -> None:
    """They come in the order of the rows asked for; none for none."""
    rows = np.array([3, 0, 77, 120])
    texts = [passage.text for passage in many.passages(rows)]
    expected = writing.vectors(texts) @ query
    assert many.similarities(query, rows) == pytest.approx(expected, abs=1e-5)
    assert len(many.similarities(query, np.array([], dtype=np.int64))) == 0


def test_statistics_are_of_the_corpus(store: Store, writing: Writing) -> None:
    """Words are known by language, as written; the spread is that of the inner products."""
    texts = [f"Заң мәтін{n} кетбұқа" for n in range(30)]
    editions = (
        writing.edition("a", {f"al_{n}": text for n, text in enumerate(texts)}),
        writing.edition("a", {"al_1": "Закон и закон"}, "ru"),
    )
    store.put([writing.document("a", *editions)], writing.model)
    told = store.snapshot().statistics
    lexicon = load_lexicon(told.words)
    assert lexicon.knows("кетбұқа", "kk")
    assert not lexicon.knows("кетбұқа", "ru")
    assert told.words.ru.keys() == ["закон", "и"]
    vectors = writing.vectors([*texts, "Закон и закон"])
    products = vectors @ vectors.T
    np.fill_diagonal(products, np.nan)
    assert told.spread == pytest.approx(np.nanstd(products, axis=1).mean(), abs=1e-3)
    assert told.asked_spread == 0


def test_words_are_those_of_the_rows(store: Store, writing: Writing) -> None:
    """Each row has its own words, whatever was added before it."""
    store.put([writing.plain("b", "теңіз")], writing.model)
    store.put([writing.plain("a", "шекара туралы", "шарт")], writing.model)
    words = store.snapshot().words
    spelled = list(words.spellings)
    held, owners, _ = words.words.gather(np.arange(3))
    found = [{spelled[word] for word in held[owners == row]} for row in range(3)]
    assert found == [{"шекара", "туралы"}, {"шарт"}, {"теңіз"}]


def test_vectors_of_another_model_are_refused(store: Store, writing: Writing) -> None:
    """Nothing is changed, unless all that the other model made is replaced at once."""
    other = ModelStamp("hashed", "2", 8)
    generation = store.put([writing.plain("a", "бір")], writing.model)
    with pytest.raises(StoreError, match="hashed"):
        store.put([writing.plain("b", "екі")], other)
    assert store.generation() == generation
    assert texts_of(store.snapshot()) == ["бір"]
    store.put([writing.plain("a", "екі")], other)
    assert store.snapshot().model == other
