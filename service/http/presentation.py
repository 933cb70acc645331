"""Turns the engine's values into the JSON of the HTTP interface."""

import datetime
from dataclasses import asdict
from typing import Any
from urllib.parse import quote, urlencode

from indexer.documents.adoption import adoption_of
from indexer.documents.description import Document, Trilingual
from indexer.documents.keys import Key
from indexer.documents.outline import Section
from indexer.documents.passages import Passage
from indexer.languages.codes import LANGUAGES
from indexer.reference import Reference
from indexer.stores.base import EditionRows
from service.engine.engine import Answer
from service.engine.library import Library
from service.engine.links import Link
from service.engine.parts import Part, Whole
from service.http.schemas import (
    AboutSchema,
    AnswerSchema,
    AuthoritativeText,
    ChangeSchema,
    DifferenceSchema,
    DocumentResponse,
    DocumentSchema,
    EditionSchema,
    LinkSchema,
    PassageEdition,
    PassageLink,
    PassageResponse,
    PassageSchema,
    SearchResponse,
    SearchResult,
    SectionSchema,
    SpanSchema,
    Texts,
    VersionSchema,
    WholePart,
    WholeSchema,
)


def reference_texts(document_id: str, eid: str, library: Library | None) -> Texts:
    """Returns a reference in three languages, its act named where several are served.

    Args:
        document_id: The document.
        eid: The element.
        library: What is served; None for a document that is not among it yet.
    """
    if library is None:
        reference = Reference.parse(eid)
        return Texts(**{code: reference.format(code) for code in LANGUAGES})
    return Texts(**{code: library.reference(document_id, eid, code) for code in LANGUAGES})


def passage_schema(passage: Passage, library: Library, base_url: str) -> PassageSchema:
    """Returns a passage as JSON; links begin with ``base_url``."""
    return PassageSchema(**_passage(passage, library, base_url))


def _passage(passage: Passage, library: Library, base_url: str) -> dict[str, Any]:
    """Returns the fields of a passage."""
    standing = library.standing(passage)
    edition, authority = standing.edition, standing.authority
    return {
        "id": passage.id,
        "document_id": passage.document_id,
        "eid": passage.eid,
        "num": passage.num,
        "key": str(passage.key),
        "reference": reference_texts(passage.document_id, passage.eid, library),
        "heading_path": passage.heading_path,
        "language": passage.language,
        "text": passage.text,
        "status": passage.status,
        "url": source_url(passage, library, base_url),
        "edition": PassageEdition(
            language=edition.language,
            status=edition.status,
            date=edition.date,
            key=str(library.document(passage.document_id).key(edition)),
        ),
        "authoritative": authority
        and AuthoritativeText(
            language=authority.language,
            text=authority.text,
            url=source_url(authority, library, base_url),
        ),
    }


def passage_url(passage_id: str, base_url: str) -> str:
    """Returns the permanent address of a passage or section: its place in the document's page."""
    document_id, separator, eid = passage_id.partition("#")
    return f"{base_url}/documents/{quote(document_id, safe='')}{separator}{quote(eid)}"


def source_url(passage: Passage, library: Library, base_url: str) -> str:
    """Returns the permanent address of a passage in its own edition."""
    return key_url(passage.key, library.document(passage.document_id), base_url)


def item_url(passage: Passage, document: Document, base_url: str) -> str:
    """Returns the permanent address of a passage in whatever language, on its day."""
    now = document.in_force(passage.language)
    if now is None or now.date == passage.date:
        return passage_url(passage.id, base_url)
    return key_url(passage.key, document, base_url)


def key_url(key: Key, document: Document, base_url: str) -> str:
    """Returns the permanent address of a passage or section of an edition.

    It says the language where the page would show another, and the day where the edition is not
    the one in force.
    """
    known = document.languages
    # What the page shows unasked.
    unasked = LANGUAGES[0] if LANGUAGES[0] in known else known[0]
    asked = {
        "edition": key.language if key.language not in (None, unasked) else "",
        "date": key.date.isoformat() if key.date and not document.is_current(key) else "",
    }
    page, separator, place = passage_url(key.item, base_url).partition("#")
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{page}{'?' * bool(query)}{query}{separator}{place}"


def whole_schema(whole: Whole, library: Library, base_url: str) -> WholeSchema:
    """Returns a whole answer as JSON."""
    document = library.document(whole.head.key.document)

    def part_schema(part: Part) -> WholePart:
        return WholePart(
            id=part.key.item,
            eid=part.key.eid,
            num=part.num,
            reference=reference_texts(document.id, part.key.eid, library)
            if part.key.eid
            else texts_schema(document.title),
            text=part.text,
            depth=part.depth,
            url=key_url(part.key, document, base_url),
        )

    return WholeSchema(
        kind=whole.kind,
        language=whole.language,
        head=part_schema(whole.head),
        parts=tuple(map(part_schema, whole.parts)),
        count=whole.count,
        more=whole.more,
        counted=whole.is_counted,
    )


