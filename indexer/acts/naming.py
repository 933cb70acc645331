"""The names of acts: those of documents and those of known acts, found in texts together."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from importlib.resources import files
from typing import Final

from pydantic import TypeAdapter

from indexer.acts.defined import is_abbreviation
from indexer.acts.patterns import Pattern, patterns
from indexer.acts.phrases import Text
from indexer.acts.registered import REGISTERED, Registered, register_key
from indexer.acts.titles import Part, Titles
from indexer.acts.words import Word
from indexer.documents.description import Document, Trilingual
from indexer.languages.codes import LANGUAGES, Language
from indexer.reference.folding import keys
from indexer.reference.vocabulary import find_word

_PREPOSITIONS: Final = frozenset(
    ("по", "в", "во", "из", "к", "с", "согласно", "ст", "ч", "п", "пп")
)
_KAZAKH_AFTER: Final = keys("бойынша нің ның де да ке ға")
_SAYING: Final = keys(
    "говорит гласит регулирует предусматривает устанавливает требует определяет разрешает запрещает"
    " сказано написано прописано дейді айтады реттейді көздейді says say"
)
_ABOUT: Final = keys("о об обо про")
_SENTENCE: Final = 8
"""Words behind an act in which a word for saying is its own: «ҚК бұл туралы не дейді»."""

_LETTERS: Final = 3
_BRACKETED = re.compile(r"\(([^()]{4,80})\)")
_YEARS = re.compile(r"\s+(?:на|for|арналған)?\s*\d{4}\b.*$")


@dataclass(frozen=True, slots=True)
class Act:
    """An act that may be named.

    Attributes:
        title: What it is called for short, as printed.
        documents: Ids of the documents that are it; empty for one that is not here.
        kind: Kind of act.
    """

    title: Trilingual
    documents: tuple[str, ...]
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A place of a text that names an act.

    Attributes:
        acts: What it may be; several where acts share a name.
        start: Offset of its first character.
        end: Offset after it.
        key: Its name without endings, the same for every way of writing it.
        is_partial: Whether it is only some words of titles.
    """

    acts: tuple[Act, ...]
    start: int
    end: int
    key: str = ""
    is_partial: bool = False

    @property
    def documents(self) -> frozenset[str]:
        """The documents that it names; empty where the act is not here."""
        return frozenset(name for act in self.acts for name in act.documents)


@dataclass(frozen=True, slots=True)
class _Known:
    """A row of ``known.toml``."""

    kind: str
    title: Trilingual
    kk: tuple[str, ...] = ()
    ru: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    short: dict[Language, tuple[str, ...]] = field(default_factory=dict)

    def names(self, language: Language) -> tuple[str, ...]:
        """Returns its names in a language, the title first."""
        others = {"kk": self.kk, "ru": self.ru, "en": self.en}[language]
        return tuple(filter(None, (getattr(self.title, language), *others)))


