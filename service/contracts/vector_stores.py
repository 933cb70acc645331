"""Search as OpenAI's vector stores do: ``client.vector_stores.search("tarmaq", query=...)``.

Source: OpenAI API reference, "Vector stores": list, retrieve, search and its filters.
"""

from collections.abc import Sequence
from typing import Annotated, Literal

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

from service.contracts.attributes import MAX_VALUE, long_reference, result_attributes
from service.contracts.collections import ALL, find_collection
from service.contracts.conditions import Combination, Comparison, Condition, check_size
from service.contracts.openai import openai_router, openai_shape
from service.contracts.searching import MAX_RESULTS, collection_filters, search_collection
from service.engine.engine import Answer, Engine
from service.engine.retrieval import Result
from service.http.doors import Contract, Door
from service.http.requests import Body
from service.http.routes import BaseUrl, CurrentEngine

_CREATED = 1_583_452_800

_OPERATORS = {
    "eq": "is",
    "ne": "is not",
    "gt": ">",
    "gte": "≥",
    "lt": "<",
    "lte": "≤",
    "in": "in",
    "nin": "not in",
}


class _Schema(BaseModel):
    model_config = ConfigDict(frozen=True)


class ComparisonFilter(Body):
    """Compares one attribute with a value."""

    type: Literal["eq", "ne", "gt", "gte", "lt", "lte", "in", "nin"]
    key: str
    value: str | bool | int | float | list[str | bool | int | float]

    def read(self) -> Condition:
        """Returns the condition that this means."""
        return Comparison((self.key,), _OPERATORS[self.type], self.value)


def _sort(value: object) -> str:
    kind = value.get("type") if isinstance(value, dict) else getattr(value, "type", None)
    return "compound" if kind in ("and", "or") else "comparison"


class CompoundFilter(Body):
    """All or any of several filters."""

    type: Literal["and", "or"]
    filters: tuple["Filter", ...]

    def read(self) -> Condition:
        """Returns the condition that this means."""
        return Combination(tuple(each.read() for each in self.filters), any_of=self.type == "or")


Filter = Annotated[
    Annotated[ComparisonFilter, Tag("comparison")] | Annotated[CompoundFilter, Tag("compound")],
    Discriminator(_sort),
]


class RankingOptions(Body):
    """How good a passage must be; there is one ranker, whatever is named."""

    ranker: str = "auto"
    score_threshold: float = 0.0


class VectorStoreSearchRequest(Body):
    """A question, or several."""

    query: str | Annotated[list[str], Field(min_length=1, max_length=20)]
    max_num_results: int = Field(10, ge=1, le=MAX_RESULTS)
    rewrite_query: bool = False
    ranking_options: RankingOptions | None = None
    filters: Filter | None = None


class TextContent(_Schema):
    """The text of a passage."""

    type: Literal["text"] = "text"
    text: str


class VectorStoreResult(_Schema):
    """A passage found."""

    file_id: str
    filename: str
    score: float = Field(ge=0, le=1)
    attributes: dict[str, str | float | bool] = Field(max_length=16)
    content: tuple[TextContent, ...]


class VectorStorePage(_Schema):
    """The passages found, best first: always one page."""

    object: Literal["vector_store.search_results.page"] = "vector_store.search_results.page"
    search_query: tuple[str, ...]
    data: tuple[VectorStoreResult, ...]
    has_more: bool = False
    next_page: str | None = None


class FileCounts(_Schema):
    """The documents of a store."""

    in_progress: int = 0
    completed: int
    failed: int = 0
    cancelled: int = 0
    total: int


class VectorStore(_Schema):
    """What may be searched: one document, or all of them."""

    id: str
    object: Literal["vector_store"] = "vector_store"
    created_at: int
    name: str
    usage_bytes: int = 0
    file_counts: FileCounts
    status: Literal["completed"] = "completed"
    expires_after: None = None
    expires_at: None = None
    last_active_at: int | None = None
    metadata: dict[str, str]


