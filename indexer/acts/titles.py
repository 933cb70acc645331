"""Parts of titles: «Неке туралы кодекс», «закон о госзакупках», "the credit bureaus law".

People name an act by some words of its title, in any form. A part of a title names every act that
has all its words; an act that none of the words leave out is offered, none is chosen.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice, takewhile
from typing import Final, Literal

from indexer.acts.heads import Head, head_of
from indexer.acts.patterns import ABOUT
from indexer.acts.phrases import (
    MOST_WORDS,
    Text,
    asking,
    contractions,
    joining,
    pointing,
)
from indexer.acts.title_words import (
    TitleWord,
    begins,
    contracted,
    describes,
    full_word,
    lemmas,
    title_keys,
    title_words,
    word_keys,
)
from indexer.acts.words import Word, words
from indexer.languages.codes import Language
from indexer.reference.folding import fold

_LAWS: Final = frozenset(("law", "code"))
_REST: Final = 3
Shape = Literal["about", "before", "alone"]


@dataclass(frozen=True, slots=True)
class Part:
    """A place of a text with a part of a title.

    Attributes:
        start: Offset of its first character.
        end: Offset after it.
        acts: Places of the acts whose titles have all its words; empty where no title has them
            though the text says «закон» or «кодекс».
        is_whole: Whether it is a whole title, or what else an act is called.
        shape: ``about`` for «закон о …», «… туралы заң»; ``before`` for «… кодекс»; ``alone`` where
            no word says that an act is meant.
    """

    start: int
    end: int
    acts: tuple[int, ...]
    is_whole: bool
    shape: Shape


@dataclass(slots=True)
class _Run:
    """Words of a text, all of which the titles left have."""

    found: dict[int, frozenset[int]]
    places: list[int] = field(default_factory=list)


class Titles:
    """The titles of acts by their words."""

    def __init__(self, titles: Iterable[tuple[int, str, Language, str]]) -> None:
        """Takes titles: the place of the act, its kind, the language, the words."""
        self._titles: list[tuple[int, str, tuple[TitleWord, ...]]] = []
        self._by_key: dict[str, set[tuple[int, int]]] = defaultdict(set)
        for act, kind, language, title in titles:
            own = tuple(title_words(title, language))
            if not own:
                continue
            number = len(self._titles)
            self._titles.append((act, kind, own))
            for place, word in enumerate(own):
                for key in word.keys:
                    self._by_key[key].add((number, place))

    @cached_property
    def _endings(self) -> list[tuple[str, str]]:
        """The keys by what stands behind their language, sorted."""
        return sorted((key.partition(":")[2], key) for key in self._by_key)

    def find(
        self, text: str, taken: Sequence[tuple[int, int]], known: Sequence[tuple[int, int]]
    ) -> Iterator[Part]:
        """Yields the parts of titles beside a word for an act: «закон», «кодексі», "law".

        Args:
            text: A question.
            taken: What is not read: its references.
            known: Where acts stand that are named already.
        """
        held = Text(text, taken, known)
        for place, word in enumerate(held.words):
            if held.is_barred(place):
                continue
            head = head_of(word)
            part = self._beside(held, place, head) if head else self._joined(held, place)
            if part is not None:
                yield part

    def alone(self, text: str, taken: Sequence[tuple[int, int]]) -> Part | None:
        """Returns the part of a title that is all that a question has beside its references.

        «госзакуп 12 бап», «ст 39 о государственных закупках», «неке туралы 10-бап».
        """
        held = Text(text, taken, ())
        own = [
            place
            for place, word in enumerate(held.words)
            if not held.is_barred(place)
            and word.key not in asking()
            and word.key not in joining()
            and head_of(word) is None
        ]
        if not own or own[-1] - own[0] > MOST_WORDS:
            return None
        run = self._run(held, own)
        if run is None or len(run.places) < len(own):
            return None
        return self._part(held, run, "", "alone", (own[0], own[-1]))

    def _joined(self, held: Text, place: int) -> Part | None:
        """Reads «соцкодекс»: an adjective cut short and the word for an act, in one."""
        word = held.words[place]
        for one in contractions():
            if not word.key.startswith(one.key):
                continue
            rest = words(word.text[len(one.short) :])
            if len(rest) == 1 and head_of(rest[0]) is not None:
                found = self._with(title_keys(words(one.full)[0], one.language), None)
                part = self._part(held, _Run(found, [place]), "code", "before", (place, place))
                if part is not None:
                    return part
        return None

    def _beside(self, held: Text, place: int, head: Head) -> Part | None:
        """Returns the part of a title on that side of a word for an act where it stands."""
        after, before = place + 1, place - 1
        following = held.words[after].key if after < len(held.words) else ""
        if following in (_ABOUT_EN if head.language == "en" else _ABOUT_RU):
            return self._about(held, place, after + 1, head.kind)
        if before >= 0 and held.words[before].key in _ABOUT_KK:
            return self._about_kazakh(held, place, before - 1, head.kind)
        # «Судебный приказ» is no act.
        return self._before(held, place, before, head) if head.kind in _LAWS else None

    def _about(self, held: Text, head: int, start: int, kind: str) -> Part | None:
        places = list(held.following(start))
        run = self._run(held, places)
        last = run.places[-1] if run else start - 1
        if run is not None and held.is_followed(last + 1):
            run = self._with_heads(run, held.words[last].key)
        fits = run is not None and not held.goes_on(last + 1)
        part = self._part(held, run, kind, "about", (head, last)) if run and fits else None
        if part is not None:
            return part
        if not places or held.words[start - 1].key == "по":
            return None
        return Part(held.start(head), held.end(places[-1]), (), is_whole=False, shape="about")

    def _with_heads(self, run: _Run, last: str) -> _Run:
        """Returns the titles of a run whose last word, ``last``, describes nothing else.

        "Credit unions" are no credit bureaus, "bank holidays" no banks.
        """
        found = {
            number: places
            for number, places in run.found.items()
            if all(not self._titles[number][2][n].describes or n + 1 in places for n in places)
            and any(self._titles[number][2][n].stem == last for n in places)
        }
        return _Run(found, run.places)

    def _about_kazakh(self, held: Text, head: int, start: int, kind: str) -> Part | None:
        places = list(held.preceding(start))
        run = self._run(held, places)
        first = min(run.places) if run else start + 1
        fits = run is not None and not held.is_modified(first - 1)
        part = self._part(held, run, kind, "about", (first, head)) if run and fits else None
        if part is not None:
            return part
        if not places:
            return None
        return Part(held.start(places[-1]), held.end(head), (), is_whole=False, shape="about")

    def _before(self, held: Text, place: int, start: int, head: Head) -> Part | None:
        """Reads «процессуальный кодекс», «сатып алу заңы», "credit bureaus law"."""
        places = list(held.preceding(start))
        if head.language == "ru":
            places = list(takewhile(lambda one: describes(held.words[one]), places))
        elif head.language == "kk" and not head.is_owned:
            return None
        places = list(takewhile(lambda one: not lemmas(held.words[one]) & pointing(), places))
        if not places:
            return None
        run = self._run(held, places)
        first = min(run.places) if run else place
        if run is not None and (
            len(run.places) == len(places)
            or (head.language == "kk" and not held.is_modified(first - 1))
            or (head.language == "en" and not held.is_followed(first - 1))
        ):
            part = self._part(held, run, head.kind, "before", (first, place))
            if part is not None:
                return part
        if head.kind != "code" and head.language != "en":
            return None
        first = places[-1] if head.language == "ru" else places[0]
        return Part(held.start(first), held.end(place), (), is_whole=False, shape="before")

    def _run(self, held: Text, places: Sequence[int], *, strict: bool = False) -> _Run | None:
        """Returns the words from the first place on that titles have together; None for none."""
        run: _Run | None = None
        for place in places:
            word = held.words[place]
            if word.key in joining():
                continue
            found = self._meeting(word, run)
            if held.is_cut(place):
                found = found or self._cut(word, run)
            if not found:
                break
            run = run or _Run({})
            run.found = found
            run.places.append(place)
        return run

    def _meeting(self, word: Word, run: _Run | None) -> dict[int, frozenset[int]]:
        """Returns the titles that have a word beside those of a run, with the places of all."""
        before = run.found if run else None
        plain = self._with(full_word(word) or word_keys(word), before)
        for whole, rest in contracted(word):
            first = self._with(whole, before)
            for number, places in first.items():
                own = self._titles[number][2]
                more = [
                    n for n, one in enumerate(own) if n not in places and begins(one.stem, rest)
                ]
                if more:
                    plain.setdefault(number, places | {more[0]})
        return plain

    def _cut(self, word: Word, run: _Run | None) -> dict[int, frozenset[int]]:
        """Returns the titles with a word that begins as one cut short: «исполнит.»."""
        if len(word.key) <= _REST:
            return {}
        start = bisect_left(self._endings, (word.key, ""))
        begun = takewhile(
            lambda own: own[0].startswith(word.key), islice(self._endings, start, None)
        )
        return self._with(frozenset(key for _, key in begun), run.found if run else None)

    def _with(
        self, keys: frozenset[str], before: Mapping[int, frozenset[int]] | None
    ) -> dict[int, frozenset[int]]:
        found: dict[int, frozenset[int]] = {}
        for key in keys:
            for number, place in self._by_key.get(key, ()):
                if before is None or number in before:
                    held = frozenset() if before is None else before[number]
                    found.setdefault(number, held | {place})
        return found

    def _part(
        self, held: Text, run: _Run, kind: str, shape: Shape, span: tuple[int, int]
    ) -> Part | None:
        fitting = {
            number: places
            for number, places in run.found.items()
            if shape == "before" or self._names(number, places, shape)
        }
        same = {n: p for n, p in fitting.items() if not kind or self._titles[n][1] == kind}
        # A code is called a law as well.
        fitting = same or (fitting if kind in _LAWS else {})
        whole = {n for n, places in fitting.items() if len(places) == len(self._titles[n][2])}
        acts = tuple(dict.fromkeys(self._titles[n][0] for n in sorted(whole or fitting)))
        if not acts:
            return None
        return Part(held.start(span[0]), held.end(span[1]), acts, bool(whole), shape)

    def _names(self, number: int, places: frozenset[int], shape: Shape) -> bool:
        """Whether words of a title may stand for it: a noun is among them, or all of them are."""
        _, kind, own = self._titles[number]
        if len(places) == len(own) or (shape == "alone" and kind == "code"):
            return True
        return any(own[n].is_noun or (shape == "about" and own[n].is_kazakh) for n in places)


# «Закон по госзакупкам» is said as well as «о госзакупках».
_ABOUT_RU: Final = ABOUT | {"про", "по"}
_ABOUT_KK: Final = frozenset(map(fold, ("туралы", "жайлы", "жөніндегі", "жөнінде", "хақында")))
_ABOUT_EN: Final = frozenset(map(fold, ("on", "about", "of", "concerning")))
