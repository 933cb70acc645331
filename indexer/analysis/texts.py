"""The analysis of one edition: its words, how often each stands in a passage, its own names."""

import io
import itertools
import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.analysis.definitions import definitions_in
from indexer.analysis.sequences import COVERED, Hashes, Numbers, distinct, letter_sequences
from indexer.documents.passages import Passage
from indexer.languages import Language, language
from indexer.languages.lookalikes import fold_homoglyphs
from indexer.vocabulary import words_of

VERSION = 2
"""Changes with whatever an analysis holds: one of another version is made again."""

_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Analysis:
    """What ranking needs of one edition.

    Attributes:
        words: Its distinct words, sorted.
        offsets: Where the words of each passage begin in ``held``, shape ``(passages + 1,)``.
        held: Numbers of the words of one passage after the other, each once, ascending.
        counts: How often each stands in the passage or in the headings above it.
        sequences: The hashes of its letter sequences, ascending.
        frequencies: How many passages hold each of them.
        forms: Its words as written, capitals kept, with the number of texts' uses; a heading
            stands above many passages and counts once.
        definitions: Short names that it defines, with the full ones.
        roots: What its words are told by (:func:`root_keys`), sorted; none in a language of rules.
        root_offsets: Where the words of each root begin in ``root_words``, and where the last end.
        root_words: Numbers of the words that have one root after the other.
    """

    words: tuple[str, ...]
    offsets: Numbers
    held: NDArray[np.int32]
    counts: NDArray[np.int32]
    sequences: Hashes
    frequencies: NDArray[np.int32]
    forms: dict[str, int]
    definitions: tuple[tuple[str, str], ...]
    roots: tuple[str, ...]
    root_offsets: Numbers
    root_words: NDArray[np.int32]


def root_keys(word: str, code: Language) -> tuple[str, ...] | None:
    """Returns the roots of a word, apart from those of other languages; None where rules tell."""
    roots = language(code).roots
    return None if roots is None else tuple(f"{code} {root}" for root in roots(word))


def analyse(passages: Sequence[Passage]) -> Analysis:
    """Analyses the passages of one edition."""
    tokens = [words_of(" ".join((*passage.heading_path, passage.text))) for passage in passages]
    words = sorted({word for row in tokens for word in row})
    numbers = {word: number for number, word in enumerate(words)}
    rows = [sorted(Counter(numbers[word] for word in row).items()) for row in tokens]
    held = np.array([number for row in rows for number, _ in row], dtype=np.int32)
    counts = np.array([count for row in rows for _, count in row], dtype=np.int32)
    offsets = np.cumsum([0, *map(len, rows)])
    sequences, frequencies = _document_frequencies(words, offsets, held)
    texts = dict.fromkeys(text for p in passages for text in (p.text, *p.heading_path))
    forms = Counter(word for text in texts for word in map(fold_homoglyphs, _LETTERS.findall(text)))
    return Analysis(
        tuple(words),
        offsets,
        held,
        counts,
        sequences,
        frequencies,
        dict(forms),
        tuple(definitions_in(passages)),
        *_roots(words, passages[0].language if passages else None),
    )


def _roots(
    words: Sequence[str], code: Language | None
) -> tuple[tuple[str, ...], Numbers, NDArray[np.int32]]:
    """Returns the roots of words, and the words of each as offsets and numbers."""
    held: dict[str, list[int]] = {}
    if code is not None:
        for number, word in enumerate(words):
            for key in root_keys(word, code) or ():
                held.setdefault(key, []).append(number)
    roots = sorted(held)
    offsets = np.cumsum([0, *(len(held[root]) for root in roots)])
    numbers = [number for root in roots for number in held[root]]
    return tuple(roots), offsets, np.array(numbers, dtype=np.int32)


def _document_frequencies(
    words: Sequence[str], offsets: Numbers, held: NDArray[np.int32]
) -> tuple[Hashes, NDArray[np.int32]]:
    """Returns the letter sequences and in how many passages each stands."""
    owners, hashes = distinct(*letter_sequences(words, COVERED))
    starts = np.searchsorted(owners, np.arange(len(words) + 1))
    known, numbered = np.unique(hashes, return_inverse=True)
    frequencies = np.zeros(len(known), dtype=np.int32)
    for first, last in itertools.pairwise(offsets):
        parts = [numbered[starts[word] : starts[word + 1]] for word in held[first:last]]
        if parts:
            frequencies[np.unique(np.concatenate(parts))] += 1
    return known, frequencies


def pack(analysis: Analysis) -> bytes:
    """Returns an analysis as bytes that :func:`unpack` reads."""
    content = io.BytesIO()
    told = {
        "version": VERSION,
        "words": analysis.words,
        "forms": analysis.forms,
        "definitions": analysis.definitions,
        "roots": analysis.roots,
    }
    np.savez(
        content,
        told=np.frombuffer(json.dumps(told, ensure_ascii=False).encode(), dtype=np.uint8),
        offsets=analysis.offsets,
        held=analysis.held,
        counts=analysis.counts,
        sequences=analysis.sequences,
        frequencies=analysis.frequencies,
        root_offsets=analysis.root_offsets,
        root_words=analysis.root_words,
    )
    return content.getvalue()


def unpack(content: bytes) -> Analysis | None:
    """Returns the analysis in ``content``; None where it is of another version."""
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        told: dict[str, Any] = json.loads(arrays["told"].tobytes())
        if told["version"] != VERSION:
            return None
        return Analysis(
            tuple(told["words"]),
            arrays["offsets"],
            arrays["held"],
            arrays["counts"],
            arrays["sequences"],
            arrays["frequencies"],
            told["forms"],
            tuple((short, full) for short, full in told["definitions"]),
            tuple(told["roots"]),
            arrays["root_offsets"],
            arrays["root_words"],
        )
