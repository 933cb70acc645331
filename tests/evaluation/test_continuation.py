"""Tests of synthetic passages that go on where the real ones end."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from evaluation.continuation import Continuation
from indexer.building import build
from indexer.documents.corpus import sources_of
from indexer.documents.passages import Passage
from indexer.embedding.encoders import Embeddings, Encoder
from indexer.languages.codes import Language
from indexer.stores.base import Indexed
from indexer.stores.embedded import EmbeddedStore

LETTERS = {"kk": "абвгдеж", "ru": "клмнопр"}


@pytest.fixture
def real(tmp_path: Path, hashed: Encoder) -> Callable[[int], list[Indexed]]:
    """Makes documents of so many passages in each of two languages."""

    def make(count: int) -> list[Indexed]:
        random = np.random.default_rng(5)
        ranks = np.arange(1, 3_000)
        shares = 1 / ranks / (1 / ranks).sum()
        passages = []
        languages: tuple[Language, ...] = ("kk", "ru")
        for code in languages:
            letters = np.array(list(LETTERS[code]))
            words = ["".join(random.choice(letters, 6)) for _ in ranks]
            for place in range(count):
                text = " ".join(random.choice(words, 20, p=shares))
                passages.append(Passage(f"{code}-d", f"al_{place}", code, None, (), text))
        store = EmbeddedStore(tmp_path / "real")
        build(sources_of(passages), store, hashed)
        return [*store.contents()]

    return make


def texts_of(documents: Sequence[Indexed]) -> list[str]:
    """Returns the texts of all passages."""
    return [p.text for d in documents for e in d.editions for p in e.expression.passages]


def nearest(vectors: Embeddings) -> float:
    """Returns the mean cosine of each vector with the nearest other one."""
    cosines = vectors @ vectors.T
    np.fill_diagonal(cosines, -1)
    return float(cosines.max(axis=1).mean())


def test_as_many_as_are_asked_for_and_the_same_each_time(
    real: Callable[[int], list[Indexed]],
) -> None:
    """Documents of two hundred passages, whose vectors can be had without their texts."""
    continued = Continuation(real(40))
    first, again = ([*continued.documents(450)] for _ in range(2))
    assert [len(one.editions[0].expression.passages) for one in first] == [200, 200, 50]
    assert texts_of(first) == texts_of(again)
    vectors = [one.editions[0].vectors for one in first]
    for own, drawn in zip(vectors, continued.vectors(450), strict=True):
        assert (own == drawn).all()
        assert np.linalg.norm(own, axis=1) == pytest.approx(np.ones(len(own)), abs=1e-5)


def test_a_document_is_of_one_language(real: Callable[[int], list[Indexed]]) -> None:
    """Its words, the new ones too, are made of the words of that language."""
    for one in Continuation(real(40)).documents(3_000):
        edition = one.editions[0].expression
        (code,) = {passage.language for passage in edition.passages}
        assert set("".join(texts_of([one]))) <= set(f"{LETTERS[code]} ")


def test_new_words_become_rarer(real: Callable[[int], list[Indexed]]) -> None:
    """As Heaps' law has it: ten times the text has fewer than ten times the words."""
    documents = real(200)
    known = {word for text in texts_of(documents) for word in text.split()}
    written = texts_of([*Continuation(documents).documents(12_000)])
    fresh = []
    for start in range(0, len(written), 2_000):
        found = {word for text in written[start : start + 2_000] for word in text.split()} - known
        known |= found
        fresh.append(len(found))
    assert fresh == sorted(fresh, reverse=True)
    assert 0 < fresh[-1] < 0.6 * fresh[0]


def test_vectors_lie_as_near_to_each_other_as_real_ones(
    real: Callable[[int], list[Indexed]],
) -> None:
    """Continued from half of them, they are nearly as dense as all; drawn at large they were not.

    The real ones fill few of their dimensions, as embeddings of texts do.
    """
    random = np.random.default_rng(6)
    documents = real(400)
    (kept,) = (one for one in documents if one.document.id == "kk-d")
    width = kept.editions[0].vectors.shape[1]
    every = random.normal(size=(800, 6)) @ random.normal(size=(6, width)) + 1
    every = (every / np.linalg.norm(every, axis=1, keepdims=True)).astype(np.float32)
    half = replace(kept, editions=(replace(kept.editions[0], vectors=every[:400]),))
    drawn = np.concatenate([*Continuation([half]).vectors(400)])
    continued = 1 - nearest(np.concatenate([every[:400], drawn]))
    assert 0.5 < continued / (1 - nearest(every)) < 1.5
