"""Writes trained matrices as an adapter, several trainings averaged into one."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save

from indexer.embedding.adapter import FILE, FORMAT, Matrices, adapt, content_digest
from indexer.embedding.models import ADAPTABLE
from indexer.embedding.weights import Weights
from indexer.training.tuning import Recipe


def average(trainings: Sequence[Matrices], share: float = 1.0) -> Matrices:
    """Returns a share of the mean of several trainings' changes, exact: their ranks add up."""
    scale = np.float32(share / len(trainings))
    mean: Matrices = {}
    for name in trainings[0]:
        pairs = [matrices[name] for matrices in trainings]
        a = np.concatenate([a for a, _ in pairs])
        b = np.concatenate([b for _, b in pairs], axis=1)
        mean[name] = a, (b * scale).astype(np.float32)
    return mean


def write_adapter(
    folder: Path,
    matrices: Matrices,
    weights: Weights,
    *,
    rounding_seed: int,
    recipe: Recipe,
    seeds: Sequence[int],
) -> Path:
    """Writes ``adapter.safetensors`` into ``folder``.

    Args:
        folder: The adapter's folder; made where missing.
        matrices: What was trained.
        weights: What it was trained on.
        rounding_seed: Seed with which it is rounded into the engine's codes.
        recipe: How it was trained, for the record.
        seeds: Of the trainings that were averaged, for the record.

    Returns:
        The file.
    """
    tensors: dict[str, NDArray[np.float16]] = {}
    for name, (a, b) in matrices.items():
        # Equal magnitudes keep both factors well inside the range of float16.
        balance = np.sqrt(np.abs(b).max() / np.abs(a).max()) or np.float32(1)
        tensors[f"{name}.a"] = (a * balance).astype(np.float16)
        tensors[f"{name}.b"] = (b / balance).astype(np.float16)
    stored: Matrices = {
        name: (
            tensors[f"{name}.a"].astype(np.float32),
            tensors[f"{name}.b"].astype(np.float32),
        )
        for name in matrices
    }
    metadata = {
        "format": FORMAT,
        "model": ADAPTABLE,
        "base": weights.digest,
        "seed": str(rounding_seed),
        "content": content_digest(tensors),
        "result": hashlib.sha256(adapt(weights, stored, rounding_seed)).hexdigest(),
        "recipe": json.dumps(asdict(recipe) | {"seed": list(seeds)}),
    }
    folder.mkdir(parents=True, exist_ok=True)
    # Not save_file(): its files can be read by their owner alone.
    (folder / FILE).write_bytes(save(tensors, metadata))
    return folder / FILE
