"""Questions and section titles that go on from what was typed so far."""

import tomllib
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from indexer.languages import LANGUAGES, Language
from indexer.languages.folding import sounds
from service.engine.library import Library
from service.normalisation.recognition import recognise

Kind = Literal["question", "section"]

_MOST_TYPED = 200
_TELLING = 5
"""Characters from which a beginning tells its language."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A text to ask with, where it comes from, and its language."""

    text: str
    kind: Kind
    language: Language


@dataclass(frozen=True, slots=True)
class Suggestions:
    """All suggestions of a corpus, searchable by beginnings of words.

    Attributes:
        entries: Every suggestion with its words folded; questions first.
        words: Every folded word with the number of its entry, sorted.
    """

    entries: tuple[tuple[Suggestion, tuple[str, ...]], ...]
    words: tuple[tuple[str, int], ...]

    def find(self, typed: str, language: Language = "kk", limit: int = 8) -> tuple[Suggestion, ...]:
        """Returns suggestions that hold a word for each beginning of a word in ``typed``.

        Those in the page's ``language`` and in the one of the words typed come first, and of them
        those that begin with what was typed.
        """
        beginnings = sounds(typed[:_MOST_TYPED])
        if not beginnings:
            return ()
        places = set.intersection(*(set(self._starting(text)) for text in beginnings))
        written = _written_in(typed[:_MOST_TYPED], language)
        ranked = sorted(
            places,
            key=lambda place: (
                self._strangeness(place, language, written),
                not self._opens(place, beginnings),
                place,
            ),
        )
        return tuple(self.entries[place][0] for place in ranked[:limit])

    def _starting(self, beginning: str) -> Iterator[int]:
        for word, place in self.words[bisect_left(self.words, (beginning, -1)) :]:
            if not word.startswith(beginning):
                return
            yield place

    def _strangeness(self, place: int, page: Language, written: Language) -> int:
        own = self.entries[place][0].language
        return 0 if own == written else 1 if own == page else 2

    def _opens(self, place: int, beginnings: tuple[str, ...]) -> bool:
        words = self.entries[place][1]
        return len(words) >= len(beginnings) and all(
            word.startswith(beginning) for word, beginning in zip(words, beginnings, strict=False)
        )


def _written_in(typed: str, page: Language) -> Language:
    """Returns the language of the words typed; the page's while there is too little to tell."""
    return recognise(typed) if len(typed.strip()) >= _TELLING else page


def collect(library: Library) -> Suggestions:
    """Returns the suggestions of documents: example questions, then section titles."""
    ids = [document.id for document in library.documents]
    texts = dict.fromkeys(
        [
            *(
                Suggestion(text, "question", language)
                for language in LANGUAGES
                for text in examples(ids, language)
            ),
            *(
                Suggestion(section.heading, "section", rows.edition.language)
                for document in library.documents
                for rows in library.editions(document)
                for section in library.snapshot.outline(rows).walk()
                if section.heading
            ),
        ]
    )
    entries = tuple((suggestion, sounds(suggestion.text)) for suggestion in texts)
    words = {(word, place) for place, (_, folded) in enumerate(entries) for word in folded}
    return Suggestions(entries, tuple(sorted(words)))


def examples(document_ids: Iterable[str], language: Language | None = None) -> tuple[str, ...]:
    """Returns the example questions of documents, in one language or in all."""
    return tuple(
        text
        for document_id in document_ids
        for written, texts in _examples().get(document_id, {}).items()
        if language in (None, written)
        for text in texts
    )


@cache
def _examples() -> dict[str, dict[str, list[str]]]:
    text = (files("service") / "web" / "examples.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
