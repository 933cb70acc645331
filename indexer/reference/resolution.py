"""Which elements of a document a written reference means: the only place that says so."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from indexer.reference.address import Reference
from indexer.reference.addresses import Addresses
from indexer.reference.matching import (
    ROOT,
    in_division,
    is_silent,
    lies_inside,
    notes,
    numbered_like_parts,
    ordinals,
    step,
    stretches,
    unplaced_articles,
    wanted_in,
)
from indexer.reference.reading import find_references
from indexer.reference.written import WrittenPart, WrittenReference


@dataclass(frozen=True, slots=True)
class Missing:
    """A step that a question names and the document does not have.

    Attributes:
        part: The step.
        within: The element in which it was sought; None for the whole document.
        nearest: The existing element of the kind whose number is nearest; None if there is none.
        last: The one with the highest number: of the section 3 where 3.99 is named.
        count: How many there are, copies not counted.
    """

    part: WrittenPart
    within: Reference | None
    nearest: Reference | None
    last: Reference | None
    count: int


@dataclass(frozen=True, slots=True)
class Named:
    """What one written reference means.

    Attributes:
        written: The reference with its place in the question.
        elements: The elements named, in document order; a chapter is one element.
        references: The given addresses that they stand for, in document order: an element's own,
            or those of all that lies in one that has no text.
        copies: Further elements that bear the same numbers, such as an earlier wording of an
            article or a note numbered like a part of it.
        inside: A paragraph or part inside the elements, which bears no address of its own.
        is_note: Whether the notes of an element are meant; the element itself is named where it
            has none.
        missing: What does not exist; also the end of a range of which a part exists.
    """

    written: WrittenReference
    elements: tuple[Reference, ...] = ()
    references: tuple[Reference, ...] = ()
    copies: tuple[Reference, ...] = ()
    inside: WrittenPart | None = None
    is_note: bool = False
    missing: Missing | None = None

    @property
    def exists(self) -> bool:
        """Whether the document has what is named."""
        return bool(self.elements)


@dataclass(frozen=True, slots=True)
class Resolution:
    """What the references in a question mean.

    Attributes:
        named: One for each reference, in the order of the question.
    """

    named: tuple[Named, ...]

    @property
    def references(self) -> tuple[Reference, ...]:
        """The addresses meant, each once, as first named."""
        # Each address is one object in its Addresses; hashing it would cost most of the work.
        found = {id(r): r for named in self.named for r in named.references}
        return tuple(found.values())

    @property
    def missing(self) -> tuple[Missing, ...]:
        """What does not exist."""
        return tuple(named.missing for named in self.named if named.missing)


def resolve(question: str, addresses: Addresses) -> Resolution:
    """Finds the references in a question and the elements that they mean.

    Args:
        question: What a person wrote.
        addresses: The addresses of one document.
    """
    known: dict[tuple[WrittenPart, ...], tuple[Named, ...]] = {}
    found: list[Named] = []
    for written in find_references(question):
        if written.parts not in known:
            known[written.parts] = resolve_written(written, addresses)
        found.extend(
            replace(named, written=replace(named.written, start=written.start, end=written.end))
            for named in known[written.parts]
        )
    return Resolution(tuple(found))


def resolve_written(written: WrittenReference, addresses: Addresses) -> tuple[Named, ...]:
    """Returns what a written reference means: one, or several where it reads better as a list.

    Args:
        written: The reference.
        addresses: The addresses of one document.
    """
    named = _resolve(written, addresses)
    if not named.exists and (turned := _divisions_first(written)) is not None:
        found = _resolve(turned, addresses)
        named = found if found.exists else named
    if not named.exists and written.otherwise:
        others = [_resolve(other, addresses) for other in written.otherwise]
        if all(other.exists for other in others):
            return tuple(others)
    return (named,)


def _divisions_first(written: WrittenReference) -> WrittenReference | None:
    """Returns the reference with its section above its chapter, as laws have them; None if none.

    A concept has sections in its chapters, a law chapters in its sections («раздел 2, глава 4»).
    """
    kinds = [part.kind for part in written.parts]
    if "chp" not in kinds or "sec" not in kinds or kinds.index("sec") < kinds.index("chp"):
        return None
    parts = list(written.parts)
    parts.insert(kinds.index("chp"), parts.pop(kinds.index("sec")))
    return replace(written, parts=tuple(parts))


def _resolve(written: WrittenReference, addresses: Addresses) -> Named:
    positions = before = [ROOT]
    is_note = False
    division: WrittenPart | None = None
    for place, part in enumerate(written.parts):
        following = written.parts[place + 1] if place + 1 < len(written.parts) else None
        if part.kind == "al" and part.is_division and following and following.kind == "point":
            division = part
            continue
        if part.kind == "note" and positions != [ROOT]:
            is_note = True
            found = notes(part, positions, addresses)
            if not found:
                found = numbered_like_parts(part, following, positions, addresses)
                positions = found or positions
                break
        else:
            found = step(part, positions, addresses, is_bare=written.is_bare)
        if not found and part.kind == "art":
            found = unplaced_articles(part, positions, addresses)
        if not found and following is not None and is_silent(part, following, addresses):
            continue
        if not found and following is None and lies_inside(part, positions, addresses):
            return _named(written, positions, addresses, inside=part)
        if not found:
            return Named(written, missing=_missing(part, positions, addresses))
        if division is not None and len(found) > 1 and not part.through:
            found = in_division(division, found, positions, addresses)
        division = None
        before, positions = positions, found
    missing = _missing_end(written.parts[-1], positions, before, addresses)
    return _named(written, positions, addresses, is_note=is_note, missing=missing)


def _named(
    written: WrittenReference,
    positions: Sequence[int],
    addresses: Addresses,
    *,
    inside: WrittenPart | None = None,
    is_note: bool = False,
    missing: Missing | None = None,
) -> Named:
    chosen, copies = _originals(positions, addresses)
    if is_note or any(part.copy for part in written.parts):
        chosen, copies = list(positions), []
    return Named(
        written,
        elements=tuple(r for p in chosen for r in _addressed(p, addresses)),
        references=tuple(r for p in chosen for r in _given(p, addresses)),
        copies=tuple(r for p in copies for r in _given(p, addresses)),
        inside=inside,
        is_note=is_note,
        missing=missing,
    )


def _originals(positions: Sequence[int], addresses: Addresses) -> tuple[list[int], list[int]]:
    """Parts the first element of each number from its copies."""
    first: dict[object, int] = {}

    def later(position: int) -> tuple[bool, tuple[int, ...]]:
        # A note's part of the same number is not the article's own.
        reference = addresses[position].reference
        in_note = reference is not None and any(part.kind == "note" for part in reference.parts)
        return in_note, _copies(position, addresses)

    for position in positions:
        reference = addresses[position].reference
        name: object = position
        if reference:
            name = tuple(step for step in _without_copies(reference) if step[0] != "note")
        if name not in first or later(position) < later(first[name]):
            first[name] = position
    chosen = set(first.values())
    return sorted(chosen), [p for p in positions if p not in chosen]


def _without_copies(reference: Reference) -> tuple[tuple[str, str], ...]:
    return tuple((part.kind, part.number) for part in reference.parts)


def _copies(position: int, addresses: Addresses) -> tuple[int, ...]:
    reference = addresses[position].reference
    return tuple(part.copy for part in reference.parts) if reference else ()


def _addressed(position: int, addresses: Addresses) -> Iterator[Reference]:
    """Yields an element's address; for a division, those of the outermost elements in it."""
    end = addresses[position].end
    while position < end:
        reference = addresses[position].reference
        if reference is None:
            position += 1
            continue
        yield reference
        position = addresses[position].end


