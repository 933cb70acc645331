"""Acts by the short names that a text gives them: «статья 5 Закона о пчёлах», «Заңның 5-бабы».

A name counts in the text that gives it. «Закон» alone counts where the text says so and no other
word makes it another law's.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from indexer.acts.attaching import Anchor
from indexer.acts.defined import Called, called
from indexer.acts.naming import Mention
from indexer.acts.patterns import Pattern, patterns
from indexer.acts.words import words
from indexer.documents.passages import Passage

_MAY_CALL: Final = re.compile(r"далее|дальнейшем|бұдан|hereafter|hereinafter", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"[^.;()]{0,80}\(?\s*")
_ANOTHER: Final = re.compile(
    r"\b(?:настоящ\w+|эт\w+|данн\w+|ин\w+|друг\w+|осы|басқа|өзге|this|that|other)\s+$",
    re.IGNORECASE,
)
# The place that gives the name.
_CALLING: Final = re.compile(
    r"(?:далее|дальнейшем|әрі|былай|hereinafter|hereafter|referred to as)\W{0,4}(?:the\s+)?$",
    re.IGNORECASE,
)
_GOES_ON: Final = re.compile(
    r"\s*[«\"“]|\s+(?:республик\w+|рк|об?|от|№)\b|\s+(?:of|on|no)\b", re.IGNORECASE
)
_BEFORE: Final = re.compile(r"(?:республикасы\w*|қр|туралы|»|\"|”)\s*$", re.IGNORECASE)

_LOOK: Final = 60
# How many short names of one text are read.
_MOST: Final = 64

Named = Callable[[Passage], Sequence[Mention]]


class Aliases:
    """The short names that one text gives to acts."""

    def __init__(self, passages: Iterable[Passage], named: Named, kind: str) -> None:
        """Reads the names.

        Args:
            passages: The passages of an edition.
            named: Finds the acts that a passage names in full.
            kind: Kind of the act that the text is of.
        """
        # For each name the key of its act; empty for the act that the text is of.
        self._by_first: dict[str, list[tuple[Pattern, str]]] = defaultdict(list)
        self._bare: dict[str, str] = {}
        self._taken: set[str] = set()
        for passage in passages:
            if not _MAY_CALL.search(passage.text) or len(self._taken) >= _MOST:
                continue
            mentions: Sequence[Mention] | None = None
            for one in called(passage.text, passage.language):
                if one.name in self._taken or len(self._taken) >= _MOST:
                    continue
                if mentions is None and not one.is_own:
                    mentions = named(passage)
                key = "" if one.is_own else _before(passage.text, one, mentions or ())
                if key is not None:
                    self._taken.add(one.name)
                    self._take(one, key, kind)

    def find(
        self, text: str, taken: Sequence[Mention]
    ) -> tuple[tuple[Mention, ...], tuple[Anchor, ...]]:
        """Returns where a passage names acts so: other acts, and the act that it is of.

        Args:
            text: The passage.
            taken: The acts that it names in full.
        """
        if not self._by_first and not self._bare:
            return (), ()
        starts = [one.start for one in taken]
        found = [
            one
            for one in self._found(text)
            if _is_free(one, starts, taken)
            and not _CALLING.search(text, max(0, one[0] - _LOOK), one[0])
        ]
        others = tuple(Mention((), start, end, key) for start, end, key in found if key)
        own = tuple(Anchor("own", start, end) for start, end, key in found if not key)
        return others, own

    def _take(self, one: Called, key: str, kind: str) -> None:
        if one.is_bare:
            # In a law «Закон» is the law itself, whatever another is called.
            if one.kind != kind or not key:
                self._bare.setdefault(one.name, key)
            return
        for pattern in patterns(one.name, one.kind, one.language):
            self._by_first[pattern.first].append((pattern, key))

    def _found(self, text: str) -> Iterator[tuple[int, int, str]]:
        held, place = words(text), 0
        while place < len(held):
            word, end, key = held[place], 0, ""
            for pattern, act in self._by_first.get(word.key[:2], ()):
                if (after := pattern.meets(text, held, place)) > end:
                    end, key = after, act
            if end:
                yield word.start, held[end - 1].end, key
            place = max(end, place + 1)
        for name, key in self._bare.items():
            for match in re.finditer(rf"\b{re.escape(name)}[а-яәғқңөұүһі]{{0,5}}\b", text):
                another = _ANOTHER.search(text[: match.start()]) or _GOES_ON.match(
                    text, match.end()
                )
                if not another and not _BEFORE.search(text[: match.start()]):
                    yield *match.span(), key


def _is_free(one: tuple[int, int, str], starts: Sequence[int], taken: Sequence[Mention]) -> bool:
    """Whether no mention of ``taken``, which are in order and apart, stands at a place."""
    beside = bisect_left(starts, one[1])
    return not beside or taken[beside - 1].end <= one[0]


def _before(text: str, one: Called, named: Sequence[Mention]) -> str | None:
    """Returns the key of the act that stands before what gives it a short name; None for none."""
    place = bisect_right([mention.end for mention in named], one.start)
    last = named[place - 1] if place else None
    if last is None or _BETWEEN.fullmatch(text, last.end, one.start) is None:
        return None
    return last.key or None
