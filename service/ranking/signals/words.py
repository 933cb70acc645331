"""Word matching: how well the words of each passage meet those of a question.

A question's word and a passage's word are alike by spelling (Dice coefficient of their letter
sequences); an equivalent matches the words that are forms of it. Each unit of the question takes
its best match in a passage (MaxSim), and units that match few passages count more.

Source: O. Khattab, M. Zaharia, "ColBERT", SIGIR 2020, doi:10.1145/3397271.3401075, for MaxSim;
L. R. Dice, Ecology 26 (1945), doi:10.2307/1932409.
"""

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.analysis.corpus import Held, Table
from indexer.distinct import distinct, is_among
from indexer.languages import LANGUAGES
from indexer.stores.base import Rankable, Rows, Scores
from service.ranking.content import question_words
from service.ranking.signals.base import Measured, Query, Signal
from service.ranking.signals.meeting import LEAST_ALIKE, Meeting, Meetings, joined

_LEAST_RARITY = 0.05
_MOST_POSTINGS = 12_000
"""Rows that are looked up for one unit of a question, rare words first."""

Numbers = NDArray[np.int64]


class Words(Signal):
    """Words alike, synonyms, translations and names."""

    name = "words"
    tables = ("spellings", "spelled", "words", "rows", "frequency")
    features = ("known", "words", "names")
    looked_up: int
    """Rows that were looked up so far: what a question costs beyond its candidates."""

    def __init__(self, snapshot: Rankable) -> None:
        """Finds the words that only ask."""
        super().__init__(snapshot)
        self._words = snapshot.words
        self._local = threading.local()
        self.looked_up = 0
        self._is_content = np.ones(len(self._words.spellings), dtype=bool)
        for word in question_words():
            if (number := self._words.spellings.find(word)) is not None:
                self._is_content[number] = False
        self._spoken = _spoken(snapshot)
        languages = [LANGUAGES[code] for code in distinct(self._spoken)]
        self.meetings = Meetings(self._words, languages)

    @property
    def weight(self) -> float:
        """How many spreads of the cosine a perfect match is worth."""
        return 7.0

    def propose(self, query: Query, k: int, allowed: Rows | None) -> Rows:
        """Returns the rows whose words, looked up one by one, meet the units best."""
        total, best, scratch = zeros = self._zeros()
        touched = []
        for meeting in self.meetings.of(query.units):
            rows, likeness = self._postings(meeting, scratch)
            best[rows] = likeness
            # Added once a row, however often it is there.
            total[rows] += np.float32(self._rarity(meeting)) * best[rows]
            best[rows] = 0
            touched.append(rows)
        found = distinct(joined(touched)).astype(np.int64)
        met = total[found]
        total[found] = 0
        self._local.zeros = zeros
        if allowed is not None:
            kept = is_among(found, allowed)
            found, met = found[kept], met[kept]
        if len(found) > k:
            found = found[np.argpartition(-met, k)[:k]]
        return found

    def _zeros(self) -> tuple[Scores, Scores, Scores]:
        """Returns two zeros for each row and one for each word, of this thread.

        To make them would cost more than all that is done with them. Whoever takes them gives them
        back when they are zeros again.
        """
        known: tuple[Scores, Scores, Scores] | None = self._local.__dict__.pop("zeros", None)
        if known is None:
            count, words = len(self._words), len(self._words.spellings)
            total, best, scratch = (np.zeros(n, dtype=np.float32) for n in (count, count, words))
            known = total, best, scratch
        return known

    def measure(self, query: Query, rows: Rows) -> Measured:
        """Returns how well each candidate matches all units, 0 to 1."""
        meetings = self.meetings.of(query.units)
        matches = self._matches(meetings, rows)
        weights = np.array([self._rarity(meeting) for meeting in meetings], dtype=np.float32)
        is_name = [unit.is_name for unit in query.units]
        return Measured(
            scores=weights @ matches / weights.sum(),
            details={"names": matches[is_name].min(axis=0, initial=1)},
            facts={"known": float(np.mean([meeting.best for meeting in meetings]))},
        )

    def _matches(self, meetings: Sequence[Meeting], rows: Rows) -> Scores:
        """Returns how well each candidate meets each unit, 0 to 1, shape ``(units, rows)``."""
        words = self._words.held(rows)
        held = _Held.of(words, len(rows), self._spoken[rows], self._is_content)
        matches = np.zeros((len(meetings), len(rows)), dtype=np.float32)
        size = len(words.distinct) + 1
        alike = np.zeros(size, dtype=np.float32)
        forms = np.zeros((len(LANGUAGES), size), dtype=np.float32)
        with self._words.numbering(words.distinct) as numbers:
            for number, meeting in enumerate(meetings):
                several = []
                for one in meeting.alike:
                    alike.fill(0)
                    alike[numbers[one.words]] = one.likeness
                    # What no candidate holds.
                    alike[0] = 0
                    several.append(alike[held.words])
                called = None
                for code, called_in in meeting.called.items():
                    if len(called_in.forms):
                        if called is None:
                            forms.fill(0)
                        forms[LANGUAGES.index(code), numbers[called_in.forms]] = meeting.weight
                        called = forms
                if called is not None:
                    forms[:, 0] = 0
                    called = forms.reshape(-1)[held.spoken]
                if len(several) == 1:
                    own = several[0] if called is None else np.maximum(several[0], called)
                    matches[number] = held.best(own)
                else:
                    matches[number] = np.mean([held.best(one) for one in several], axis=0)
                    if called is not None:
                        np.maximum(matches[number], held.best(called), out=matches[number])
            phrases = [*_phrases(meetings, numbers, size)]
        _meet_phrases(phrases, held, matches, size)
        return matches

    def describe(
        self, query: Query, measured: Mapping[str, Measured], place: int
    ) -> tuple[float, ...]:
        """Returns how well the question is known anywhere, and how well the candidate meets it."""
        own = measured[self.name]
        return (
            own.facts["known"],
            float(own.scores[place]),
            float(own.details["names"][place]),
        )

    def _rarity(self, meeting: Meeting) -> float:
        """Returns the inverse document frequency of a unit's good matches."""
        count = len(self._words)
        frequency = min(meeting.frequency, count)
        rarity = np.log1p((count - frequency + 0.5) / (frequency + 0.5))
        return max(float(rarity), _LEAST_RARITY)

    def _postings(self, meeting: Meeting, scratch: Scores) -> tuple[NDArray[np.int32], Scores]:
        """Returns rows that hold words of a meeting, with their likeness, the most alike last.

        What is alike most, and rare, tells most: common words end the list.

        Args:
            meeting: The meeting.
            scratch: Zeros, one for each word of the corpus; zeros again afterwards.
        """
        count = len(meeting.alike)
        found = []
        for one in meeting.alike:
            words = one.words[one.near]
            scratch[words] = np.maximum(scratch[words], one.likeness[one.near] / count)
            found.append(words)
        for called in meeting.called.values():
            scratch[called.forms] = np.maximum(scratch[called.forms], meeting.weight)
            found.append(called.forms)
            for parts in called.phrases:
                words = joined(parts)
                scratch[words] = np.maximum(scratch[words], meeting.weight / len(parts))
                found.append(words)
        touched = joined(found)
        told = (scratch[touched] >= LEAST_ALIKE / count) & self._is_content[touched]
        words = distinct(touched[told])
        single = scratch[words]
        scratch[touched] = 0
        frequency = self._words.frequency[words]
        order = np.argsort(frequency / single, kind="stable")
        words, single = words[order], single[order]
        whole = int((np.cumsum(frequency[order]) <= _MOST_POSTINGS).sum())
        rows, which, _ = self._words.rows.gather(words[:whole])
        likeness = single[which]
        if whole < len(words):
            # Its rows are alike: any of them stand for those that are left out.
            some = self._words.rows[int(words[whole])][: _MOST_POSTINGS - len(rows)]
            rows = np.append(rows, some)
            likeness = np.append(likeness, np.full(len(some), single[whole]))
        self.looked_up += len(rows)
        order = np.argsort(likeness, kind="stable")
        return rows[order], likeness[order]