def search_response(
    query: str, answer: Answer, library: Library, took_ms: float, base_url: str
) -> SearchResponse:
    """Returns an answer as JSON."""
    whole = answer.whole and whole_schema(answer.whole, library, base_url)
    return SearchResponse(
        query=query,
        interpreted_query=answer.question.interpreted,
        language=answer.language,
        answerable=answer.answerable,
        confidence=answer.confidence,
        answer=AnswerSchema(
            passage_id=answer.results[0].passage.id, **asdict(answer.answer), whole=whole
        )
        if answer.answer
        else None,
        about=answer.about
        and AboutSchema(
            document_id=answer.about.document.id,
            kind=answer.about.kind,
            text=texts_schema(answer.about.text),
            url=passage_url(answer.about.document.id, base_url),
            whole=whole,
        ),
        results=tuple(
            SearchResult(
                **_passage(result.passage, library, base_url),
                score=result.score,
                highlights=tuple(SpanSchema(start=s.start, end=s.end, text=s.text) for s in spans),
            )
            for result, spans in zip(answer.results, answer.highlights, strict=True)
        ),
        notices=tuple(map(texts_schema, answer.notices)),
        generation=answer.generation,
        took_ms=round(took_ms, 3),
    )


def passage_response(passage: Passage, library: Library, base_url: str) -> PassageResponse:
    """Returns a passage with its surroundings as JSON."""
    before, after = library.neighbours(passage)
    parent = library.parent(passage)
    edition, document = library.of(passage), library.document(passage.document_id)
    citing, count = library.links.citing(document.id, passage.eid)
    return PassageResponse(
        **_passage(passage, library, base_url),
        parent=parent and _link(parent, edition, library, base_url),
        previous=before and _link(before, edition, library, base_url),
        next=after and _link(after, edition, library, base_url),
        links=tuple(
            LinkSchema(
                start=link.start,
                end=link.end,
                id=link_id(link),
                reference=reference_texts(link.document_id, link.eid, library),
                url=link_url(link, edition, library, base_url),
            )
            for link in library.links.of(edition, passage.eid)
        ),
        cited_by=tuple(_link(one, library.of(one), library, base_url) for one in citing),
        cited_by_count=count,
        history=tuple(
            ChangeSchema(
                kind=one.kind,
                number=one.number,
                date=one.day,
                in_force=one.in_force,
                note=one.said,
            )
            for one in library.history.changes(edition, passage)
        ),
        versions=tuple(
            VersionSchema(
                date=one.date,
                text=one.passage.text if one.passage else None,
                differences=tuple(map(DifferenceSchema.model_validate, one.pieces)),
            )
            for one in library.history.versions(document, passage.language, passage.eid)
        ),
    )


def link_id(link: Link) -> str:
    """Returns the id of what a link cites: of an item, or of a whole document."""
    return f"{link.document_id}#{link.eid}" if link.eid else link.document_id


def link_url(link: Link, edition: EditionRows, library: Library, base_url: str) -> str:
    """Returns the address of what an edition cites: in its language and as of its day."""
    cited = library.document(link.document_id)
    shown = cited.in_force(edition.edition.language)
    if shown is None:
        return key_url(Key(cited.id, link.eid), cited, base_url)
    same = edition.document.id == cited.id
    day = edition.edition.date if same else shown.date
    return key_url(Key(cited.id, link.eid, edition.edition.language, day), cited, base_url)


def document_schema(document: Document) -> DocumentSchema:
    """Returns what is known of a document as JSON."""
    return DocumentSchema(
        id=document.id,
        uri=document.uri,
        kind=document.kind,
        number=document.number,
        date=document.date,
        title=texts_schema(document.title),
        adoption=texts_schema(adoption_of(document)),
        names=tuple(name for names in document.names.values() for name in names),
        editions=tuple(
            EditionSchema(
                key=str(document.key(edition)),
                uri=document.work.expression(edition.language, edition.date)
                if document.uri and edition.date
                else "",
                language=edition.language,
                date=edition.date,
                status=edition.status,
                source=edition.source,
            )
            for edition in document.editions
        ),
    )


def document_response(
    document: Document, library: Library, day: datetime.date | None = None
) -> DocumentResponse:
    """Returns a document with the outlines of its editions in force on a day as JSON."""
    return DocumentResponse(
        **document_schema(document).model_dump(),
        outline={
            rows.edition.language: tuple(
                section_schema(section, document.id, library)
                for section in library.snapshot.outline(rows).sections
            )
            for rows in library.editions(document, day)
        },
    )


def texts_schema(text: Trilingual) -> Texts:
    """Returns a text in the languages of the interface as JSON."""
    return Texts(kk=text["kk"], ru=text["ru"], en=text["en"])


def section_schema(section: Section, document_id: str, library: Library | None) -> SectionSchema:
    """Returns a section with those in it as JSON; ``library`` as in :func:`reference_texts`."""
    return SectionSchema(
        eid=section.eid,
        num=section.num,
        heading=section.heading,
        reference=reference_texts(document_id, section.eid, library),
        passages=section.passages,
        children=tuple(section_schema(child, document_id, library) for child in section.children),
    )


def _link(
    target: Passage | Section, edition: EditionRows, library: Library, base_url: str
) -> PassageLink:
    document = edition.document
    key = document.key(edition.edition).at(target.eid)
    return PassageLink(
        id=key.item,
        eid=target.eid,
        reference=reference_texts(document.id, target.eid, library),
        text=target.text if isinstance(target, Passage) else target.heading,
        url=key_url(key, document, base_url),
    )
