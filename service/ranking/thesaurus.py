"""Kazakh entries: what Kazakh words and phrases may be called instead, whatever their endings.

People ask in everyday words, official texts answer in terms: ақша and қаражат, абырой and бедел.
Synonyms are a list of the language (``synonyms.txt``); equivalents in other languages are added.
"""

from collections.abc import Iterable, Sequence

from indexer.languages import language
from indexer.languages.kk.forms import ends_phrase, entries_in, is_form
from service.ranking.entries import Entries, Equivalent, Key, equivalent_of

_SHORTEST = 3
_SHORTEST_IN_PHRASE = 2


class Thesaurus:
    """Kazakh entries, found whatever the endings of a word, or of the last word of a phrase."""

    def __init__(self, entries: Entries) -> None:
        """Takes entries as :func:`kazakh_entries` makes them."""
        self._entries = entries

    def __contains__(self, word: str) -> bool:
        """Whether a single word is an entry as it stands."""
        return (word,) in self._entries

    def longest(self, words: Sequence[str]) -> tuple[int, tuple[Equivalent, ...]]:
        """Returns what the beginning of ``words`` may be called instead.

        Args:
            words: Words as they stand in a question.

        Returns:
            How many of the words belong to the longest entry that they begin with, and what that
            may be called; 0 and none where there is no entry.
        """
        if not words:
            return 0, ()
        # All words of a phrase but the last stand as they are.
        for count in range(min(len(words), max(1, self._entries.most_words(words[0]))), 0, -1):
            *before, last = words[:count]
            shortest, fits = (_SHORTEST_IN_PHRASE, ends_phrase) if before else (_SHORTEST, is_form)
            for entry in entries_in(last, shortest):
                called = self._entries.called((*before, entry))
                if called and fits(last, entry):
                    return count, called
        return 0, ()


def kazakh_entries(more: Iterable[tuple[Key, Equivalent]] = ()) -> Entries:
    """Returns the shipped sets of synonyms as entries.

    Args:
        more: Other entries: their words, what these may be called.
    """
    found: dict[Key, dict[Equivalent, None]] = {}
    for members in language("kk").synonyms():
        same = [equivalent_of(member, "kk") for member in members]
        for one in same:
            others = dict.fromkeys(other for other in same if other is not one)
            found.setdefault(one.words, {}).update(others)
    for words, equivalent in more:
        found.setdefault(words, {})[equivalent] = None
    return Entries.of(found)
