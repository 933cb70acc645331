"""A measurement: what one system answered to every question of one dataset.

It lives in a folder: ``manifest.json`` says what was measured, ``results.jsonl`` holds one line a
question, written as soon as it is answered, and ``passages.jsonl`` the texts that a report quotes.
All figures are computed from these, so a run that was interrupted and resumed gives the same ones.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from evaluation.errors import DatasetError
from evaluation.lines import read_lines
from evaluation.metrics import Estimate, Run, estimate, per_query

MANIFEST = "manifest.json"
RESULTS = "results.jsonl"
PASSAGES = "passages.jsonl"


@dataclass(frozen=True, slots=True)
class Identity:
    """What was measured, exactly: two runs with the same identity measure the same thing.

    Attributes:
        system: Name of the system.
        dataset: Name of the dataset.
        split: Which questions of it.
        questions: Hash of the dataset's files.
        corpus: Hash of the passages that were searched; empty where the system does not tell.
        model: Name of the embedding model; empty where there is none.
        revision: Hash of its weights.
        code: Hash of the source code that answered.
        depth: Number of passages asked for.
        settings: What else sets this system apart.
    """

    system: str
    dataset: str
    split: str
    questions: str
    corpus: str = ""
    model: str = ""
    revision: str = ""
    code: str = ""
    depth: int = 10
    settings: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question and what came back.

    Attributes:
        id: Id of the question.
        text: The question.
        language: Its language; ``all`` where the dataset does not say.
        kind: How it is asked; for an unanswerable one, how far it is from the corpus.
        item: What is asked, the same in every language.
        habit: How it is typed: the suite that changed it; empty for the clean question.
        expected: Grades by passage id; empty for a question that the corpus does not answer.
        helps: Passages that bear on it without answering.
        found: Passage ids with scores, best first.
        milliseconds: Time to the answer.
        words: The words that answer, as marked in the dataset; empty where they are not.
        answer: The words that the system gave; None where it gave none.
        answerable: Whether the system says that the corpus answers; None where it does not say.
        confidence: Its probability that the first passage answers; None where it does not say.
        interpreted: The question as the system understood it; None where it does not say.
        parts: Parts of the score of the first and of the expected passages, by passage id.
    """

    id: str
    text: str
    language: str
    kind: str
    item: str
    expected: dict[str, int]
    helps: tuple[str, ...]
    found: tuple[tuple[str, float], ...]
    milliseconds: float
    habit: str = ""
    words: str = ""
    answer: str | None = None
    answerable: bool | None = None
    confidence: float | None = None
    interpreted: str | None = None
    parts: dict[str, dict[str, float]] = field(default_factory=dict)

    @property
    def rank(self) -> int | None:
        """Rank of the first passage that answers, from 1; None where it was not found."""
        for rank, (passage_id, _) in enumerate(self.found, start=1):
            if self.expected.get(passage_id, 0) > 0:
                return rank
        return None

    @property
    def section(self) -> str:
        """The eId of the chapter or section that holds the answer; empty where there is none."""
        if not self.expected:
            return ""
        eid = next(iter(self.expected)).partition("#")[2]
        steps = eid.split("__")
        above = [step for step in steps if step.split("_")[0] in ("chp", "sec", "decree")]
        return "__".join(above) or steps[0]


