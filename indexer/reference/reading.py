"""References that people write in a question: «5-тараудың 3.17-тармағы», «п. 3.17», "item 3.17"."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from indexer.reference.address import PartKind, Reference
from indexer.reference.vocabulary import Mention, find_mentions

_RANKS: tuple[PartKind, ...] = (
    "preamble",
    "decree",
    "annex",
    "chp",
    "sec",
    "sec_nn",
    "art",
    "para",
    "list",
    "point",
    "al",
)
_LOOSE: dict[str, set[str]] = {
    "para": {"para", "point"},
    "point": {"point", "para"},
    "al": {"al", "para"},
}


class Fit(Enum):
    """How an element's address fits a written reference."""

    EXACT = "exact"
    UNDER = "under"


@dataclass(frozen=True, slots=True)
class WrittenPart:
    """One step that a question names.

    Attributes:
        kind: Sort of element.
        number: Number in the eId's spelling; empty for a decree or a preamble.
    """

    kind: PartKind
    number: str = ""


@dataclass(frozen=True, slots=True)
class WrittenReference:
    """A partial address in a question, with the place where it is written.

    Attributes:
        parts: The steps named, outermost first; steps between them are free.
        start: Offset of its first character in the question.
        end: Offset after its last character.
    """

    parts: tuple[WrittenPart, ...]
    start: int
    end: int

    def matches(self, reference: Reference) -> Fit | None:
        """Say how an address fits.

        Every step named must be there in order. The fit is exact when the last step named is the
        address's last one, and under when the element lies somewhere below it.

        Args:
            reference: Address of an element.
        """
        return self._fit(reference, loose=False)

    def select(self, references: Iterable[Reference]) -> tuple[Reference, ...]:
        """Return the addresses meant, in document order.

        Exact fits are preferred; without any, people's loose use of "пункт" for a sub-item and
        the like is allowed; without those either, everything under the element named is meant.

        Args:
            references: Addresses of one document.
        """
        candidates = sorted(references)
        for loose in (False, True):
            exact = [r for r in candidates if self._fit(r, loose=loose) is Fit.EXACT]
            if exact:
                return tuple(exact)
        return tuple(r for r in candidates if self._fit(r, loose=False) is Fit.UNDER)

    def _fit(self, reference: Reference, *, loose: bool) -> Fit | None:
        # A decree that stands alone is the whole document and no step of its addresses.
        wanted = iter(
            part for part in self.parts if not (loose and part.kind in {"decree", "preamble"})
        )
        part = next(wanted, None)
        last = -1
        for place, step in enumerate(reference.parts):
            if part is None:
                break
            kinds = _LOOSE.get(part.kind, {part.kind}) if loose else {part.kind}
            if step.kind in kinds and step.number == part.number:
                part, last = next(wanted, None), place
        if part is not None:
            return None
        return Fit.EXACT if last == len(reference.parts) - 1 else Fit.UNDER


def find_references(question: str) -> tuple[WrittenReference, ...]:
    """Find the references that a question names.

    Numbers count only beside a word for an element, so years, dates, amounts and numbers of acts
    are left alone.

    Args:
        question: What a person wrote, in Kazakh, Russian or English, with or without Kazakh
            letters.

    Returns:
        The references in order of appearance; a list of numbers («3.4 және 3.5-тармақтар») gives
        one for each.
    """
    return tuple(
        reference
        for mentions in _groups(find_mentions(question))
        for reference in _assembled(mentions)
    )


def _groups(mentions: Iterable[Mention]) -> Iterator[list[Mention]]:
    """Group the mentions that stand together and name different steps of one address."""
    group: list[Mention] = []
    for mention in mentions:
        if group and (not mention.adjoins or any(m.kind == mention.kind for m in group)):
            yield group
            group = []
        group.append(mention)
    if group:
        yield group


def _assembled(mentions: list[Mention]) -> Iterator[WrittenReference]:
    if not any(mention.numbers for mention in mentions):
        return
    ordered = sorted(mentions, key=lambda mention: _RANKS.index(mention.kind))
    addresses: list[tuple[WrittenPart, ...]] = [()]
    for mention in ordered:
        numbers = mention.numbers or ("",)
        # Only the innermost step can be a list; a list further out would multiply addresses.
        chosen = numbers if mention is ordered[-1] else numbers[:1]
        addresses = [
            (*address, WrittenPart(mention.kind, number))
            for address in addresses
            for number in chosen
        ]
    start = min(mention.start for mention in mentions)
    end = max(mention.end for mention in mentions)
    for address in addresses:
        yield WrittenReference(address, start, end)
