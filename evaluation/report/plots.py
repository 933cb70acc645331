"""Plots as SVG for a page: no colours of their own for text and axes, words in three languages."""

import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from markupsafe import Markup

from evaluation.errors import optional
from evaluation.metrics import Estimate
from evaluation.refusal import Bin
from evaluation.report.words import spans, word
from indexer.languages import LANGUAGES

_INK = "#010203"
"""Stands for the colour of the page's text."""

_COLOURS = ("#4477aa", "#ee6677", "#228833", "#ccbb44", "#66ccee", "#aa3377")
_TOKEN = re.compile(r">\s*word:([a-z0-9-]+)\s*<")
_RANKS = ("1", "2", "3", "4", "5", "6–10", "word:not-found")


class Drawing(str):
    """An SVG with tokens for words, as matplotlib wrote it."""

    __slots__ = ()


def localised(drawing: Drawing) -> Markup:
    """Returns a drawing for the page: every word in three languages, of which one is shown."""

    def words(match: re.Match[str]) -> str:
        texts = {language: word(match[1], language) for language in LANGUAGES}
        return f">{spans(texts, 'tspan')}<"

    return Markup(_TOKEN.sub(words, drawing))


def in_language(drawing: Drawing, language: str) -> str:
    """Returns a drawing with its words in one language, as a file of its own."""
    return _TOKEN.sub(lambda match: f">{word(match[1], language)}<", drawing)


def reliability_plot(bins: Sequence[Bin]) -> Drawing:
    """Draws how often answers of a confidence are right."""
    with _axes("reliability", 4.2, 4.2) as (axes, drawing):
        axes.plot([0, 1], [0, 1], color=_INK, alpha=0.4, linewidth=1, linestyle="--")
        axes.plot([b.confidence for b in bins], [b.accuracy for b in bins], "o-", color=_COLOURS[0])
        axes.set(xlim=(0, 1), ylim=(0, 1.02), aspect="equal")
        axes.set(xlabel="word:confidence", ylabel="word:share-right")
    return drawing()


def rank_plot(ranks: Sequence[int | None]) -> Drawing:
    """Draws how many questions have their answer at each rank."""
    counts = [0] * len(_RANKS)
    for rank in ranks:
        counts[6 if rank is None or rank > 10 else min(rank, 6) - 1] += 1
    with _axes("ranks", 5.2, 2.8) as (axes, drawing):
        bars = axes.bar(_RANKS, counts, color=_COLOURS[0])
        axes.bar_label(bars, fontsize=8, color=_INK)
        axes.set(xlabel="word:rank", ylabel="word:count")
    return drawing()


def latency_plot(times: Mapping[str, Sequence[float]]) -> Drawing:
    """Draws which share of the answers of each system took how long."""
    with _axes("latency", 5.2, 2.8) as (axes, drawing):
        for i, (name, milliseconds) in enumerate(times.items()):
            axes.ecdf(milliseconds, label=name, color=_COLOURS[i % len(_COLOURS)])
        axes.set(xlabel="word:milliseconds", ylabel="word:share", xscale="log")
        axes.legend(frameon=False, fontsize=8, labelcolor=_INK)
    return drawing()


def memory_plot(questions: Sequence[float], megabytes: Sequence[float]) -> Drawing:
    """Draws the memory of the service over the questions that it has answered."""
    with _axes("memory", 5.2, 2.8) as (axes, drawing):
        axes.plot(questions, megabytes, color=_COLOURS[0], linewidth=1)
        axes.set(xlabel="word:questions-answered", ylabel="word:megabytes", ylim=(0, None))
    return drawing()


def accuracy_plot(rows: Mapping[str, Mapping[str, Estimate]], measure: str) -> Drawing:
    """Draws a measure with its interval, by name of the measurement and language."""
    languages = list(dict.fromkeys(language for values in rows.values() for language in values))
    with _axes("accuracy", 6.4, 0.9 + 0.32 * len(rows) * len(languages)) as (axes, drawing):
        ticks = range(len(rows))
        height = 0.8 / len(languages)
        for i, language in enumerate(languages):
            values = [row.get(language) for row in rows.values()]
            places = [tick + (i - (len(languages) - 1) / 2) * height for tick in ticks]
            known = [(p, v) for p, v in zip(places, values, strict=True) if v is not None]
            means = [v.mean for _, v in known]
            errors = [[v.mean - v.low for _, v in known], [v.high - v.mean for _, v in known]]
            axes.barh(
                [p for p, _ in known],
                means,
                height * 0.9,
                xerr=errors,
                color=_COLOURS[i % len(_COLOURS)],
                ecolor=_INK,
                label=f"word:{language}",
                error_kw={"linewidth": 1},
            )
        axes.set_yticks(list(ticks), list(rows))
        axes.invert_yaxis()
        axes.set(xlim=(0, 1), xlabel=measure)
        axes.legend(
            frameon=False, fontsize=8, labelcolor=_INK, ncols=3, loc="lower left",
            bbox_to_anchor=(0, 1),
        )  # fmt: skip
    return drawing()


@contextmanager
def _axes(name: str, width: float, height: float) -> Iterator[tuple[Any, Callable[[], Drawing]]]:
    """Gives axes to draw on and a function that returns the drawing afterwards."""
    matplotlib = optional("matplotlib")
    # Figure, not pyplot: nothing global, no window system.
    figures = optional("matplotlib.figure")
    style = {
        "svg.fonttype": "none",
        "svg.hashsalt": name,
        "font.family": "sans-serif",
        "font.size": 9,
        "axes.spines.top": False,
        "axes.spines.right": False,
        **dict.fromkeys(
            ("text.color", "axes.labelcolor", "axes.edgecolor", "xtick.color", "ytick.color"), _INK
        ),
    }
    with matplotlib.rc_context(style):
        figure = figures.Figure(figsize=(width, height), layout="constrained")
        axes = figure.add_subplot()
        axes.grid(axis="both", color=_INK, alpha=0.12)
        axes.set_axisbelow(True)

        def drawing() -> Drawing:
            with matplotlib.rc_context(style):
                file = io.StringIO()
                figure.savefig(file, format="svg", transparent=True, metadata={"Date": None})
            svg = file.getvalue()
            svg = svg[svg.index("<svg") :].replace(_INK, "currentColor")
            return Drawing(re.sub(r"font: ([0-9.]+px)[^;\"]*", r"font: \1 sans-serif", svg))

        yield axes, drawing
