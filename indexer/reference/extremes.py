"""Numbers that count from an end: «последняя», «предпоследняя», «вторая с конца», «первые три»."""

from collections.abc import Mapping
from typing import Final

from indexer.reference.folding import fold, keys
from indexer.reference.numbers import Item, Number
from indexer.reference.numerals import CARDINALS, ORDINALS
from indexer.reference.tokens import Tokens

_MOST: Final = 40
_LATIN_LAST: Final = keys("last")
_SOFT: Final = "ий яя ее его ей ему им ем юю"
_HARD: Final = "ый ая ое ого ой ому ым ом ую"
_PARTICIPLE: Final = "ий ая ее его ей ему им ем ую"


def _forms(stems: str, endings: str) -> frozenset[str]:
    return frozenset(fold(stem + end) for stem in stems.split() for end in endings.split())


LAST: Final = (
    keys("соңғы соңғысы ақырғы last final closing")
    | _forms("последн", _SOFT)
    | _forms("заключительн", _HARD)
    | _forms("завершающ", _PARTICIPLE)
)
"""«соңғы тарау», «последняя глава», "the final section"."""

PENULTIMATE: Final = keys("penultimate") | _forms("предпоследн", _SOFT)
"""«предпоследний раздел»."""

FIRST: Final = keys("алғашқы") | _forms("начальн", _HARD)
"""«алғашқы тарау»: the ordinals of other languages say it as well."""

KAZAKH_LAST: Final = keys("соңғы ақырғы")
"""«соңғы абзацы»: after it a word that is a plural in Russian is one in no number."""

LAST_OF_MANY: Final = KAZAKH_LAST | keys("last final") | _forms("последн", "ие их им ими")
"""«последние две»."""

_FIRST_OF_MANY: Final = keys("алғашқы бірінші first") | _forms("перв", "ые ых ым ыми")
_KAZAKH_FIRST: Final = keys("бірінші")
_VERY: Final = keys("ең very") | _forms("сам", "ый ая ое ого ой ому ым ом ую")
_OF_THE_LAST: Final = keys("соңғының соңғысының соңғыдан ақырғының")
_BEFORE_IT: Final = keys("алдындағы бұрынғы")
_FROM_ITS_END: Final = keys("соңынан аяғынан")

# What stands after an ordinal, or after the word for the element.
_BEHIND: Final = tuple(
    tuple(map(fold, phrase.split()))
    for phrase in ("с конца", "from the end", "from end", "from last", "to last")
)
# "Next to last", "last but one".
_SECOND_LAST: Final = tuple(
    tuple(map(fold, phrase.split())) for phrase in ("next to last", "last but one")
)


_BEHIND_FIRST: Final = frozenset(phrase[0] for phrase in _BEHIND)
_STARTS: Final = frozenset().union(
    LAST,
    PENULTIMATE,
    FIRST,
    LAST_OF_MANY,
    _FIRST_OF_MANY,
    _VERY,
    _OF_THE_LAST,
    _FROM_ITS_END,
    _BEHIND_FIRST,
    (phrase[0] for phrase in _SECOND_LAST),
    ORDINALS,
    CARDINALS,
)


def find_extreme(tokens: Tokens, at: int) -> tuple[Item, int] | None:
    """Reads a number that counts from an end, or so many elements from one, at a token.

    Args:
        tokens: The question.
        at: Index of the token.

    Returns:
        The number and the index after it; None where there is none.
    """
    if not _may_begin(tokens, at):
        return None
    begin = at + 1 if tokens.is_word(at, _VERY) else at
    found = _single(tokens, begin) or _many(tokens, begin)
    if found is None:
        return None
    item, end = found
    return Item(item.first, item.last, at), end


def _may_begin(tokens: Tokens, at: int) -> bool:
    """Whether it is worth a look: every token is asked."""
    token = tokens.at(at)
    if token is None or token.kind != "word":
        return (
            token is not None and token.kind == "number" and tokens.is_word(at + 1, _BEHIND_FIRST)
        )
    return token.key in _STARTS


def counted_from_end(tokens: Tokens, at: int) -> int | None:
    """Returns the index after «с конца» or "from the end" at a token; None where there is none."""
    return next((end for phrase in _BEHIND if (end := _after(tokens, at, phrase))), None)


def _single(tokens: Tokens, at: int) -> tuple[Item, int] | None:
    if end := _penultimate(tokens, at):
        return _from_end(2), end
    if (found := _from_its_end(tokens, at)) is not None:
        return found
    if _amount(tokens, at + 1) > 1:
        return None
    if tokens.is_word(at, LAST):
        return _from_end(1), at + 1
    if tokens.is_word(at, FIRST):
        return Item(Number("1", spelled=True), None, 0), at + 1
    return None


def _penultimate(tokens: Tokens, at: int) -> int | None:
    """Returns the index after «предпоследняя» or «соңғының алдындағы»."""
    if tokens.is_word(at, PENULTIMATE):
        return at + 1
    if tokens.is_word(at, _OF_THE_LAST) and tokens.is_word(at + 1, _BEFORE_IT):
        return at + 2
    return next((end for phrase in _SECOND_LAST if (end := _after(tokens, at, phrase))), None)


def _from_its_end(tokens: Tokens, at: int) -> tuple[Item, int] | None:
    """Reads «соңынан екінші», «вторая с конца», "second to last"."""
    before = at + 1 if tokens.is_word(at, _FROM_ITS_END) else counted_from_end(tokens, at)
    begin = before or at
    value = _amount(tokens, begin, ORDINALS)
    if not value:
        return None
    behind = counted_from_end(tokens, begin + 1)
    if before or behind:
        return _from_end(value), behind or begin + 1
    if tokens[at].kind == "word" and tokens.is_word(at + 1, _LATIN_LAST):
        return _from_end(value), at + 2
    return None


def _many(tokens: Tokens, at: int) -> tuple[Item, int] | None:
    """Reads «первые три», «соңғы 2», "last five", «два последних»."""
    before = 1 if _amount(tokens, at) and tokens[at].kind == "word" else 0
    from_end = tokens.is_word(at + before, LAST_OF_MANY)
    # «Он бірінші» is the eleventh.
    first_words = _FIRST_OF_MANY - _KAZAKH_FIRST if before else _FIRST_OF_MANY
    if not from_end and not tokens.is_word(at + before, first_words):
        return None
    amount = _amount(tokens, at if before else at + 1)
    if not 1 < amount <= _MOST:
        return None
    first = Number("1", spelled=True, from_end=from_end, counted=True)
    return Item(first, Number(str(amount), spelled=True), 0), at + 2


def _from_end(value: int) -> Item:
    return Item(Number(str(value), spelled=True, from_end=True), None, 0)


def _amount(tokens: Tokens, at: int, words: Mapping[str, int] = CARDINALS) -> int:
    """Returns the whole number at a token, in digits or in ``words``; 0 where there is none."""
    token = tokens.at(at)
    if token is None:
        return 0
    if token.kind == "word":
        return words.get(token.key, 0)
    return int(token.key) if token.kind == "number" and token.key.isdigit() else 0


def _after(tokens: Tokens, at: int, phrase: tuple[str, ...]) -> int | None:
    if all(tokens.is_word(at + place, frozenset({word})) for place, word in enumerate(phrase)):
        return at + len(phrase)
    return None
