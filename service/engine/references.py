"""Written references of a question: the rows of the items that they name, and what is not there."""

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType

import numpy as np

from indexer.distinct import common, distinct
from indexer.documents.description import Document, Trilingual
from indexer.languages.codes import LANGUAGES, Language
from indexer.reference import (
    Addresses,
    Missing,
    Part,
    Reference,
    Resolution,
    WrittenPart,
    WrittenReference,
    find_references,
    resolve,
)
from indexer.stores.base import EditionRows, Rows, Snapshot
from service.catalogue import message
from service.days import written
from service.engine.acts import Acts, NamedActs

_OPENED = 64
_MOST_SAID = 3
_NUMBER = re.compile(r"\d+[-)]*")


@dataclass(frozen=True, slots=True)
class NamedRows:
    """What the references of a question mean.

    Attributes:
        rows: The rows of the items named, ascending; of a chapter, those of all its items.
        places: The place of each of them among what its edition has of the items named, in the
            order in which the question names them.
        notices: What is said of elements that no document searched has, and of acts not here.
        nearest: The rows of the existing elements that are nearest to those.
        rest: The question without its references and the names of the acts that they are of.
        offered: What is said where words of the question fit several acts.
    """

    rows: Rows
    places: Rows
    notices: tuple[Trilingual, ...]
    nearest: Rows
    rest: str
    offered: tuple[Trilingual, ...] = ()

    @property
    def is_missing(self) -> bool:
        """Whether the question names what is not there, and nothing that is."""
        return bool(self.notices) and not len(self.rows)

    def before(self, documents: Sequence[Document], day: datetime.date) -> "NamedRows":
        """Returns the same, and that none of ``documents`` was in force on a day yet."""
        said = (not_in_force(one, day) for one in documents[:_MOST_SAID])
        return replace(self, notices=(*self.notices, *said))


class References:
    """Resolves written references over the editions of one generation."""

    def __init__(self, snapshot: Snapshot) -> None:
        """Takes the generation; the addresses of an edition are arranged when first asked for."""
        self.acts = Acts(snapshot)
        self._snapshot = snapshot
        self._addresses = lru_cache(_OPENED)(self._arrange)

    def find(
        self, text: str, allowed: Rows | None = None, acts: NamedActs | None = None
    ) -> NamedRows:
        """Returns what the references in ``text`` name among the rows ``allowed``; None for all.

        Args:
            text: The question.
            allowed: The rows; None for all.
            acts: The acts that the question names; none by default.
        """
        text = text if acts is None else acts.text
        rows: dict[int, int] = {}
        nearest: list[int] = []
        missing: list[tuple[Missing, ...]] = []
        printed: Mapping[str, str | None] = {}
        written = find_references(text)
        for edition in self._editions(allowed) if written else ():
            found, resolution = self._resolve(edition, text, acts)
            if acts is not None and not resolution.named:
                continue
            rows |= {row: place for place, row in enumerate(found)}
            missing.append(resolution.missing)
            printed = printed or self._snapshot.outline(edition).printed
            nearest += [
                place
                for one in resolution.missing
                if one.nearest is not None
                for place in self._below(edition, one.nearest)
            ]
        named = np.array(sorted(rows), dtype=np.int64)
        if allowed is not None:
            named = common(named, allowed)
        places = np.array([rows[row] for row in named.tolist()], dtype=np.int64)
        # What one document lacks another may have; only what all lack is not there.
        lacking = missing[0] if missing and all(missing) else ()
        title = self._title(acts)
        notices = (
            *(acts.absent if acts is not None else ()),
            *dict.fromkeys(notice(one, title, printed) for one in lacking),
        )
        around = distinct(np.array(nearest, dtype=np.int64))
        if allowed is not None:
            around = common(around, allowed)
        offered = acts.offered if acts is not None else ()
        sought = acts.places if acts is not None else ()
        rest = _without(text, written, sought)
        return NamedRows(named, places, notices, around, rest, offered)

    def within(self, edition: EditionRows, text: str) -> list[int]:
        """Returns the rows of one edition that the references in ``text`` name."""
        acts = self.acts.read(text)
        return self._resolve(edition, acts.text, acts)[0]

    def addresses(self, edition: EditionRows) -> Addresses:
        """Returns the addresses of an edition, arranged."""
        return self._addresses(edition.start)

    def _title(self, acts: NamedActs | None) -> Trilingual | None:
        """Returns the only act that a question names, where several documents are served."""
        if acts is None or len(acts.documents) != 1 or len(self._snapshot.documents) == 1:
            return None
        return self.acts.names.title(next(iter(acts.documents)))

    def _resolve(
        self, edition: EditionRows, text: str, acts: NamedActs | None
    ) -> tuple[list[int], Resolution]:
        outline = self._snapshot.outline(edition)
        resolution = resolve(text, self._addresses(edition.start))
        if acts is not None:
            own = edition.document.id
            resolution = Resolution(
                tuple(one for one in resolution.named if acts.allows(one.written, own))
            )
        places = (outline.place(str(reference)) for reference in resolution.references)
        return [edition.start + place for place in places if place is not None], resolution

    def _below(self, edition: EditionRows, reference: Reference) -> Iterator[int]:
        for place in self._snapshot.outline(edition).within(str(reference))[:1]:
            yield edition.start + place

    def _editions(self, allowed: Rows | None) -> Iterator[EditionRows]:
        for edition in self._snapshot.editions:
            if allowed is None or np.any((allowed >= edition.start) & (allowed < edition.stop)):
                yield edition

    def _arrange(self, start: int) -> Addresses:
        (edition,) = (one for one in self._snapshot.editions if one.start == start)
        outline = self._snapshot.outline(edition)
        eids = [eid for eid in outline.eids if eid]
        return Addresses(eids, printed=outline.printed, outline=outline.sections)


