"""Questions and section titles that go on from what was typed so far."""

import tomllib
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from indexer.corpus import Corpus
from indexer.outline import Section
from indexer.passages import Language
from service.web.skeleton import fold

Kind = Literal["question", "section"]

_LANGUAGES: tuple[Language, ...] = ("kk", "ru", "en")
_MOST_TYPED = 200


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
        entries: Every suggestion with the skeletons of its words; questions first.
        words: Every skeleton with the number of its entry, sorted.
    """

    entries: tuple[tuple[Suggestion, tuple[str, ...]], ...]
    words: tuple[tuple[str, int], ...]

    def find(self, typed: str, language: Language = "kk", limit: int = 8) -> tuple[Suggestion, ...]:
        """Returns suggestions that hold a word for each beginning of a word in ``typed``.

        Those that begin with what was typed come first, then those in ``language``.
        """
        beginnings = fold(typed[:_MOST_TYPED])
        if not beginnings:
            return ()
        places = set.intersection(*(set(self._starting(text)) for text in beginnings))
        ranked = sorted(
            places,
            key=lambda place: (
                not self._opens(place, beginnings),
                self.entries[place][0].language != language,
                place,
            ),
        )
        return tuple(self.entries[place][0] for place in ranked[:limit])

    def _starting(self, beginning: str) -> Iterator[int]:
        for word, place in self.words[bisect_left(self.words, (beginning, -1)) :]:
            if not word.startswith(beginning):
                return
            yield place

    def _opens(self, place: int, beginnings: tuple[str, ...]) -> bool:
        words = self.entries[place][1]
        return len(words) >= len(beginnings) and all(
            word.startswith(beginning) for word, beginning in zip(words, beginnings, strict=False)
        )


def collect(corpus: Corpus) -> Suggestions:
    """Returns the suggestions of a corpus: example questions, then section titles."""
    ids = [entry.document.id for entry in corpus.documents]
    texts = dict.fromkeys(
        [
            *(
                Suggestion(text, "question", language)
                for language in _LANGUAGES
                for text in examples(ids, language)
            ),
            *(
                Suggestion(heading, "section", language)
                for entry in corpus.documents
                for language, outline in entry.outlines.items()
                for heading in _headings(outline)
            ),
        ]
    )
    entries = tuple((suggestion, fold(suggestion.text)) for suggestion in texts)
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


def _headings(sections: Iterable[Section]) -> Iterator[str]:
    for section in sections:
        if section.heading:
            yield section.heading
        yield from _headings(section.children)
