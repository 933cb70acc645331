"""The address of an element: an eId taken apart, compared in document order, put together again."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import total_ordering
from typing import Literal, cast

from indexer.errors import InvalidReferenceError
from indexer.reference.letters import LATIN, ORDER
from indexer.reference.vocabulary import Language
from indexer.reference.wording import words

PartKind = Literal[
    "preamble",
    "decree",
    "chp",
    "sec",
    "sec_nn",
    "art",
    "annex",
    "para",
    "point",
    "list",
    "al",
    "note",
]

# Akoma Ntoso Naming Convention 1.0, section 5 (eId); copies are numbered as Indigo does.
_INTEGER = "(?:0|[1-9][0-9]{0,8})"
_PART = re.compile(
    rf"""
    (?: (?P<kind> chp | sec_nn | sec | art | annex | para | list | al | note )
        _ (?P<number> {_INTEGER} (?: - {_INTEGER} )* )
      | (?P<point> point )
        _ (?P<point_number> (?: {_INTEGER} | {"|".join(LATIN)} ) (?: - {_INTEGER} )* )
      | (?P<bare> preamble | decree | note )
    )
    (?: _ (?P<copy> [2-9] | [1-9][0-9]{{1,8}} ) )?
    """,
    re.VERBOSE,
)

# Where parts of different kinds stand side by side: what an act opens with comes first, annexes
# last. Paragraphs, points and lists share a place and are told apart by _interleaved.
_PLACES: dict[str, int] = {
    "preamble": 0,
    "decree": 1,
    "al": 2,
    "point": 2,
    "list": 2,
    "para": 3,
    "sec": 4,
    "sec_nn": 5,
    "chp": 6,
    "art": 7,
    "note": 8,
    "annex": 9,
}

Key = tuple[int, int, int, tuple[int, ...], int, str]


@dataclass(frozen=True, slots=True)
class Part:
    """One step of an address, such as ``para_3-17``.

    Attributes:
        kind: Sort of element.
        number: Number as in the eId (``3-17``, ``13-1``, ``a``); empty for the preamble, the
            decree and the notes of an article, which have none.
        copy: From 2 for the second and later elements of the same number; 1 otherwise.
    """

    kind: PartKind
    number: str = ""
    copy: int = 1

    def __str__(self) -> str:
        name = f"{self.kind}_{self.number}" if self.number else self.kind
        return name if self.copy == 1 else f"{name}_{self.copy}"

    @property
    def ordinals(self) -> tuple[int, ...]:
        """The number as integers; letters count from 1."""
        return tuple(
            int(piece) if piece.isdigit() else ORDER[piece]
            for piece in self.number.split("-")
            if piece
        )


@total_ordering
@dataclass(frozen=True, slots=True)
class Reference:
    """The address of one element inside a document.

    References compare in document order, as far as an address tells it: inserted numbers stand
    after the number they extend (13, 13-1, 14), an element before what it contains.

    Attributes:
        parts: Steps from the outermost element inwards; empty for the whole document.
    """

    parts: tuple[Part, ...]

    @classmethod
    def parse(cls, eid: str) -> "Reference":
        """Read an eId.

        Args:
            eid: For example ``chp_5__sec_3__para_3-17``; empty for the whole document.

        Raises:
            InvalidReferenceError: The text is not an eId.
        """
        if not eid:
            return cls(())
        parts = []
        for text in eid.split("__"):
            match = _PART.fullmatch(text)
            if match is None:
                raise InvalidReferenceError(
                    f"{eid[:80]!r} is not an eId: the part {text[:40]!r} is not understood. "
                    "An eId looks like 'chp_5__sec_3__para_3-17'."
                )
            kind = match["bare"] or match["kind"] or match["point"]
            number = match["number"] or match["point_number"] or ""
            parts.append(Part(cast("PartKind", kind), number, int(match["copy"] or 1)))
        return cls(tuple(parts))

    def __str__(self) -> str:
        return "__".join(str(part) for part in self.parts)

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Reference):
            return NotImplemented
        return self.order < other.order

    @property
    def order(self) -> tuple[Key, ...]:
        """The key to sort many by; comparing two of them makes it anew each time."""
        return tuple(_keys(self.parts))

    @property
    def parent(self) -> "Reference | None":
        """The address one step out; None for the whole document."""
        return Reference(self.parts[:-1]) if self.parts else None

    def contains(self, other: "Reference") -> bool:
        """Whether the other address lies under this one."""
        return len(other.parts) > len(self.parts) and other.parts[: len(self.parts)] == self.parts

    def format(
        self, language: Language, title: str | None = None, *, printed: str | None = None
    ) -> str:
        """Print the address for a reader.

        Args:
            language: Language to print in.
            title: Title of the document in that language, for the long form.
            printed: Number of the element as the document prints it (``3.17.``, ``13-1.``), where
                it is known; an eId writes both with a hyphen.

        Returns:
            For example «5-тарау, 3-бөлім, 3.17-тармақ».
        """
        steps = [
            *([title] if title else []),
            *words(self.parts, language, whole=not title, printed=printed),
        ]
        return ", ".join(steps)


def _keys(parts: tuple[Part, ...]) -> Iterator[Key]:
    above = ""
    for part in parts:
        first, side = _interleaved(part, above)
        yield _PLACES[part.kind], first, side, part.ordinals, part.copy, str(part)
        above = part.kind


def _interleaved(part: Part, above: str) -> tuple[int, int]:
    """Order paragraphs among the runs of points that stand beside them.

    A paragraph introduces a run in a chapter or an article (paragraph 1, run 1, paragraph 2, run
    2); in an item, whose own text introduces the first run, it follows one.
    """
    after = above in {"para", "point"}
    if part.kind == "al":
        return part.ordinals[0], 1 if after else 0
    if part.kind == "list":
        return part.ordinals[0], 0 if after else 1
    if part.kind == "point":
        return 1, 0 if after else 1
    return 0, 0
