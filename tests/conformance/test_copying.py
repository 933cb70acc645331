"""What is taken out of a store and put into another answers alike, whatever both are made of."""

from pathlib import Path
from typing import Any

import numpy as np

from indexer.acts.citations import Citation
from indexer.stores.base import Snapshot, Store
from indexer.stores.embedded import EmbeddedStore
from service.operations.copies import read_backup, write_backup

Writing = Any


def filled(store: Store, writing: Writing) -> Store:
    """Puts two documents, one of two editions and with questions."""
    editions = (
        writing.edition("a", {"art_1": "бір", "art_2": "екі"}),
        writing.edition(
            "a",
            {"art_2": "два", "art_3": "три"},
            "ru",
            notes={"art_2": ("изменена",)},
            citations=[(1, Citation(0, 3, "трудовой кодекс", ""))],
        ),
    )
    asked = {"art_1": ["не?", "кім?"], "art_3": ["кім?"]}
    many = writing.plain("b", *(f"мәтін {n}" for n in range(150)))
    store.put([many, writing.document("a", *editions, asked=asked)], writing.model)
    return store


def answers(snapshot: Snapshot, writing: Writing) -> list[object]:
    """Returns what a generation holds and finds."""
    found: list[object] = [snapshot.model, dict(snapshot.documents), list(snapshot.words.spellings)]
    found += [snapshot.passages(range(len(snapshot))), snapshot.items.tolist()]
    found += [snapshot.outline(edition).eids for edition in snapshot.editions]
    found += [dict(snapshot.notes(edition)) for edition in snapshot.editions]
    found += [[*snapshot.citations(edition)] for edition in snapshot.editions]
    for text in ("бір", "кім?", "мәтін 7"):
        query = writing.vectors([text])[0]
        for rows, scores in (snapshot.nearest(query, 9), snapshot.asked(query, 9)):
            found += [rows.tolist(), np.round(scores, 4).tolist()]
    return found


def test_the_contents_of_a_store_are_what_was_put(
    store: Store, writing: Writing, tmp_path: Path
) -> None:
    """Put into an embedded store they make one that holds and finds the same."""
    filled(store, writing)
    other = EmbeddedStore(tmp_path / "other")
    other.put(store.contents(), store.model())
    assert answers(other.snapshot(), writing) == answers(store.snapshot(), writing)
    assert other.sources() == store.sources()


def test_a_backup_restores_what_it_was_made_of(
    store: Store, writing: Writing, tmp_path: Path
) -> None:
    """What was changed since is as it was, and the backup is one file."""
    before = answers(filled(store, writing).snapshot(), writing)
    held = write_backup(store, tmp_path / "copies" / "copy.sqlite")
    assert held == "2 documents, 154 passages"
    assert [path.name for path in (tmp_path / "copies").iterdir()] == ["copy.sqlite"]
    store.remove(["a"])
    store.put([writing.plain("c", "жаңа")], writing.model)
    read_backup(tmp_path / "copies" / "copy.sqlite", store)
    assert answers(store.snapshot(), writing) == before
    assert store.check() == ()


def test_a_backup_of_any_store_restores_into_the_embedded_one(
    store: Store, writing: Writing, tmp_path: Path
) -> None:
    """So one goes back from many machines to one."""
    before = answers(filled(store, writing).snapshot(), writing)
    write_backup(store, tmp_path / "copy.sqlite")
    other = EmbeddedStore(tmp_path / "other")
    read_backup(tmp_path / "copy.sqlite", other)
    assert answers(other.snapshot(), writing) == before
    assert other.check() == ()