@dataclass(frozen=True)
class Measurement:
    """Everything that one run brought.

    Attributes:
        identity: What was measured.
        outcomes: Every question, in the dataset's order, the unanswerable ones last.
        passages: Texts by passage id, of what was expected or came first.
    """

    identity: Identity
    outcomes: tuple[Outcome, ...]
    passages: dict[str, str] = field(default_factory=dict)

    @cached_property
    def answered(self) -> tuple[Outcome, ...]:
        """The questions that the corpus answers."""
        return tuple(outcome for outcome in self.outcomes if outcome.expected)

    @cached_property
    def unanswerable(self) -> tuple[Outcome, ...]:
        """The questions that the corpus does not answer."""
        return tuple(outcome for outcome in self.outcomes if not outcome.expected)

    @cached_property
    def qrels(self) -> dict[str, dict[str, int]]:
        """Grades by question and passage id."""
        return {outcome.id: outcome.expected for outcome in self.answered}

    @cached_property
    def run(self) -> Run:
        """Passages found by question id."""
        return {outcome.id: outcome.found for outcome in self.answered}

    @cached_property
    def values(self) -> dict[str, dict[str, float]]:
        """Every measure of every question."""
        return per_query(self.qrels, self.run)

    @cached_property
    def units(self) -> dict[str, str]:
        """What each question asks: the unit that is resampled."""
        return {outcome.id: outcome.item for outcome in self.outcomes}

    def estimates(self, ids: Iterable[str] | None = None) -> dict[str, Estimate]:
        """Returns each measure's mean and interval over the questions ``ids``, all by default."""
        chosen = tuple(self.qrels if ids is None else ids)
        return {
            name: estimate({query_id: scores[query_id] for query_id in chosen}, self.units)
            for name, scores in self.values.items()
        }

    def groups(self, key: Callable[[Outcome], str]) -> dict[str, tuple[str, ...]]:
        """Returns the ids of the answered questions by ``key``, without an empty key."""
        groups: dict[str, list[str]] = {}
        for outcome in self.answered:
            if label := key(outcome):
                groups.setdefault(label, []).append(outcome.id)
        return {label: tuple(ids) for label, ids in groups.items()}

    def languages(self) -> dict[str, tuple[str, ...]]:
        """Returns the question ids of each language, and of ``all`` where there are several."""
        groups = self.groups(lambda outcome: outcome.language)
        return {**groups, "all": tuple(self.qrels)} if len(groups) > 1 else groups


_IDENTITY = TypeAdapter(Identity)
_OUTCOME = TypeAdapter(Outcome)


def read_measurement(folder: Path) -> Measurement:
    """Reads the measurement in ``folder``.

    Raises:
        DatasetError: There is none, it is not finished, or a line is malformed.
    """
    identity = read_identity(folder)
    outcomes = tuple(read_outcomes(folder))
    passages = folder / PASSAGES
    if not passages.exists():
        raise DatasetError(
            f"{folder}: the run was interrupted after {len(outcomes)} questions; "
            "resume it with the same command."
        )
    if not any(outcome.expected for outcome in outcomes):
        raise DatasetError(f"{folder / RESULTS}: no question that has an answer.")
    texts = dict(json.loads(line) for _, line in read_lines(passages))
    return Measurement(identity, outcomes, texts)


def read_identity(folder: Path) -> Identity:
    """Reads what the measurement in ``folder`` measured.

    Raises:
        DatasetError: It cannot be read.
    """
    path = folder / MANIFEST
    try:
        return _IDENTITY.validate_json(path.read_bytes())
    except OSError as error:
        raise DatasetError(
            f"{path}: no measurement here; make one: python -m evaluation run DATASET --out FOLDER."
        ) from error
    except ValidationError as error:
        raise DatasetError(f"{path}: malformed ({error.errors()[0]['msg']}).") from error


def read_outcomes(folder: Path) -> Iterable[Outcome]:
    """Yields the outcomes that ``folder`` holds so far.

    Raises:
        DatasetError: A line is malformed.
    """
    path = folder / RESULTS
    if not path.exists():
        return
    for number, line in read_lines(path):
        try:
            yield _OUTCOME.validate_json(line)
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(map(str, first["loc"]))
            raise DatasetError(f"{path}:{number}: {place}: {first['msg']}.") from error


def write_identity(folder: Path, identity: Identity) -> None:
    """Writes what is measured into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MANIFEST).write_bytes(_IDENTITY.dump_json(identity, indent=1) + b"\n")


def outcome_line(outcome: Outcome) -> bytes:
    """Returns ``outcome`` as a line of ``results.jsonl``."""
    return _OUTCOME.dump_json(outcome) + b"\n"


def write_passages(folder: Path, passages: Mapping[str, str]) -> None:
    """Writes the texts of passages, which ends the measurement."""
    temporary = folder / f".{PASSAGES}.tmp"
    with temporary.open("w", encoding="utf-8") as file:
        for entry in passages.items():
            file.write(json.dumps(entry, ensure_ascii=False) + "\n")
    temporary.replace(folder / PASSAGES)
