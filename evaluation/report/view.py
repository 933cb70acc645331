"""What the report shows of each measurement, computed before any HTML is written."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from statistics import fmean

from markupsafe import Markup, escape

from evaluation.latency import Latency, latency
from evaluation.measurement import Measurement, Outcome
from evaluation.metrics import NAMES, Estimate
from evaluation.refusal import Refusal, refusal
from evaluation.report import plots
from evaluation.report.words import spans, trilingual
from evaluation.significance import Comparison, compare
from evaluation.spans import token_f1
from indexer.errors import InvalidReferenceError
from indexer.languages import LANGUAGES
from indexer.reference import Reference


@dataclass(frozen=True, slots=True)
class Row:
    """One group of questions with its measures."""

    label: Markup
    count: int
    measures: dict[str, Estimate]


@dataclass(frozen=True, slots=True)
class Cited:
    """A passage that a report quotes: its reference, its text and its score's parts."""

    reference: Markup
    text: str
    score: float | None
    parts: dict[str, float]


@dataclass(frozen=True, slots=True)
class Failure:
    """A question for which another passage came first."""

    outcome: Outcome
    expected: tuple[Cited, ...]
    first: Cited | None


@dataclass(frozen=True, slots=True)
class View:
    """Everything that the report shows of one measurement."""

    name: str
    measurement: Measurement
    languages: tuple[Row, ...]
    slices: dict[str, tuple[Row, ...]]
    refusal: Refusal | None
    reliability: Markup | None
    ranks: Markup
    latency: Latency
    span_f1: float | None
    failures: tuple[Failure, ...]
    stamps: dict[str, str]


@dataclass(frozen=True, slots=True)
class Typed:
    """Questions typed in one way, beside the same questions typed cleanly."""

    habit: Markup
    language: Markup
    count: int
    clean: Estimate
    typed: Estimate


_SLICES: Mapping[str, Callable[[Outcome], str]] = {
    "kind": lambda outcome: outcome.kind,
    "habit": lambda outcome: outcome.habit or "clean",
    "section": lambda outcome: outcome.section,
}


def view_of(name: str, measurement: Measurement) -> View:
    """Returns what the report shows of ``measurement``, which it calls ``name``."""
    refused = None
    if any(outcome.confidence is not None for outcome in measurement.outcomes):
        refused = refusal(measurement)
    spans_given = [
        token_f1(outcome.answer or "", outcome.words)
        for outcome in measurement.answered
        if outcome.words
    ]
    says_spans = any(outcome.answer for outcome in measurement.outcomes)
    identity = asdict(measurement.identity)
    return View(
        name=name,
        measurement=measurement,
        languages=tuple(_rows(measurement, measurement.languages(), trilingual)),
        slices={key: rows for key in _SLICES if len(rows := _slice(measurement, key)) > 1},
        refusal=refused,
        reliability=plots.localised(plots.reliability_plot(refused.bins)) if refused else None,
        ranks=plots.localised(plots.rank_plot([outcome.rank for outcome in measurement.answered])),
        latency=latency([outcome.milliseconds for outcome in measurement.outcomes]),
        span_f1=fmean(spans_given) if says_spans and spans_given else None,
        failures=tuple(
            _failure(outcome, measurement) for outcome in measurement.answered if outcome.rank != 1
        ),
        stamps={
            "questions": identity["questions"],
            "corpus": identity["corpus"],
            "model": f"{identity['model']} {identity['revision']}".strip(),
            "code": identity["code"],
        },
    )


def comparable(measurements: Mapping[str, Measurement]) -> Iterator[tuple[Comparison, ...]]:
    """Yields the comparisons of measurements that judge the same questions, set by set."""
    groups: dict[str, dict[str, Measurement]] = {}
    for name, measurement in measurements.items():
        groups.setdefault(repr(measurement.qrels), {})[name] = measurement
    for group in groups.values():
        if len(group) > 1:
            yield compare(group)


def typed(measurements: Mapping[str, Measurement]) -> Iterator[Typed]:
    """Yields every suite among ``measurements`` whose clean questions the same system answered."""
    for suite in measurements.values():
        habits = {outcome.habit for outcome in suite.answered}
        clean = next((m for m in measurements.values() if _is_clean_of(m, suite)), None)
        if habits == {""} or clean is None:
            continue
        for language, ids in suite.groups(lambda outcome: outcome.language).items():
            yield Typed(
                habit=Markup(" ").join(map(trilingual, sorted(habits))),
                language=trilingual(language),
                count=len(ids),
                clean=clean.estimates(ids)["RR@10"],
                typed=suite.estimates(ids)["RR@10"],
            )


def _is_clean_of(clean: Measurement, suite: Measurement) -> bool:
    same_system = (clean.identity.system, clean.identity.corpus) == (
        suite.identity.system,
        suite.identity.corpus,
    )
    is_clean = all(not outcome.habit for outcome in clean.answered)
    return same_system and is_clean and suite.qrels.items() <= clean.qrels.items()


def _slice(measurement: Measurement, key: str) -> tuple[Row, ...]:
    label = _reference if key == "section" else trilingual
    return tuple(_rows(measurement, measurement.groups(_SLICES[key]), label))


def _rows(
    measurement: Measurement, groups: Mapping[str, tuple[str, ...]], label: Callable[[str], Markup]
) -> Iterator[Row]:
    for key, ids in groups.items():
        estimates = measurement.estimates(ids)
        yield Row(label(key), len(ids), {name: estimates[name] for name in NAMES})


def _failure(outcome: Outcome, measurement: Measurement) -> Failure:
    first = outcome.found[0][0] if outcome.found else None
    return Failure(
        outcome=outcome,
        expected=tuple(_cited(name, outcome, measurement) for name in outcome.expected),
        first=_cited(first, outcome, measurement) if first is not None else None,
    )


def _cited(passage_id: str, outcome: Outcome, measurement: Measurement) -> Cited:
    return Cited(
        reference=_reference(passage_id.partition("#")[2] or passage_id),
        text=measurement.passages.get(passage_id, ""),
        score=dict(outcome.found).get(passage_id),
        parts=outcome.parts.get(passage_id, {}),
    )


def _reference(eid: str) -> Markup:
    try:
        reference = Reference.parse(eid)
    except InvalidReferenceError:
        return escape(eid)
    return spans({language: reference.format(language) for language in LANGUAGES})
