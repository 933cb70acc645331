"""Clauses: the stretches of a passage that may answer a question, and what speaks for each.

Official Kazakh puts what is done, to whom and in what respect into clauses divided by punctuation
and by connectives («және», «бойынша»). A stretch runs from the start of one part to where a phrase
ends: at a mark, or after a word that closes one («арқылы»). It is described by its borders, its
length, and how much of what the question asks about lies inside it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from indexer.documents.passages import Passage
from indexer.languages import Language, language
from indexer.vocabulary import words_of
from service.ranking.closeness import closest
from service.ranking.dictionary import Unit

Numbers = NDArray[np.float64]

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_JOINING = language("kk").structure()["joining"]
_FOLLOWING = language("kk").structure()["following"]
_CLOSING = language("kk").structure()["closing"]
_PHRASE_ENDS = re.compile(r"[,;:](?!\d)|[.!?…](?=\s|$)")
_MARKS = (",", ";", "–", "(", ")", "«", "»", ":", ".")
_TOLD = (",", ";", "–")
_PAIRS = (("(", ")"), ("«", "»"))
_NEAR = 3
_MOST_BORDERS = 48
_LEAST_CLOSENESS = 0.35
"""Words less alike in spelling than this are different words."""

FEATURES = (
    *(f"{place} {mark}" for place in ("before", "after", "within") for mark in (*_TOLD, "edge")),
    *("length", "length squared", "share", "share squared", "whole", "length in long"),
    *("matched", "matched share", "asked", "asked and short", "near", "near and unasked"),
    "all asked",
)
"""Names of the columns of :attr:`Clauses.features`."""


@dataclass(frozen=True, slots=True)
class Matches:
    """How the words of one passage meet one question.

    Attributes:
        words: Where each word of the passage starts and ends, in characters.
        matches: How well each word meets the question, 0 to 1.
    """

    words: tuple[tuple[int, int], ...]
    matches: Numbers


@dataclass(frozen=True, slots=True)
class Clauses(Matches):
    """The stretches of one passage that may answer one question.

    Attributes:
        first: Number of the first word of each stretch.
        last: Number of the last word of each stretch.
        features: One row a stretch, one column for each of :data:`FEATURES`.
    """

    first: NDArray[np.int64]
    last: NDArray[np.int64]
    features: Numbers


def read_clauses(units: Sequence[Unit], passage: Passage) -> Clauses:
    """Returns the stretches of ``passage``; none where it holds no word.

    Args:
        units: What the question is about.
        passage: The passage.
    """
    layout = _lay_out(passage.text)
    closest = _closest(units, layout.words, passage.language)
    matches = closest.max(axis=0, initial=0)
    if not layout.words:
        features = np.zeros((0, len(FEATURES)))
    else:
        features = np.hstack((layout.borders, _describe(closest, layout.first, layout.last)))
    return Clauses(layout.places, matches, layout.first, layout.last, features)


def read_matches(units: Sequence[Unit], passage: Passage) -> Matches:
    """Returns how well each word of ``passage`` meets a question about ``units``."""
    layout = _lay_out(passage.text)
    return Matches(
        layout.places, _closest(units, layout.words, passage.language).max(axis=0, initial=0)
    )


@dataclass(frozen=True, slots=True)
class _Layout:
    """What is known of a passage before any question: its words and stretches."""

    words: tuple[str, ...]
    places: tuple[tuple[int, int], ...]
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    borders: Numbers


@lru_cache(maxsize=256)
def _lay_out(text: str) -> _Layout:
    found = list(_WORD.finditer(text))
    words = tuple(" ".join(words_of(match[0])) for match in found)
    places = tuple(match.span() for match in found)
    gaps = _gaps(text, places)
    first, last = _stretches(words, gaps)
    return _Layout(words, places, first, last, _borders(gaps, first, last))


def _gaps(text: str, places: Sequence[tuple[int, int]]) -> list[str]:
    """Returns what is written before, between and after the words."""
    ends = [0, *(end for _, end in places)]
    starts = [*(start for start, _ in places), len(text)]
    return [text[end:start] for end, start in zip(ends, starts, strict=True)]


def _closest(units: Sequence[Unit], words: Sequence[str], code: Language) -> Numbers:
    """Returns how close each word (column) is to each unit (row), 0 to 1."""
    matrix = np.array(closest(units, words, code), dtype=np.float64).reshape(len(units), len(words))
    return np.where(matrix >= _LEAST_CLOSENESS, matrix, 0)


def _stretches(
    words: Sequence[str], gaps: Sequence[str]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Returns the first and last words of the stretches; brackets and quotes stay whole.

    None ends in the middle of a phrase: the verb or noun of joined words stands after the last.
    """
    starts, ends = {0}, {len(words) - 1}
    for number, word in enumerate(words):
        if number and any(mark in gaps[number] for mark in _MARKS):
            starts.add(number)
        if number and _PHRASE_ENDS.search(gaps[number]):
            ends.add(number - 1)
        if word in _JOINING and 0 < number < len(words) - 1:
            starts.add(number + 1)
        if word in _FOLLOWING:
            starts.add(min(number + 1, len(words) - 1))
        if word in _CLOSING:
            ends.add(number)
    begin = sorted(starts)[:_MOST_BORDERS]
    finish = [*sorted(ends)[:_MOST_BORDERS], len(words) - 1]
    depth = _depth(gaps)
    pairs = {(0, len(words) - 1)} if words else set()
    for one in begin:
        reach = _reach(depth, one)
        pairs |= {(one, end) for end in finish if one <= end < reach and depth[one] == depth[end]}
    first, last = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2).T
    return first, last


