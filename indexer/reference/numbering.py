"""Reads the numbers beside an element's word: lists, ranges, ordinals, Roman numerals, letters."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from indexer.reference.extremes import find_extreme
from indexer.reference.joining import LISTING_MARKS
from indexer.reference.numbers import (
    Item,
    Number,
    Numbers,
    can_span,
    glued,
    judge_commas,
    letter_name,
    span,
)
from indexer.reference.numerals import CARDINALS, ORDINALS, roman
from indexer.reference.particles import (
    CONJUNCTIONS,
    ENDINGS,
    FROM,
    FROM_ENDINGS,
    LOOSE_ENDINGS,
    NUMBER_WORDS,
    NUMERO,
    ORDINAL_ENDINGS,
    POINTS,
    STARTING,
    TO_ENDINGS,
    UNTIL,
    UP_TO,
)
from indexer.reference.tokens import CLOSE, Tokens

MOST_NUMBERS: Final = 40
"""How many numbers of one list are read."""

_SEPARATORS: Final = LISTING_MARKS | {"&"}
_DIVIDING: Final = frozenset("/:_")
_LONGEST_PIECE: Final = 3
_QUOTES = frozenset("«»\"'“”„‘’`")


class NumberReader:
    """Reads numbers among the tokens of a question."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._paired = set(_closings(tokens))

    def numbers(self, at: int, *, opened: bool = False, cardinals: bool = False) -> Numbers | None:
        """Returns the list of numbers that begins at a token; None where none does.

        Args:
            at: Index of the token.
            opened: Whether a word that opens a range stands before, or the element's word is a
                plural: only then «по» and "to" join two numbers.
            cardinals: Whether words such as "five" are numbers.
        """
        start = self._numero(at)
        numero = start > at
        # «с) тармақша» is a letter.
        opens = self._tokens.is_word(start, FROM) and not self._tokens.is_text(start + 1, ")")
        found = self._item(start + opens, opened=opened or opens, cardinals=cardinals)
        if found is None:
            return None
        item, end, until = found
        items, commas = [item], False
        while True:
            after = self._separator(end) or self._beside(item, end)
            following = after and self._item(after, opened=opened or opens, cardinals=cardinals)
            if not after or not following:
                break
            item, end, also = following
            until, commas = until or also, True
            if len(items) < MOST_NUMBERS:
                items.append(item)
        return Numbers(tuple(judge_commas(items)), end, until, numero, commas)

    def _item(self, at: int, *, opened: bool, cardinals: bool) -> tuple[Item, int, bool] | None:
        found = find_extreme(self._tokens, at) or self._chain(at, cardinals=cardinals)
        if found is None:
            return None
        item, end = found
        if item.last is not None or item.first.from_end:
            return item, end, False
        begin = end + 1 if self._tokens.is_word(end, STARTING) else end
        after = self._range(begin, opened=opened, is_from=item.first.ending == "from")
        following = after and self._chain(after, cardinals=cardinals)
        if not after or not following or not can_span(item.first, following[0].first):
            return item, end, False
        last, following_end = following[0].first, following[1]
        if following[0].last is not None:
            return item, end, False
        until = self._tokens.is_word(following_end, UNTIL)
        if after == begin and not (last.ending == "to" or until):
            return item, end, False
        return span(item.first, last, item.place), following_end + until, until

    def _range(self, at: int, *, opened: bool, is_from: bool) -> int | None:
        token = self._tokens.at(at)
        if token is None:
            return None
        if token.kind in {"hyphen", "dash"} and token.gap <= CLOSE:
            return self._numero(at + 1)
        if opened and token.kind == "word" and token.key in UP_TO:
            return self._numero(at + 1)
        return at if is_from else None

    def _separator(self, at: int) -> int | None:
        """Returns the index after a comma, a conjunction or both."""
        end = at
        token = self._tokens.at(end)
        if token is not None and token.text in _SEPARATORS and token.gap <= CLOSE:
            end += 1
        if self._tokens.is_word(end, CONJUNCTIONS):
            end += 1
        return self._numero(end) if end > at else None

    def _beside(self, item: Item, at: int) -> int | None:
        """Returns where the next number of «3.1 3.4» or «3.1/3.4» begins."""
        here = at + self._tokens.is_text(at, "/")
        token = self._tokens.at(here)
        if token is None or token.kind != "number" or "." not in token.key:
            return None
        return here if item.first.mark == "." and item.last is None else None

    def is_numeric(self, at: int) -> bool:
        """Whether a number in digits begins at a token, or a № or the like before one."""
        token = self._tokens.at(self._numero(at))
        return token is not None and token.kind == "number"

    def _chain(self, at: int, *, cardinals: bool) -> tuple[Item, int] | None:
        """Reads one number with what is glued to it: 13-1, 13-1-13-5, 3,17."""
        token = self._tokens.at(at)
        if token is None or token.gap > CLOSE:
            return None
        if token.kind != "number":
            found = self._spelled(at, cardinals=cardinals)
            return found and (Item(found[0], None, at), found[1])
        if (divided := self._divided(at, is_named=cardinals)) is not None:
            return divided
        pieces, end = [token.key], at + 1
        joints: list[str] = []
        while (
            len(pieces) < 4
            and joints != [","]
            and "." not in pieces[0]
            and (joint := self._joint(end))
        ):
            joints.append(joint)
            pieces.append(self._tokens[end + 1].key)
            end += 2
        if len(pieces) == 2 and joints == [","]:
            number, end = self._ended(Number("-".join(pieces), "."), end)
            first, second = Number(pieces[0]), replace(number, number=pieces[1], mark="")
            return Item(number, None, at, (Item(first, None, at), Item(second, None, at))), end
        cut = _cut(pieces, joints)
        if cut < len(pieces):
            end = at + 2 * cut - 1
        number, end = self._ended(glued(pieces[:cut]), end)
        item = Item(number, None, at)
        if cut == 2 and int(pieces[0]) < int(pieces[1]):
            ends = Number(pieces[0]), replace(number, number=pieces[1], mark="")
            span = Item(ends[0], ends[1], at)
            is_dash = joints[0] == "dash"
            item = replace(span, otherwise=(item,)) if is_dash else replace(item, otherwise=(span,))
        return item, end

    def _divided(self, at: int, *, is_named: bool) -> tuple[Item, int] | None:
        """Reads «3 точка 17»; behind an element's word also 3/17, 3:17, 3_17 and «3. 17»."""
        sign, second, after = (self._tokens.at(at + place) for place in (1, 2, 3))
        if sign is None or second is None or second.kind != "number":
            return None
        if "." in self._tokens[at].key + second.key or len(second.text) > _LONGEST_PIECE:
            return None
        gap = sign.gap + second.gap
        if sign.kind == "word":
            mark = "." if sign.key in POINTS and gap <= CLOSE else None
        elif sign.text == ".":
            ends = after is None or after.kind == "mark" or after.word is not None
            mark = "." if is_named and 0 < gap <= CLOSE and ends else None
        else:
            mark = "" if is_named and sign.text in _DIVIDING and not gap else None
        if mark is None:
            return None
        pieces = f"{self._tokens[at].key}-{second.key}"
        number, end = self._ended(Number(pieces, mark), at + 3)
        return Item(number, None, at), end

    def _joint(self, at: int) -> str | None:
        """Returns what glues the number at ``at + 1`` to the one before ``at``."""
        joint, number = self._tokens.at(at), self._tokens.at(at + 1)
        if joint is None or number is None or number.kind != "number":
            return None
        if joint.gap or number.gap or "." in number.key:
            return None
        after = self._tokens.at(at + 2)
        if joint.text == ",":
            first, before = self._tokens[at - 1], self._tokens.at(at - 2) if at > 1 else None
            is_list = (after is not None and not after.gap and after.text == ",") or (
                before is not None and not first.gap and before.text == ","
            )
            return None if is_list or len(number.text) > 3 else ","
        return joint.kind if joint.kind in {"hyphen", "dash"} and len(number.text) <= 4 else None

    def _is_dotted(self, at: int) -> bool:
        """Whether a full stop and a number follow without a space: of «IV.2» what is behind IV."""
        stop, number = self._tokens.at(at), self._tokens.at(at + 1)
        if stop is None or number is None or stop.text != "." or number.kind != "number":
            return False
        return not stop.gap and not number.gap

    def _spelled(self, at: int, *, cardinals: bool) -> tuple[Number, int] | None:
        token = self._tokens[at]
        if token.kind != "word":
            return self._lettered(at)
        value, end = self._in_words(at, cardinals=cardinals)
        if (dotted := self._spoken(at, is_named=cardinals)) is not None:
            return dotted
        if value:
            return Number(str(value), spelled=True), end
        after = self._tokens.at(at + 1)
        closed = after is not None and after.text == ")" and not after.gap
        if closed and (letter := letter_name(token.text)):
            return Number(letter, closed=True), at + 2
        if (numeral := roman(token.text)) is not None:
            pieces, end = [str(numeral)], at + 1
            if self._joint(end) == "hyphen":
                pieces.append(self._tokens[end + 1].key)
                end += 2
            elif self._is_dotted(end):
                pieces = [f"{numeral}.{self._tokens[end + 1].key}"]
                end += 2
            number, end = self._ended(glued(pieces), end)
            return replace(number, roman=True), end
        return None

    def _spoken(self, at: int, *, is_named: bool) -> tuple[Number, int] | None:
        """Reads «три точка семнадцать»; behind an element's word also «три семнадцать»."""
        first, end = self._in_words(at, cardinals=True)
        if not first or self._tokens[end - 1].key in ORDINALS:
            return None
        is_said = self._tokens.is_word(end, POINTS)
        if not is_said and not is_named:
            return None
        second, last = self._in_words(end + is_said, cardinals=True)
        return (Number(f"{first}-{second}", ".", spelled=True), last) if second else None

    def _lettered(self, at: int) -> tuple[Number, int] | None:
        """Reads «а» and «3.17» in quotation marks, (a) and (3.17) in brackets."""
        opening, letter, closing = (
            self._tokens.at(at),
            self._tokens.at(at + 1),
            self._tokens.at(at + 2),
        )
        if opening is None or letter is None or closing is None or letter.gap or closing.gap:
            return None
        bracketed = opening.text == "(" and closing.text == ")"
        if not bracketed and not (opening.text in _QUOTES and closing.text in _QUOTES):
            return None
        if letter.kind == "word" and (name := letter_name(letter.text)):
            return Number(name, closed=True), at + 3
        if letter.kind == "number":
            is_whole = "." not in letter.key
            number = glued([letter.key])
            return replace(number, closed=bracketed and is_whole), at + 3
        return None

    def _in_words(self, at: int, *, cardinals: bool) -> tuple[int, int]:
        """Reads «жиырма бесінші», «двадцать пятая», "twenty-fifth"; 0 where there is none."""
        total, least, here = 0, 1000, at
        while (
            (token := self._tokens.at(here)) is not None and token.kind == "word" and here < at + 6
        ):
            if value := ORDINALS.get(token.key):
                return (total + value, here + 1) if value < least else (0, at)
            value = CARDINALS.get(token.key, 0)
            if value == 100 and 0 < total < 10:
                total, least = total * 100, 100
            elif value and value < least:
                total, least = total + value, _magnitude(value)
            else:
                break
            here += 1
            if value % 10 == 0 and self._is_hyphened_word(here):
                here += 1
        return (total, here) if cardinals and total else (0, at)

    def _is_hyphened_word(self, at: int) -> bool:
        hyphen, word = self._tokens.at(at), self._tokens.at(at + 1)
        if hyphen is None or word is None or hyphen.kind != "hyphen" or hyphen.gap or word.gap:
            return False
        return word.key in ORDINALS or word.key in CARDINALS

    def _ended(self, number: Number, at: int) -> tuple[Number, int]:
        """Adds the bracket and the ending after a number."""
        token = self._tokens.at(at)
        if token is not None and token.text == ")" and not token.gap and at not in self._paired:
            number, at = replace(number, closed=number.mark != "."), at + 1
            token = self._tokens.at(at)
        if token is None:
            return number, at
        hyphened = token.kind in {"hyphen", "dash"}
        word = self._tokens.at(at + 1) if hyphened else token
        if word is None or word.kind != "word" or word.key not in ENDINGS:
            return number, at
        # «1st» and «1 ст.» have one key.
        if word.word is not None and (word.gap or not word.text.isascii()):
            return number, at
        # A word apart is an ending only where it is no word: «5 ші», «5 -ші».
        if token.gap + (word.gap if hyphened else 0) > (1 if len(word.text) > 1 else 0):
            return number, at
        if token.gap and word.key not in LOOSE_ENDINGS:
            return number, at
        return replace(number, ending=_ending(word.key)), at + 1 + hyphened

    def _numero(self, at: int) -> int:
        """Returns the index after a № or the like."""
        token, after = self._tokens.at(at), self._tokens.at(at + 1)
        if token is None or token.gap > CLOSE:
            return at
        is_sign = token.text in NUMERO and (after is None or after.text != ")")
        if not is_sign and not self._tokens.is_word(at, NUMBER_WORDS):
            return at
        return at + 2 if after is not None and after.text in {".", "°", "º"} else at + 1


