"""Editions: the languages of one file told apart, by column or by stretch."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.documents.passages import Language
from indexer.readers.base import Line
from indexer.readers.languages import evidence, label, language_of

_LEAST_LINES = 3
_LEAST_SHARE = 0.12


@dataclass(frozen=True, slots=True)
class Editions:
    """The lines of each language.

    Attributes:
        lines: Lines by language, each in reading order.
        unplaced: Lines that could be given to no language.
    """

    lines: dict[Language, list[Line]]
    unplaced: tuple[str, ...] = ()


def part(lines: Sequence[Line], stated: Language | None = None) -> Editions:
    """Tells the editions of a file apart.

    Args:
        lines: All lines, in reading order.
        stated: The language that the file states, which counts where the lines say nothing.
    """
    columns: dict[int, list[str]] = defaultdict(list)
    for line in lines:
        if line.column:
            columns[line.column].append(line.text)
    spoken = {column: language_of(texts) for column, texts in columns.items()}
    if len(set(spoken.values()) - {None}) > 1:
        return _by_column(lines, spoken)
    return _by_stretch(lines, stated)


def _by_column(lines: Sequence[Line], spoken: dict[int, Language | None]) -> Editions:
    found: dict[Language, list[Line]] = {
        language: [] for language in spoken.values() if language is not None
    }
    unplaced: list[str] = []
    for line in lines:
        own = spoken.get(line.column) if line.column else None
        if own is not None:
            found[own].append(line)
            continue
        if not any(letter.isalpha() for letter in line.text):
            for edition in found.values():
                edition.append(line)
            continue
        said = evidence(line.text)
        best, second, *_ = sorted(found, key=lambda name: -said[name])
        if said[best] - said[second] < 1:
            unplaced.append(line.text)
        else:
            found[best].append(line)
    return Editions(found, tuple(unplaced))


def _by_stretch(lines: Sequence[Line], stated: Language | None) -> Editions:
    texts = [line.text for line in lines]
    labels = label(texts)
    lengths: dict[Language, int] = defaultdict(int)
    counts: dict[Language, int] = defaultdict(int)
    for text, language in zip(texts, labels, strict=True):
        lengths[language] += len(text)
        counts[language] += 1
    total = sum(lengths.values())
    main = max(lengths, key=lambda language: lengths[language])
    if language_of(texts) is None and stated is not None:
        return Editions({stated: list(lines)})
    kept = {
        language
        for language, length in lengths.items()
        if language == main or (length >= _LEAST_SHARE * total and counts[language] >= _LEAST_LINES)
    }
    found: dict[Language, list[Line]] = {main: []}
    for line, language in zip(lines, labels, strict=True):
        found.setdefault(language if language in kept else main, []).append(line)
    return Editions(found)
