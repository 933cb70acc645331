"""The engine's weights in ONNX Runtime: half the engine's time, and the tokens' vectors.

The weights, the tokens and so the embeddings are the engine's (cosine .9999).
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from indexer.embedding.derived import keep_derived, read_derived
from indexer.embedding.models import Precision
from indexer.embedding.network import Network, open_network
from indexer.embedding.protocol import Embeddings, SanitisingEncoder, TokenEmbeddings
from indexer.embedding.ranges import Ranges
from indexer.embedding.tokenizer import Tokenizer, Tokens, compile_tokenizer
from indexer.embedding.weights import PREFIXES, Floats, read_weights

_FORMAT: Final = 3
"""Of the files that are kept; other code that makes them, other number."""

_PROBE: Final = "Қазақстан Республикасы сыртқы саясатының мақсаты қандай?"
"""A question of ordinary length, which tells how fast each precision is."""

_BATCH_TOKENS: Final = 512
"""Most tokens at once, padding included: more do not fit the processor's caches."""

_PADDING: Final = 16
"""At most one token in so many is padding: a batch saves a tenth, padding must not cost it."""


@dataclass(frozen=True, slots=True)
class _Window:
    """What goes through the network in one piece: at most as many tokens as it has positions.

    Attributes:
        text: Number of the text.
        ids: Its tokens, the special ones around them included, shape ``(n,)``.
    """

    text: int
    ids: NDArray[np.intp]


class OnnxEncoder(SanitisingEncoder):
    """The engine's weights in ONNX Runtime."""

    def __init__(
        self,
        name: str,
        path: Path,
        revision: str,
        folder: Path,
        precision: Precision | None = None,
        ranges: Ranges | None = None,
        network: Network | None = None,
        threads: int = 1,
    ) -> None:
        """Opens a model.

        Args:
            name: Of the model.
            path: Its weights file.
            revision: Hash of the weights.
            folder: Keeps what is made from the weights file.
            precision: Of the products; None for the fastest on this processor.
            ranges: The largest activations of the weights, where they are known.
            network: The network, where it is opened already.
            threads: Batches of one call that go through the network side by side.

        Raises:
            ModelError: The weights file cannot be used, or not in this precision.
        """
        self._weights = read_weights(path)
        stem = f"{revision}-{_FORMAT}"
        pieces = read_derived(folder, stem, ".tokenizer")
        if pieces is None:
            pieces = compile_tokenizer(self._weights)
            keep_derived(folder, stem, ".tokenizer", pieces)
        self._tokenizer = Tokenizer(pieces)
        sizes = self._weights.sizes
        places = self._weights.values("emb.pos").reshape(-1, sizes.width)
        self._places = places + self._weights.values("emb.type")[: sizes.width]
        self.dimension = sizes.width
        if network is None:
            (window,) = self._windows(self._tokens([_PROBE], is_query=True))
            probe, _ = self._padded([window.ids])
            network = open_network(self._weights, folder, stem, probe, precision, ranges)
        self._network = network
        self._map = map if threads == 1 else ThreadPoolExecutor(threads, "embedding").map
        self.name = name
        self.revision = revision
        self.engine = f"onnxruntime {onnxruntime.__version__} ({network.precision})"

    def _embed(self, texts: list[str], *, is_query: bool) -> Embeddings:
        windows = self._windows(self._tokens(texts, is_query=is_query))
        sums = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for number, states in self._states(windows):
            sums[windows[number].text] += _share(states)
        return _unit(sums)

    def _embed_tokens(self, texts: list[str], *, is_query: bool) -> list[TokenEmbeddings]:
        tokens = self._tokens(texts, is_query=is_query)
        windows = self._windows(tokens)
        states = dict(self._states(windows))
        parts: list[list[Floats]] = [[] for _ in texts]
        for number, window in enumerate(windows):
            parts[window.text].append(states[number])
        return [_token_embeddings(one, part) for one, part in zip(tokens, parts, strict=True)]

    def _length(self, text: str) -> int:
        return len(self._tokenizer.encode(text).ids)

    def _tokens(self, texts: Sequence[str], *, is_query: bool) -> list[Tokens]:
        prefix = PREFIXES["query" if is_query else "passage"]
        return [self._tokenizer.encode(text, prefix) for text in texts]

    def _windows(self, tokens: Sequence[Tokens]) -> list[_Window]:
        """Returns the windows of texts, in order; like the engine's, they do not overlap."""
        most = self._weights.sizes.positions - 2
        begin, end = self._tokenizer.begin, self._tokenizer.end
        return [
            _Window(text, np.array([begin, *one.ids[start : start + most], end], dtype=np.intp))
            for text, one in enumerate(tokens)
            for start in range(0, len(one.ids), most)
        ]

    def _states(self, windows: Sequence[_Window]) -> Iterator[tuple[int, Floats]]:
        """Yields each window's number and its tokens' vectors, shape ``(n, width)``."""
        batches = list(_batches([len(window.ids) for window in windows]))
        rows = [[windows[number].ids for number in batch] for batch in batches]
        for batch, some, states in zip(batches, rows, self._map(self._run, rows), strict=True):
            for number, ids, state in zip(batch, some, states, strict=True):
                yield number, state[: len(ids)]

    def _run(self, rows: Sequence[NDArray[np.intp]]) -> Floats:
        return self._network.run(*self._padded(rows))

    def _padded(self, rows: Sequence[NDArray[np.intp]]) -> tuple[Floats, NDArray[np.int32]]:
        """Returns what the network takes: embeddings of tokens, and which of them are tokens."""
        longest = max(map(len, rows))
        words = self._weights.rows("emb.word", np.concatenate(rows))
        embeddings = np.zeros((len(rows), longest, self.dimension), dtype=np.float32)
        mask = np.zeros((len(rows), longest), dtype=np.int32)
        start = 0
        for row, ids in enumerate(rows):
            embeddings[row, : len(ids)] = words[start : start + len(ids)]
            embeddings[row, : len(ids)] += self._places[: len(ids)]
            mask[row, : len(ids)] = 1
            start += len(ids)
        return embeddings, mask


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Yields numbers of windows that go through the network together: of like length."""
    batch: list[int] = []
    tokens = 0
    for number in sorted(range(len(lengths)), key=lambda number: -lengths[number]):
        size = lengths[batch[0]] * (len(batch) + 1) if batch else 0
        padding = size - tokens - lengths[number]
        if batch and (size > _BATCH_TOKENS or padding * _PADDING > size):
            yield batch
            batch, tokens = [], 0
        batch.append(number)
        tokens += lengths[number]
    if batch:
        yield batch


def _share(states: Floats) -> Floats:
    """Returns a window's part in its text's embedding: its mean, by its number of own tokens."""
    share: Floats = states.mean(axis=0) * np.float32(max(len(states) - 2, 1))
    return share


def _token_embeddings(tokens: Tokens, parts: Sequence[Floats]) -> TokenEmbeddings:
    offsets = tokens.offsets()
    vectors = np.concatenate([states[1:-1] for states in parts])
    own = int(np.argmax(offsets[:, 1] > 0)) if (offsets[:, 1] > 0).any() else len(offsets)
    embedding = _unit(np.sum([_share(states) for states in parts], axis=0, keepdims=True))[0]
    return TokenEmbeddings(offsets[own:], vectors[own:], embedding)


def _unit(sums: Floats) -> Floats:
    unit: Floats = sums / np.linalg.norm(sums, axis=1, keepdims=True)
    return unit
