"""Boundaries: after which lines of a wrapped text a paragraph ends.

Source: for the idea of a weight for each sign, I. J. Good, Probability and the Weighing of Evidence
(1950); the weights themselves are counted in the text at hand.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from indexer.parsing.lines import is_closed
from indexer.parsing.notes import is_abbreviated
from indexer.parsing.repairs import begins_statement
from indexer.readers.base import Line
from indexer.readers.hyphens import Hyphens
from indexer.readers.layout import Layout, surely_goes_on
from indexer.readers.numbers import Numbering, is_punctuated, opening

_SPACIOUS = 1.25
_LIMIT = 4.0
_FITTED = 8.0
_LIST = 2.0
_DASHES = frozenset("-–—")
_BEFORE_DASHES = frozenset(",;:")
_LONGEST_ENTRY = 8

# How often a line inside a paragraph ends and begins so, in prose of acts.
_INNER_ENDS = {"semicolon": 0.01, "colon": 0.01, "stop": 0.04, "comma": 0.12, "open": 0.82}
_INNER_STARTS = {"lower": 0.78, "upper": 0.14, "digit": 0.05, "other": 0.03, "mark": 0.003}
_AFTER_STOP = {"lower": 0.1, "upper": 0.75, "digit": 0.07, "other": 0.07, "mark": 0.01}
# How often the end of one paragraph of an act and the beginning of the next are of these kinds.
_OUTER = {
    "semicolon": (0.40, {"lower": 0.45, "mark": 0.45, "upper": 0.06, "digit": 0.01, "other": 0.03}),
    "stop": (0.34, {"upper": 0.60, "mark": 0.32, "lower": 0.01, "digit": 0.02, "other": 0.05}),
    "colon": (0.10, {"lower": 0.45, "mark": 0.45, "upper": 0.06, "digit": 0.01, "other": 0.03}),
    "open": (0.15, {"upper": 0.60, "mark": 0.30, "lower": 0.02, "digit": 0.03, "other": 0.05}),
    "comma": (0.01, {"lower": 0.60, "mark": 0.10, "upper": 0.20, "digit": 0.05, "other": 0.05}),
}
_SMOOTHING = 20.0
_TRUST = 20.0
_ABBREVIATION = 4
_LEAST_SEEN = 2
# Notes always begin a paragraph.
_NOTE = re.compile(
    r"\W{0,2}(?:Сноска|Ескерту|Примечани[ея]|Ескертпе(?:лер)?)\s?[.:]"
    r"|Примечание (?:ИЗПИ|РЦПИ)|(?:ЗҚАИ|РҚАО)-"
)
# «…); от 05.07.2024 № 115-VIII», «…); с изменениями»: a note goes on to its next law.
_LAW = re.compile(
    r"\s*(?:№\s?\d|(?:от\s)?\d{1,2}\.\d{1,2}\.\d{4}\b|от$|с\sизменени(?:ем|ями)\b|с$"
    r"|өзгеріс(?:тер)?\sенгізілді\b|толықтырулар?\sенгізілді\b)"
)
_UNPUNCTUATED = re.compile(r"\d{1,3}(?:[.,]\d{1,3})*\s+[^\W\d_]")


class Boundaries:
    """Decides after which lines a paragraph ends."""

    def __init__(self, layout: Layout, hyphens: Hyphens) -> None:
        self._layout = layout
        self._lines = layout.lines
        self._hyphens = hyphens
        count = len(layout.lines) - 1
        self._forced = [layout.is_forced(i) for i in range(count)]
        if layout.first_edge is not None:
            for i in range(count):
                begins = (
                    i == 0
                    or is_closed(self._lines[i - 1].text.rstrip())
                    or (_beginning(self._lines[i].text) == "mark")
                )
                self._forced[i] = layout.is_forced(i, begins)
        sure = [i for i in range(count) if surely_goes_on(self._lines[i], self._lines[i + 1])]
        inner = [i for i in sure if self._forced[i]]
        lefts: dict[int, list[float]] = {}
        for i in inner:
            lefts.setdefault(self._lines[i + 1].column, []).append(self._lines[i + 1].left)
        self._left = {column: _usual(values) for column, values in lefts.items()}
        # The pages on which lines begin where they usually do.
        self._usual_pages = {
            (line.page, line.column) for line in self._lines if not self._is_off(line)
        }
        gaps = [self._lines[i + 1].gap for i in inner if self._lines[i + 1].gap]
        self._gap = median(gaps) if gaps else 1.0
        # A break that nothing forced and no lower-case letter follows: certainly a paragraph's end.
        known = set(sure) | {i for i in range(count) if self._is_whole(i)}
        clear = [i for i in range(count) if not self._forced[i] and i not in known]
        self._weights = {
            sign: _weights([f(i) for i in clear], [f(i) for i in inner])
            for sign, f in self._signs().items()
        }
        self._joint = Counter(
            (_ending(self._lines[i].text), _beginning(self._lines[i + 1].text)) for i in clear
        )
        self._names = Counter(pair for line in self._lines for pair in _names(line.text))
        self._inside = Counter(pair for line in self._lines for pair in _inside(line.text))
        forced = sum(self._forced)
        words = [line.first + line.space for line in self._lines]
        full = min(0.5, sum(words) / len(words) / layout.width) if words else 0.1
        expected = len(clear) * full / (1 - full)
        odds = (expected + 0.5) / (max(forced - expected, 0) + 0.5)
        self._prior = math.log(odds)
        # How far an estimated length may be out before a word that would have fitted is believed.
        self._doubtful = 2 * layout.slack

    def _is_whole(self, index: int) -> bool:
        """Whether a line or the next one is a paragraph already."""
        return self._lines[index].whole or self._lines[index + 1].whole

    def _signs(self) -> dict[str, Callable[[int], bool | None]]:
        return {"indented": self._is_indented, "spaced": self.is_spaced}

    def _is_indented(self, index: int) -> bool | None:
        """Whether the next line begins elsewhere than lines inside paragraphs do."""
        line, following = self._lines[index], self._lines[index + 1]
        place = following.page, following.column
        if (line.page, line.column) != place and place not in self._usual_pages:
            return None
        return self._is_off(following)

    def _is_off(self, line: Line) -> bool:
        usual = self._left.get(line.column, line.left)
        return abs(line.left - usual) > 1.5 * max(line.space, 0.1)

    def is_spaced(self, index: int) -> bool | None:
        """Whether there is more room before the next line than inside paragraphs."""
        gap = self._lines[index + 1].gap
        return None if gap == 0 else gap > _SPACIOUS * self._gap

    def decide(self) -> list[bool]:
        """For each line, whether a paragraph ends with it."""
        numbering = Numbering()
        ends: list[bool] = []
        begins = True
        in_heading = False
        for index, line in enumerate(self._lines):
            if begins:
                mark = opening(line.text)
                in_heading = (
                    mark is not None
                    and mark.kind not in {"para", "point"}
                    and not begins_statement(mark.rest)
                )
                if mark is not None:
                    numbering.note(mark)
            begins = index + 1 == len(self._lines) or self._ends_at(
                index, begins, in_heading, numbering
            )
            ends.append(begins)
        return ends

    def _ends_at(self, index: int, begins: bool, in_heading: bool, numbering: Numbering) -> bool:
        if self._is_whole(index):
            return True
        if goes_on_anyway(self._lines, index, self._hyphens):
            return False
        room = self._layout.room(index, begins)
        if room > self._doubtful:
            return True
        weight = self._prior if room < 0 else _FITTED * room / self._doubtful
        end, start = _ending(self._lines[index].text), self._start(index, numbering)
        if start == "digit" and end in {"open", "comma"}:
            weight -= _LIMIT
        if in_heading and end == "open":
            weight = max(weight, 0.0)
            weight += math.log(_OUTER["open"][1][start] / _INNER_STARTS[start])
        else:
            weight += math.log(self._share(end, start) / self._inner_share(end, start))
        if end == "open" and self._is_one_name(index, in_heading):
            weight -= _LIMIT
        if end == "colon" and self._entry_follows(index + 1):
            weight += _LIST
        for sign, value in self._signs().items():
            if (seen := value(index)) is not None:
                weight += self._weights[sign][seen]
        return weight > 0

    def _is_one_name(self, index: int, in_heading: bool) -> bool:
        """Whether the words on both sides of a line's end stand together inside other lines.

        «настоящего|Закона», «Қазақстан|Республикасы»; or a heading in capitals goes on in them.
        """
        last, first = (self._lines[index].text.split() or [""])[-1], self._lines[index + 1].text
        if self._names[last, (first.split() or [""])[0]] >= _LEAST_SEEN:
            return True
        return in_heading and last.isupper() and len(last) > 1 and _is_in_capitals(first)

    def _entry_follows(self, index: int) -> bool:
        """Whether what begins on a line ends in a semicolon, as the entries of a list do."""
        for at in range(index, min(index + _LONGEST_ENTRY, len(self._forced))):
            if not self._forced[at]:
                return _ending(self._lines[at].text) == "semicolon"
        return False

    def _start(self, index: int, numbering: Numbering) -> str:
        """How the next line begins; a number that cannot come next is only a number."""
        text = self._lines[index + 1].text
        start = _beginning(text)
        if start == "mark" and (mark := opening(text)) is not None and not numbering.expects(mark):
            return "digit"
        return start

    def _share(self, end: str, start: str) -> float:
        """How often a clear break lies between such an end and such a beginning."""
        ends, starts = _OUTER[end]
        usual = ends * starts[start]
        return (self._joint[end, start] + _SMOOTHING * usual) / (self._joint.total() + _SMOOTHING)

    def _inner_share(self, end: str, start: str) -> float:
        """How often a word that ends so stands before one that begins so inside a line."""
        usual = _INNER_ENDS[end] * (_AFTER_STOP if end == "stop" else _INNER_STARTS)[start]
        total = self._inside.total()
        return (self._inside[end, start] + _TRUST * usual) / (total + _TRUST)


def _weights(breaks: Sequence[bool | None], inner: Sequence[bool | None]) -> dict[bool, float]:
    """Log-likelihood ratios of a sign seen and not seen, for a break against none."""
    known = [b for b in breaks if b is not None], [i for i in inner if i is not None]
    if not all(known):
        # A sign that was never seen beside the other says nothing.
        return {True: 0.0, False: 0.0}
    here, there = ((sum(k) + 0.5) / (len(k) + 1) for k in known)
    return {
        True: _clip(math.log(here / there)),
        False: _clip(math.log((1 - here) / (1 - there))),
    }


def _clip(weight: float) -> float:
    return max(-_LIMIT, min(_LIMIT, weight))


def _usual(values: Sequence[float]) -> float:
    """The most frequent of some lengths, told apart to the unit."""
    if not values:
        return 0.0
    place, _ = Counter(round(value) for value in values).most_common(1)[0]
    return median(value for value in values if round(value) == place)


def _ending(text: str) -> str:
    text = text.rstrip().rstrip("\"'»”“’)]*")
    if is_abbreviated(text):
        return "open"
    # «…, –» ends what a list or a consequence stands below.
    if text[-1:] in _DASHES and text[:-1].rstrip()[-1:] in _BEFORE_DASHES:
        return "colon"
    last = text[-1:]
    if last in ";:,":
        return {";": "semicolon", ":": "colon", ",": "comma", "": "open"}[last]
    return "stop" if last in ".!?…" else "open"


def _beginning(text: str) -> str:
    # «… в следующей редакции:», «"Статья 5. Вода»: a quoted act begins as any does.
    bare = text.lstrip().lstrip('"«“„')
    mark = opening(bare) if bare else None
    if (mark is not None and is_punctuated(mark, bare)) or _NOTE.match(text):
        return "mark"
    if _LAW.match(text):
        return "digit"
    first = text.lstrip().lstrip("\"'«“„(")[:1]
    if first.isalpha():
        return "lower" if first.islower() else "upper"
    return "digit" if first.isdigit() else "other"


def _names(text: str) -> Iterator[tuple[str, str]]:
    """The words of a line that another one, not in small letters, follows."""
    for before, after in pairwise(text.split()):
        if not after[0].islower() and not is_closed(before):
            yield before, after


def _is_in_capitals(text: str) -> bool:
    return text.isupper() and opening(text) is None


def _inside(text: str) -> Iterator[tuple[str, str]]:
    """How the words of a line end, with how the next ones begin."""
    mark = opening(text)
    # «3. Сома», «Н. Ә. Назарбаев», «т.б. құжаттар»: no sentence ends there.
    words = (text if mark is None else mark.rest).split()
    for index in range(1, len(words)):
        before, start = words[index - 1], words[index]
        end = _ending(before)
        if end == "stop" and (len(before) <= _ABBREVIATION or "." in before[:-1]):
            continue
        if end in {"open", "comma"} and start[0].isalpha():
            yield end, "lower" if start[0].islower() else "upper"
        else:
            yield end, _beginning(" ".join(words[index : index + 4]))


def goes_on_anyway(lines: Sequence[Line], index: int, hyphens: Hyphens) -> bool:
    """Whether a line goes on whatever the width: a broken word, «сома⏎3.5 пайыздан»."""
    if index + 1 == len(lines):
        return False
    text, following = lines[index].text.rstrip(), lines[index + 1].text.lstrip()
    if lines[index].whole or lines[index + 1].whole or lines[index + 1].gap >= 2 or not following:
        return False
    if hyphens.is_broken(text) and following[0].isalnum():
        return True
    if is_closed(text) or not _UNPUNCTUATED.match(following):
        return False
    word = following.split(None, 1)[1]
    return "." in following.split(None, 1)[0] and word[0].islower() and text[-1:].isalpha()
