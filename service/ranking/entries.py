"""Entries: words and phrases with what they may be called instead, in tries that are mapped.

Source: the tries of marisa-trie, https://marisa-trie.readthedocs.io/.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from marisa_trie import BytesTrie, RecordTrie, Trie

from indexer.languages import Language
from indexer.vocabulary import words_of

Key: TypeAlias = tuple[str, ...]
"""The words of an entry."""

_COUNT = "B"
_PARTS = ("found", "longest", "names")


class Equivalent(NamedTuple):
    """What something is called elsewhere; a tuple, because it is hashed at every turn.

    Attributes:
        words: A word or more, each in dictionary form.
        language: Their language; they are matched among passages of it, with its word forms.
    """

    words: Key
    language: Language


@lru_cache(maxsize=16_384)
def equivalent_of(text: str, code: Language) -> Equivalent:
    """Returns what a list calls ``text``, once for the same text."""
    return Equivalent(tuple(words_of(text.replace("ё", "е") if code == "ru" else text)), code)


@dataclass(frozen=True)
class Entries:
    """Entries that nothing changes any more.

    Attributes:
        found: The equivalents of each entry, as :func:`_written`.
        longest: By the first word of entries, the most words of one.
        names: The entries that are names.
    """

    found: Any
    longest: Any
    names: Any

    @classmethod
    def of(
        cls, entries: Mapping[Key, Iterable[Equivalent]], names: Iterable[Key] = ()
    ) -> "Entries":
        """Returns entries by their words.

        Args:
            entries: What each may be called.
            names: Those that are names.
        """
        sizes: dict[str, int] = {}
        for key in entries:
            sizes[key[0]] = max(sizes.get(key[0], 0), len(key))
        return cls(
            BytesTrie((" ".join(key), _written(called)) for key, called in entries.items()),
            RecordTrie(_COUNT, ((word, (size,)) for word, size in sizes.items())),
            Trie(map(" ".join, names)),
        )

    @classmethod
    def load(cls, folder: Path, name: str) -> "Entries":
        """Maps the entries that :meth:`save` wrote."""
        tries = (BytesTrie(), RecordTrie(_COUNT), Trie())
        return cls(
            *(
                trie.mmap(_file(folder, name, part))
                for trie, part in zip(tries, _PARTS, strict=True)
            )
        )

    def save(self, folder: Path, name: str) -> None:
        """Writes the entries to files of a folder."""
        for part in _PARTS:
            getattr(self, part).save(_file(folder, name, part))

    def __contains__(self, key: Sequence[str]) -> bool:
        """Whether there is an entry of these words."""
        return " ".join(key) in self.found

    def called(self, key: Sequence[str]) -> tuple[Equivalent, ...]:
        """Returns what an entry may be called instead; nothing where there is none."""
        written = self.found.get(" ".join(key))
        return _read(written[0]) if written else ()

    def is_name(self, key: Sequence[str]) -> bool:
        """Whether an entry is a name."""
        return " ".join(key) in self.names

    def most_words(self, word: str) -> int:
        """Returns the most words of an entry that begins with ``word``; 0 where none does."""
        size = self.longest.get(word)
        return int(size[0][0]) if size else 0

    def declined_names(self, words: Sequence[str]) -> Iterator[Key]:
        """Yields the names of several words that ``words`` are with more after the last of them."""
        for name in self.names.prefixes(" ".join(words)):
            key = tuple(name.split(" "))
            if len(key) == len(words) > 1:
                yield key


def _written(called: Iterable[Equivalent]) -> bytes:
    return "\n".join(f"{each.language}\t{' '.join(each.words)}" for each in called).encode()


@lru_cache(maxsize=2_048)
def _read(written: bytes) -> tuple[Equivalent, ...]:
    lines = (line.split("\t") for line in written.decode().split("\n"))
    return tuple(Equivalent(tuple(words.split(" ")), code) for code, words in lines)  # type: ignore[arg-type]


def _file(folder: Path, name: str, part: str) -> str:
    return str(folder / f"{name}-{part}.marisa")
