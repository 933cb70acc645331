"""Parts of titles: «Неке туралы кодекс», «закон о госзакупках», "the credit bureaus law".

People name an act by some words of its title, in any form. A part of a title names every act that
has all its words; an act that none of the words leave out is offered, none is chosen.
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from itertools import takewhile
from typing import Any, Final, Literal

from indexer.acts.heads import HEADS, KAZAKH_NOUN, Head, head_of
from indexer.acts.patterns import ABOUT, KAZAKH_ABOUT
from indexer.acts.words import Word, words
from indexer.languages.codes import LANGUAGES, Language
from indexer.languages.en.forms import dictionary_forms as english_forms
from indexer.languages.ru.forms import dictionary_forms as russian_forms
from indexer.languages.ru.forms import morphology
from indexer.reference.folding import fold, is_cyrillic

_HEADS: Final = frozenset(
    fold(word + ending) for own in HEADS.values() for word in own.values() for ending in ("", "і")
)
_VOICELESS: Final = {"г": "к", "б": "п"}
_LAWS: Final = frozenset(("law", "code"))
_SHORTEST: Final = 3
_REST: Final = 3
_LIKELY: Final = 0.2
_MOST_WORDS: Final = 16
_ADJECTIVES_KK: Final = ("лик", "дик", "тик", "сиз", "лы", "ли")
_CASES_KK: Final = (
    "да", "де", "та", "те", "га", "ге", "ка", "дан", "ден", "тан", "тен", "нан", "нен", "ша", "ше",
)  # fmt: skip
_MODIFYING_RU: Final = ("gent", "loct", "gen2", "loc2")
_RUSSIAN_ENDING: Final = (
    "иями", "ями", "ами", "ого", "его", "ому", "ему", "ыми", "ими", "иях", "ием", "иеи", "ов", "ев",
    "еи", "ах", "ях", "ам", "ям", "ом", "ем", "ои", "ии", "ие", "ия", "ию", "их", "им", "ая", "ое",
    "ую", "аа", "а", "е", "и", "о", "у", "ю", "я",
)  # fmt: skip

Shape = Literal["about", "before", "alone"]


@dataclass(frozen=True, slots=True)
class TitleWord:
    """One word of a title that says something.

    Attributes:
        keys: What a word of a question has in common with it.
        stem: What it begins with, folded.
        is_noun: Whether it may name a thing by itself.
        is_kazakh: Whether it is Kazakh, where nouns are made as adjectives are: «банкроттық».
    """

    keys: frozenset[str]
    stem: str
    is_noun: bool
    is_kazakh: bool = False


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

    def find(
        self, text: str, taken: Sequence[tuple[int, int]], known: Sequence[tuple[int, int]]
    ) -> Iterator[Part]:
        """Yields the parts of titles beside a word for an act: «закон», «кодексі», "law".

        Args:
            text: A question.
            taken: What is not read: its references.
            known: Where acts stand that are named already.
        """
        held = _Text(text, taken, known)
        for place, word in enumerate(held.words):
            if held.is_barred(place):
                continue
            if (head := head_of(word)) and (part := self._beside(held, place, head)):
                yield part

    def alone(self, text: str, taken: Sequence[tuple[int, int]]) -> Part | None:
        """Returns the part of a title that is all that a question has beside its references.

        «госзакуп 12 бап», «ст 39 о государственных закупках», «неке туралы 10-бап».
        """
        held = _Text(text, taken, ())
        own = [
            place
            for place, word in enumerate(held.words)
            if not held.is_barred(place)
            and word.key not in _asking()
            and word.key not in _joining()
        ]
        if not own or own[-1] - own[0] > _MOST_WORDS:
            return None
        run = self._run(held, own)
        if run is None or len(run.places) < len(own):
            return None
        return self._part(held, run, "", "alone", (own[0], own[-1]))

    def _beside(self, held: "_Text", place: int, head: Head) -> Part | None:
        """Returns the part of a title on that side of a word for an act where it stands."""
        after, before = place + 1, place - 1
        following = held.words[after].key if after < len(held.words) else ""
        if following in (_ABOUT_EN if head.language == "en" else _ABOUT_RU):
            return self._about(held, place, after + 1, head.kind)
        if before >= 0 and held.words[before].key in _ABOUT_KK:
            return self._about_kazakh(held, place, before - 1, head.kind)
        # «Судебный приказ» is no act.
        return self._before(held, place, before, head) if head.kind in _LAWS else None

    def _about(self, held: "_Text", head: int, start: int, kind: str) -> Part | None:
        places = list(held.following(start))
        run = self._run(held, places)
        last = run.places[-1] if run else start - 1
        fits = run is not None and not _goes_on(held, last + 1)
        part = self._part(held, run, kind, "about", (head, last)) if run and fits else None
        if part is not None:
            return part
        if not places or held.words[start - 1].key == "по":
            return None
        return Part(held.start(head), held.end(places[-1]), (), is_whole=False, shape="about")

    def _about_kazakh(self, held: "_Text", head: int, start: int, kind: str) -> Part | None:
        places = list(held.preceding(start))
        run = self._run(held, places)
        first = min(run.places) if run else start + 1
        fits = run is not None and not _is_modified(held, first - 1)
        part = self._part(held, run, kind, "about", (first, head)) if run and fits else None
        if part is not None:
            return part
        if not places:
            return None
        return Part(held.start(places[-1]), held.end(head), (), is_whole=False, shape="about")

    def _before(self, held: "_Text", place: int, start: int, head: Head) -> Part | None:
        """Reads «процессуальный кодекс», «сатып алу заңы», "credit bureaus law"."""
        places = list(held.preceding(start))
        if head.language == "ru":
            places = list(takewhile(lambda one: _describes(held.words[one]), places))
        elif head.language == "kk" and not head.is_owned:
            return None
        places = list(takewhile(lambda one: not _lemmas(held.words[one]) & _pointing(), places))
        if not places:
            return None
        run = self._run(held, places)
        if run is not None and (head.language != "ru" or len(run.places) == len(places)):
            span = (min(run.places), place)
            if part := self._part(held, run, head.kind, "before", span):
                return part
        if head.kind != "code" and head.language != "en":
            return None
        first = places[-1] if head.language == "ru" else places[0]
        return Part(held.start(first), held.end(place), (), is_whole=False, shape="before")

    def _run(self, held: "_Text", places: Sequence[int], *, strict: bool = False) -> _Run | None:
        """Returns the words from the first place on that titles have together; None for none."""
        run: _Run | None = None
        for place in places:
            word = held.words[place]
            if word.key in _joining():
                continue
            found = self._meeting(word, run)
            if not found:
                break
            run = run or _Run({})
            run.found = found
            run.places.append(place)
        return run

    def _meeting(self, word: Word, run: _Run | None) -> dict[int, frozenset[int]]:
        """Returns the titles that have a word beside those of a run, with the places of all."""
        before = run.found if run else None
        plain = self._with(_full(word) or word_keys(word), before)
        for whole, rest in _contracted(word):
            first = self._with(whole, before)
            for number, places in first.items():
                own = self._titles[number][2]
                more = [
                    n for n, one in enumerate(own) if n not in places and _begins(one.stem, rest)
                ]
                if more:
                    plain.setdefault(number, places | {more[0]})
        return plain

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
        self, held: "_Text", run: _Run, kind: str, shape: Shape, span: tuple[int, int]
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


class _Text:
    """A question as titles are sought in it."""

    def __init__(
        self, text: str, taken: Sequence[tuple[int, int]], known: Sequence[tuple[int, int]]
    ) -> None:
        self.text = text
        self.words = words(text)
        self._barred = [
            any(start < word.end and word.start < end for start, end in (*taken, *known))
            for word in self.words
        ]

    def is_barred(self, place: int) -> bool:
        """Whether a word is part of a reference or of a name."""
        return self._barred[place]

    def start(self, place: int) -> int:
        """Returns the offset of a word."""
        return self.words[place].start

    def end(self, place: int) -> int:
        """Returns the offset after a word."""
        return self.words[place].end

    def following(self, start: int) -> Iterator[int]:
        """Yields the words from a place on, up to a reference or a mark that ends a phrase."""
        for place in range(start, min(len(self.words), start + _MOST_WORDS)):
            if self._barred[place] or (place > start and self.is_parted(place)):
                return
            yield place

    def preceding(self, start: int) -> Iterator[int]:
        """Yields the words from a place back."""
        for place in range(start, max(-1, start - _MOST_WORDS), -1):
            if place < 0 or self._barred[place] or (place < start and self.is_parted(place + 1)):
                return
            yield place

    def is_parted(self, place: int) -> bool:
        """Whether a mark stands before a word that no title has inside."""
        before = self.words[place - 1]
        between = self.text[before.end : self.words[place].start]
        if between.startswith(".") and _full(before):
            between = between[1:]
        return any(mark in between for mark in ".,?!;:")


def title_words(title: str, language: Language) -> Iterator[TitleWord]:
    """Yields the words of a title that say something, without the word for an act."""
    for word in words(title):
        key = word.key
        if key in _joining() or key in ABOUT or key == KAZAKH_ABOUT or key in _HEADS:
            continue
        if key.isdigit() or (len(key) < _SHORTEST and not key.isalpha()):
            continue
        yield TitleWord(
            _title_keys(word, language),
            _stem(key, language),
            _is_noun(word.text, language),
            language == "kk",
        )


def word_keys(word: Word) -> frozenset[str]:
    """Returns what a word of a question is found by in titles."""
    text = word.text.lower()
    found = {f"kk:{stem}" for stem in _kazakh_stems(word.key)}
    if is_cyrillic(text):
        found |= {f"ru:{fold(form)}" for form in russian_forms(text)}
    else:
        found |= {f"en:{form}" for form in english_forms(text)}
        found.add(f"typed:{_russian_stem(word.key)}")
    return frozenset(found)


def _title_keys(word: Word, language: Language) -> frozenset[str]:
    text = word.text.lower()
    if language == "en":
        return frozenset(f"en:{form}" for form in english_forms(text))
    if language == "kk":
        return frozenset(f"kk:{stem}" for stem in _kazakh_stems(word.key))
    lemmas = frozenset(f"ru:{fold(form)}" for form in russian_forms(text))
    return lemmas | {f"typed:{_russian_stem(word.key)}"}


def _stem(key: str, language: Language) -> str:
    if language == "kk":
        return min(_kazakh_stems(key), key=len)
    return _russian_stem(key) if language == "ru" else key


@lru_cache(maxsize=4_096)
def _kazakh_stems(key: str) -> frozenset[str]:
    """Returns what a folded word may be without its plural, its owner and its case."""
    cut = {key[:start] for start in range(_SHORTEST, len(key)) if KAZAKH_NOUN.fullmatch(key, start)}
    # «банкроттық», «банкроттығы»: before a vowel the last letter is voiced.
    voiceless = {stem[:-1] + _VOICELESS[stem[-1]] for stem in cut if stem[-1] in _VOICELESS}
    return frozenset((*cut, *voiceless, key))


def _russian_stem(key: str) -> str:
    for ending in _RUSSIAN_ENDING:
        if key.endswith(ending) and len(key) - len(ending) >= _SHORTEST:
            return key[: -len(ending)]
    return key


def _begins(stem: str, rest: str) -> bool:
    return stem == rest or (len(min(stem, rest, key=len)) > _REST and stem[:4] == rest[:4]
                            and (stem.startswith(rest) or rest.startswith(stem)))  # fmt: skip


def _contracted(word: Word) -> Iterator[tuple[frozenset[str], str]]:
    """Yields what a contraction stands for: the keys of the adjective, the stem of the rest."""
    for language, short, full in _contractions():
        key = fold(short)
        rest = word.key.removeprefix(key)
        if rest != word.key and len(rest) > _REST:
            stem = _stem(rest, language)
            yield _title_keys(words(full)[0], language), stem


def _full(word: Word) -> frozenset[str]:
    """Returns the keys of what a word alone is short for: «гос» of «гос закупки»."""
    for language, short, full in _contractions():
        if word.key == fold(short):
            return _title_keys(words(full)[0], language)
    return frozenset()


@lru_cache(maxsize=4_096)
def _parses(word: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (str(parse[1]), parse[2]) for parse in morphology().parse(word) if parse[3] >= _LIKELY
    )


def _is_noun(text: str, language: Language) -> bool:
    if language == "kk":
        return not fold(text.lower()).endswith(_ADJECTIVES_KK)
    if language == "en":
        return True
    return any(tag.startswith("NOUN") for tag, _ in _parses(text.lower()))


def _describes(word: Word) -> bool:
    """Whether a Russian word describes: «процессуальный», «уголовно» before a hyphen, «угол.»."""
    tags = (tag for tag, _ in _parses(word.text.lower()))
    kinds = ("ADJF", "ADVB", "PRTF", "ADJS")
    return bool(_full(word)) or any(tag.startswith(kinds) for tag in tags)


def _goes_on(held: _Text, place: int) -> bool:
    """Whether the word at a place belongs to what stands before it: «закон о банках данных»."""
    if place >= len(held.words) or held.is_barred(place) or held.is_parted(place):
        return False
    word = held.words[place]
    if word.key in _ADDING and place + 1 < len(held.words):
        return not held.is_barred(place + 1) and _goes_on(held, place + 1)
    if _is_latin(word):
        return held.words[place - 1].key in _ADDING
    tags = [tag for tag, _ in _parses(word.text.lower()) if "Apro" not in tag]
    described = [tag for tag in tags if tag.startswith(("NOUN", "ADJF", "PRTF"))]
    return bool(described) and all(any(case in tag for case in _MODIFYING_RU) for tag in described)


def _is_modified(held: _Text, place: int) -> bool:
    """Whether the word at a place describes what stands behind it: «ғарыштық қызмет туралы»."""
    if place < 0 or held.is_barred(place) or held.is_parted(place + 1):
        return False
    key = held.words[place].key
    return not (
        key in _asking() | _pointing() | _joining()
        or key.endswith(_CASES_KK)
        or len(key) < _SHORTEST
    )


def _is_latin(word: Word) -> bool:
    return not is_cyrillic(word.text)


# «Закон по госзакупкам» is said as well as «о госзакупках».
_ABOUT_RU: Final = ABOUT | {"про", "по"}
_ABOUT_KK: Final = frozenset(map(fold, ("туралы", "жайлы", "жөніндегі", "жөнінде", "хақында")))
_ADDING: Final = frozenset(map(fold, ("и", "and", "of")))
_ABOUT_EN: Final = frozenset(map(fold, ("on", "about", "of", "concerning")))


@cache
def _data() -> dict[str, Any]:
    text = (files("indexer") / "acts" / "titles.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _joining() -> frozenset[str]:
    return frozenset(fold(word) for own in _data()["joining"].values() for word in own)


@cache
def _pointing() -> frozenset[str]:
    return frozenset(fold(word) for own in _data()["pointing"].values() for word in own)


@cache
def _asking() -> frozenset[str]:
    return frozenset(fold(word) for own in _data()["asking"].values() for word in own)


@cache
def _contractions() -> tuple[tuple[Language, str, str], ...]:
    return tuple(
        (language, short, full)
        for language in LANGUAGES
        for short, full in _data()["contractions"].get(language, {}).items()
    )


def _lemmas(word: Word) -> frozenset[str]:
    if not is_cyrillic(word.text):
        return frozenset((word.key,))
    return frozenset((word.key, *map(fold, russian_forms(word.text.lower()))))
