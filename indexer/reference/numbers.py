"""Numbers as people write them beside an element's word: values, not yet elements."""

from dataclasses import dataclass, replace

from indexer.reference.letters import LATIN, TO_LATIN


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written.

    Attributes:
        number: In the eId's spelling, ``3-17``, ``13-1``, ``a``.
        mark: ``.`` in 3.17, ``-`` in 13-1, empty where it is whole or a letter.
        ending: ``ordinal``, ``from``, ``to`` or ``other`` for a Kazakh or Russian ending.
        closed: Whether a closing bracket follows, as after the number of a sub-item.
        spelled: Whether it is an ordinal in words.
        roman: Whether it is a Roman numeral.
        from_end: Whether it counts from the end: 1 is the last.
        counted: Whether it begins a stretch that is told by its length: «первые три».
    """

    number: str
    mark: str = ""
    ending: str = ""
    closed: bool = False
    spelled: bool = False
    roman: bool = False
    from_end: bool = False
    counted: bool = False

    @property
    def ordinals(self) -> tuple[int, ...]:
        """The number as integers; empty for a letter."""
        pieces = self.number.split("-")
        return tuple(map(int, pieces)) if pieces[0].isdigit() else ()


@dataclass(frozen=True, slots=True)
class Item:
    """A member of a list: a number or a range.

    Attributes:
        first: The number, or the first of a range.
        last: The last of a range.
        place: Index of its first token.
        otherwise: Another reading: of 3-5 as a range, of 3,17 as two numbers.
    """

    first: Number
    last: Number | None
    place: int
    otherwise: tuple["Item", ...] = ()

    @property
    def numbers(self) -> tuple[str, str, str]:
        """The first number, the last one of a range, the mark between their pieces."""
        return self.first.number, self.last.number if self.last else "", self.first.mark


@dataclass(frozen=True, slots=True)
class Numbers:
    """A list of numbers.

    Attributes:
        items: Its members, at most MOST_NUMBERS.
        end: Index of the token after it.
        until: Whether «дейін» closes a range.
        numero: Whether a № or the like stands before the first.
        commas: Whether a comma or a conjunction parts its members.
    """

    items: tuple[Item, ...]
    end: int
    until: bool = False
    numero: bool = False
    commas: bool = False

    @property
    def is_many(self) -> bool:
        """Whether there are several numbers or a range."""
        return len(self.items) > 1 or self.items[0].last is not None


def glued(pieces: list[str]) -> Number:
    """Returns the number of pieces that hyphens or dots join."""
    text = "-".join(pieces)
    mark = "-" if len(pieces) > 1 else "." if "." in text else ""
    return Number(text.replace(".", "-"), mark)


def letter_name(text: str) -> str | None:
    """Returns the eId's spelling of a sub-item's letter; None for what is none."""
    letter = text.lower()
    if len(letter) != 1 and letter not in LATIN:
        return None
    return TO_LATIN.get(letter) or (letter if letter in LATIN else None)


def can_span(first: Number, last: Number) -> bool:
    """Whether two numbers can be the ends of one range."""
    return bool(first.ordinals) == bool(last.ordinals)


def span(first: Number, last: Number, place: int) -> Item:
    """Returns the range between two numbers, the lower one first."""
    if first.ordinals and last.ordinals < first.ordinals:
        first, last = last, first
    return Item(first, last, place)


def judge_commas(items: list[Item]) -> list[Item]:
    """Reads «3,4 и 3,6» as decimals throughout and leaves a lone «3,17» to be judged later."""
    commas = [item for item in items if item.first.mark == "." and item.otherwise]
    if len(items) == 1 or not commas:
        return items
    if len(commas) == len(items):
        return [replace(item, otherwise=()) for item in items]
    return [each for item in items for each in (item.otherwise if item in commas else (item,))]
