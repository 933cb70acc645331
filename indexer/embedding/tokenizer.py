"""The model's tokenizer: the pieces of a text that are most probable together.

The engine's own tokenizer is inside its C code and gives no tokens away, and the common libraries
take a second and 290 MB to open 250,000 pieces. Here the pieces are a trie of 0.8 MB, made once.
Sums are rounded to float32 after every piece, as in the engine: in a long text two ways to cut a
word differ by less than that, and other sums would choose another way than the engine.

Source: T. Kudo, "Subword Regularization", 2018, arXiv:1804.10959 (unigram language model).
"""

import math
from array import array
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import marisa_trie
import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load, save

from indexer.embedding.weights import Weights

SPACE: Final = "▁"
"""Stands for the space before a word (U+2581)."""

_PENALTY: Final = np.float32(10)
"""An unknown character is this much less probable than the rarest piece (log probability)."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text, without the model's special ones.

    Attributes:
        ids: Of the pieces.
        ends: Where each token ends in ``cut``; each begins where the one before ends.
        cut: What was cut into tokens: ``SPACE``, the prefix and the text, all normalised.
        sources: For each character of ``cut`` after the first, the character of prefix and text
            that it comes from; None where they are the same.
        prefix: Length of the prefix.
    """

    ids: list[int]
    ends: list[int]
    cut: str
    sources: list[int] | None
    prefix: int

    def offsets(self) -> NDArray[np.int32]:
        """Returns the characters of the text that each token stands for, shape ``(n, 2)``.

        Begin and end, without the space before a word; 0 or less for the prefix. A token that is
        only a space is empty.
        """
        begins = [start + (self.cut[start] == SPACE) for start in (0, *self.ends[:-1])]
        spans = np.array([begins, self.ends], dtype=np.int32).T - 1
        if self.sources is not None:
            sources = np.array([*self.sources, self.sources[-1] + 1], dtype=np.int32)
            is_empty = spans[:, 0] == spans[:, 1]
            spans[:, 0] = sources[spans[:, 0]]
            spans[:, 1] = np.where(is_empty, spans[:, 0], sources[spans[:, 1] - 1] + 1)
        return spans - self.prefix


def compile_tokenizer(weights: Weights) -> bytes:
    """Returns a tokenizer as :class:`Tokenizer` reads it."""
    vocabulary = weights.vocabulary()
    # Of equal pieces the engine finds the first; the unknown piece it never finds.
    numbers: dict[str, int] = {}
    for number, piece in enumerate(vocabulary.pieces):
        if piece and number != vocabulary.unknown:
            numbers.setdefault(piece, number)
    trie = marisa_trie.Trie(numbers)
    ids = np.array([numbers[trie.restore_key(key)] for key in range(len(trie))], dtype=np.int32)
    scores = np.array(vocabulary.scores, dtype=np.float32)
    table = weights.replacements()
    texts = list(table.values())
    return save(
        {
            "trie": np.frombuffer(trie.tobytes(), dtype=np.uint8),
            "ids": ids,
            "scores": scores[ids],
            "unknown_score": np.array([scores.min() - _PENALTY]),
            "longest": np.array([max(map(len, numbers))], dtype=np.int32),
            "special": np.array([vocabulary.begin, vocabulary.end, vocabulary.unknown], np.int32),
            "replaced": np.array(list(table), dtype=np.uint32),
            "replacements": np.frombuffer("".join(texts).encode("utf-32-le"), dtype=np.uint32),
            "replacement_ends": np.cumsum([0, *map(len, texts)], dtype=np.int32),
        }
    )


class Tokenizer:
    """Cuts texts into the engine's tokens."""

    def __init__(self, content: bytes) -> None:
        """Opens what :func:`compile_tokenizer` returned."""
        tensors = load(content)
        trie = marisa_trie.Trie().frombytes(tensors["trie"].tobytes())
        self._prefixes: Any = trie.iter_prefixes_with_ids
        # These give Python numbers, three times as fast as numpy gives its scalars.
        self._ids = array("i", tensors["ids"].tobytes())
        self._scores = array("f", tensors["scores"].tobytes())
        self._unknown_score = float(tensors["unknown_score"][0])
        self.begin, self.end, self.unknown = map(int, tensors["special"])
        points = tensors["replacements"].tobytes().decode("utf-32-le")
        ends = tensors["replacement_ends"].tolist()
        self._replacements = {
            code: points[start:end]
            for code, (start, end) in zip(tensors["replaced"].tolist(), pairwise(ends), strict=True)
        }
        self._longest = int(tensors["longest"][0])

    def encode(self, text: str, prefix: str = "") -> Tokens:
        """Returns the tokens of ``prefix + text``; time is linear in its length."""
        cut, sources = self._normalise(prefix + text)
        ids, ends = self._segment(cut)
        return Tokens(ids, ends, cut, sources, len(prefix))

    def _normalise(self, text: str) -> tuple[str, list[int] | None]:
        """Returns what is cut into tokens, and where each character of it comes from."""
        normal = text.translate(self._replacements)
        if normal == text and "  " not in text and text[:1] != " ":
            return SPACE + text.replace(" ", SPACE), None
        characters: list[str] = []
        sources: list[int] = []
        for source, character in enumerate(text):
            for new in self._replacements.get(ord(character), character):
                if new == " " and characters[-1:] in ([], [" "]):
                    continue
                characters.append(new)
                sources.append(source)
        normal = "".join(characters)
        return SPACE + normal.replace(" ", SPACE), sources

    def _segment(self, cut: str) -> tuple[list[int], list[int]]:
        """Returns the ids of the most probable pieces, and where each ends (Viterbi)."""
        length = len(cut)
        # float32 on purpose: see above.
        best = array("f", [-math.inf]) * (length + 1)
        best[0] = 0
        starts = [0] * (length + 1)
        keys = [-1] * (length + 1)
        scores, prefixes, longest = self._scores, self._prefixes, self._longest
        for start in range(length):
            score = best[start]
            for piece, key in prefixes(cut[start : start + longest]):
                end = start + len(piece)
                total = score + scores[key]
                if total > (before := best[end]):
                    best[end] = total
                    if best[end] > before:
                        starts[end], keys[end] = start, key
            end, total = start + 1, score + self._unknown_score
            if total > (before := best[end]):
                best[end] = total
                if best[end] > before:
                    starts[end], keys[end] = start, -1
        ids: list[int] = []
        ends: list[int] = []
        end = length
        while end:
            ids.append(self.unknown if keys[end] < 0 else self._ids[keys[end]])
            ends.append(end)
            end = starts[end]
        return ids[::-1], ends[::-1]