class ActNames:
    """Finds the names of acts in texts, in time linear in their length."""

    def __init__(self, documents: Iterable[Document] = ()) -> None:
        """Takes the documents; known acts that are none of them are found too."""
        self._documents = tuple(documents)
        self._acts: list[Act] = []
        self._titles: dict[str, Trilingual] = {}
        self._short: dict[str, list[tuple[Language, Act]]] = defaultdict(list)
        self._key_of: dict[Act, str] = {}
        self._keys: dict[str, set[str]] = defaultdict(set)
        self._by_first: dict[str, list[tuple[Pattern, Act]]] = defaultdict(list)
        known = [(row, tuple(_patterns_of(row))) for row in _known()]
        held = self._take_documents(known)
        for number, (row, own) in enumerate(known):
            act = Act(_printed(row), tuple(held[number]), row.kind)
            self._take(act, own)
            self._key_of[act] = " ".join(own[0].signature)
            self._take_short(act, row.short)
        for document in self._documents:
            if document.uri:
                registered = register_key(document.kind, document.number, document.work.date)
                self._keys[document.id].add(registered)

    def _take_documents(
        self, known: Sequence[tuple[_Known, tuple[Pattern, ...]]]
    ) -> dict[int, list[str]]:
        """Takes the names of the documents; returns those that each known act is, by its place."""
        by_signature: dict[tuple[str, ...], set[int]] = defaultdict(set)
        for number, (_, own) in enumerate(known):
            for pattern in own:
                by_signature[pattern.signature].add(number)
        held: dict[int, list[str]] = defaultdict(list)
        for document in self._documents:
            patterns_of = tuple(_patterns_of_document(document))
            same = {n for p in patterns_of for n in by_signature.get(p.signature, ())}
            title = _short_title(document, [known[number][0] for number in sorted(same)])
            self._titles[document.id] = title
            act = Act(title, (document.id,), document.kind)
            self._take(act, patterns_of)
            self._key_of[act] = " ".join(patterns_of[0].signature) if patterns_of else ""
            self._take_short(
                act,
                {
                    code: tuple(filter(is_abbreviation, own))
                    for code, own in document.defined.items()
                },
            )
            for number in same:
                held[number].append(document.id)
        return held

    def _take(self, act: Act, own: Iterable[Pattern]) -> None:
        self._acts.append(act)
        for pattern in own:
            self._by_first[pattern.first].append((pattern, act))
            for name in act.documents:
                self._keys[name].add(" ".join(pattern.signature))

    def _take_short(self, act: Act, short: Mapping[Language, Iterable[str]]) -> None:
        for language, abbreviations in short.items():
            for abbreviation in abbreviations:
                self._short[abbreviation.upper()].append((language, act))

    def title(self, document_id: str) -> Trilingual:
        """Returns what a document is called for short."""
        return self._titles[document_id]

    def kind(self, document_id: str) -> str:
        """Returns the kind of a document; empty for one that is not known."""
        return next((one.kind for one in self._documents if one.id == document_id), "")

    def keys(self, document_id: str) -> frozenset[str]:
        """Returns the keys of all names of a document."""
        return frozenset(self._keys[document_id])

    def shortest(self, document_id: str) -> str:
        """Returns the key of the shortest name of a document; empty where it has none."""
        named = (key for key in self._keys[document_id] if not key.startswith(REGISTERED))
        return min(named, key=lambda key: (len(key), key), default="")

    def documents(self, key: str) -> tuple[str, ...]:
        """Returns the documents that a name means, by its key."""
        return tuple(name for name, own in self._keys.items() if key in own)

    def find(self, text: str, language: Language | None = None) -> tuple[Mention, ...]:
        """Returns the mentions of acts in a text, in order; they do not overlap.

        Args:
            text: A question or a passage.
            language: Its language, which tells what an abbreviation stands for.
        """
        found: list[Mention] = []
        held = Text(text)
        place = 0
        while place < len(held.words):
            acts, following, key = self._at(held, place, language)
            if acts:
                found.append(Mention(acts, held.start(place), held.end(following - 1), key))
            place = max(following, place + 1)
        return tuple(found)

    def numbered(self, said: Registered) -> tuple[Act, ...]:
        """Returns the acts among the documents that a day and a number may be of."""
        return tuple(
            act
            for act, document in zip(self._acts, self._documents, strict=False)
            if document.uri and said.fits(document.kind, document.number, document.work.date)
        )

    def parts(
        self, text: str, taken: Sequence[tuple[int, int]], known: Sequence[tuple[int, int]]
    ) -> Iterator[Mention]:
        """Yields the acts that a question names by words of their titles beside a word for an act.

        One without acts says «закон» or «кодекс» with words that no title has.

        Args:
            text: A question.
            taken: Where its references stand.
            known: Where acts stand that are named in full.
        """
        for part in self._by_words.find(text, taken, known):
            yield self._mention(part)

    def alone(self, text: str, taken: Sequence[tuple[int, int]]) -> Mention | None:
        """Returns the act that all words of a question beside its references are of.

        Args:
            text: A question.
            taken: Where its references stand.
        """
        part = self._by_words.alone(text, taken)
        return None if part is None else self._mention(part)

    def _mention(self, part: Part) -> Mention:
        acts = dict.fromkeys(self._acts[place] for place in part.acts)
        # A known act that is here stands for its documents, and so do the documents themselves.
        several = [act for act in acts if len(act.documents) > 1]
        own = [
            act
            for act in acts
            if not any(act is not one and set(act.documents) < set(one.documents)
                       for one in several if act.documents)
        ]  # fmt: skip
        by_documents = {act.documents or (act.title.ru,): act for act in reversed(own)}
        return Mention(
            tuple(reversed(by_documents.values())),
            part.start,
            part.end,
            is_partial=not part.is_whole,
        )

    @cached_property
    def _by_words(self) -> Titles:
        return Titles(self._titled())

    def _titled(self) -> Iterator[tuple[int, str, Language, str]]:
        """Yields every name of every act with its place, its kind and its language."""
        for place, document in enumerate(self._documents):
            for code in LANGUAGES:
                for name in dict.fromkeys(_names(document, code)):
                    yield place, document.kind, code, name
        for place, row in enumerate(_known(), len(self._documents)):
            for code in LANGUAGES:
                for name in row.names(code):
                    yield place, row.kind, code, name

    def _at(
        self, held: Text, place: int, language: Language | None
    ) -> tuple[tuple[Act, ...], int, str]:
        best, key, acts = 0, "", dict[Act, None]()
        for pattern, act in self._by_first.get(held.words[place].key[:2], ()):
            end = pattern.meets(held.text, held.words, place)
            if not end or end < best:
                continue
            # «Закон о банках» + «данных», «тәуекелдерді» + «бағалау туралы заң»
            if pattern.is_open and (
                held.goes_on(end) if not pattern.head else held.is_modified(place - 1)
            ):
                continue
            if end > best:
                best, key, acts = end, " ".join(pattern.signature), {}
            acts[act] = None
        if not best and (short := self._abbreviated(held.words, place, language)):
            return (short,), place + 1, self._key_of[short]
        # What stands for documents says more than what is not here.
        here = tuple(act for act in acts if act.documents)
        return here or tuple(acts), best, key

    def _abbreviated(self, held: list[Word], place: int, language: Language | None) -> Act | None:
        word = held[place]
        candidates = self._short.get(word.text.upper(), ())
        if not candidates or word.foreign or not _is_abbreviation(held, place):
            return None
        beside = word.country or language
        own = [act for code, act in candidates if code == beside]
        return (own or [act for _, act in candidates])[0]


