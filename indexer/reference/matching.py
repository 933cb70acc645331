"""Finds the elements of a document that one step of a written reference can mean."""

from collections.abc import Iterator, Sequence
from typing import Final

from indexer.reference.address import Part
from indexer.reference.addresses import Addresses, Element
from indexer.reference.written import WrittenPart

# People call a sub-item an item and the other way round, where there is none of the right sort.
_LOOSE: Final[dict[str, tuple[str, ...]]] = {
    "para": ("point",),
    "point": ("para",),
    "al": ("para",),
}


# "Section 3.17" is an item's number, whatever it is called.
_NEVER_DOTTED = frozenset({"sec", "art", "chp"})
# Elements whose text can have paragraphs without an address of their own.
_WITH_TEXT = frozenset({"para", "point", "art", "note"})


# What a number without a word may be.
_BARE: Final = ("art", "sec")


# What may give its number to the items in it.
_HOLDERS: Final = frozenset({"chp", "sec"})

# Sections without a number are sections where they are counted.
_UNNUMBERED: Final = {"sec": "sec_nn"}

ROOT: Final = -1


def step(
    part: WrittenPart, positions: Sequence[int], addresses: Addresses, *, is_bare: bool = False
) -> list[int]:
    """Returns the positions of the elements that a step names inside others."""
    loose = ("al",) if part.is_division else _LOOSE.get(part.kind, ())
    if part.mark == "." and part.kind in _NEVER_DOTTED:
        loose = ("para",)
    for kind in (part.kind, *loose, *(_BARE if is_bare else ())):
        found = {
            position
            for start, end in stretches(positions, addresses)
            for position in _candidates(part, kind, start, end, addresses)
            if part.copy in (0, addresses[position].copy)
        }
        if found:
            return sorted(found)
    return _numbered_after(part, positions, addresses)


def wanted_in(part: WrittenPart, positions: Sequence[int], addresses: Addresses) -> tuple[int, ...]:
    """Returns the number sought as integers: of the item 17 of a section of 3.1 to 3.20, 3.17."""
    number = ordinals(part.number)
    holders = [last for p in positions if p != ROOT for last in addresses[p].ordinals[-1:]]
    is_prefixed = len(holders) == 1 and any(_prefixed(part, positions, addresses))
    return (*holders, *number) if is_prefixed else number


def _numbered_after(part: WrittenPart, positions: Sequence[int], addresses: Addresses) -> list[int]:
    """Returns the item 3.17 of a section 3 that is called its item 17."""
    first, last = ordinals(part.number), ordinals(part.through or part.number)
    return [
        position
        for position in _prefixed(part, positions, addresses)
        if first <= addresses[position].ordinals[1:] <= last
    ]


def _prefixed(part: WrittenPart, positions: Sequence[int], addresses: Addresses) -> Iterator[int]:
    """Yields the items that bear the number of the chapter or section around them before theirs."""
    if part.kind not in _LOOSE or part.mark or part.from_end or not part.number[:1].isdigit():
        return
    for holder in positions:
        if holder == ROOT or addresses[holder].kind not in _HOLDERS:
            continue
        head = addresses[holder].ordinals
        for position in addresses.find_all("para", holder + 1, addresses[holder].end):
            element = addresses[position]
            if element.mark in {".", "?"} and element.ordinals[:1] == head:
                yield position


def stretches(positions: Sequence[int], addresses: Addresses) -> Iterator[tuple[int, int]]:
    """Yields where what lies in each element begins and ends."""
    for position in positions:
        yield position + 1, addresses[position].end if position != ROOT else len(addresses)


def _candidates(
    part: WrittenPart, kind: str, start: int, end: int, addresses: Addresses
) -> Iterator[int]:
    if part.from_end:
        yield from _from_end(part, kind, start, end, addresses)
        return
    if not part.through:
        for position in addresses.find(kind, part.number, start, end):
            if _agrees(part, addresses[position]):
                yield position
        return
    first, last = ordinals(part.number), ordinals(part.through)
    is_letter = not part.number[0].isdigit()
    for position in addresses.find_all(kind, start, end):
        element = addresses[position]
        if not first <= element.ordinals <= last or element.is_lettered != is_letter:
            continue
        # «пункты 3–5» are not the items 3.1 to 4.10.
        if _agrees(part, element) and (part.mark or element.mark not in {".", "?"}):
            yield position


