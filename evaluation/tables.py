"""The tables of the README: each measures what is not measured yet, then writes Markdown."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pydantic import TypeAdapter

from evaluation.ablation import open_variants
from evaluation.beir import Dataset, digest, read_dataset
from evaluation.contest import convert_model, run_peer
from evaluation.errors import MeasurementError
from evaluation.figures import table
from evaluation.measurement import Identity, Measurement
from evaluation.metrics import NAMES, decimal
from evaluation.models import ModelResult
from evaluation.opening import open_index, open_system
from evaluation.perturbation import SUITES, perturb
from evaluation.refusal import refusal
from evaluation.running import identify, measure
from evaluation.systems import System
from indexer.embedding import load_encoder
from indexer.models import Model, find_model
from service.settings import Settings

_IDENTITY = TypeAdapter(Identity)
_MISSING = "–"


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
    """Returns plain dense retrieval, BM25 and the whole pipeline, by dataset and language."""
    rows: list[tuple[str, ...]] = []
    for folder in folders:
        dataset = read_dataset(folder, split)
        for name in ("dense", "bm25", "bm25-prefix", "tarmaq"):
            system = open_system(name, dataset, settings, cache)
            measured = kept(system, dataset, digest(folder, split), cache)
            rows += _rows(measured, {"tarmaq": "full pipeline"}.get(name, name))
    rows.sort(key=lambda row: (row[0].split(",")[0], row[0]))
    return table(("questions", "system", *NAMES), rows)


def ablation(folder: Path, split: str, settings: Settings, cache: Path) -> str:
    """Returns the ranking whole, without each part, with each part alone, and the baselines."""
    dataset = read_dataset(folder, split)
    questions = digest(folder, split)
    rows = [
        row
        for label, system in open_variants(dataset, settings, cache)
        for row in _rows(kept(system, dataset, questions, cache), label)
    ]
    languages = list(dict.fromkeys(row[0] for row in rows))
    rows.sort(key=lambda row: languages.index(row[0]))
    return table(("questions", "ranking", *NAMES), rows)


def typing(folder: Path, split: str, settings: Settings, cache: Path) -> str:
    """Returns each suite beside the same questions typed cleanly, full pipeline."""
    dataset = read_dataset(folder, split)
    questions = digest(folder, split)
    system = open_system("tarmaq", dataset, settings, cache)
    clean = kept(system, dataset, questions, cache)
    rows = []
    for suite in SUITES:
        changed = perturb(dataset, suite)
        typed = kept(system, changed, f"{questions}-{suite}-0", cache)
        for language, ids in typed.languages().items():
            if language == "all":
                continue
            before, after = clean.estimates(ids)["RR@10"], typed.estimates(ids)["RR@10"]
            change = f"{after.mean - before.mean:+.3f}".replace("0.", ".")
            rows.append((f"{suite}, {language}", str(len(ids)), str(before), str(after), change))
    return table(("typed", "questions", "clean RR@10", "as typed RR@10", "change"), rows)


def refusals(folder: Path, split: str, settings: Settings, cache: Path) -> str:
    """Returns AUROC by language, calibration error, and what is refused."""
    dataset = read_dataset(folder, split)
    system = open_system("tarmaq", dataset, settings, cache)
    found = refusal(kept(system, dataset, digest(folder, split), cache))
    kinds = list(dict.fromkeys(kind for values in found.auroc.values() for kind in values))
    rows = [
        (f"AUROC, {language}", *(decimal(v[k]) if k in v else _MISSING for k in kinds))
        for language, v in found.auroc.items()
    ]
    numbers = (found.precision, found.recall)
    precision, recall = (_MISSING if n is None else decimal(n) for n in numbers)
    return table(("against", *kinds), rows) + (
        f"\nECE {decimal(found.ece)}; refusals: precision {precision}, recall {recall}; "
        f"{found.wrongly_refused:.1%} of the answerable questions are refused.\n"
    )


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
    folder: Path,
    split: str,
    settings: Settings,
    cache: Path,
    environments: Path,
    chosen: Sequence[str],
) -> str:
    """Returns Tarmaq and its peers: accuracy, latency, memory and lines of set-up."""
    dataset = read_dataset(folder, split)
    encoder = load_encoder(find_model(settings.models))
    index = open_index(dataset, settings.index, encoder, cache)
    own = cache / f"{dataset.name}-{encoder.revision}" if dataset.corpus else settings.index
    needs_model = set(chosen) - {"ours", "lexical"}
    model = convert_model(cache / "converted-model") if needs_model else own
    rows, absent = [], []
    for peer in chosen:
        try:
            result = run_peer(
                peer,
                dataset,
                index.corpus.passages,
                (own if peer == "ours" else model).resolve(),
                environments,
            )
        except MeasurementError as error:
            absent.append(f"\n{error}\n")
            continue
        rows.append(
            (
                result.name,
                *(str(values["RR@10"]) for values in result.measures.values()),
                f"{result.latency.p50:.1f} / {result.latency.p95:.1f}",
                f"{result.setup_seconds:.1f}",
                f"{result.peak_mib:.0f}",
                str(result.lines),
            )
        )
    languages = dict.fromkeys(query.language for query in dataset.queries)
    head = (
        "system",
        *(f"RR@10 {language}" for language in languages),
        "p50 / p95, ms",
        "set-up, s",
        "peak memory, MiB",
        "lines",
    )
    return (table(head, rows) if rows else "") + "".join(absent)


def _rows(measured: Measurement, label: str) -> Iterator[tuple[str, ...]]:
    for language, ids in measured.languages().items():
        if language == "all" and len(measured.languages()) > 1:
            continue
        estimates = measured.estimates(ids)
        where = f"{measured.identity.dataset}, {language} ({len(ids)})"
        yield where, label, *(str(estimates[name]) for name in NAMES)
