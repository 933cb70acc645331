"""The analysis of one edition: its words, how often each stands in a passage, its own names."""

import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.analysis.definitions import definitions_in
from indexer.analysis.sequences import COVERED, Hashes, Numbers, distinct_pairs, letter_sequences
from indexer.distinct import distinct
from indexer.documents.passages import Passage
from indexer.languages import Language, language
from indexer.languages.lookalikes import fold_homoglyphs
from indexer.vocabulary import words_of

VERSION = 2
"""Changes with whatever an analysis holds: one of another version is made again."""

_LETTERS = re.compile(r"[^\W\d_]+")
_TOGETHER = 256
"""Passages whose letter sequences are counted together."""

_KNOWN_WORDS = 2**14
"""Words whose roots are kept: those of a large corpus come again in every document."""


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


@lru_cache(_KNOWN_WORDS)
def root_keys(word: str, code: Language) -> tuple[str, ...] | None:
    """Returns the roots of a word, apart from those of other languages; None where rules tell."""
    roots = language(code).roots
    return None if roots is None else tuple(f"{code} {root}" for root in roots(word))


def analyse(passages: Sequence[Passage]) -> Analysis:
    """Analyses the passages of one edition."""
    tokens = [words_of(" ".join((*passage.heading_path, passage.text))) for passage in passages]
    words = sorted(set().union(*tokens))
    offsets, held, counts = _counted(tokens, words)
    sequences, frequencies = _document_frequencies(words, offsets, held)
    return Analysis(
        tuple(words),
        offsets,
        held,
        counts,
        sequences,
        frequencies,
        _forms(dict.fromkeys(text for p in passages for text in (p.text, *p.heading_path))),
        tuple(definitions_in(passages)),
        *_roots(words, passages[0].language if passages else None),
    )


def _counted(
    tokens: Sequence[Sequence[str]], words: Sequence[str]
) -> tuple[Numbers, NDArray[np.int32], NDArray[np.int32]]:
    """Returns the offsets, the words held and their counts of passages, as they are analysed."""
    numbers = {word: number for number, word in enumerate(words)}
    each = np.fromiter((numbers[word] for row in tokens for word in row), dtype=np.int64)
    owners = np.repeat(np.arange(len(tokens)), [len(row) for row in tokens])
    pairs = np.sort(owners * len(words) + each)
    first = np.flatnonzero(np.diff(pairs, prepend=-1))
    offsets = np.searchsorted(pairs[first], np.arange(len(tokens) + 1) * len(words))
    held = pairs[first] % max(1, len(words))
    counts = np.diff(first, append=len(pairs))
    return offsets, held.astype(np.int32), counts.astype(np.int32)


def _forms(texts: Iterable[str]) -> dict[str, int]:
    """Returns the words of texts as written, with the number of their uses."""
    forms: dict[str, int] = {}
    for word, uses in Counter(w for text in texts for w in _LETTERS.findall(text)).items():
        folded = fold_homoglyphs(word)
        forms[folded] = forms.get(folded, 0) + uses
    return forms


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
    owners, hashes = distinct_pairs(*letter_sequences(words, COVERED))
    starts = np.searchsorted(owners, np.arange(len(words) + 1))
    known, numbered = np.unique(hashes, return_inverse=True)
    frequencies = np.zeros(len(known), dtype=np.int64)
    for first in range(0, len(offsets) - 1, _TOGETHER):
        ends = offsets[first : first + _TOGETHER + 1]
        own = held[ends[0] : ends[-1]]
        sizes = starts[own + 1] - starts[own]
        places = np.arange(sizes.sum()) + np.repeat(starts[own] - np.cumsum(sizes) + sizes, sizes)
        passage = np.repeat(np.repeat(np.arange(len(ends) - 1), np.diff(ends)), sizes)
        pairs = distinct(passage * len(known) + numbered[places])
        frequencies += np.bincount(pairs % max(1, len(known)), minlength=len(known))
    return known, frequencies.astype(np.int32)


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
