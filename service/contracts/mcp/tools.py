"""What each tool does: a question to the engine, and its answer as the tool's."""

import datetime
from typing import Final

from mcp.server.mcpserver.exceptions import ToolError

from indexer.documents.passages import Passage
from indexer.languages import LANGUAGES
from service.contracts.attributes import (
    Value,
    long_reference,
    passage_attributes,
    short_reference,
)
from service.contracts.mcp.schemas import (
    Answered,
    Authority,
    Cited,
    DescribedDocument,
    Fetched,
    Hit,
    Hits,
    Items,
)
from service.engine.engine import Engine
from service.engine.filters import Filters
from service.errors import RequestError
from service.http.presentation import (
    document_response,
    passage_url,
    source_url,
    whole_schema,
)
from service.http.schemas import DocumentResponse
from service.normalisation.recognition import recognise

_FOUND: Final = 10


def search(engine: Engine, query: str, base: str) -> Hits:
    """Returns the passages that a search finds."""
    answer = engine.ask(query, k=_FOUND)
    return Hits(
        results=tuple(
            Hit(
                id=_id(result.passage, engine),
                title=long_reference(result.passage, engine.library, answer.language),
                url=source_url(result.passage, engine.library, base),
            )
            for result in answer.results
        ),
        notices=tuple(notice[answer.language] for notice in answer.notices),
    )


def fetch(engine: Engine, name: str, base: str) -> Fetched:
    """Returns a passage with its text."""
    return _fetched(engine, engine.library.passage(name), base)


def ask(engine: Engine, question: str, top_k: int, filters: Filters, base: str) -> Answered:
    """Returns an answer with what it cites."""
    answer = engine.ask(question, k=top_k, filters=filters)
    about, words = answer.about, answer.answer
    said = about.text[answer.language] if about else words.text if words else None
    return Answered(
        answerable=answer.answerable,
        confidence=answer.confidence,
        answer=said,
        whole=answer.whole and whole_schema(answer.whole, engine.library, base),
        about=about
        and DescribedDocument(
            id=about.document.id,
            title=about.document.title[answer.language],
            url=passage_url(about.document.id, base),
        ),
        notices=tuple(notice[answer.language] for notice in answer.notices),
        citations=tuple(
            Cited(
                id=_id(result.passage, engine),
                reference=short_reference(result.passage, engine.library, answer.language),
                title=long_reference(result.passage, engine.library, answer.language),
                text=result.passage.text,
                url=source_url(result.passage, engine.library, base),
                score=result.score,
                unofficial_translation=engine.library.standing(result.passage).is_unofficial,
                authoritative=_authority(engine, result.passage, base),
            )
            for result in answer.results
        ),
    )


def outline(engine: Engine, document_id: str, day: datetime.date | None = None) -> DocumentResponse:
    """Returns a document in outline, as on a day; the only one where none is named.

    Raises:
        RequestError: There is no such document.
    """
    documents = engine.library.documents
    if not document_id and len(documents) == 1:
        return document_response(documents[0], engine.library, day)
    return document_response(engine.library.document(document_id), engine.library, day)


def item(
    engine: Engine,
    reference: str,
    document_id: str,
    base: str,
    day: datetime.date | None = None,
) -> Items:
    """Returns the items that a reference names, as on a day.

    Raises:
        RequestError: It names none.
        ToolError: None of those that it names is there.
    """
    found = engine.library.named(reference, document_id, day)
    missing = engine.library.missing(reference, document_id, day)
    if not found and not missing:
        raise RequestError("reference-not-found", status=404, name=reference)
    if not found:
        raise ToolError(" / ".join(missing[0][code] for code in reversed(LANGUAGES)))
    return Items(
        items=tuple(_fetched(engine, passage, base) for passage in found),
        notices=tuple(notice[recognise(reference)] for notice in missing),
    )


def _authority(engine: Engine, passage: Passage, base: str) -> Authority | None:
    text = engine.library.standing(passage).authority
    if text is None:
        return None
    return Authority(
        id=_id(text, engine), language=text.language, url=source_url(text, engine.library, base)
    )


def _fetched(engine: Engine, passage: Passage, base: str) -> Fetched:
    attributes = passage_attributes(passage, engine.library)
    authority = _authority(engine, passage, base)
    standing: dict[str, Value] = {"edition_status": engine.library.standing(passage).edition.status}
    if authority is not None:
        standing |= {"authoritative_id": authority.id, "authoritative_url": authority.url}
    return Fetched(
        id=_id(passage, engine),
        title=long_reference(passage, engine.library, passage.language),
        text=passage.text,
        url=source_url(passage, engine.library, base),
        metadata={
            **{name: value for name, value in attributes.items() if value is not None},
            "reference": short_reference(passage, engine.library, passage.language),
            **standing,
        },
    )


def _id(passage: Passage, engine: Engine) -> str:
    """Returns the passage's id, with what tells its edition where it is not the first in force.

    That is ``@ru``, or ``@ru:2001-05-10`` of a past version.
    """
    if not engine.library.is_current(passage.key):
        return str(passage.key)
    is_first = engine.library.passage(passage.id).language == passage.language
    return passage.id if is_first else f"{passage.id}@{passage.language}"
