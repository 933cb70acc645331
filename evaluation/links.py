"""Measures the links between acts: what texts cite, against references that were marked."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from indexer.acts import ActNames
from indexer.acts.citations import Citation, decode, elements
from indexer.documents.corpus import Expression, Source
from indexer.errors import DocumentError
from indexer.reference import Addresses

OUTSIDE: Final = "outside"
"""The target of a reference to an act that is not among the documents."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A passage whose references were marked.

    Attributes:
        document: Name of the document's folder.
        language: Language of the edition.
        eid: Address of the passage.
        references: What each of its references means: ``document#eid``, ``document`` for a whole
            act, or ``outside``; each with the offsets of its first character and after its last.
        split: ``tune`` where its errors were looked at and mended, ``test`` elsewhere.
    """

    document: str
    language: str
    eid: str
    references: tuple[tuple[int, int, frozenset[str]], ...]
    split: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """How links agree with marks.

    Attributes:
        marked: References that were marked.
        found: Those of them all of whose targets are linked.
        linked: Places that are linked in the marked passages.
        right: Those of them all of whose targets are marked.
        missed: Where references are that were not found.
        wrong: Where places are that are wrongly linked.
    """

    marked: int
    found: int
    linked: int
    right: int
    missed: tuple[str, ...]
    wrong: tuple[str, ...]


def read_marks(file: Path) -> tuple[Marked, ...]:
    """Returns the passages of a file of marks, a JSON object a line."""
    return tuple(
        Marked(
            row["document"],
            row["language"],
            row["eid"],
            tuple((start, end, frozenset(targets)) for start, end, targets in row["references"]),
            row["split"],
        )
        for row in map(json.loads, file.read_text(encoding="utf-8").splitlines())
    )


def agreement(marks: Sequence[Marked], linked: "Linked") -> Agreement:
    """Returns how the links of documents agree with marks.

    Args:
        marks: The marks.
        linked: The documents.

    Raises:
        DocumentError: A document or a passage that was marked is not there.
    """
    marked = found = places = right = 0
    missed: list[str] = []
    wrong: list[str] = []
    for one in marks:
        where = f"{one.document} {one.language} {one.eid}"
        links = linked.of(one)
        targets = frozenset(target for _, _, own in one.references for target in own)
        every = frozenset(target for own in links.values() for target in own)
        for start, end, own in one.references:
            marked, found = marked + 1, found + (own <= every)
            missed += [f"{where} {start}-{end}: {sorted(own - every)}"] if not own <= every else []
        for (start, end), own in links.items():
            places, right = places + 1, right + (own <= targets)
            if not own <= targets:
                wrong.append(f"{where} {start}-{end}: {sorted(own - targets)}")
    return Agreement(marked, found, places, right, tuple(missed), tuple(wrong))


class Linked:
    """The links of documents that are no index."""

    def __init__(self, sources: Iterable[Source]) -> None:
        """Takes the documents."""
        self._editions: dict[str, dict[str, _Edition]] = {}
        documents = []
        for source in sources:
            documents.append(source.document)
            self._editions[source.document.id] = {
                own.edition.language: _Edition(own) for own in source.expressions
            }
        self._names = ActNames(documents)

    def of(self, marked: Marked) -> dict[tuple[int, int], frozenset[str]]:
        """Returns what the places of a passage are linked to.

        Raises:
            DocumentError: The passage is not there.
        """
        edition = self._editions.get(marked.document, {}).get(marked.language)
        if edition is None or marked.eid not in edition.places:
            name = f"{marked.document} {marked.language} {marked.eid}"
            raise DocumentError(f"{name} was marked and is not among the documents.")
        found: dict[tuple[int, int], frozenset[str]] = defaultdict(frozenset)
        for one in edition.cited[edition.places[marked.eid]]:
            if targets := frozenset(self._targets(one, marked)):
                found[one.start, one.end] |= targets
        return dict(found)

    def _targets(self, one: Citation, marked: Marked) -> Iterator[str]:
        if not one.act:
            yield from (f"{marked.document}#{eid}" for eid in one.target.split())
            return
        named = self._names.documents(one.act)
        if not named:
            yield OUTSIDE
        elif not one.target:
            # That an act names itself leads nowhere.
            yield from named[:1] if marked.document not in named else ()
        for name in named if one.target else ():
            editions = self._editions[name]
            edition = editions.get(marked.language) or next(iter(editions.values()))
            if eids := elements(decode(one.target), edition.addresses):
                yield from (f"{name}#{eid}" for eid in eids)
                return


class _Edition:
    def __init__(self, expression: Expression) -> None:
        self._outline = expression.outline
        self.places = {one.eid: place for place, one in enumerate(expression.passages)}
        self.cited: dict[int, list[Citation]] = defaultdict(list)
        for place, one in expression.citations:
            self.cited[place].append(one)

    @cached_property
    def addresses(self) -> Addresses:
        own = self._outline
        eids = [eid for eid in own.eids if eid]
        return Addresses(eids, printed=own.printed, outline=own.sections)