def _reach(depth: Sequence[tuple[int, ...]], start: int) -> int:
    """Returns the first word after ``start`` that lies outside a bracket or quote open there."""
    for place in range(start + 1, len(depth)):
        if any(now < then for now, then in zip(depth[place], depth[start], strict=True)):
            return place
    return len(depth)


def _depth(gaps: Sequence[str]) -> list[tuple[int, ...]]:
    """Returns how many brackets and quotes are open at each word."""
    opened = [0] * len(_PAIRS)
    depths = []
    for gap in gaps:
        for kind, (opening, closing) in enumerate(_PAIRS):
            opened[kind] += gap.count(opening) - gap.count(closing)
        depths.append(tuple(opened))
    return depths


def _borders(gaps: Sequence[str], first: NDArray[np.int64], last: NDArray[np.int64]) -> Numbers:
    """Returns which marks stand before, after and inside each stretch."""
    edge = len(gaps) - 1
    marks = np.array(
        [[*(mark in gap for mark in _TOLD), at in (0, edge)] for at, gap in enumerate(gaps)],
        dtype=np.float64,
    )
    passed = np.cumsum(marks, axis=0)
    borders: Numbers = np.hstack((marks[first], marks[last + 1], passed[last] - passed[first]))
    return borders


def _describe(closest: Numbers, first: NDArray[np.int64], last: NDArray[np.int64]) -> Numbers:
    """Returns the length of each stretch and how it meets the question."""
    count = closest.shape[1]
    # How strongly each word answers to what is asked; each unit shares itself among its words.
    asked = (closest / np.maximum(closest.sum(axis=1, keepdims=True), 1e-9)).sum(axis=0)
    asked /= max(asked.sum(), 1e-9)
    sums = np.concatenate(([0], np.cumsum(closest.max(axis=0, initial=0))))
    inside_asked = np.concatenate(([0], np.cumsum(asked)))
    length = (last - first + 1).astype(np.float64)
    share, logarithm = length / count, np.log(length)
    matched = sums[last + 1] - sums[first]
    inside = inside_asked[last + 1] - inside_asked[first]
    near = sums[np.minimum(last + 1 + _NEAR, count)] - sums[last + 1]
    near += sums[first] - sums[np.maximum(first - _NEAR, 0)]
    columns = (
        *(logarithm, logarithm**2, share, share**2, length == count, logarithm * np.log(count)),
        *(matched, matched / length, inside, inside * (1 - share), near, near * (1 - inside)),
        inside > 1 - 1e-6,
    )
    return np.stack(columns, axis=1).astype(np.float64)
