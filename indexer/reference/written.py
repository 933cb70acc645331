"""What a written reference is: a partial address with its place in the question."""

from dataclasses import dataclass

from indexer.reference.address import PartKind


@dataclass(frozen=True, slots=True)
class WrittenPart:
    """One step that a question names.

    Attributes:
        kind: Sort of element.
        number: Number in the eId's spelling; empty for a decree or a preamble.
        through: The last number of a range; empty where one number is named.
        mark: ``.`` for a number written 3.17, ``-`` for 13-1; empty for a whole number.
        copy: Which of several elements of the number; 0 where the question does not say.
        from_end: Whether the number counts from the end: 1 is the last.
        is_division: Whether it is called a part («часть», «бөлік»), which may bear no number of
            its own.
    """

    kind: PartKind
    number: str = ""
    through: str = ""
    mark: str = ""
    copy: int = 0
    from_end: bool = False
    is_division: bool = False


@dataclass(frozen=True, slots=True)
class WrittenReference:
    """A partial address in a question, with the place where it is written.

    Attributes:
        parts: The steps named, outermost first; steps between them are free.
        start: Offset of its first character in the question.
        end: Offset after its last character.
        is_bare: Whether the question is a number without a word for an element.
        is_weak: Whether it names only parts by words («часть первая»), which count where something
            says of what they are.
        otherwise: What the same characters name if the first reading names nothing: «3,17» is
            the item 3.17, or else the items 3 and 17.
    """

    parts: tuple[WrittenPart, ...]
    start: int
    end: int
    is_bare: bool = False
    is_weak: bool = False
    otherwise: tuple["WrittenReference", ...] = ()
