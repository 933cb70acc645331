"""``compare``, ``check``, ``calibrate`` and ``report`` read measurements that ``run`` kept."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from evaluation.beir import digest, read_dataset
from evaluation.checking import baseline_of, check, falls, read_baseline, write_baseline
from evaluation.commands.options import (
    CACHE,
    CONCEPT,
    AsJson,
    Cache,
    IndexFolder,
    Split,
    settings_for,
)
from evaluation.errors import DatasetError
from evaluation.measurement import Measurement, read_measurement
from evaluation.metrics import NAMES, decimal
from evaluation.opening import open_system
from evaluation.refusal import Refusal, refusal
from evaluation.report import write_report
from evaluation.report.plots import in_language, reliability_plot
from evaluation.running import identify, measure
from evaluation.significance import PERMUTATIONS, Comparison
from evaluation.significance import compare as compare_measurements

Folders = Annotated[
    list[Path], typer.Argument(metavar="FOLDER...", help="Folders that run --out wrote.")
]


def compare(
    folders: Folders,
    measures: Annotated[
        list[str] | None, typer.Option("--measure", help="Only this measure; may be repeated.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Says of every two measurements whether one is better or the difference is noise."""
    if unknown := sorted(set(measures or ()) - set(NAMES)):
        raise DatasetError(f"no measure {unknown[0]!r}; known: {', '.join(NAMES)}.")
    comparisons = compare_measurements(named(folders), measures or NAMES)
    if as_json:
        rows = [{**asdict(c), "noise": c.is_noise} for c in comparisons]
        typer.echo(json.dumps(rows, ensure_ascii=False))
        return
    first = comparisons[0]
    typer.echo(
        f"{first.questions} questions on {first.units} items; paired 95 % bootstrap intervals, "
        f"paired randomisation with {PERMUTATIONS:,} permutations, Holm's correction over "
        f"{len(comparisons)} comparisons"
    )
    for comparison in comparisons:
        typer.echo(sentence(comparison))


def sentence(c: Comparison) -> str:
    """Returns one comparison in words and figures."""
    first, second = (c.first, c.second) if c.difference >= 0 else (c.second, c.first)
    verdict = (
        f"noise: no difference of {first} and {second} is shown"
        if c.is_noise
        else f"{first} is better than {second}"
    )
    return (
        f"{c.measure:8}  {c.first} {decimal(c.means[0])}  {c.second} {decimal(c.means[1])}  "
        f"difference {signed(c.difference)} [{signed(c.low)}, {signed(c.high)}]  "
        f"d {c.effect:+.2f}  p {c.p:.4f} (Holm {c.adjusted:.4f})  {verdict}"
    )


def check_command(
    baseline: Annotated[Path, typer.Option(help="File of the baseline.")],
    folder: Annotated[Path, typer.Argument(metavar="[DATASET]", help="Dataset to run.")] = CONCEPT,
    measured: Annotated[
        Path | None, typer.Option("--from", help="Check this measurement; run nothing.")
    ] = None,
    split: Split = "test",
    index: IndexFolder = None,
    cache: Cache = CACHE,
    update: Annotated[bool, typer.Option("--update", help="Write a new baseline.")] = False,
) -> None:
    """Exit status 1 if a measure has fallen significantly below the baseline; noise passes."""
    if measured is not None:
        now = read_measurement(measured)
    else:
        dataset = read_dataset(folder, split)
        system = open_system("tarmaq", dataset, settings_for(index), cache)
        now = measure(system, dataset, identify(system, dataset, digest(folder, split)))
    if update:
        write_baseline(baseline, baseline_of(now))
        typer.echo(f"{baseline}: baseline of {len(now.answered)} questions written.")
        return
    comparisons = check(now, read_baseline(baseline))
    for c in comparisons:
        typer.echo(
            f"{c.measure:12}  now {decimal(c.means[0])}  baseline {decimal(c.means[1])}  "
            f"{signed(c.difference)} [{signed(c.low)}, {signed(c.high)}]  p {c.adjusted:.4f}"
        )
    if fallen := falls(comparisons):
        typer.echo(f"fallen: {', '.join(c.measure for c in fallen)}", err=True)
        raise typer.Exit(1)
    typer.echo("no significant fall.")


def calibrate(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder that run --out wrote.")],
    plot: Annotated[
        Path | None, typer.Option(help="Draw the reliability diagram into this SVG file.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Says whether the confidence can be believed, and what is refused."""
    measured = read_measurement(folder)
    found = refusal(measured)
    if plot is not None:
        plot.write_text(in_language(reliability_plot(found.bins), "en"), encoding="utf-8")
    typer.echo(json.dumps(asdict(found))) if as_json else echo_refusal(found)


def echo_refusal(found: Refusal) -> None:
    """Prints calibration and refusals."""
    typer.echo("confidence  accuracy  answers")
    for part in found.bins:
        typer.echo(f"{part.confidence:10.3f}  {part.accuracy:8.3f}  {part.count:7}")
    typer.echo(f"ECE {decimal(found.ece)}  Brier {decimal(found.brier)}")
    for language, kinds in found.auroc.items():
        cells = "  ".join(f"{kind} {decimal(value)}" for kind, value in kinds.items())
        typer.echo(f"AUROC {language:>3}  {cells}")
    precision, recall = (
        "–" if value is None else decimal(value) for value in (found.precision, found.recall)
    )
    typer.echo(
        f"refusals: precision {precision}  recall {recall}  "
        f"answerable questions refused {decimal(found.wrongly_refused)}"
    )


def report(
    folders: Folders,
    out: Annotated[Path, typer.Option(help="The HTML file to write.")] = Path("report.html"),
) -> None:
    """Writes one HTML file, in three languages, that opens without a network."""
    write_report(out, named(folders))
    typer.echo(f"{out}: {out.stat().st_size / 1024:.0f} KiB")


def named(folders: list[Path]) -> dict[str, Measurement]:
    """Reads measurements, each under the name of its folder.

    Raises:
        DatasetError: One cannot be read, or two have the same name.
    """
    found: dict[str, Measurement] = {}
    for folder in folders:
        name = folder.resolve().name
        if name in found:
            raise DatasetError(f"{folder}: a second folder is called {name!r}; rename one.")
        found[name] = read_measurement(folder)
    return found


def signed(value: float) -> str:
    """Returns a difference with its sign."""
    return f"{value:+.3f}".replace("0.", ".", 1) if abs(value) < 1 else f"{value:+.3f}"


COMMANDS = {
    "compare": compare,
    "check": check_command,
    "calibrate": calibrate,
    "report": report,
}
