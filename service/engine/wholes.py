"""Whole answers: a lead-in with its list, an article with its parts, a chapter in outline.

«… следующие задачи:» answers nothing without the tasks. What belongs together is told by the
outline of the edition and by how the lead-in ends; what was asked for, by the form of the question.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from indexer.documents.description import Document
from indexer.documents.outline import Section
from indexer.documents.passages import Passage
from indexer.languages.codes import Language
from indexer.reference import Reference
from indexer.stores.base import EditionRows, Rows
from indexer.vocabulary import words_of
from service.engine.forms import Asked, Counted, announced
from service.engine.library import Library
from service.engine.parts import Part, Parts, Whole, depth_of, key_of, kind_of, whole_of
from service.engine.retrieval import Hits
from service.ranking.closeness import closeness
from service.ranking.dictionary import Unit

LOOKED_AT: Final = 10
"""How many of the passages found may bring a list."""

_SIBLINGS: Final = 4
_LOOKED_THROUGH: Final = 60
_CALLED: Final = 3
_NAMED_ALIKE: Final = 0.5
_COVERED: Final = 0.5
_HEADED: Final = 0.6
_WORD: Final = re.compile(r"\w+")
_CONJUNCTION: Final = re.compile(r",|\s(?:және|мен|бен|пен|и|and)\s", re.IGNORECASE)


class Wholes:
    """Makes whole answers over one generation."""

    def __init__(self, library: Library) -> None:
        """Takes the documents."""
        self._library = library
        self._snapshot = library.snapshot
        self._parts = Parts(library.snapshot)

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
        # A number is asked of a list, and a passage that tells amounts is nearer to it.
        for place in range(min(_SIBLINGS, len(hits.results)) if asked.form == "count" else 0):
            if self.counts(asked, moved := hits.first(place)):
                return moved
        return hits

    def counts(self, asked: Asked, hits: Hits) -> bool:
        """Whether the first passage opens, or stands in, the list whose items are counted."""
        if asked.form != "count" or not hits.results or len(hits.named):
            return False
        if self._is_asked(asked, hits.units, hits.results[0].passage):
            return True
        holder = self._holder(asked, hits)
        return holder is not None and self._is_counted_in(asked, hits, holder)

    def _called(self, asked: Asked, hits: Hits) -> Section | None:
        """Returns the innermost section of the first passage if all in it is what is counted."""
        passage = hits.results[0].passage
        rows = self._library.of(passage)
        outline = self._snapshot.outline(rows)
        section = outline.section(passage.eid.rpartition("__")[0])
        return section if section and self._are_called(asked, rows, section) else None

    def of(self, asked: Asked, hits: Hits) -> Whole | None:
        """Returns the whole that answers; None where one passage does."""
        if not hits.results:
            return None
        passage = hits.results[0].passage
        rows = self._library.of(passage)
        if len(hits.named):
            return self._named(asked, hits, rows)
        is_counted = self.counts(asked, hits)
        if (whole := self._parts.opened(rows, passage)) is not None:
            return replace(whole, is_counted=is_counted)
        if asked.form == "list" or is_counted:
            holder = self._holder(asked, hits)
            if holder is not None:
                whole = self._parts.section(rows, holder, "list")
                return replace(whole, is_counted=is_counted)
        return None

    def document(
        self,
        document: Document,
        language: Language,
        counted: Counted | None = None,
        within: str = "",
    ) -> Whole:
        """Returns a document in outline: its chapters with what each begins with.

        Args:
            document: The document.
            language: The language wanted.
            counted: List the elements of this kind instead.
            within: The part of the document in which they are counted; empty for all of it.
        """
        known = document.languages
        rows = self._library.edition(document, language if language in known else known[0])
        outline = self._snapshot.outline(rows)
        head = Part(key_of(rows, ""), None, document.title[language])
        if counted and within:
            head = Part(key_of(rows, within), None, Reference.parse(within).format(language))
            return self._parts.elements(rows, head, outline.within(within), (), counted)
        if counted:
            span = range(len(outline.eids))
            return self._parts.elements(rows, head, span, outline.walk(), counted)
        return whole_of("outline", head, self._parts.outlined(rows, outline.sections, ()))

    def _named(self, asked: Asked, hits: Hits, rows: EditionRows) -> Whole | None:
        """Returns the whole of the one section or item that a question names, or of its list."""
        if not asked.form and not asked.is_bare:
            # What is asked of an item that opens a list, the list tells.
            return self._parts.opened(rows, hits.results[0].passage)
        outline = self._snapshot.outline(rows)
        places = self._places(hits.named, rows)
        if not places:
            return None
        fitting = (one for one in outline.walk() if one.eid and set(one.span) == set(places))
        section = next(fitting, None)
        if section is not None and asked.counted:
            head = Part(key_of(rows, section.eid), section.num, section.heading)
            whole = self._parts.elements(rows, head, section.span, section.walk(), asked.counted)
            return whole if whole.parts else self._parts.section(rows, section, "outline")
        if section is None and asked.counted:
            return self._counted_beside(asked.counted, rows, places)
        if section is not None and not asked.is_bare:
            return self._listed_in(asked, hits, rows, section)
        if not asked.is_bare:
            return None
        if section is not None:
            is_article = section.eid.rpartition("__")[2].startswith("art_")
            return self._parts.section(rows, section, "list" if is_article else "outline")
        first = self._snapshot.passages([rows.start + places[0]])[0]
        if set(outline.within(first.eid)) >= set(places):
            return self._parts.opened(rows, first)
        return None

    def _counted_beside(
        self, counted: Counted, rows: EditionRows, places: Sequence[int]
    ) -> Whole | None:
        """Returns the elements of a kind in a named item or list, which no heading holds."""
        outline = self._snapshot.outline(rows)
        eids = outline.eids
        if len(places) == 1:
            (passage,) = self._snapshot.passages([rows.start + places[0]])
            inside = [at for at in outline.within(passage.eid) if at != places[0]]
            head = Part(passage.key, passage.num, passage.text)
            whole = self._parts.elements(rows, head, inside, (), counted)
            return whole if whole.parts else None
        holders = {eids[at].rpartition("__")[0] for at in places}
        if len(holders) != 1 or kind_of(holder := holders.pop()) != "list":
            return None
        said = Reference.parse(holder).format(rows.edition.language)
        head = Part(key_of(rows, holder), None, said)
        whole = self._parts.elements(rows, head, places, (), counted)
        return whole if whole.parts else None

    def _listed_in(
        self, asked: Asked, hits: Hits, rows: EditionRows, section: Section
    ) -> Whole | None:
        """Returns the list of what is asked for that stands in a section."""
        span = section.span[:_LOOKED_THROUGH]
        for passage in self._snapshot.passages(rows.start + at for at in span):
            if self._is_asked(asked, hits.units, passage):
                whole = self._parts.opened(rows, passage)
                return whole and replace(whole, is_counted=asked.form == "count")
        if not self._are_called(asked, rows, section):
            return None
        whole = self._parts.section(rows, section, "list")
        return replace(whole, is_counted=asked.form == "count")

    def _are_called(self, asked: Asked, rows: EditionRows, section: Section) -> bool:
        """Whether each item of a section is one of what is asked for, as a list of laws has them.

        What a text is, its first words say, in Kazakh its last.
        """
        eids = self._snapshot.outline(rows).eids
        kinds = {kind_of(eids[at]) for at in section.span}
        if not asked.nouns or kinds != {"para"} or not 1 < len(section.span) <= _LOOKED_THROUGH:
            return False
        units = [Unit((noun,)) for noun in asked.nouns[:1]]
        for passage in self._snapshot.passages(rows.start + at for at in section.span):
            texts = self._library.versions(passage).items()
            heads = {code: _head(words_of(text.text), code) for code, text in texts}
            if not any(_share(units, words, code) for code, words in heads.items()):
                return False
        return True

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
        if self._parts.opened(self._library.of(passage), passage) is None:
            return False
        meant = _meant(asked, units)
        known = _names(asked, meant)
        for code, text in self._library.versions(passage).items():
            names = announced(text.text)
            # «Сколько их?» is asked of whatever was listed.
            is_any = asked.form == "count" and not asked.nouns
            if is_any or (names and self._is_named(asked.nouns, units, *names)):
                words = words_of(" ".join((text.text, *text.heading_path)))
                if _share(meant, words, code) < _COVERED:
                    continue
                if not known or _share(known, words, code) == 1:
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
        if asked.form == "count" and (section := self._called(asked, hits)) is not None:
            return section
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

    def _is_counted_in(self, asked: Asked, hits: Hits, holder: Section) -> bool:
        """Whether a section's heading names what is counted, and what lies in it is just that.

        Of a heading that names two things («кезеңдері және нәтижелер») a list at the end of the
        section is the second, one at its beginning the first.
        """
        passage = hits.results[0].passage
        rows = self._library.of(passage)
        eids = self._snapshot.outline(rows).eids
        opened = self._parts.opened(rows, passage)
        if self._are_called(asked, rows, holder):
            return True
        least = min(depth_of(eids[at]) for at in holder.span)
        kinds = {kind_of(eids[at]) for at in holder.span if depth_of(eids[at]) == least}
        begins = ends = opened is None and len(kinds) == 1 and "al" not in kinds
        if opened is not None:
            begins = passage.eid == eids[holder.start]
            ends = not opened.more and opened.parts[-1].key.eid == eids[holder.span[-1]]
        named: list[str] = []
        for heading in self._headings(passage, holder.eid).values():
            things = _CONJUNCTION.split(heading)
            named += things if begins and ends else things[:1] if begins else things[-1:] * ends
        return self._is_named(asked.nouns, hits.units, *named)

    def _headings(self, passage: Passage, eid: str) -> dict[Language, str]:
        """Returns the heading of a section of a passage's document in every edition in force."""
        document = self._snapshot.documents[passage.document_id]
        found: dict[Language, str] = {}
        for rows in (self._library.of(passage), *self._library.editions(document)):
            if section := self._snapshot.outline(rows).section(eid):
                found.setdefault(rows.edition.language, section.heading)
        return found


def _head(words: Sequence[str], code: Language) -> Sequence[str]:
    return words[-_CALLED:] if code == "kk" else words[:_CALLED]


def _meant(asked: Asked, units: Sequence[Unit]) -> list[Unit]:
    """Returns the units of a question without those that only ask the count."""
    rest = set(words_of(asked.rest))
    return [unit for unit in units if rest.issuperset(unit.words)]


def _names(asked: Asked, units: Sequence[Unit]) -> list[Unit]:
    """Returns the units that name someone or something: no list is asked for without them."""
    capitals = (word for word in _WORD.findall(asked.rest)[1:] if word[0].isupper())
    written = {each for word in capitals for each in words_of(word)}
    return [unit for unit in units if unit.is_name or not written.isdisjoint(unit.words)]


def _share(units: Sequence[Unit], words: Sequence[str], code: Language) -> float:
    """Returns the share of ``units`` that ``words`` speak of."""
    if not units:
        return 0.0
    near = (max(closeness(unit, words, code), default=0) >= _NAMED_ALIKE for unit in units)
    return sum(near) / len(units)
