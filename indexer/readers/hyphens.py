"""Words broken at line ends: put together again, with the hyphen where the word has one."""

import re
from collections.abc import Iterable

from indexer.readers.words import is_word

_BROKEN = re.compile(r"(?<![^\W_])(?P<left>[^\W_]+(?:-[^\W_]+)*)[-\u2010\u2011]$")
_LONGEST = 100
_LEAST_COMPOUND = 6
_STEM = 4
_CONJUNCTIONS = frozenset(
    ["және", "мен", "пен", "бен", "немесе", "да", "де", "та", "те", "и", "или", "либо", "and", "or"]
)
# «какому-либо»: no conjunction.
_PRONOUN = re.compile(
    r"(?:к[ео]\w{0,3}|ч[еьт]\w{0,3}|как\w{0,4}|где|куда|когда|откуда|скольк\w{1,3})", re.I
)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


class Hyphens:
    """Decides for one document, whose own words are the best witnesses."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._words: set[str] = set()
        for line in lines:
            self._words.update(_WORD.findall(line.lower()))
        self._compounds = {
            (left, right[:_STEM])
            for left, _, right in (word.partition("-") for word in self._words)
            if len(right) >= _STEM
        }
        self.joined = 0
        self.restores = 0

    def is_broken(self, line: str) -> bool:
        """Whether a line ends in a hyphen after a letter or digit, or in a soft hyphen."""
        return line.endswith("\u00ad") or _BROKEN.search(line[-_LONGEST:]) is not None

    def join(self, line: str, following: str) -> str:
        """Joins a line that :meth:`is_broken` with the next one."""
        if line.endswith("\u00ad"):
            self.joined += 1
            return line.rstrip("\u00ad") + following
        match, word = _BROKEN.search(line[-_LONGEST:]), _WORD.match(following)
        if match is None or word is None:
            return line + following
        if word[0] == "либо" and _PRONOUN.fullmatch(match["left"]):
            return line + following
        if word[0] in _CONJUNCTIONS:
            # «импорт- және экспорттық»: the hyphen stands for the rest of the word.
            return f"{line} {following}"
        if self._keeps(match["left"], word[0]):
            return line + following
        self.joined += 1
        return line[:-1] + following

    def restored(self, line: str) -> str:
        """Puts back the hyphens that a program took out of a line when it ran two together.

        Args:
            line: A line longer than the page is wide.
        """
        return _WORD.sub(lambda match: self._restored(match[0]), line)

    def _restored(self, word: str) -> str:
        lower = word.lower()
        if len(word) < _LEAST_COMPOUND or "-" in word:
            return word
        for place in range(2, len(word) - _STEM + 1):
            if (lower[:place], lower[place : place + _STEM]) in self._compounds:
                self.restores += 1
                return f"{word[:place]}-{word[place:]}"
        return word

    def _keeps(self, left: str, right: str) -> bool:
        if not right[0].islower() or left.isupper() or left[-1].isdigit():
            return True
        left, right = left.lower(), right.lower()
        if left + right in self._words:
            return False
        if f"{left}-{right}" in self._words:
            return True
        if is_word(left + right):
            return False
        return is_word(left.rpartition("-")[2]) and is_word(right.partition("-")[0])
