"""The tables and the picture of docs/promises.md."""

import datetime
import os
import platform
from collections.abc import Mapping, Sequence
from statistics import median

from evaluation.figures import table
from evaluation.report.plots import Drawing, memory_plot
from evaluation.soak.load import Load
from evaluation.soak.trials import Trials

LEAST_RATIO = 0.85
MOST_SPREAD = 5.0
MOST_GROWTH = 0.1


def trials_table(trials: Mapping[str, Trials]) -> str:
    """Returns what came of trials, by what they were."""
    rows = [
        (name, str(one.run), str(one.survived), _told(one.outcomes)) for name, one in trials.items()
    ]
    return table(("promise", "trials", "kept", "how they ended"), rows)


def load_table(load: Load) -> str:
    """Returns the load as ratios to the bare engine's embedding."""
    usual, over = load.usual, load.over
    spread = usual.p99 / usual.p50
    rows = [
        _row("answers to embeddings of the bare engine, in the same time",
             load.ratio(load.bare), LEAST_RATIO, at_least=True),
        _row("the same, in the same time of the processors",
             load.processor_ratio(load.bare), LEAST_RATIO, at_least=True),
        ("answers to embeddings of Tarmaq's engine, in the same time of the processors",
         f"{load.processor_ratio(load.own):.2f}", "", ""),
        _row("99th to 50th percentile of times at 70 % of that", spread, MOST_SPREAD),
        _row("failed at 70 %", usual.failed, 0),
        _row("64 callers at once: neither answered nor told to come again", over.failed, 0),
    ]  # fmt: skip
    if load.memory and load.memory[len(load.memory) // 2][1] > 2 * load.kept:
        rows.append(
            _row("megabytes more after each 1,000 questions", growth(load.memory), MOST_GROWTH)
        )
    else:
        rows.append(("memory", "", "", f"run too short: {2 * load.kept} questions fill the caches"))
    answers = median(one.per_second for one, _ in load.full)
    asked = sum(one.answered for one, _ in load.full) + usual.answered + over.answered
    bare, own = (sorted(one.per_second for one in alone) for alone in (load.bare, load.own))
    where = (
        f"{load.workers} processes on {os.cpu_count()} cores, which locust shares; {asked} "
        f"questions, no two alike; Python {platform.python_version()}, "
        f"{datetime.datetime.now(datetime.UTC).date()}. Absolute: {answers:.1f} answers a second, "
        f"{bare[0]:.1f} to {bare[-1]:.1f} embeddings of the bare engine, {own[0]:.1f} to "
        f"{own[-1]:.1f} of Tarmaq's; at 70 % half within {usual.p50:.0f} ms, 99 % "
        f"within {usual.p99:.0f} ms; of 64 callers at once "
        f"{over.refused / max(1, over.refused + over.answered):.0%} were told to come again, half "
        f"of the others had their answer within {over.p50:.0f} ms."
    )
    return f"{table(('measure', 'measured', 'wanted', ''), rows)}\n{where}\n"


def _row(name: str, value: float, bound: float, *, at_least: bool = False) -> tuple[str, ...]:
    right = value >= bound if at_least else value <= bound
    wanted = f"{'≥' if at_least else '≤'} {bound:g}"
    return (name, f"{value:.2f}", wanted, "kept" if right else "not kept")


def growth(memory: Sequence[tuple[float, float, int]]) -> float:
    """Returns megabytes more after each thousand questions, over the second half of a run."""
    late = memory[len(memory) // 2 :]
    if len(late) < 2 or late[-1][1] == late[0][1]:
        return 0.0
    third = max(1, len(late) // 3)
    first = sum(size for *_, size in late[:third]) / third
    last = sum(size for *_, size in late[-third:]) / third
    asked = (late[-1][1] - late[0][1]) * (1 - 1 / 3)
    return (last - first) / 1e6 / (asked / 1000)


def memory_picture(load: Load) -> Drawing:
    """Draws the memory of all processes over the questions answered."""
    return memory_plot(
        [asked for _, asked, _ in load.memory], [size / 1e6 for *_, size in load.memory]
    )


def _told(outcomes: Sequence[tuple[str, int]]) -> str:
    return ", ".join(f"{count} {name}" for name, count in outcomes)
