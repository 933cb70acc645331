"""Trains an adapter with sentence-transformers' trainer and peft's LoRA layers."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import torch
from datasets import Dataset
from peft import LoraConfig
from sentence_transformers import (
    SentenceTransformer,
    SentenceTransformerTrainer,
    SentenceTransformerTrainingArguments,
)
from sentence_transformers.losses import (
    CachedMultipleNegativesRankingLoss,
    MultipleNegativesRankingLoss,
)
from sentence_transformers.sampler import DefaultBatchSampler
from torch.utils.data import SequentialSampler
from transformers import EarlyStoppingCallback
from transformers.trainer_utils import get_last_checkpoint

from indexer.embedding.adapter import Matrices
from indexer.embedding.weights import PREFIXES
from indexer.training.bert import MATRICES, TENSORS
from indexer.training.pairs import Pair, columns
from indexer.training.validation import METRIC, Validation

_TEMPERATURE: Final = 0.02
_CHUNK: Final = 32
_DECIMALS: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train.

    Attributes:
        rank: Rank of the change of each matrix.
        first: The first layer that is changed; those below cost no backward pass.
        size: Pairs a batch; above 32 the loss keeps embeddings instead of activations.
        rounds: How often every question is shown.
        rate: Learning rate at its highest.
        warm_up: Steps until then; afterwards it falls evenly to 0.
        tokens: Most tokens of a text.
        checks: How often the validation acts are asked in a training.
        patience: Checks without gain before the training ends.
        share: Share of the trained change that the adapter makes: between the base and the trained
            model, law is found nearly as well and other texts better than at either end
            (M. Wortsman et al., "Robust fine-tuning of zero-shot models", CVPR 2022).
        seed: Of every choice.
    """

    rank: int = 8
    first: int = 6
    size: int = 32
    rounds: int = 1
    rate: float = 4e-4
    warm_up: int = 15
    tokens: int = 64
    checks: int = 3
    patience: int = 2
    share: float = 0.8
    seed: int = 0


def tune(
    model: SentenceTransformer,
    batches: list[list[Pair]],
    validation: Validation,
    recipe: Recipe,
    folder: Path,
) -> tuple[Matrices, float]:
    """Trains an adapter of ``model``.

    Args:
        model: The model; LoRA layers are added to it.
        batches: What to show it.
        validation: Chooses the state to keep, and when to stop.
        recipe: How to train.
        folder: Checkpoints; a training that was interrupted goes on from the last one.

    Returns:
        The adapter's matrices at the best check, and the metric there.
    """
    torch.manual_seed(recipe.seed)
    model.max_seq_length = recipe.tokens
    modules = "|".join(TENSORS[name] for name in MATRICES)
    transformer: Any = model[0]
    count = transformer.auto_model.config.num_hidden_layers
    layers = "|".join(map(str, range(recipe.first, count)))
    model.add_adapter(
        LoraConfig(
            r=recipe.rank,
            lora_alpha=recipe.rank,
            target_modules=rf".*encoder\.layer\.({layers})\.({modules})",
        )
    )
    loss = (
        MultipleNegativesRankingLoss(model, scale=1 / _TEMPERATURE)
        if recipe.size <= _CHUNK
        else CachedMultipleNegativesRankingLoss(
            model, scale=1 / _TEMPERATURE, mini_batch_size=_CHUNK
        )
    )
    every = max(1, len(batches) // recipe.checks)
    trainer = SentenceTransformerTrainer(
        model=model,
        args=SentenceTransformerTrainingArguments(
            output_dir=str(folder),
            num_train_epochs=1,
            per_device_train_batch_size=recipe.size,
            batch_sampler=_in_order,
            prompts={"anchor": PREFIXES["query"], "positive": PREFIXES["passage"]},
            learning_rate=recipe.rate,
            lr_scheduler_type="linear",
            warmup_steps=recipe.warm_up,
            eval_strategy="steps",
            eval_steps=every,
            save_strategy="steps",
            save_steps=every,
            save_total_limit=2,
            load_best_model_at_end=True,
            metric_for_best_model=f"eval_{METRIC}",
            greater_is_better=True,
            logging_steps=every,
            report_to="none",
            seed=recipe.seed,
            use_cpu=not torch.cuda.is_available(),
        ),
        train_dataset=Dataset.from_dict(columns(batches)),
        loss=loss,
        evaluator=validation,
        callbacks=[EarlyStoppingCallback(recipe.patience, _DECIMALS)],
    )
    latest: Any = get_last_checkpoint
    trainer.train(resume_from_checkpoint=latest(str(folder)) if folder.is_dir() else None)
    return _matrices(model), float(trainer.state.best_metric or 0.0)


def _in_order(dataset: Dataset, **options: Any) -> DefaultBatchSampler:
    """Shows the data set as it was planned."""
    return DefaultBatchSampler(SequentialSampler(dataset), **options)


def _matrices(model: SentenceTransformer) -> Matrices:
    """Returns the LoRA layers' factors by the engine's tensor names."""
    names = {module: name for name, module in TENSORS.items()}
    matrices: Matrices = {}
    for path, module in model.named_modules():
        factors: Any = getattr(module, "lora_A", None)
        if not factors:
            continue
        _, _, place = path.rpartition("encoder.layer.")
        layer, _, part = place.partition(".")
        (key,) = factors.keys()
        a = module.lora_A[key].weight.detach().cpu().float().numpy()
        b = module.lora_B[key].weight.detach().cpu().float().numpy() * module.scaling[key]
        matrices[f"l{layer}.{names[part]}.w"] = a, b
    return matrices
