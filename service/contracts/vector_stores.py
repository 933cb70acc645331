"""Search as OpenAI's vector stores do: ``client.vector_stores.search("tarmaq", query=...)``.

Source: OpenAI API reference, "Search vector store" and its filters.
"""

from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

from service.contracts.attributes import long_reference, result_attributes
from service.contracts.collections import find_collection
from service.contracts.conditions import Combination, Comparison, Condition
from service.contracts.searching import MAX_RESULTS, collection_filters, search_collection
from service.contracts.shapes import contract_route, openai_shape
from service.routes import BaseUrl, CurrentEngine

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


class ComparisonFilter(_Schema):
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


class CompoundFilter(_Schema):
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


class RankingOptions(_Schema):
    """How good a passage must be; there is one ranker, whatever is named."""

    ranker: str = "auto"
    score_threshold: float = 0.0


class VectorStoreSearchRequest(_Schema):
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


router = APIRouter(prefix="/v1", tags=["openai"], route_class=contract_route(openai_shape))


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
    found = search_collection(
        engine,
        queries,
        body.max_num_results,
        collection_filters(engine, documents, body.filters.read() if body.filters else None),
        options.score_threshold,
    )
    return VectorStorePage(
        search_query=tuple(queries),
        data=tuple(
            VectorStoreResult(
                file_id=each.result.passage.document_id,
                filename=long_reference(each.result.passage, engine.library, each.answer.language),
                score=each.result.score,
                attributes=result_attributes(
                    each.result.passage, each.answer, engine.library, base
                ),
                content=(TextContent(text=each.result.passage.text),),
            )
            for each in found
        ),
    )
