"""Reads the words of elements: «пункт», «гл.», «п/п», "sub-item"."""

from dataclasses import replace
from typing import Final

from indexer.reference.folding import fold
from indexer.reference.particles import UNIT_LIKE
from indexer.reference.tokens import CLOSE, Tokens
from indexer.reference.vocabulary import Word, find_word

_SUB: Final = fold("sub")
_PARAGRAPH: Final = fold("азат")


class ElementReader:
    """Reads the words of elements among the tokens of one question.

    Attributes:
        taken: Where the mention before ended; 0 where there is none.
    """

    def __init__(self, tokens: Tokens) -> None:
        self.taken = 0
        self._tokens = tokens

    def read(self, at: int) -> tuple[Word | None, int]:
        """Returns the element's word at a token and the index after it and its full stop."""
        word, end = self._tokens[at].word, at + 1
        dot, again = self._tokens.at(at + 1), self._tokens.at(at + 2)
        if word is None:
            # «sub-item», «п.п.»
            return self._compound(at)
        if word.short:
            if word.kind == "para" and self._is_slashed(at):
                # «п/п 2»
                return replace(word, kind="point"), at + 3
            is_numbered = again is not None and again.kind == "number"
            if dot is not None and dot.text == "." and (not dot.gap or is_numbered):
                end = at + 2
                if again is not None and again.key == self._tokens[at].key and not again.gap:
                    third = self._tokens.at(at + 3)
                    doubled = replace(word, kind="point") if word.kind == "para" else word
                    is_dot = third is not None and third.text == "." and not third.gap
                    return doubled, at + 3 + is_dot
            if self._is_unit(at) or self._is_abbreviation(at):
                return None, end
        return word, end

    def _is_unit(self, at: int) -> bool:
        """Whether an abbreviation is a unit: «в 10 ч. 30», but «п. 1 ч. 2», «5 гл. 2 р.»."""
        before = self._tokens[at - 1] if at else None
        if self._tokens[at].key not in UNIT_LIKE or before is None or at <= self.taken:
            return False
        if before.kind == "number":
            return not (self.goes_on(at - 1) or ("." in before.key and self._is_first_word(at)))
        return before.kind == "other"

    def goes_on(self, at: int) -> bool:
        """Whether a token follows the mention before at once, or behind a comma."""
        return self.taken > 0 and at == self.taken + self._tokens.is_text(self.taken, ",")

    def _is_first_word(self, at: int) -> bool:
        return all(token.kind != "word" for token in self._tokens[:at])

    def _is_abbreviation(self, at: int) -> bool:
        """Whether a letter is a piece of «т.б.» or «т.п.»."""
        dot, letter = self._tokens.at(at - 1), self._tokens.at(at - 2)
        return (
            dot is not None
            and letter is not None
            and dot.text == "."
            and letter.kind == "word"
            and len(letter.text) == len(self._tokens[at].text) == 1
            and not (dot.gap or self._tokens[at].gap)
        )

    def _is_slashed(self, at: int) -> bool:
        """Whether a slash alone stands between a word and the same word again."""
        again = self._tokens.at(at + 2)
        return (
            self._tokens.is_text(at + 1, "/")
            and again is not None
            and not (self._tokens[at + 1].gap or again.gap)
            and again.key == self._tokens[at].key
        )

    def _compound(self, at: int) -> tuple[Word | None, int]:
        hyphen, rest = self._tokens.at(at + 1), self._tokens.at(at + 2)
        if self._tokens[at].key == _PARAGRAPH and hyphen is not None and hyphen.gap <= CLOSE:
            # «азат жол»
            return find_word(hyphen.text, f"{_PARAGRAPH}{hyphen.key}"), at + 2
        if self._tokens[at].key != _SUB or hyphen is None or hyphen.kind != "hyphen":
            return None, at + 1
        if rest is None or rest.word is None or rest.word.language != "en":
            return None, at + 1
        return replace(rest.word, kind="point"), at + 3

    def after_number(self, at: int) -> tuple[Word | None, int, bool]:
        """Returns the element's word after a number, the index after it, whether a dash joins."""
        token = self._tokens.at(at)
        hyphened = token is not None and token.kind in {"hyphen", "dash"} and token.gap <= CLOSE
        here = at + hyphened
        token = self._tokens.at(here)
        if token is None or token.gap > CLOSE:
            return None, at, False
        word, end = self.read(here)
        return word, end, hyphened
