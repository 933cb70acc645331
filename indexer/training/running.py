"""A whole training: from a folder of acts and a data set of questions to an adapter."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from safetensors.numpy import load_file, save_file

from indexer.embedding.adapter import Matrices
from indexer.embedding.weights import Floats, bundled_weights, read_weights
from indexer.errors import DocumentError
from indexer.training.acts import Acts, read_acts
from indexer.training.bert import load_transformer, save_transformer
from indexer.training.packing import average, write_adapter
from indexer.training.pairs import Pair, plan, question_pairs, title_pairs, translation_pairs
from indexer.training.questions import read_questions
from indexer.training.tuning import Recipe, tune
from indexer.training.validation import Validation


def train(
    acts_folder: Path,
    questions: Path,
    out: Path,
    work: Path,
    *,
    recipe: Recipe,
    seeds: Sequence[int],
    report: Callable[[str], None],
) -> Path:
    """Trains one adapter a seed and writes the recipe's share of their mean.

    Args:
        acts_folder: ``<act>/kk.txt`` and ``<act>/ru.txt``.
        questions: Data set with splits ``train`` and ``validation``, which share no act.
        out: Folder of the adapter.
        work: Checkpoints and finished seeds; the same command goes on where it was interrupted.
        recipe: How to train.
        seeds: Of the trainings.
        report: Is told what happens, a line at a time.

    Returns:
        The adapter's file.

    Raises:
        DocumentError: Acts or questions cannot be read, or no question has its passage.
        ModelError: The engine's weights cannot be read.
    """
    acts = read_acts(acts_folder)
    asked = _join(questions, "train", acts, report)
    checked = _join(questions, "validation", acts, report)
    unseen = {pair.act for pair in checked}
    if shared := unseen & {pair.act for pair in asked}:
        raise DocumentError(f"{questions}: {min(shared)} is in both splits; split by act.")
    seen = {key: edition for key, edition in acts.items() if key[0] not in unseen}
    titles, translations = title_pairs(seen), translation_pairs(seen)
    weights = read_weights(bundled_weights())
    base = work / f"base-{weights.digest[:12]}"
    if not (base / "tokenizer_config.json").exists():
        save_transformer(weights, base)
    validation = Validation(checked, acts)
    trained: list[Matrices] = []
    for seed in seeds:
        chosen = replace(recipe, seed=seed)
        done = work / f"seed-{seed}.safetensors"
        if not done.exists():
            batches = plan(
                asked, titles, translations, size=chosen.size, rounds=chosen.rounds, seed=seed
            )
            report(f"seed {seed}: {len(batches)} batches of {chosen.size} pairs")
            model = load_transformer(base)
            matrices, best = tune(model, batches, validation, chosen, work / f"seed-{seed}")
            report(f"seed {seed}: validation RR@10 {best:.3f}")
            save_file(_flat(matrices), done)
        trained.append(_nested(done))
    return write_adapter(
        out, average(trained, recipe.share), weights, rounding_seed=0, recipe=recipe, seeds=seeds
    )


def _join(
    questions: Path, split: str, acts: Acts, report: Callable[[str], None]
) -> tuple[Pair, ...]:
    found = read_questions(questions, split)
    pairs, missing = question_pairs(found, acts)
    if not pairs:
        raise DocumentError(f"{questions}: no question of {split} is about an act that is here.")
    report(f"{split}: {len(found)} questions, {len(pairs)} pairs")
    if missing:
        report(f"{split}: {len(missing)} questions without their passage: {', '.join(missing[:9])}")
    return pairs


def _flat(matrices: Matrices) -> dict[str, Floats]:
    first = {f"{name}.a": a for name, (a, _) in matrices.items()}
    return first | {f"{name}.b": b for name, (_, b) in matrices.items()}


def _nested(path: Path) -> Matrices:
    tensors = load_file(path)
    names = {name.rpartition(".")[0] for name in tensors}
    return {name: (tensors[f"{name}.a"], tensors[f"{name}.b"]) for name in sorted(names)}
