"""The JSON of the HTTP interface."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from indexer.documents import EditionStatus
from indexer.passages import Language

TopK = Annotated[int, Field(ge=1, le=50, description="Number of passages wanted.")]


class _Schema(BaseModel):
    model_config = ConfigDict(frozen=True, from_attributes=True)


class _Request(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SearchFilters(_Request):
    """Where to search."""

    documents: tuple[str, ...] = Field((), description="Document ids; empty for all.")
    sections: tuple[str, ...] = Field(
        (), description="eIds of chapters, sections, articles or items; empty for all."
    )


class SearchRequest(_Request):
    """A question, and how to answer it."""

    query: str = Field(description="The question, in Kazakh or Russian.")
    top_k: TopK = 5
    language: Language | None = Field(
        None, description="Language of the answer's references; the question's by default."
    )
    filters: SearchFilters = SearchFilters()
    literal: bool = Field(False, description="Search what was typed, without interpreting it.")

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"query": "АӨСШК-ны қандай ұйымға айналдыру жоспарланған?"},
                {"query": "В каком пункте говорится о торговле людьми?", "top_k": 3},
                {
                    "query": "Каспий теңізі туралы не айтылған?",
                    "language": "ru",
                    "filters": {
                        "documents": ["foreign-policy-2020-2030"],
                        "sections": ["chp_5__sec_3"],
                    },
                },
            ]
        },
    )


class Texts(_Schema):
    """One text in the three languages of the interface."""

    kk: str
    ru: str
    en: str


class PassageLink(_Schema):
    """The address of a passage or of the section that holds it.

    ``text`` is the passage's text, or the section's heading.
    """

    id: str
    eid: str
    reference: Texts
    text: str
    url: str


class PassageSchema(_Schema):
    """A passage with its exact reference."""

    id: str = Field(description="<document id>#<eId>; survives re-indexing.")
    document_id: str
    eid: str
    num: str | None
    reference: Texts
    heading_path: tuple[str, ...]
    language: Language
    text: str
    url: str


class SpanSchema(_Schema):
    """Character offsets into a passage's text, counted in Unicode code points."""

    start: int
    end: int
    text: str


class AnswerSchema(SpanSchema):
    """The words of the first result that answer the question."""

    passage_id: str


class SearchResult(PassageSchema):
    """A passage found."""

    score: float = Field(ge=0, le=1, description="Higher is better.")
    highlights: tuple[SpanSchema, ...] = Field(description="What answers or matches in the text.")


class SearchResponse(_Schema):
    """The passages that answer a question, best first."""

    query: str
    interpreted_query: str = Field(
        description="What was searched: the query with its letters, alphabet and typos mended."
    )
    language: Language
    answerable: bool = Field(
        description="Whether the documents answer; the results are the nearest passages if not."
    )
    confidence: float = Field(
        ge=0, le=1, description="Probability that the first result answers the question."
    )
    answer: AnswerSchema | None
    results: tuple[SearchResult, ...]
    took_ms: float


class PassageResponse(PassageSchema):
    """A passage, what holds it, and its neighbours in reading order."""

    parent: PassageLink | None
    previous: PassageLink | None
    next: PassageLink | None


class EditionSchema(_Schema):
    """One language of a document."""

    language: Language
    status: EditionStatus
    source: str


class DocumentSchema(_Schema):
    """A document of the index."""

    id: str
    uri: str
    kind: str
    number: str
    date: date
    title: Texts
    adoption: Texts
    editions: tuple[EditionSchema, ...]


class SectionSchema(_Schema):
    """A chapter, section or article with what lies in it."""

    eid: str
    num: str | None
    heading: str
    reference: Texts
    passages: int
    children: tuple["SectionSchema", ...]


class DocumentResponse(DocumentSchema):
    """A document with the outline of each edition."""

    outline: dict[Language, tuple[SectionSchema, ...]]


class ProblemSchema(_Schema):
    """Problem details (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str = Field(description="What is wrong, in the language of Accept-Language.")
    messages: Texts = Field(description="The same in all three languages.")