def _given(position: int, addresses: Addresses) -> Iterator[Reference]:
    element = addresses[position]
    if element.is_given and element.reference is not None:
        yield element.reference
    else:
        yield from addresses.given(position)


def _missing_end(
    part: WrittenPart, positions: Sequence[int], within: Sequence[int], addresses: Addresses
) -> Missing | None:
    """Says that the last of a range does not exist, though some of it does."""
    if not part.through or part.from_end:
        return None
    if any(addresses[p].number == part.through for p in positions):
        return None
    wanted = ordinals(part.through)
    # Of the items 3 to 5 of a section 2 the last is printed 2.5.
    if not part.mark and any(addresses[p].ordinals[1:] == wanted for p in positions):
        return None
    end = replace(part, number=part.through, through="")
    return _missing(end, within, addresses)


def _missing(part: WrittenPart, within: Sequence[int], addresses: Addresses) -> Missing:
    siblings = [
        addresses[position]
        for start, end in stretches(within, addresses)
        for position in addresses.find_all(part.kind, start, end)
        if addresses[position].copy == 1
    ]
    holders, _ = _originals(within, addresses) if within != [ROOT] else ([], [])
    holder = addresses[holders[0]].reference if len(holders) == 1 else None
    wanted = wanted_in(part, within, addresses)
    alike = [
        e for e in siblings if e.ordinals[:-1] == wanted[:-1] and len(e.ordinals) == len(wanted)
    ]
    near = alike or [e for e in siblings if part.mark == "." and e.mark in {".", "?"}] or siblings
    if not near:
        elsewhere = step(part, [ROOT], addresses)
        # 3.17 of another chapter may be meant; an item 1 is everywhere.
        told = len(elsewhere) == 1 or (bool(elsewhere) and holder is None)
        nearest = addresses[elsewhere[0]].reference if told else holder
        return Missing(part, holder, nearest, None, 0)
    closest = min(near, key=lambda element: _distance(element.ordinals, wanted))
    return Missing(
        part, holder, closest.reference, max(near, key=lambda e: e.ordinals).reference, len(near)
    )


def _distance(ordinals: tuple[int, ...], wanted: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(abs(a - b) for a, b in zip_longest(ordinals, wanted, fillvalue=0))
