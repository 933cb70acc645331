"""The JSON of the HTTP interface."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from indexer.documents.description import EditionStatus
from indexer.documents.passages import Language, Status
from service.http.requests import Body

Names = Annotated[tuple[Annotated[str, Field(max_length=512)], ...], Field(max_length=100)]
Languages = Annotated[tuple[Language, ...], Field(max_length=100)]
TopK = Annotated[int, Field(ge=1, le=50, description="Number of passages wanted.")]


class _Schema(BaseModel):
    model_config = ConfigDict(frozen=True, from_attributes=True)


class _Request(Body):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SearchFilters(_Request):
    """Where to search."""

    documents: Names = Field(
        (), description="Document ids, keys of editions or Akoma Ntoso addresses; empty for all."
    )
    sections: Names = Field(
        (), description="eIds of chapters, sections, articles or items; empty for all."
    )
    languages: Languages = Field((), description="Languages of the text searched.")
    kinds: Names = Field((), description="Kinds of acts, such as law or decree.")
    date: dt.date | None = Field(
        None, description="Search the editions in force on this day; today by default."
    )


class SearchRequest(_Request):
    """A question, and how to answer it."""

    query: str = Field(description="The question, in Kazakh, Russian or English.")
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


class PassageEdition(_Schema):
    """The edition that a text is of."""

    language: Language
    status: EditionStatus = Field(
        description="`unofficial`: a translation; another edition is the authority."
    )
    date: dt.date | None = Field(description="Day from which the text reads so.")
    key: str


class AuthoritativeText(_Schema):
    """The same passage in the authoritative edition."""

    language: Language
    text: str
    url: str


class LinkSchema(_Schema):
    """A place of a text that cites an item, or a whole act."""

    start: int = Field(description="Offset in the text, in Unicode code points.")
    end: int
    id: str = Field(description="What is cited: <document id>#<eId>.")
    reference: Texts
    url: str


class ChangeSchema(_Schema):
    """A change of an item, as an editor's note reports it."""

    kind: str = Field(description="`added`, `restated`, `amended`, `excluded` or `repealed`.")
    number: str = Field(description="Number of the law that made it.")
    date: dt.date | None = Field(description="Day of that law.")
    in_force: dt.date | None = Field(description="Day from which it counts, where the note says.")
    note: str = Field(description="What the note says of when it counts.")


class DifferenceSchema(_Schema):
    """A stretch of an item's text beside the version before."""

    kind: str = Field(description="`same`, `removed` or `added`.")
    text: str


class VersionSchema(_Schema):
    """An item in one dated edition."""

    date: dt.date | None
    text: str | None = Field(description="Null where that edition lacks the item.")
    differences: tuple[DifferenceSchema, ...] = Field(
        description="What changed since the version before; empty for the first."
    )


class PassageSchema(_Schema):
    """A passage with its exact reference."""

    id: str = Field(description="<document id>#<eId>; survives re-indexing.")
    document_id: str
    eid: str
    num: str | None
    key: str = Field(description="The id with the edition: <document>#<eId>@<language>:<date>.")
    reference: Texts
    heading_path: tuple[str, ...]
    language: Language
    text: str
    status: Status = Field("in-force", description="`repealed`: excluded, or no longer in force.")
    url: str
    edition: PassageEdition
    authoritative: AuthoritativeText | None = Field(
        description="The text that is the authority; null where the one shown is."
    )


class SpanSchema(_Schema):
    """Character offsets into a passage's text, counted in Unicode code points."""

    start: int
    end: int
    text: str


class WholePart(_Schema):
    """One part of a whole answer: a passage, or a section by its heading."""

    id: str = Field(description="<document id>#<eId>")
    eid: str
    num: str | None = Field(description="Number as printed.")
    reference: Texts
    text: str = Field(description="The text; in an outline the heading or the first sentence.")
    depth: int = Field(description="How deep it lies in the answer, from 0.")
    url: str


class WholeSchema(_Schema):
    """An answer that stands in several places: a lead-in with its list, a chapter in outline."""

    kind: Literal["list", "outline"] = Field(
        description="`list`: the parts in full; `outline`: headings and first sentences."
    )
    language: Language
    head: WholePart = Field(description="What holds the parts: lead-in, section or document.")
    parts: tuple[WholePart, ...] = Field(description="In reading order, at most 30.")
    count: int = Field(description="Number of parts of depth 0, shown or not.")
    more: int = Field(description="Number of parts not shown; they follow at `head.url`.")
    counted: bool = Field(description="Whether the question asks how many there are.")


class AnswerSchema(SpanSchema):
    """The words of the first result that answer the question."""

    passage_id: str
    whole: WholeSchema | None = Field(
        None, description="The whole answer where it stands in several places."
    )


class AboutSchema(_Schema):
    """The answer to a question about a document itself, from its description and outline."""

    document_id: str
    kind: str = Field(description="What was asked: signer, date, number, term, name, summary, …")
    text: Texts
    url: str
    whole: WholeSchema | None = Field(
        None, description="The parts of the document where an outline or a count was asked for."
    )


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
    confidence: float | None = Field(
        ge=0, le=1, description="Probability that the first result answers the question."
    )
    answer: AnswerSchema | None
    about: AboutSchema | None = Field(
        description="The answer where the question is about a document itself, not its content."
    )
    results: tuple[SearchResult, ...]
    notices: tuple[Texts, ...] = Field(
        (), description="What is said of items that the question names and that do not exist."
    )
    generation: int = Field(description="Generation of the index that answered.")
    took_ms: float


class PassageResponse(PassageSchema):
    """A passage, what holds it, and its neighbours in reading order."""

    parent: PassageLink | None
    previous: PassageLink | None
    next: PassageLink | None
    links: tuple[LinkSchema, ...] = Field((), description="What the text cites.")
    cited_by: tuple[PassageLink, ...] = Field(
        (), description="Passages that cite it, its article's other parts left out; at most 50."
    )
    cited_by_count: int = 0
    history: tuple[ChangeSchema, ...] = Field((), description="Its changes, the oldest first.")
    versions: tuple[VersionSchema, ...] = Field(
        (), description="Its text in every dated edition of its language, the oldest first."
    )


class EditionSchema(_Schema):
    """One expression of a document: a language, at a date."""

    key: str
    uri: str = Field(description="Akoma Ntoso address of the expression.")
    language: Language
    date: dt.date | None = Field(description="Day from which the text reads so.")
    status: EditionStatus
    source: str


class DocumentSchema(_Schema):
    """A document of the index."""

    id: str
    uri: str
    kind: str
    number: str
    date: dt.date | None
    title: Texts
    adoption: Texts
    names: tuple[str, ...] = Field((), description="What people call it.")
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
