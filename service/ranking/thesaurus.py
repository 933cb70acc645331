"""Synonyms: Kazakh words and phrases that may stand for one another in a question.

People ask in everyday words, official texts answer in terms: ақша and қаражат, абырой and бедел.
The sets are data (``data/thesaurus.txt``).
"""

from collections.abc import Iterator, Sequence

from indexer.vocabulary import words_of
from service.ranking.forms import entries_in, is_form
from service.ranking.listing import listed

_SHORTEST = 3
_SHORTEST_IN_PHRASE = 2

_Key = tuple[str, ...]


class Thesaurus:
    """Sets of synonyms, found whatever the endings of a word, or of the last word of a phrase."""

    def __init__(self) -> None:
        """Reads the shipped sets."""
        # By the words of a phrase but the last: by the last, what the phrase may stand for.
        self._synonyms: dict[_Key, dict[str, dict[_Key, None]]] = {}
        for members in _sets():
            for member in members:
                *before, last = member
                found = self._synonyms.setdefault(tuple(before), {}).setdefault(last, {})
                found.update((other, None) for other in members if other != member)
        self._longest = 1 + max(len(before) for before in self._synonyms)

    def longest(self, words: Sequence[str]) -> tuple[int, tuple[_Key, ...]]:
        """Returns what the beginning of ``words`` may be called instead.

        Args:
            words: Words as they stand in a question.

        Returns:
            How many of the words belong to the longest entry that they begin with, and its
            synonyms, each a word or more in dictionary form; 0 and none where there is no entry.
        """
        for count in range(min(len(words), self._longest), 0, -1):
            *before, last = words[:count]
            by_last = self._synonyms.get(tuple(before), {})
            for entry in entries_in(last, _SHORTEST_IN_PHRASE if before else _SHORTEST):
                if entry in by_last and is_form(last, entry):
                    return count, tuple(by_last[entry])
        return 0, ()


def _sets() -> Iterator[list[_Key]]:
    for line in listed("thesaurus.txt"):
        yield [tuple(words_of(member)) for member in line.split("|")]