@dataclass(frozen=True, slots=True)
class _Held:
    """The words of candidates, one candidate after the other.

    Attributes:
        words: Numbers of words among the candidates' (:attr:`Held.numbers`).
        spoken: The same, those of each language behind those of the one before.
        owners: The candidate that holds each.
        starts: Where the words of each candidate that has some begin.
        some: Whether each candidate has some: a text of no words holds nothing.
    """

    words: NDArray[np.int32]
    spoken: Numbers
    owners: Numbers
    starts: Numbers
    some: NDArray[np.bool_]

    @classmethod
    def of(
        cls, words: Held, count: int, spoken: NDArray[np.int8], is_content: NDArray[np.bool_]
    ) -> "_Held":
        """Takes the words of ``count`` rows that say something; all of a row without such."""
        telling = is_content[words.words]
        silent = np.ones(count, dtype=bool)
        silent[words.owners[telling]] = False
        if silent.any():
            telling |= silent[words.owners]
        numbers, owners = words.numbers[telling], words.owners[telling]
        sizes = np.bincount(owners, minlength=count)
        starts = np.cumsum(sizes) - sizes
        some = sizes > 0
        by_language = numbers + spoken.astype(np.int64)[owners] * (len(words.distinct) + 1)
        return cls(numbers, by_language, owners, starts[some], some)

    def best(self, scores: Scores) -> Scores:
        """Returns the greatest of each candidate's scores, one score for each of ``words``."""
        best: Scores = np.zeros(len(self.some), dtype=np.float32)
        if len(self.starts):
            best[self.some] = np.maximum.reduceat(scores, self.starts)
        return best


