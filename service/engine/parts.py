"""Parts of documents that belong together: lists, sections in outline, elements of one kind."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from indexer.documents.keys import Key
from indexer.documents.leads import goes_on, opens
from indexer.documents.outline import Outline, Section
from indexer.documents.passages import Passage
from indexer.languages.codes import Language
from indexer.stores.base import EditionRows, Snapshot
from service.engine.forms import COUNTED, Counted, announces

MOST_PARTS: Final = 30
"""How many parts an answer shows; of the rest it says how many there are."""

_LISTED: Final = 400
_LEAD: Final = 180
_SENTENCE = re.compile(r"(?<=[^\W\d_]{3}[.!?;])\s+(?=[^\W\d_])|(?<=[;:])\s+")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a whole answer.

    Attributes:
        key: What it is: a passage or a section of one edition.
        num: Its number as printed; None where it has none.
        text: Its text, a section's heading, or the sentence that it begins with.
        depth: How deep it lies in the whole, from 0.
    """

    key: Key
    num: str | None
    text: str
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Whole:
    """An answer that stands in several places.

    Attributes:
        kind: ``list`` for full texts, ``outline`` for headings and first sentences.
        head: What holds the parts: a lead-in, a section, or the document.
        parts: The parts in reading order, at most :data:`MOST_PARTS`.
        count: How many there are, those of the least depth alone.
        more: How many parts are left out.
        is_counted: Whether the question asks how many there are.
    """

    kind: Literal["list", "outline"]
    head: Part
    parts: tuple[Part, ...]
    count: int
    more: int
    is_counted: bool = False

    @property
    def language(self) -> Language:
        """Language of its texts."""
        assert self.head.key.language is not None
        return self.head.key.language


