"""Turns the engine's values into the JSON of the HTTP interface."""

from dataclasses import asdict
from urllib.parse import quote

from indexer.corpus import DocumentEntry
from indexer.documents import Trilingual
from indexer.outline import Section
from indexer.passages import Passage
from indexer.reference import Reference
from service.engine import Answer
from service.library import Library
from service.schemas import (
    AnswerSchema,
    DocumentResponse,
    DocumentSchema,
    EditionSchema,
    PassageLink,
    PassageResponse,
    PassageSchema,
    SearchResponse,
    SearchResult,
    SectionSchema,
    SpanSchema,
    Texts,
)


def reference_texts(eid: str, title: Trilingual | None = None) -> Texts:
    """Returns the reference to an eId in three languages, long where ``title`` is given."""
    if not eid:
        return Texts(kk="", ru="", en="")
    reference = Reference.parse(eid)
    return Texts(
        kk=reference.format("kk", title=title.kk if title else None),
        ru=reference.format("ru", title=title.ru if title else None),
        en=reference.format("en", title=title.en if title else None),
    )


def passage_schema(passage: Passage, base_url: str) -> PassageSchema:
    """Returns a passage as JSON; links begin with ``base_url``."""
    return PassageSchema(
        id=passage.id,
        document_id=passage.document_id,
        eid=passage.eid,
        num=passage.num,
        reference=reference_texts(passage.eid),
        heading_path=passage.heading_path,
        language=passage.language,
        text=passage.text,
        url=passage_url(passage.id, base_url),
    )


def passage_url(passage_id: str, base_url: str) -> str:
    """Returns the permanent address of a passage or section: its place in the document's page."""
    document_id, separator, eid = passage_id.partition("#")
    return f"{base_url}/documents/{quote(document_id, safe='')}{separator}{quote(eid)}"


def search_response(query: str, answer: Answer, took_ms: float, base_url: str) -> SearchResponse:
    """Returns an answer as JSON."""
    return SearchResponse(
        query=query,
        interpreted_query=answer.question.interpreted,
        language=answer.language,
        answerable=answer.answerable,
        confidence=answer.confidence,
        answer=AnswerSchema(passage_id=answer.results[0].passage.id, **asdict(answer.answer))
        if answer.answer
        else None,
        results=tuple(
            SearchResult(
                **passage_schema(result.passage, base_url).model_dump(),
                score=result.score,
                highlights=tuple(map(SpanSchema.model_validate, spans)),
            )
            for result, spans in zip(answer.results, answer.highlights, strict=True)
        ),
        took_ms=round(took_ms, 3),
    )


def passage_response(passage: Passage, library: Library, base_url: str) -> PassageResponse:
    """Returns a passage with its surroundings as JSON."""
    before, after = library.neighbours(passage)
    parent = library.parent(passage)
    return PassageResponse(
        **passage_schema(passage, base_url).model_dump(),
        parent=parent and _link(parent, passage.document_id, base_url),
        previous=before and _link(before, passage.document_id, base_url),
        next=after and _link(after, passage.document_id, base_url),
    )


def document_schema(entry: DocumentEntry) -> DocumentSchema:
    """Returns what is known of a document as JSON."""
    document = entry.document
    return DocumentSchema(
        id=document.id,
        uri=document.uri,
        kind=document.kind,
        number=document.number,
        date=document.date,
        title=Texts.model_validate(document.title),
        adoption=Texts.model_validate(document.adoption),
        editions=tuple(EditionSchema.model_validate(edition) for edition in document.editions),
    )


def document_response(entry: DocumentEntry) -> DocumentResponse:
    """Returns a document with its outline as JSON."""
    return DocumentResponse(
        **document_schema(entry).model_dump(),
        outline={
            language: tuple(map(_section, outline)) for language, outline in entry.outlines.items()
        },
    )


def _section(section: Section) -> SectionSchema:
    return SectionSchema(
        eid=section.eid,
        num=section.num,
        heading=section.heading,
        reference=reference_texts(section.eid),
        passages=section.passages,
        children=tuple(map(_section, section.children)),
    )


def _link(target: Passage | Section, document_id: str, base_url: str) -> PassageLink:
    target_id = f"{document_id}#{target.eid}"
    return PassageLink(
        id=target_id,
        eid=target.eid,
        reference=reference_texts(target.eid),
        text=target.text if isinstance(target, Passage) else target.heading,
        url=passage_url(target_id, base_url),
    )
