"""The tables of the README: each measures what is not measured yet, then writes Markdown."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from pydantic import TypeAdapter

from evaluation.ablation import open_editions, open_variants
from evaluation.beir import Dataset, digest, read_dataset
from evaluation.contest import convert_model, run_peer
from evaluation.errors import MeasurementError
from evaluation.figures import table
from evaluation.measurement import Identity, Measurement
from evaluation.metrics import NAMES, decimal
from evaluation.models import ModelResult
from evaluation.opening import index_folder, open_passages, open_system
from evaluation.perturbation import SUITES, perturb
from evaluation.refusal import Refusal, refusal
from evaluation.running import identify, measure
from evaluation.systems import System
from indexer.embedding.encoders import load_encoder
from indexer.embedding.models import ADAPTABLE, Model, find_model
from service.settings import Settings

_IDENTITY = TypeAdapter(Identity)
_MISSING = "–"
_COMPARED = (
    ("bm25", None, "BM25"),
    ("bm25-prefix", None, "BM25, five-letter prefixes"),
    ("dense", ADAPTABLE, "plain dense, base model"),
    ("dense", None, "plain dense, Tarmaq's adapter"),
    ("tarmaq", ADAPTABLE, "full pipeline, base model"),
    ("tarmaq", None, "full pipeline, Tarmaq's adapter"),
)
_NOTHING = Path()


def kept(system: System, dataset: Dataset, questions: str, cache: Path) -> Measurement:
    """Measures ``system`` over ``dataset``, unless the very same was measured before.

    Args:
        system: What is measured.
        dataset: The questions.
        questions: Hash of the dataset.
        cache: Folder of kept measurements, each under the hash of its identity.
    """
    identity = identify(system, dataset, questions)
    name = hashlib.sha256(_IDENTITY.dump_json(identity)).hexdigest()[:12]
    return measure(system, dataset, identity, cache / "runs" / f"{dataset.name}-{name}")


def accuracy(folders: Sequence[Path], split: str, settings: Settings, cache: Path) -> str:
    """Returns BM25, plain dense retrieval and the whole pipeline, by dataset and language.

    Both of the latter have a row with the model that the default one adapts.
    """

    def opened(dataset: Dataset) -> Iterator[tuple[str, System]]:
        for name, model, label in _COMPARED:
            yield label, open_system(name, dataset, settings, cache, model)

    return _side_by_side("system", opened, folders, split, cache)


def ablation(folders: Sequence[Path], split: str, settings: Settings, cache: Path) -> str:
    """Returns the ranking whole, without each part, with each part alone, and the baselines."""

    def opened(dataset: Dataset) -> Iterator[tuple[str, System]]:
        return open_variants(dataset, settings, cache)

    return _side_by_side("ranking", opened, folders, split, cache)


def editions(folders: Sequence[Path], split: str, settings: Settings, cache: Path) -> str:
    """Returns what translations and written questions are worth."""

    def opened(dataset: Dataset) -> Iterator[tuple[str, System]]:
        return open_editions(dataset, settings, cache)

    return _side_by_side("searched", opened, folders, split, cache)


def typing(folders: Sequence[Path], split: str, settings: Settings, cache: Path) -> str:
    """Returns each suite beside the same questions typed cleanly, full pipeline."""
    rows: list[tuple[str, ...]] = []
    for folder in folders:
        dataset, questions = read_dataset(folder, split), digest(folder, split)
        system = open_system("tarmaq", dataset, settings, cache)
        clean = kept(system, dataset, questions, cache)
        for suite in SUITES:
            typed = kept(system, perturb(dataset, suite), f"{questions}-{suite}-0", cache)
            for language, ids in typed.groups(lambda outcome: outcome.language).items():
                before, after = (m.estimates(ids)["RR@10"] for m in (clean, typed))
                change = f"{after.mean - before.mean:+.3f}".replace("0.", ".", 1)
                asked = f"{dataset.name}, {language} ({len(ids)})"
                rows.append((asked, suite, str(before), str(after), change))
    return table(("questions", "typed", "clean RR@10", "as typed RR@10", "change"), rows)


def refusals(folders: Sequence[Path], split: str, settings: Settings, cache: Path) -> str:
    """Returns AUROC by language, calibration error, and what is refused."""
    found: dict[str, Refusal] = {}
    for folder in folders:
        dataset = read_dataset(folder, split)
        system = open_system("tarmaq", dataset, settings, cache)
        found[dataset.name] = refusal(kept(system, dataset, digest(folder, split), cache))
    kinds = list(
        dict.fromkeys(kind for r in found.values() for v in r.auroc.values() for kind in v)
    )
    rows = []
    for name, result in found.items():
        for language, areas in result.auroc.items():
            cells = (decimal(areas[kind]) if kind in areas else _MISSING for kind in kinds)
            rows.append((f"{name}, {language}", *cells))
    words = "".join(
        f"\n{name}: ECE {decimal(r.ece)}, refusal precision {_number(r.precision)}, recall "
        f"{_number(r.recall)}, {r.wrongly_refused:.1%} of the answerable questions refused.\n"
        for name, r in found.items()
    )
    return table(("AUROC against", *kinds), rows) + words


def models(results: Iterable[tuple[Model, ModelResult | str]]) -> str:
    """Returns what every model of ``models.txt`` brings, and why others could not be loaded."""
    rows, absent = [], []
    for model, result in results:
        if isinstance(result, str):
            absent.append(f"\n{model.name} could not be loaded: {result}\n")
            continue
        size = _MISSING if result.weights_mib is None else f"{result.weights_mib:.0f}"
        rows.append(
            (
                f"{model.name} ({result.dimension})",
                str(result.dense["RR@10"]),
                str(result.full["RR@10"]),
                f"{result.index_seconds:.1f}",
                f"{result.latency.p50:.1f} / {result.latency.p95:.1f}",
                f"{result.peak_mib:.0f}",
                size,
            )
        )
    head = (
        "model (dimension)",
        "dense RR@10",
        "full RR@10",
        "index, s",
        "dense p50 / p95, ms",
        "peak memory, MiB",
        "weights, MiB",
    )
    return (table(head, rows) if rows else "") + "".join(absent)


def peers(
    folders: Sequence[Path],
    split: str,
    settings: Settings,
    cache: Path,
    environments: Path,
    chosen: Sequence[str],
) -> str:
    """Returns Tarmaq and its peers: accuracy, latency, memory and lines of set-up."""
    encoder = load_encoder(find_model(settings.models))
    rows, absent = [], []
    for folder in folders:
        dataset = read_dataset(folder, split)
        passages = open_passages(dataset, settings.index)
        for peer in chosen:
            try:
                if peer == "ours":
                    source = index_folder(dataset, settings.index, encoder, cache)
                else:
                    source = _NOTHING if peer == "lexical" else convert_model(cache / "peers-model")
                result = run_peer(peer, dataset, passages, source.resolve(), environments)
            except MeasurementError as error:
                absent.append(f"\n{error}\n")
                continue
            for language, measures in result.measures.items():
                rows.append(
                    (
                        f"{dataset.name}, {language}",
                        result.name,
                        str(measures["Success@1"]),
                        str(measures["RR@10"]),
                        f"{result.latency.p50:.1f} / {result.latency.p95:.1f}",
                        f"{result.setup_seconds:.1f}",
                        f"{result.peak_mib:.0f}",
                        str(result.lines),
                    )
                )
    asked = list(dict.fromkeys(row[0] for row in rows))
    rows.sort(key=lambda row: asked.index(row[0]))
    head = (
        "questions",
        "system",
        "Success@1",
        "RR@10",
        "p50 / p95, ms",
        "set-up, s",
        "peak memory, MiB",
        "lines",
    )
    return (table(head, rows) if rows else "") + "".join(absent)


def _side_by_side(
    what: str,
    opened: Callable[[Dataset], Iterator[tuple[str, System]]],
    folders: Sequence[Path],
    split: str,
    cache: Path,
) -> str:
    """Returns every system's metrics over every dataset; rows of the same questions together."""
    rows: list[tuple[str, ...]] = []
    for folder in folders:
        dataset, questions = read_dataset(folder, split), digest(folder, split)
        for label, system in opened(dataset):
            rows += _rows(kept(system, dataset, questions, cache), label)
    asked = list(dict.fromkeys(row[0] for row in rows))
    rows.sort(key=lambda row: asked.index(row[0]))
    return table(("questions", what, *NAMES), rows)


def _number(value: float | None) -> str:
    return _MISSING if value is None else decimal(value)


def _rows(measured: Measurement, label: str) -> Iterator[tuple[str, ...]]:
    for language, ids in measured.languages().items():
        if language == "all" and len(measured.languages()) > 1:
            continue
        estimates = measured.estimates(ids)
        where = f"{measured.identity.dataset}, {language} ({len(ids)})"
        yield where, label, *(str(estimates[name]) for name in NAMES)