def _closings(tokens: Tokens) -> Iterator[int]:
    """Yields the places of the brackets that close one opened before, as in «(п. 5)»."""
    opened = 0
    for place, token in enumerate(tokens):
        if token.text == "(":
            opened += 1
        elif token.text == ")" and opened and not _goes_on(tokens, place):
            opened -= 1
            yield place


def _goes_on(tokens: Tokens, place: int) -> bool:
    """Whether a bracket after a number is the number's: «(по подпунктам 1) и 2) статьи 5)»."""
    if place == 0 or tokens[place - 1].kind != "number":
        return False
    after, second = tokens.at(place + 1), tokens.at(place + 2)
    if after is None:
        return False
    listed = after.text in {",", ";"} or (after.kind == "word" and after.key in CONJUNCTIONS)
    if listed:
        return second is not None and second.kind == "number"
    return after.word is not None and not after.word.short


def _ending(key: str) -> str:
    if key in FROM_ENDINGS:
        return "from"
    if key in TO_ENDINGS:
        return "to"
    return "ordinal" if key in ORDINAL_ENDINGS else "other"


def _cut(pieces: list[str], joints: list[str]) -> int:
    """Returns how many pieces the first of two numbers glued by a dash has."""
    for place, joint in enumerate(joints):
        if joint == "," or (joint == "dash" and len(set(joints)) > 1):
            return place + 1
    return 2 if len(pieces) == 4 else len(pieces)


def _magnitude(value: int) -> int:
    return 1 if value % 10 else 10 if value < 100 else 100