def _from_end(
    part: WrittenPart, kind: str, start: int, end: int, addresses: Addresses
) -> Iterator[int]:
    """Yields the elements that a number counted from the end of a stretch means."""
    kinds = (kind, _UNNUMBERED.get(kind, kind))
    found = sorted({p for each in kinds for p in addresses.find_all(each, start, end)})
    found = [p for p in found if addresses[p].copy == 1]
    first, last = int(part.number), int(part.through or part.number)
    yield from found[max(0, len(found) - last) : max(0, len(found) - first + 1)]


def _agrees(part: WrittenPart, element: Element) -> bool:
    """Whether 3.17 is not 3-17."""
    return not part.mark or element.mark in {"", "?", part.mark}


def ordinals(number: str) -> tuple[int, ...]:
    """Returns a number as integers; letters count from 1."""
    return Part("point", number).ordinals


def is_silent(part: WrittenPart, following: WrittenPart, addresses: Addresses) -> bool:
    """Whether a step can hold the next one without standing in its address.

    A decree that stands alone is the whole document; without an outline nothing says in which
    chapter an article lies.
    """
    if part.kind in {"decree", "preamble"}:
        return not addresses.find_all(part.kind)
    return (
        part.kind in {"chp", "sec"}
        and following.kind in {"art", "chp"}
        and not (addresses.find_all(part.kind))
    )


def unplaced_articles(
    part: WrittenPart, positions: Sequence[int], addresses: Addresses
) -> list[int]:
    """Returns the articles of a number that no chapter is known to hold."""
    if any(p == ROOT or addresses[p].kind not in {"chp", "sec"} for p in positions):
        return []
    found = step(part, [ROOT], addresses)
    return [p for p in found if all(above.kind == "annex" for above in addresses.above(p))]


def lies_inside(part: WrittenPart, positions: Sequence[int], addresses: Addresses) -> bool:
    """Whether a step can be a paragraph of an element's own text."""
    if part.kind != "al" and not part.is_division:
        return False
    if any(p == ROOT or addresses[p].kind not in _WITH_TEXT for p in positions):
        return False
    return part.kind == "al" or not any(
        addresses.find_all("para", start, end) for start, end in stretches(positions, addresses)
    )


def notes(part: WrittenPart, positions: Sequence[int], addresses: Addresses) -> list[int]:
    """Returns the notes of elements."""
    return [
        position
        for start, end in stretches(positions, addresses)
        for position in addresses.find_all("note", start, end)
        if part.number in {"", addresses[position].number}
    ]


def numbered_like_parts(
    part: WrittenPart,
    following: WrittenPart | None,
    positions: Sequence[int],
    addresses: Addresses,
) -> list[int]:
    """Returns the notes of elements that have the addresses of copies.

    Numbered notes after an article begin to count anew and so repeat the numbers of its parts.
    """
    wanted = {part.number, following.number if following else ""} - {""}
    return [
        position
        for start, end in stretches(positions, addresses)
        for position in range(start, end)
        if addresses[position].copy > 1 and (not wanted or addresses[position].number in wanted)
    ]


def in_division(
    part: WrittenPart, found: Sequence[int], positions: Sequence[int], addresses: Addresses
) -> list[int]:
    """Returns those of some points that stand in a part of the item that holds their lists.

    The item's own words are its first part, and each unnumbered paragraph is another.
    """
    if not part.number.isdigit() or len(positions) != 1 or positions[0] == ROOT:
        return list(found)
    holder, number = positions[0], int(part.number)
    paragraphs = [
        place
        for place in addresses.find_all("al", holder + 1, addresses[holder].end)
        if addresses[place].parent == holder
    ]
    # An article has no words of its own: its first paragraph is the first part.
    own = paragraphs if addresses[holder].kind == "art" else [holder, *paragraphs]
    bounds = [*own, addresses[holder].end]
    if number < len(bounds):
        inside = [place for place in found if bounds[number - 1] < place < bounds[number]]
        if inside:
            return inside
    return [found[0] if number == 1 else found[-1]]
