"""Whole answers: a lead-in with its list, an article with its parts, a chapter in outline.

«… следующие задачи:» answers nothing without the tasks. What belongs together is told by the
outline of the edition and by how the lead-in ends; what was asked for, by the form of the question.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from indexer.documents.description import Document
from indexer.documents.keys import Key
from indexer.documents.outline import Outline, Section
from indexer.documents.passages import Passage
from indexer.languages.codes import Language
from indexer.stores.base import EditionRows, Rows
from indexer.vocabulary import words_of
from service.engine.forms import COUNTED, Asked, Counted, announced, announces
from service.engine.library import Library
from service.engine.retrieval import Hits
from service.ranking.closeness import closeness
from service.ranking.dictionary import Unit

MOST_PARTS: Final = 30
"""How many parts an answer shows; of the rest it says how many there are."""

LOOKED_AT: Final = 10
"""How many of the passages found may bring a list."""

_LISTED: Final = 400
_LEAD: Final = 180
_SIBLINGS: Final = 4
_NAMED_ALIKE: Final = 0.5
_COVERED: Final = 0.5
_HEADED: Final = 0.6
_OPENS = re.compile(r"[:：]\s*$")
_GOES_ON = re.compile(r"[;,]\s*$")
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


class Wholes:
    """Makes whole answers over one generation."""

    def __init__(self, library: Library) -> None:
        """Takes the documents."""
        self._library = library
        self._snapshot = library.snapshot

    def promoted(self, asked: Asked, hits: Hits) -> Hits:
        """Returns the hits with the lead-in first whose list the question asks for.

        A question for a list is nearer to its items than to its lead-in, so that among the
        passages found the lead-in comes first that says what was asked, and all that was asked.
        """
        if not asked.form or len(hits.named) or not hits.results:
            return hits
        for place, result in enumerate(hits.results[:LOOKED_AT]):
            if self._is_asked(asked, hits.units, result.passage):
                return hits.first(place) if place else hits
        return hits

    def counts(self, asked: Asked, hits: Hits) -> bool:
        """Whether the first passage opens, or stands in, the list whose items are counted."""
        if asked.form != "count" or not hits.results or len(hits.named):
            return False
        passage = hits.results[0].passage
        if self._is_asked(asked, hits.units, passage):
            return True
        holder = self._holder(asked, hits)
        if holder is None:
            return False
        headings = self._headings(passage, holder.eid).values()
        return self._is_named(asked.nouns, hits.units, *headings)

    def of(self, asked: Asked, hits: Hits) -> Whole | None:
        """Returns the whole that answers; None where one passage does."""
        if not hits.results:
            return None
        passage = hits.results[0].passage
        rows = self._library.of(passage)
        if len(hits.named):
            return self._named(asked, hits, rows)
        counted = asked.form == "count"
        if counted and not self.counts(asked, hits):
            return self._opened(rows, passage)
        if (whole := self._opened(rows, passage)) is not None:
            return replace(whole, is_counted=counted)
        if asked.form and (holder := self._holder(asked, hits)) is not None:
            whole = self._section(rows, holder, "list")
            return replace(whole, is_counted=counted)
        return None

    def document(
        self, document: Document, language: Language, counted: Counted | None = None
    ) -> Whole:
        """Returns a document in outline: its chapters with what each begins with.

        Args:
            document: The document.
            language: The language wanted.
            counted: List the elements of this kind instead.
        """
        known = document.languages
        rows = self._library.edition(document, language if language in known else known[0])
        outline = self._snapshot.outline(rows)
        head = Part(_key(rows, ""), None, document.title[language])
        if counted:
            return self._elements(rows, head, range(len(outline.eids)), outline.walk(), counted)
        return _whole("outline", head, self._outlined(rows, outline.sections, ()))

    def _named(self, asked: Asked, hits: Hits, rows: EditionRows) -> Whole | None:
        """Returns the whole of the one section or item that a question names and asks no more."""
        if not asked.is_bare and asked.counted is None:
            return None
        outline = self._snapshot.outline(rows)
        places = self._places(hits.named, rows)
        if not places:
            return None
        fitting = (one for one in outline.walk() if one.eid and set(one.span) == set(places))
        section = next(fitting, None)
        if section is not None:
            head = Part(_key(rows, section.eid), section.num, section.heading)
            if asked.counted:
                return self._elements(rows, head, section.span, section.walk(), asked.counted)
            is_article = section.eid.rpartition("__")[2].startswith("art_")
            return self._section(rows, section, "list" if is_article else "outline")
        first = self._snapshot.passages([rows.start + places[0]])[0]
        if set(outline.within(first.eid)) >= set(places):
            return self._opened(rows, first)
        return None

    def _places(self, named: Rows, rows: EditionRows) -> list[int]:
        """Returns the places of named rows in an edition; none where other documents are named."""
        inside = named[(named >= rows.start) & (named < rows.stop)]
        items = self._snapshot.items
        if set(items[inside].tolist()) != set(items[named].tolist()):
            return []
        return [int(row) - rows.start for row in inside]

    def _is_asked(self, asked: Asked, units: Sequence[Unit], passage: Passage) -> bool:
        """Whether a passage opens the list that is asked for, and speaks of all that is asked.

        The question may be in another language than the text that is shown.
        """
        if self._opened(self._library.of(passage), passage) is None:
            return False
        meant = _meant(asked, units)
        for code, text in self._library.versions(passage).items():
            names = announced(text.text)
            if names and self._is_named(asked.nouns, units, *names):
                words = words_of(" ".join((text.text, *text.heading_path)))
                if _share(meant, words, code) >= _COVERED:
                    return True
        return False

    def _is_named(self, nouns: Sequence[str], units: Sequence[Unit], *words: str) -> bool:
        """Whether ``words`` name what is asked: the nouns counted, or anything asked about."""
        asked = [
            unit for unit in units if not nouns or any(word in unit.words for word in nouns)
        ] or [Unit((noun,)) for noun in nouns]
        texts = [word for text in words for word in words_of(text)]
        return any(
            max(closeness(unit, texts, code), default=0) >= _NAMED_ALIKE
            for unit in asked
            for code in ("kk", "ru", "en")
        )

    def _holder(self, asked: Asked, hits: Hits) -> Section | None:
        """Returns the section whose heading asks what the question does, and that was found."""
        found = [result.passage for result in hits.results[:_SIBLINGS]]
        first = found[0]
        outline = self._snapshot.outline(self._library.of(first))
        for eid in reversed(outline.ancestors(first.eid)):
            section = outline.section(eid)
            if section is None or not section.heading or section.children:
                continue
            units = _meant(asked, hits.units)
            headings = self._headings(first, eid).items()
            share = max(_share(units, words_of(text), code) for code, text in headings)
            inside = sum(one.eid.startswith(f"{eid}__") for one in found)
            return section if share >= _HEADED and 2 * inside >= len(found) else None
        return None

    def _headings(self, passage: Passage, eid: str) -> dict[Language, str]:
        """Returns the heading of a section of a passage's document in every edition in force."""
        document = self._snapshot.documents[passage.document_id]
        found: dict[Language, str] = {}
        for rows in (self._library.of(passage), *self._library.editions(document)):
            if section := self._snapshot.outline(rows).section(eid):
                found.setdefault(rows.edition.language, section.heading)
        return found

    def _opened(self, rows: EditionRows, passage: Passage) -> Whole | None:
        """Returns the list that a passage opens; None where it opens none."""
        outline = self._snapshot.outline(rows)
        place = outline.place(passage.eid)
        if place is None:
            return None
        head = Part(passage.key, passage.num, passage.text)
        inside = [at for at in outline.within(passage.eid) if at != place]
        if inside:
            return self._listed(rows, head, inside)
        if _OPENS.search(passage.text):
            run = self._run(rows, outline, place)
            return self._listed(rows, head, run) if run else None
        if announces(passage.text):
            section = outline.section(passage.eid.rpartition("__")[0])
            below = [one for one in section.children if one.start > place] if section else []
            if below and below[0].start == place + 1:
                named = [one for one in below if _kind(one.eid) != "sec_nn"]
                parts = [Part(_key(rows, one.eid), one.num, one.heading) for one in named]
                return _whole("list", head, parts) if parts else None
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
        if _kind(step) == "al":
            return self._paragraphs(rows, outline, following, first)
        prefix = f"{first}__" if first else ""
        run = []
        for at in following:
            eid = outline.eids[at]
            if not eid.startswith(prefix) or _kind(eid[len(prefix) :]) != _kind(step):
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
            if eid.rpartition("__")[0] != holder or _kind(eid) != "al":
                break
            (passage,) = self._snapshot.passages([rows.start + at])
            goes_on = bool(_GOES_ON.search(passage.text))
            if not run and not goes_on:
                break
            run.append(at)
            if not goes_on:
                break
        return run

    def _listed(self, rows: EditionRows, head: Part, places: Sequence[int]) -> Whole:
        passages = self._snapshot.passages(rows.start + at for at in places)
        least = min(_depth(one.eid) for one in passages)
        return _whole(
            "list",
            head,
            [Part(one.key, one.num, one.text, _depth(one.eid) - least) for one in passages],
        )

    def _section(
        self, rows: EditionRows, section: Section, kind: Literal["list", "outline"]
    ) -> Whole:
        head = Part(_key(rows, section.eid), section.num, section.heading)
        if kind == "list":
            return self._listed(rows, head, section.span)
        return _whole("outline", head, self._outlined(rows, section.children, section.span))

    def _outlined(
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
                (section.start, Part(_key(rows, section.eid), section.num, section.heading))
            )
            if section.passages:
                (first,) = self._snapshot.passages([rows.start + section.start])
                found.append((section.start, _beginning(first, 1)))
        beside = sorted(free)
        passages = self._snapshot.passages(rows.start + at for at in beside)
        opened = False
        for at, one in zip(beside, passages, strict=True):
            is_item = opened and _kind(one.eid) != "al"
            found.append((at, _beginning(one, int(is_item))))
            opened = is_item or bool(_OPENS.search(one.text))
        # The sort is stable: a section stands before what it begins with.
        return [part for _, part in sorted(found, key=lambda one: one[0])]

    def _elements(
        self,
        rows: EditionRows,
        head: Part,
        span: Iterable[int],
        sections: Iterable[Section],
        counted: Counted,
    ) -> Whole:
        """Returns the elements of a kind in a stretch of an edition."""
        kinds = COUNTED[counted]
        found = {
            one.start + (not one.passages): Part(_key(rows, one.eid), one.num, one.heading)
            for one in sections
            if one.eid and one.eid != head.key.eid and _kind(one.eid) in kinds
        }
        eids = self._snapshot.outline(rows).eids
        known = {part.key.eid for part in found.values()}
        beside = [at for at in span if _kind(eids[at]) in kinds and eids[at] not in known]
        passages = self._snapshot.passages(rows.start + at for at in beside)
        parts = [
            *found.items(),
            *((at, _beginning(one, 0)) for at, one in zip(beside, passages, strict=True)),
        ]
        ordered = [part for _, part in sorted(parts, key=lambda one: one[0])]
        return replace(_whole("outline", head, ordered), is_counted=True)


def _whole(kind: Literal["list", "outline"], head: Part, parts: Sequence[Part]) -> Whole:
    count = sum(not part.depth for part in parts)
    shown = tuple(parts[:MOST_PARTS])
    return Whole(kind, head, shown, count, len(parts) - len(shown))


def _meant(asked: Asked, units: Sequence[Unit]) -> list[Unit]:
    """Returns the units of a question without those that only ask the count."""
    rest = set(words_of(asked.rest))
    return [unit for unit in units if rest.issuperset(unit.words)]


def _share(units: Sequence[Unit], words: Sequence[str], code: Language) -> float:
    """Returns the share of ``units`` that ``words`` speak of."""
    if not units:
        return 0.0
    near = (max(closeness(unit, words, code), default=0) >= _NAMED_ALIKE for unit in units)
    return sum(near) / len(units)


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


def _kind(eid: str) -> str:
    """Returns the kind of the last step of an address."""
    return eid.rpartition("__")[2].rpartition("_")[0]


def _depth(eid: str) -> int:
    return eid.count("__")


def _key(rows: EditionRows, eid: str) -> Key:
    return Key(rows.document.id, eid, rows.edition.language, rows.edition.date)