def _without(
    text: str, written: Sequence[WrittenReference], acts: Sequence[tuple[int, int]]
) -> str:
    """Returns a question without its references and the acts that they are of.

    A number alone is a question of nothing else.
    """
    if any(one.is_bare for one in written):
        return ""
    kept, last = [], 0
    places = [(one.start, one.end) for one in written]
    for start, end in sorted([*places, *acts] if places else ()):
        kept.append(text[last : max(last, start)])
        last = max(last, end)
    return " ".join([*kept, text[last:]])


def not_in_force(document: Document, day: datetime.date) -> Trilingual:
    """Returns that a document was not in force on a day, and since when it is."""
    begins = written(document.begins)
    return message("not-in-force", name=document.title, day=written(day), begins=begins)


def notice(
    missing: Missing,
    title: Trilingual | None = None,
    printed: Mapping[str, str | None] = MappingProxyType({}),
) -> Trilingual:
    """Returns what is said of an element that does not exist, with the nearest that does.

    Args:
        missing: The element.
        title: The act in which it was sought, where that is to be said.
        printed: Numbers as the document prints them, by address, as far as they are known.
    """
    said = _notice(missing, printed)
    if title is None:
        return said
    return Trilingual(**{code: f"{title[code]}: {said[code]}" for code in LANGUAGES})


def _notice(missing: Missing, printed: Mapping[str, str | None]) -> Trilingual:
    number = missing.part.number
    name = Reference((Part(missing.part.kind, number),))
    if missing.part.from_end:
        kinds = {code: _NUMBER.sub("", name.format(code)).strip() for code in LANGUAGES}
        return Trilingual(
            **{code: message("missing-kind", name=kinds[code])[code] for code in LANGUAGES}
        )
    nearest, last = missing.nearest, missing.last
    if nearest is None or last is None:
        return Trilingual(**{code: _none_of_kind(missing, name, code) for code in LANGUAGES})
    texts = {}
    for code in LANGUAGES:
        near = nearest.format(code, printed=printed.get(str(nearest)))
        texts[code] = message(
            "missing-element",
            name=_printed(name.format(code), missing.part, near),
            nearest=near,
            last=last.format(code, printed=printed.get(str(last))),
        )[code]
    return Trilingual(**texts)


def _none_of_kind(missing: Missing, name: Reference, code: Language) -> str:
    """Returns that there is no element of a kind, and where there is none."""
    if missing.within is None:
        return message("missing-kind", name=name.format(code))[code]
    within = missing.within.format(code)
    return message("missing-inside", name=name.format(code), within=within)[code]


def _printed(name: str, part: WrittenPart, like: str) -> str:
    """Prints a number as it was written; spoken, as the document prints those beside it."""
    mark = part.mark or ("." if "." in like else "-")
    return name.replace(part.number, part.number.replace("-", mark))
