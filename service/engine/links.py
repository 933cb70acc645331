"""Links between items: what a passage cites, and what cites it."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from indexer.acts.citations import Citation, decode, elements
from indexer.acts.registered import Registered, registered
from indexer.documents.description import Document
from indexer.documents.passages import Passage
from indexer.stores.base import EditionRows, Snapshot
from service.engine.filters import editions_in_force
from service.engine.references import References

MOST_CITING: Final = 50
"""How many passages that cite an item are returned."""

_DOCUMENTS: Final = 64


@dataclass(frozen=True, slots=True)
class Link:
    """A place of a passage that cites an item, or a whole act.

    Attributes:
        start: Offset of its first character in the passage.
        end: Offset after it.
        document_id: The document cited.
        eid: The element cited; empty for the whole act.
    """

    start: int
    end: int
    document_id: str
    eid: str


class Links:
    """Resolves what texts cite over the editions in force of one generation."""

    def __init__(self, snapshot: Snapshot, references: References) -> None:
        """Takes the generation, and what arranges the addresses of its editions."""
        self._snapshot = snapshot
        self._references = references
        self._of_edition = lru_cache(_DOCUMENTS)(self._resolved)
        self._citing = lru_cache(_DOCUMENTS)(self._gathered)

    def of(self, edition: EditionRows, eid: str) -> tuple[Link, ...]:
        """Returns what a passage of an edition cites, in the order of its text."""
        place = self._snapshot.outline(edition).place(eid)
        return () if place is None else self.of_edition(edition).get(edition.start + place, ())

    def of_edition(self, edition: EditionRows) -> Mapping[int, tuple[Link, ...]]:
        """Returns what the passages of an edition cite, by row."""
        return self._of_edition(edition.start)

    def citing(self, document_id: str, eid: str) -> tuple[tuple[Passage, ...], int]:
        """Returns passages that cite an element or what lies in it, and how many do.

        Of an item of one act in two languages the first counts.
        """
        found: dict[tuple[str, str], int] = {}
        for target, rows in self._citing(document_id).items():
            if target == eid or (eid and target.startswith(f"{eid}__")) or not eid:
                for row in rows:
                    edition = self._edition(row)
                    own = self._snapshot.outline(edition).eids[row - edition.start]
                    found.setdefault((edition.document.id, own), row)
        rows = sorted(found.values())
        return self._snapshot.passages(rows[:MOST_CITING]), len(rows)

    def _resolved(self, start: int) -> dict[int, tuple[Link, ...]]:
        edition = self._edition(start)
        found: dict[int, list[Link]] = defaultdict(list)
        cited = list(self._snapshot.citations(edition))
        numbered = self._numbered(cited)
        for place, (row, one) in enumerate(cited):
            found[row] += self._links(one, edition, numbered.get(place))
        return {row: tuple(dict.fromkeys(links)) for row, links in found.items()}

    def _numbered(self, cited: Sequence[tuple[int, Citation]]) -> dict[int, Registered]:
        """Returns the day and number that citations of other acts say, by their place."""
        outer = [place for place, (_, one) in enumerate(cited) if one.act]
        texts = self._snapshot.passages([cited[place][0] for place in outer])
        found = {}
        for place, passage in zip(outer, texts, strict=True):
            one = cited[place][1]
            said = next(registered(passage.text[one.start : one.end]), None)
            if said is not None and said.key:
                found[place] = said
        return found

    def _links(
        self, one: Citation, edition: EditionRows, said: Registered | None = None
    ) -> Iterator[Link]:
        if not one.act:
            for eid in one.target.split():
                yield Link(one.start, one.end, edition.document.id, eid)
            return
        # An act of that title and another number is another act.
        named = [
            name
            for name in self._references.acts.names.documents(one.act)
            if said is None or _fits(said, self._snapshot.documents[name])
        ]
        if not one.target:
            # That an act names itself leads nowhere.
            for name in named[:1] if edition.document.id not in named else ():
                yield Link(one.start, one.end, name, "")
            return
        written = decode(one.target)
        # Of the parts of one code, that which has the article.
        for name in named:
            eids = elements(written, self._references.addresses(self._fitting(name, edition)))
            for eid in eids:
                yield Link(one.start, one.end, name, eid)
            if eids:
                return

    def _fitting(self, document_id: str, like: EditionRows) -> EditionRows:
        """Returns the edition of a document in force: in the language of another, or the first."""
        own = [
            rows for rows in editions_in_force(self._snapshot) if rows.document.id == document_id
        ]
        same = [rows for rows in own if rows.edition.language == like.edition.language]
        return (same or own)[0]

    def _gathered(self, document_id: str) -> dict[str, list[int]]:
        in_force = list(editions_in_force(self._snapshot))
        found: dict[str, list[int]] = defaultdict(list)
        for rows in in_force:
            if rows.document.id == document_id:
                for row, one in self._snapshot.citations(rows):
                    for eid in one.target.split() if not one.act else ():
                        found[eid].append(row)
        starts = {rows.start for rows in in_force}
        citing = list(self._snapshot.citing(self._references.acts.names.keys(document_id)))
        numbered = self._numbered(citing)
        for place, (row, one) in enumerate(citing):
            edition = self._edition(row)
            if edition.start in starts:
                for link in _distinct(self._links(one, edition, numbered.get(place))):
                    if link.document_id == document_id:
                        found[link.eid].append(row)
        return found

    def _edition(self, row: int) -> EditionRows:
        editions = self._snapshot.editions
        return editions[bisect_right(editions, row, key=lambda one: one.start) - 1]


def _fits(said: Registered, document: Document) -> bool:
    return said.fits(document.kind, document.number, document.work.date)


def _distinct(links: Iterable[Link]) -> Iterable[Link]:
    return dict.fromkeys(links)