class _Phrase(NamedTuple):
    """An equivalent of several words, of one unit."""

    unit: int
    weight: float
    parts: tuple[Numbers, ...]


def _meet_phrases(phrases: Sequence[_Phrase], held: _Held, matches: Scores, size: int) -> None:
    """Raises ``matches`` to how well candidates meet the equivalents of several words.

    An equivalent counts by the share of its words that have a form in the candidate.
    """
    if not phrases:
        return
    parts = [part for phrase in phrases for part in phrase.parts]
    part_of = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
    each, which = np.unique(np.concatenate(parts), return_inverse=True)
    slots = np.zeros(len(LANGUAGES) * size, dtype=np.int32)
    slots[each] = np.arange(1, len(each) + 1)
    met = slots[held.spoken]
    at = np.flatnonzero(met)
    order = np.argsort(which, kind="stable")
    starts = np.searchsorted(which[order], np.arange(len(each) + 1))
    found, pair, _ = Table(starts, part_of[order].astype(np.int32)).gather(met[at] - 1)
    is_met = np.zeros((len(parts), matches.shape[1]), dtype=np.float32)
    is_met[found, held.owners[at][pair]] = 1
    sizes = np.array([len(phrase.parts) for phrase in phrases])
    shares = np.add.reduceat(is_met, np.cumsum(sizes) - sizes, axis=0)
    shares *= np.array([phrase.weight for phrase in phrases], dtype=np.float32)[:, None]
    shares /= sizes[:, None].astype(np.float32)
    units, first = np.unique([phrase.unit for phrase in phrases], return_index=True)
    best = np.maximum.reduceat(shares, first, axis=0)
    matches[units] = np.maximum(matches[units], best)


def _phrases(
    meetings: Sequence[Meeting], numbers: NDArray[np.int32], size: int
) -> Iterator[_Phrase]:
    """Yields the phrases of each unit, their words numbered as :attr:`_Held.spoken`."""
    for unit, meeting in enumerate(meetings):
        for code, called in meeting.called.items():
            start = LANGUAGES.index(code) * size
            for parts in called.phrases:
                met = (numbers[part] for part in parts)
                placed = tuple(part[part > 0].astype(np.int64) + start for part in met)
                yield _Phrase(unit, meeting.weight, placed)


def _spoken(snapshot: Rankable) -> NDArray[np.int8]:
    """Returns for each row the place of its language among :data:`LANGUAGES`."""
    spoken = np.zeros(len(snapshot), dtype=np.int8)
    for rows in snapshot.editions:
        spoken[rows.start : rows.stop] = LANGUAGES.index(rows.edition.language)
    return spoken
