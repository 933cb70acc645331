"""Looks up documents, passages, what holds a passage, and what stands beside it."""

import datetime
from dataclasses import dataclass
from functools import cached_property

from indexer.documents.description import Document, Edition, Trilingual
from indexer.documents.keys import Key
from indexer.documents.outline import Outline, Section
from indexer.documents.passages import Passage
from indexer.languages.codes import Language
from indexer.reference import Reference
from indexer.stores.base import EditionRows, Snapshot
from service.days import written
from service.engine.filters import Filters, allowed_rows, find_document
from service.engine.history import History
from service.engine.links import Links
from service.engine.references import References
from service.errors import RequestError


@dataclass(frozen=True, slots=True)
class Standing:
    """What the text of a passage counts for.

    Attributes:
        edition: The edition that it is of.
        authority: The same passage in an authoritative edition, where this text is a translation;
            None where it is authoritative itself, or no authoritative edition has it.
    """

    edition: Edition
    authority: Passage | None

    @property
    def is_unofficial(self) -> bool:
        """Whether the text is an unofficial translation."""
        return self.edition.status == "unofficial"


class Library:
    """The documents of one generation, as one reads them."""

    def __init__(self, snapshot: Snapshot, references: References | None = None) -> None:
        """Takes the generation, and what resolves its references where that is open already."""
        self.snapshot = snapshot
        self.references = references or References(snapshot)
        self.links = Links(snapshot, self.references)
        self.history = History(snapshot)

    @property
    def documents(self) -> tuple[Document, ...]:
        """All documents."""
        return tuple(self.snapshot.documents.values())

    def act(self, document_id: str) -> Trilingual | None:
        """Returns what a document is called for short where several are served; None elsewhere."""
        if len(self.snapshot.documents) == 1:
            return None
        return self.references.acts.names.title(document_id)

    def reference(self, document_id: str, eid: str, language: Language) -> str:
        """Returns a reference as printed, its act named where several are served.

        For example «Еңбек кодексі, 26-бап, 1-тармақ»; empty for a whole document that is alone.
        """
        act = self.act(document_id)
        return self.element(document_id, eid, language, act[language] if act else None)

    def element(
        self, document_id: str, eid: str, language: Language, title: str | None = None
    ) -> str:
        """Returns a reference as printed, behind ``title`` alone."""
        if not eid:
            return title or ""
        printed = self._printed(document_id, eid, language)
        return Reference.parse(eid).format(language, title=title, printed=printed)

    def _printed(self, document_id: str, eid: str, language: Language) -> str | None:
        """Returns a number as it is printed: an address writes 4.1 and 4-1 alike."""
        document = self.snapshot.documents.get(document_id)
        if document is None or "-" not in eid.rpartition("__")[2]:
            return None
        known = language if language in document.languages else document.languages[0]
        outline = self.outline(document, known)
        place = outline.place(eid)
        return outline.nums[place] if place is not None and outline.nums else None

    def document(self, name: str) -> Document:
        """Returns the document with a key.

        Raises:
            RequestError: There is no such document.
        """
        return self.snapshot.documents[find_document(self.snapshot, name, status=404).document]

    def edition(
        self,
        document: Document,
        language: Language | None = None,
        day: datetime.date | None = None,
    ) -> EditionRows:
        """Returns an edition with its rows: the one in force on a day.

        Args:
            document: The document.
            language: Its language; that of the first edition by default.
            day: The day; today by default.

        Raises:
            RequestError: The document has no edition in that language, or none on that day.
        """
        wanted = document.in_force(language, day)
        if wanted is None and day is not None and document.edition(language) is not None:
            raise RequestError(
                "not-in-force",
                status=404,
                name=document.title,
                day=written(day),
                begins=written(document.begins),
            )
        if wanted is not None:
            found = self._rows.get((document.id, wanted.language, wanted.date))
            if found is not None and found.edition == wanted:
                return found
        name = str(Key(document.id, "", language))
        raise RequestError("unknown-document", status=404, name=name, known=document.id)

    def editions(
        self, document: Document, day: datetime.date | None = None
    ) -> tuple[EditionRows, ...]:
        """Returns the editions in force on a day, today by default, one a language, in order.

        Raises:
            RequestError: There was none on that day.
        """
        languages = [one for one in document.languages if document.in_force(one, day)]
        return tuple(self.edition(document, one, day) for one in languages or document.languages)

    def outline(
        self,
        document: Document,
        language: Language | None = None,
        day: datetime.date | None = None,
    ) -> Outline:
        """Returns the outline of an edition, chosen as by :meth:`edition`."""
        return self.snapshot.outline(self.edition(document, language, day))

    def texts(self, rows: EditionRows) -> tuple[Passage, ...]:
        """Returns all passages of an edition, in reading order."""
        return self.snapshot.passages(range(rows.start, rows.stop))

    def passage(
        self, name: str, language: Language | None = None, day: datetime.date | None = None
    ) -> Passage:
        """Returns a passage by its key, in the document's first edition unless it says more.

        Args:
            name: Its key in any form.
            language: Language of the edition, where the key says none.
            day: Day on which the edition is in force, where the key says none; today by default.

        Raises:
            RequestError: There is no such passage.
        """
        key = self._key(name)
        document = self.snapshot.documents[key.document]
        wanted = key.language or language
        day = key.date or day
        inside: tuple[EditionRows, ...] = ()
        if wanted is None:
            inside = self.editions(document, day)
        elif wanted in document.languages:
            inside = (self.edition(document, wanted, day),)
        for rows in inside:
            if (passage := self._at(rows, key.eid)) is not None:
                return passage
        raise RequestError("unknown-passage", status=404, name=name)

    def is_current(self, key: Key) -> bool:
        """Whether a key is of the edition in force today in its language, or names no other."""
        return self.snapshot.documents[key.document].is_current(key)

    def beside(self, passage: Passage) -> tuple[EditionRows, ...]:
        """Returns the editions that hold beside a passage's: those of today, or of its day."""
        document = self.snapshot.documents[passage.document_id]
        return self.editions(document, None if self.is_current(passage.key) else passage.date)

    def versions(self, passage: Passage) -> dict[Language, Passage]:
        """Returns a passage in every language that it has on its day, its own first."""
        found = {passage.language: passage}
        for rows in self.beside(passage):
            code = rows.edition.language
            if code not in found and (other := self._at(rows, passage.eid)) is not None:
                found[code] = other
        return found

    def standing(self, passage: Passage) -> Standing:
        """Returns what the text of a passage counts for."""
        own = self.of(passage).edition
        authority = None
        if own.status != "authoritative":
            found = (
                self._at(rows, passage.eid)
                for rows in self.beside(passage)
                if rows.edition.status == "authoritative"
            )
            authority = next(filter(None, found), None)
        return Standing(own, authority)

    def named(
        self, reference: str, document_id: str = "", day: datetime.date | None = None
    ) -> tuple[Passage, ...]:
        """Returns the passages that a written reference, an eId or a key names.

        Args:
            reference: For example «5-тараудың 3.17-тармағы», ``chp_5`` or a passage's id.
            document_id: The document to look in; all of them where it is empty.
            day: The day whose editions are looked in; today by default.

        Raises:
            RequestError: There is no such document.
        """
        inside = [self.document(document_id)] if document_id else self.documents
        found: list[int] = []
        for document in inside:
            seen: set[str] = set()
            # Of all documents those that were not there yet are left out; of one it is said.
            if not document_id and day is not None and document.begins > day:
                continue
            for rows in self.editions(document, day):
                outline = self.snapshot.outline(rows)
                eid = reference.removeprefix(f"{document.id}#")
                place = outline.place(eid)
                named = self.references.within(rows, reference) if place is None else ()
                for row in named if place is None else (rows.start + place,):
                    # An item is one, whatever its editions: the first speaks for it.
                    if (address := outline.eids[row - rows.start]) not in seen:
                        seen.add(address)
                        found.append(row)
        return self.snapshot.passages(found)

    def missing(
        self, reference: str, document_id: str = "", day: datetime.date | None = None
    ) -> tuple[Trilingual, ...]:
        """Returns what is said of elements that a written reference names and nothing has.

        Args:
            reference: For example «9-тарау».
            document_id: The document to look in; all of them where it is empty.
            day: The day whose editions are looked in; today by default.
        """
        filters = Filters(documents=(document_id,) if document_id else (), date=day)
        acts = self.references.acts.read(reference)
        rows = self.references.acts.rows(acts, allowed_rows(self.snapshot, filters))
        found = self.references.find(reference, rows, acts)
        return (*found.notices, *found.offered)

    def neighbours(self, passage: Passage) -> tuple[Passage | None, Passage | None]:
        """Returns the passages before and after ``passage`` in its edition."""
        rows = self.of(passage)
        row = rows.start + self._place(rows, passage)
        before, after = (
            self.snapshot.passages([beside])[0] if beside in range(rows.start, rows.stop) else None
            for beside in (row - 1, row + 1)
        )
        return before, after

    def parent(self, passage: Passage) -> Passage | Section | None:
        """Returns the item, or else the section, that holds ``passage``."""
        rows = self.of(passage)
        outline = self.snapshot.outline(rows)
        for eid in reversed(outline.ancestors(passage.eid)):
            if not passage.eid.startswith(f"{eid}__"):
                continue
            if (holder := self._at(rows, eid)) is not None:
                return holder
            if section := outline.section(eid):
                return section
        return None

    def of(self, passage: Passage) -> EditionRows:
        """Returns the edition that a passage is of."""
        found = self._rows.get((passage.document_id, passage.language, passage.date))
        if found is None:
            raise RequestError("unknown-passage", status=404, name=str(passage.key))
        return found

    @cached_property
    def _rows(self) -> dict[tuple[str, Language, datetime.date | None], EditionRows]:
        """The editions by what tells them apart."""
        return {
            (rows.document.id, rows.edition.language, rows.edition.date): rows
            for rows in reversed(self.snapshot.editions)
        }

    def _at(self, rows: EditionRows, eid: str) -> Passage | None:
        place = self.snapshot.outline(rows).place(eid)
        return None if place is None else self.snapshot.passages([rows.start + place])[0]

    def _place(self, rows: EditionRows, passage: Passage) -> int:
        place = self.snapshot.outline(rows).place(passage.eid)
        if place is None:
            raise RequestError("unknown-passage", status=404, name=str(passage.key))
        return place

    def _key(self, name: str) -> Key:
        """Returns a key with the short id; the short form before editions had dates is read too."""
        try:
            return find_document(self.snapshot, name, status=404)
        except RequestError as error:
            raise RequestError("unknown-passage", status=404, name=name) from error