def names_of_known(titles: Mapping[Language, str], kind: str) -> dict[Language, tuple[str, ...]]:
    """Returns the names of the known act that has one of these titles; empty where none has."""
    own = {
        pattern.signature
        for language, title in titles.items()
        for pattern in patterns(title, kind, language)
    }
    for row in _known():
        if any(pattern.signature in own for pattern in _patterns_of(row)):
            return {code: (*row.names(code), *row.short.get(code, ())) for code in LANGUAGES}
    return {}


def _is_abbreviation(held: list[Word], place: int) -> bool:
    """Whether letters stand where an act is meant: by the country, a number, an element."""
    word = held[place]
    if word.country:
        return True
    before = held[place - 1] if place else None
    after = held[place + 1] if place + 1 < len(held) else None
    if any(one is not None and _is_element(one) for one in (before, after)):
        return True
    if not word.text[:1].isupper() or not word.text[-1:].isupper():
        return False
    if len(word.text) > _LETTERS or len(held) == 1:
        return True
    if before is not None:
        return before.key in _PREPOSITIONS | _SAYING or (
            after is not None and after.key in _KAZAKH_AFTER
        )
    behind = [one.key for one in held[1:_SENTENCE]]
    return behind[0] in _KAZAKH_AFTER | _ABOUT or not _SAYING.isdisjoint(behind)


def _is_element(word: Word) -> bool:
    return word.text.isdigit() or find_word(word.text, word.key) is not None


@cache
def _known() -> tuple[_Known, ...]:
    text = (files("indexer") / "acts" / "known.toml").read_text(encoding="utf-8")
    return TypeAdapter(tuple[_Known, ...]).validate_python(tomllib.loads(text)["acts"])


def _patterns_of(row: _Known) -> Iterator[Pattern]:
    for language in LANGUAGES:
        title = getattr(row.title, language)
        yield from _patterns_of_names(row.names(language), title, row.kind, language)


def _patterns_of_document(document: Document) -> Iterator[Pattern]:
    for language in LANGUAGES:
        title = getattr(document.title, language)
        yield from _patterns_of_names(_names(document, language), title, document.kind, language)


def _patterns_of_names(
    names: Iterable[str], title: str, kind: str, language: Language
) -> Iterator[Pattern]:
    """Yields the patterns of names; what a law is called beside its title is open."""
    for name in names:
        for one in patterns(name, kind, language):
            is_short = name != title and kind == "law" and not one.quoted
            fits = language == "kk" or (language == "ru" and one.head == 0)
            yield replace(one, is_open=is_short and fits)


def _names(document: Document, language: Language) -> Iterator[str]:
    """Yields what a document is called: its title, what stands in brackets in it, other names."""
    title = getattr(document.title, language)
    if title:
        yield title
        if shorter := _YEARS.sub("", title):
            yield shorter
        if "(" in title:
            yield _BRACKETED.sub("", title)
        for bracketed in _BRACKETED.findall(title):
            if document.kind == "code" and "кодекс" in bracketed.lower():
                yield bracketed
    yield from document.names.get(language, ())
    yield from (name for name in document.defined.get(language, ()) if not is_abbreviation(name))


def _short_title(document: Document, same: list[_Known]) -> Trilingual:
    """Returns what a document is called for short: as people call it, else by its title."""
    known = _printed(same[0]) if same and document.kind in ("code", "constitution") else None
    said = {
        code: (document.names.get(code, ()) or ("",))[0]
        or (known and known[code])
        or getattr(document.title, code)
        for code in LANGUAGES
    }
    return Trilingual(**said)


def _printed(row: _Known) -> Trilingual:
    if row.kind != "law":
        return row.title
    return Trilingual(
        kk=f"«{row.title.kk}» заң", ru=f"Закон «{row.title.ru}»", en=f"Law {row.title.en}"
    )