class Parts:
    """Makes whole answers of the parts of editions."""

    def __init__(self, snapshot: Snapshot) -> None:
        """Takes the generation."""
        self._snapshot = snapshot

    def opened(self, rows: EditionRows, passage: Passage) -> Whole | None:
        """Returns the list that a passage opens; None where it opens none."""
        outline = self._snapshot.outline(rows)
        place = outline.place(passage.eid)
        if place is None:
            return None
        head = Part(passage.key, passage.num, passage.text)
        inside = [at for at in outline.within(passage.eid) if at != place]
        if inside:
            return self.listed(rows, head, inside)
        if opens(passage.text):
            run = self._run(rows, outline, place)
            return self.listed(rows, head, run) if run else None
        if announces(passage.text):
            section = outline.section(passage.eid.rpartition("__")[0])
            below = [one for one in section.children if one.start > place] if section else []
            if below and below[0].start == place + 1:
                named = [one for one in below if kind_of(one.eid) != "sec_nn"]
                parts = [Part(key_of(rows, one.eid), one.num, one.heading) for one in named]
                return whole_of("list", head, parts) if parts else None
        return None

    def _run(self, rows: EditionRows, outline: Outline, place: int) -> list[int]:
        """Returns the places of the items that stand under a lead-in, beside it."""
        following = range(place + 1, min(len(outline.eids), place + 1 + _LISTED))
        if not following:
            return []
        holder = outline.eids[place].rpartition("__")[0]
        first, _, step = outline.eids[place + 1].rpartition("__")
        if first != holder and first.rpartition("__")[0] != holder:
            return []
        if kind_of(step) == "al":
            return self._paragraphs(rows, outline, following, first)
        prefix = f"{first}__" if first else ""
        run = []
        for at in following:
            eid = outline.eids[at]
            if not eid.startswith(prefix) or kind_of(eid[len(prefix) :]) != kind_of(step):
                break
            run.append(at)
        return run

    def _paragraphs(
        self, rows: EditionRows, outline: Outline, following: Iterable[int], holder: str
    ) -> list[int]:
        """Returns the unnumbered paragraphs of a list: all end in «;» but the last."""
        run: list[int] = []
        for at in following:
            eid = outline.eids[at]
            if eid.rpartition("__")[0] != holder or kind_of(eid) != "al":
                break
            (passage,) = self._snapshot.passages([rows.start + at])
            is_followed = goes_on(passage.text)
            if not run and not is_followed:
                break
            run.append(at)
            if not is_followed:
                break
        return run

    def listed(self, rows: EditionRows, head: Part, places: Sequence[int]) -> Whole:
        """Returns the passages at some places of an edition as a list under ``head``."""
        passages = self._snapshot.passages(rows.start + at for at in places)
        least = min(depth_of(one.eid) for one in passages)
        return whole_of(
            "list",
            head,
            [Part(one.key, one.num, one.text, depth_of(one.eid) - least) for one in passages],
        )

    def section(
        self, rows: EditionRows, section: Section, kind: Literal["list", "outline"]
    ) -> Whole:
        """Returns a section as the list of all that lies in it, or in outline."""
        head = Part(key_of(rows, section.eid), section.num, section.heading)
        if kind == "list":
            return self.listed(rows, head, section.span)
        return whole_of("outline", head, self.outlined(rows, section.children, section.span))

    def outlined(
        self, rows: EditionRows, sections: Iterable[Section], span: Iterable[int]
    ) -> list[Part]:
        """Returns sections with what each begins with, and the passages beside them."""
        found: list[tuple[int, Part]] = []
        free = set(span)
        for section in _addressed(sections):
            if not section.heading:
                free |= set(section.span)
                continue
            free -= set(section.span)
            found.append(
                (section.start, Part(key_of(rows, section.eid), section.num, section.heading))
            )
            if section.passages:
                (first,) = self._snapshot.passages([rows.start + section.start])
                found.append((section.start, _beginning(first, 1)))
        beside = sorted(free)
        passages = self._snapshot.passages(rows.start + at for at in beside)
        opened = False
        for at, one in zip(beside, passages, strict=True):
            is_item = opened and kind_of(one.eid) != "al"
            found.append((at, _beginning(one, int(is_item))))
            opened = is_item or opens(one.text)
        # The sort is stable: a section stands before what it begins with.
        return [part for _, part in sorted(found, key=lambda one: one[0])]

    def _has(self, rows: EditionRows, span: Iterable[int], kinds: tuple[str, ...]) -> bool:
        eids = self._snapshot.outline(rows).eids
        return any(kind_of(eids[at]) in kinds for at in span)

    def elements(
        self,
        rows: EditionRows,
        head: Part,
        span: Iterable[int],
        sections: Iterable[Section],
        counted: Counted,
    ) -> Whole:
        """Returns the elements of a kind in a stretch of an edition."""
        kinds = COUNTED[counted]
        if counted == "items" and not self._has(rows, span, kinds):
            # People call sub-items items where there are none of those.
            kinds = COUNTED["subitems"]
        found = {
            one.start + (not one.passages): Part(key_of(rows, one.eid), one.num, one.heading)
            for one in sections
            if one.eid and one.eid != head.key.eid and kind_of(one.eid) in kinds
        }
        eids = self._snapshot.outline(rows).eids
        known = {part.key.eid for part in found.values()}
        beside = [at for at in span if kind_of(eids[at]) in kinds and eids[at] not in known]
        passages = self._snapshot.passages(rows.start + at for at in beside)
        parts = [
            *found.items(),
            *((at, _beginning(one, 0)) for at, one in zip(beside, passages, strict=True)),
        ]
        ordered = [part for _, part in sorted(parts, key=lambda one: one[0])]
        return replace(whole_of("outline", head, ordered), is_counted=True)


def whole_of(kind: Literal["list", "outline"], head: Part, parts: Sequence[Part]) -> Whole:
    """Returns a whole of the first of ``parts``, all of them counted."""
    count = sum(not part.depth for part in parts)
    shown = tuple(parts[:MOST_PARTS])
    return Whole(kind, head, shown, count, len(parts) - len(shown))


def _addressed(sections: Iterable[Section]) -> Iterator[Section]:
    """Yields sections; divisions, which bear no address, give way to what they hold."""
    for section in sections:
        if section.eid:
            yield section
        else:
            yield from _addressed(section.children)


def _beginning(passage: Passage, depth: int) -> Part:
    """Returns a passage by the sentence that it begins with."""
    text = _SENTENCE.split(passage.text, maxsplit=1)[0]
    if len(text) > _LEAD:
        text = text[:_LEAD].rsplit(" ", 1)[0].rstrip(" ,;–-")
    if text != passage.text:
        text = f"{text.rstrip(' ;')} …" if not text.endswith((".", "!", "?", ":")) else text
    return Part(passage.key, passage.num, text, depth)


def kind_of(eid: str) -> str:
    """Returns the kind of the last step of an address."""
    return eid.rpartition("__")[2].rpartition("_")[0]


def depth_of(eid: str) -> int:
    """Returns how many steps above the last an address has."""
    return eid.count("__")


def key_of(rows: EditionRows, eid: str) -> Key:
    """Returns the key of an element of an edition."""
    return Key(rows.document.id, eid, rows.edition.language, rows.edition.date)
