"""A baseline for continuous integration: fails on a significant fall, not on noise."""

from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from evaluation.errors import DatasetError
from evaluation.measurement import Identity, Measurement
from evaluation.metrics import NAMES
from evaluation.significance import LEVEL, Comparison, difference, holm


@dataclass(frozen=True, slots=True)
class Baseline:
    """What was reached once.

    Attributes:
        identity: What was measured then.
        languages: Language by question id.
        units: What each question asks, by question id.
        values: Every measure of every question, by measure and question id.
    """

    identity: Identity
    languages: dict[str, str]
    units: dict[str, str]
    values: dict[str, dict[str, float]]


_BASELINE = TypeAdapter(Baseline)


def baseline_of(measurement: Measurement) -> Baseline:
    """Returns what later measurements are held against."""
    return Baseline(
        identity=measurement.identity,
        languages={outcome.id: outcome.language for outcome in measurement.answered},
        units={outcome.id: outcome.item for outcome in measurement.answered},
        values=measurement.values,
    )


def write_baseline(path: Path, baseline: Baseline) -> None:
    """Writes ``baseline`` to ``path``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_BASELINE.dump_json(baseline, indent=1) + b"\n")


def read_baseline(path: Path) -> Baseline:
    """Reads a baseline.

    Raises:
        DatasetError: It is not there or malformed.
    """
    try:
        return _BASELINE.validate_json(path.read_bytes())
    except OSError as error:
        raise DatasetError(
            f"{path}: no baseline; write one: python -m evaluation check --update --baseline FILE."
        ) from error
    except ValidationError as error:
        raise DatasetError(f"{path}: malformed ({error.errors()[0]['msg']}).") from error


def check(measurement: Measurement, baseline: Baseline) -> tuple[Comparison, ...]:
    """Compares a measurement with the baseline, by measure and language.

    Returns:
        One comparison for each; those with ``is_noise`` False are significant falls: one-sided
        paired randomisation, Holm's correction over all of them.

    Raises:
        DatasetError: The two do not judge the same questions.
    """
    for name in NAMES:
        if set(measurement.values[name]) != set(baseline.values.get(name, {})):
            raise DatasetError(
                f"the baseline holds other questions than {measurement.identity.dataset} has now, "
                "or other measures; look at both, then write a new baseline with --update."
            )
    languages = sorted(set(baseline.languages.values()))
    comparisons = [
        difference(
            f"{name} {language}",
            ("now", "baseline"),
            (
                {q: measurement.values[name][q] for q in chosen},
                {q: baseline.values[name][q] for q in chosen},
            ),
            baseline.units,
            alternative="less",
        )
        for name in NAMES
        for language in languages
        if (chosen := [q for q, spoken in baseline.languages.items() if spoken == language])
    ]
    adjusted = holm([c.p for c in comparisons])
    return tuple(replace(c, adjusted=p) for c, p in zip(comparisons, adjusted, strict=True))


def falls(comparisons: tuple[Comparison, ...]) -> tuple[Comparison, ...]:
    """Returns the comparisons that fail the check."""
    return tuple(c for c in comparisons if c.difference < 0 and c.adjusted < LEVEL)
