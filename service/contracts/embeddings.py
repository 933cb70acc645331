"""OpenAI embeddings: the vectors of the model that searches.

Source: OpenAI API reference, "Create embeddings".
"""

import base64
from collections.abc import Sequence
from typing import Annotated, Any, Literal

import numpy as np
from fastapi import Request
from pydantic import BaseModel, ConfigDict, Field

from indexer.embedding.encoders import Embeddings, Encoder
from indexer.errors import InvalidTextError
from indexer.normalisation import sanitise
from service.contracts.models import PASSAGE_MODEL, QUERY_MODEL, known
from service.contracts.openai import openai_router, openai_shape
from service.contracts.rerank import most_characters
from service.deadline import checkpoint
from service.errors import RequestError
from service.http.doors import Contract, Door
from service.http.requests import Body
from service.http.routes import CurrentEngine

MAX_TEXTS = 2_048
"""Most texts in one request, as OpenAI allows."""

_BATCH = 4
"""Texts between two looks whether their vectors are still wanted."""

_Tokens = Annotated[list[int], Field(min_length=1)]


class EmbeddingsRequest(Body):
    """Texts to embed; numbers of tokens are refused, for every model has its own."""

    input: (
        str
        | Annotated[list[str], Field(min_length=1, max_length=MAX_TEXTS)]
        | _Tokens
        | Annotated[list[_Tokens], Field(min_length=1)]
    )
    model: str = PASSAGE_MODEL
    encoding_format: Literal["float", "base64"] = "float"
    dimensions: int | None = None


class _Schema(BaseModel):
    model_config = ConfigDict(frozen=True)


class Embedding(_Schema):
    """The vector of one text, of unit length."""

    object: Literal["embedding"] = "embedding"
    index: int
    embedding: list[float] | str = Field(
        description="Numbers; or, in base64, little-endian float32."
    )


class EmbeddingsUsage(_Schema):
    """What was read, in tokens of the model."""

    prompt_tokens: int
    total_tokens: int


class EmbeddingsResponse(_Schema):
    """The vectors, in the order of the texts."""

    object: Literal["list"] = "list"
    data: tuple[Embedding, ...]
    model: str
    usage: EmbeddingsUsage


router = openai_router()


@router.post("/embeddings", summary="OpenAI embeddings")
def embeddings(
    body: EmbeddingsRequest, request: Request, engine: CurrentEngine
) -> EmbeddingsResponse:
    """Returns a vector for each text; a question's is near those of passages that answer it.

    `tarmaq-embedding` embeds passages, `tarmaq-embedding-query` questions.
    """
    name = known(body.model, (PASSAGE_MODEL, QUERY_MODEL))
    encoder = engine.retriever.encoder
    if body.dimensions not in (None, encoder.dimension):
        raise RequestError(
            "other-dimension",
            field="dimensions",
            known=encoder.dimension,
            wanted=body.dimensions,
        )
    texts = _texts(body.input)
    if (length := sum(map(len, texts))) > (most := most_characters(request)):
        raise RequestError("texts-too-long", status=400, length=length, limit=most)
    vectors, read = _embed(encoder, texts, is_query=name == QUERY_MODEL)
    as_text = body.encoding_format == "base64"
    return EmbeddingsResponse(
        data=tuple(
            Embedding(
                index=index,
                embedding=base64.b64encode(np.ascontiguousarray(vector).tobytes()).decode()
                if as_text
                else vector.tolist(),
            )
            for index, vector in enumerate(vectors)
        ),
        model=name,
        usage=EmbeddingsUsage(prompt_tokens=read, total_tokens=read),
    )


def _embed(encoder: Encoder, texts: Sequence[str], *, is_query: bool) -> tuple[Embeddings, int]:
    """Returns the texts' vectors, shape ``(len(texts), dimension)``, and their number of tokens."""
    encode = encoder.encode_queries if is_query else encoder.encode_passages
    batches, tokens = [], 0
    for start in range(0, len(texts), _BATCH):
        checkpoint()
        batch = texts[start : start + _BATCH]
        batches.append(encode(batch))
        tokens += encoder.count_tokens(batch)
    return np.concatenate(batches).astype("<f4", copy=False), tokens


def _texts(given: Any) -> list[str]:
    texts = [given] if isinstance(given, str) else given
    for number, text in enumerate(texts, start=1):
        if not isinstance(text, str):
            raise RequestError("token-numbers", field="input")
        try:
            sanitise(text)
        except InvalidTextError as error:
            raise RequestError("empty-text", field="input", number=number) from error
    return list(texts)


CONTRACT = Contract(doors=(Door("/v1/embeddings", "search", openai_shape),), router=router)