class VectorStoreList(_Schema):
    """The stores, `tarmaq` for all documents first."""

    object: Literal["list"] = "list"
    data: tuple[VectorStore, ...]
    first_id: str | None
    last_id: str | None
    has_more: bool


router = openai_router()


@router.get("/vector_stores", summary="OpenAI vector stores")
def vector_stores(
    engine: CurrentEngine,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    order: Literal["asc", "desc"] = "desc",
    after: str = "",
    before: str = "",
) -> VectorStoreList:
    """Returns the stores: `tarmaq`, which is all documents, and each document."""
    names = [ALL, *(document.id for document in engine.library.documents)]
    if order == "asc":
        names.reverse()
    for name in filter(None, (after, before)):
        find_collection(engine.library, name, code="unknown-vector-store", status=404)
    start = names.index(after) + 1 if after else 0
    end = names.index(before) if before else len(names)
    # The page before a store is the one next to it.
    start = max(start, end - limit) if before else start
    page = names[start:end][:limit]
    return VectorStoreList(
        data=tuple(_store(engine, name) for name in page),
        first_id=page[0] if page else None,
        last_id=page[-1] if page else None,
        has_more=start > 0 if before else start + len(page) < end,
    )


@router.get("/vector_stores/{vector_store_id}", summary="One OpenAI vector store")
def vector_store(vector_store_id: str, engine: CurrentEngine) -> VectorStore:
    """Returns one store."""
    find_collection(engine.library, vector_store_id, code="unknown-vector-store", status=404)
    return _store(engine, vector_store_id)


@router.post("/vector_stores/{vector_store_id}/search", summary="OpenAI vector store search")
def search_vector_store(
    vector_store_id: str, body: VectorStoreSearchRequest, engine: CurrentEngine, base: BaseUrl
) -> VectorStorePage:
    """Returns passages; the store is a document's id, or `tarmaq` for all documents."""
    documents = find_collection(
        engine.library, vector_store_id, code="unknown-vector-store", status=404
    )
    queries = [body.query] if isinstance(body.query, str) else body.query
    options = body.ranking_options or RankingOptions()
    condition = body.filters.read() if body.filters else None
    check_size(condition)
    found = search_collection(
        engine,
        queries,
        body.max_num_results,
        collection_filters(engine, documents, condition),
        options.score_threshold,
    )
    return VectorStorePage(
        search_query=tuple(queries),
        data=tuple(store_result(each.result, each.answer, engine, base) for each in found),
    )


def store_result(result: Result, answer: Answer, engine: Engine, base: str) -> VectorStoreResult:
    """Returns a passage that an answer found as a result of a store."""
    return VectorStoreResult(
        file_id=result.passage.document_id,
        filename=long_reference(result.passage, engine.library, answer.language),
        score=result.score,
        attributes=result_attributes(result.passage, answer, engine.library, base),
        content=(TextContent(text=result.passage.text),),
    )


def find_stores(engine: Engine, names: Sequence[str]) -> tuple[str, ...]:
    """Returns the ids of the documents in stores; empty for all documents.

    Raises:
        RequestError: There is no such store.
    """
    found = [
        find_collection(engine.library, name, code="unknown-vector-store", status=404)
        for name in names
    ]
    return () if () in found else tuple(dict.fromkeys(name for each in found for name in each))


def _store(engine: Engine, name: str) -> VectorStore:
    documents = engine.library.documents
    if name == ALL:
        return VectorStore(
            id=ALL,
            created_at=_CREATED,
            name="Tarmaq",
            file_counts=FileCounts(completed=len(documents), total=len(documents)),
            metadata={},
        )
    document = engine.library.document(name)
    return VectorStore(
        id=name,
        created_at=_CREATED,
        name=document.title[document.languages[0]],
        file_counts=FileCounts(completed=1, total=1),
        metadata={
            key: value[:MAX_VALUE]
            for key, value in (
                ("kind", document.kind),
                ("document_number", document.number),
                ("date", document.date.isoformat() if document.date else ""),
                ("uri", document.uri),
            )
            if value
        },
    )


CONTRACT = Contract(doors=(Door("/v1/vector_stores", "search", openai_shape),), router=router)
