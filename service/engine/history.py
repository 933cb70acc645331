"""The history of items: who changed them, their dated versions, whether they still hold."""

import datetime
from dataclasses import dataclass

from indexer.acts.history import Change, around, changes, repeal
from indexer.documents.comparison import Piece, differences
from indexer.documents.description import Document, Trilingual
from indexer.documents.keys import Key
from indexer.documents.passages import Passage
from indexer.languages.codes import LANGUAGES, Language
from indexer.stores.base import EditionRows, Snapshot
from service.catalogue import message
from service.days import written


@dataclass(frozen=True, slots=True)
class Version:
    """An item as an edition of a date has it.

    Attributes:
        date: Day from which the edition reads so.
        passage: The item; None where the edition lacks it.
        pieces: Its text with what is other than in the version before; empty for the first.
    """

    date: datetime.date | None
    passage: Passage | None
    pieces: tuple[Piece, ...]


class History:
    """Reads editors' notes and dated editions of one generation."""

    def __init__(self, snapshot: Snapshot) -> None:
        """Takes the generation."""
        self._snapshot = snapshot

    def changes(self, edition: EditionRows, passage: Passage) -> tuple[Change, ...]:
        """Returns what notes report of an item and of its article, the oldest first."""
        notes = around(passage.eid, self._snapshot.notes(edition))
        own = (passage.text,) if passage.status == "repealed" else ()
        found = dict.fromkeys(change for note in (*notes, *own) for change in changes(note))
        return tuple(sorted(found, key=lambda one: one.day or datetime.date.min))

    def excluded(self, edition: EditionRows, passage: Passage) -> Change | None:
        """Returns the change that excluded an item; None for one that holds or does not say."""
        if passage.status != "repealed":
            return None
        own = [*changes(passage.text), *self.changes(edition, passage)]
        return next((one for one in own if one.kind in ("excluded", "repealed")), None)

    def repealed(self, edition: EditionRows) -> Change | None:
        """Returns the change by which the act of an edition lost its force; None if it holds."""
        return repeal(self._snapshot.notes(edition).get("", ()))

    def versions(self, document: Document, language: Language, eid: str) -> tuple[Version, ...]:
        """Returns an item in every dated edition of a language, the oldest first."""
        own = sorted(
            (
                rows
                for rows in self._snapshot.editions
                if rows.document.id == document.id and rows.edition.language == language
            ),
            key=lambda rows: rows.edition.date or datetime.date.min,
        )
        found: list[Version] = []
        before: str | None = None
        for rows in own:
            place = self._snapshot.outline(rows).place(eid)
            passage = None if place is None else self._snapshot.passages([rows.start + place])[0]
            text = passage.text if passage else ""
            pieces = () if before is None else differences(before, text)
            found.append(Version(rows.edition.date, passage, pieces))
            before = text
        return tuple(found)

    def notices(self, edition: EditionRows, passage: Passage, name: Trilingual) -> list[Trilingual]:
        """Returns what an answer with an item says first: that it, or its act, is not in force.

        Args:
            edition: The item's edition.
            passage: The item.
            name: The reference to the item.
        """
        said = []
        if (change := self.excluded(edition, passage)) is not None:
            said.append(_said("excluded", change, name))
        if (lost := self.act_notice(edition)) is not None:
            said.append(lost)
        return said

    def act_notice(self, edition: EditionRows) -> Trilingual | None:
        """Returns that the act of an edition has lost its force; None where it holds."""
        change = self.repealed(edition)
        return None if change is None else _said("act-repealed", change, edition.document.title)


def dated_notice(day: datetime.date, *, is_current: bool) -> Trilingual:
    """Returns that a text is that of a day, and whether it is the one in force today."""
    return message("text-of-day" if is_current else "text-of-past", day=written(day))


def past_edition(document: Document, key: Key) -> Trilingual | None:
    """Returns of which day a text is; None where that is the one in force today."""
    is_past = key.date is not None and not document.is_current(key)
    return message("edition-of-day", day=written(key.date)) if is_past else None


def qualified(document: Document, key: Key) -> Trilingual | None:
    """Returns what is said behind a text: that it is a past one, a translation; None for neither.

    Args:
        document: The document.
        key: The key of the text, of a part of it, or of the document.
    """
    said = [past] if (past := past_edition(document, key)) else []
    editions = (one for one in document.editions if document.key(one) == key.edition)
    if any(one.status == "unofficial" for one in editions):
        said.append(message("unofficial"))
    texts = ("; ".join(one[code] for one in said) for code in LANGUAGES)
    return Trilingual(*texts) if said else None


def _said(key: str, change: Change, name: Trilingual) -> Trilingual:
    if change.in_force is not None:
        key = f"{key}-{'since' if change.in_force <= datetime.date.today() else 'from'}"
    day, since = written(change.day), written(change.in_force)
    return message(key, name=name, day=day, number=change.number, since=since)
