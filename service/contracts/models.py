"""The models that OpenAI's interface lists: what may stand in the field ``model``.

Source: OpenAI API reference, "Models".
"""

from typing import Final, Literal

from fastapi import Request
from pydantic import BaseModel, ConfigDict

from service.contracts.openai import openai_router, openai_shape
from service.errors import RequestError
from service.http.doors import Contract, Door
from service.settings import Settings

MODEL: Final = "tarmaq"
EXTRACTIVE_MODEL: Final = "tarmaq-extractive"
"""Answers in the document's own words even where a language model is configured."""

PASSAGE_MODEL: Final = "tarmaq-embedding"
QUERY_MODEL: Final = "tarmaq-embedding-query"
"""The same model of embeddings: texts to be found, and questions that find them."""

_CREATED = 1_583_452_800


class Model(BaseModel):
    """A model."""

    model_config = ConfigDict(frozen=True)

    id: str
    object: Literal["model"] = "model"
    created: int = _CREATED
    owned_by: str = "tarmaq"


class ModelList(BaseModel):
    """The models that answer; those that embed can be retrieved, for no chat should offer them."""

    model_config = ConfigDict(frozen=True)

    object: Literal["list"] = "list"
    data: tuple[Model, ...]


router = openai_router()


@router.get("/models", summary="OpenAI models")
async def models(request: Request) -> ModelList:
    """Returns the models: `tarmaq`, and `tarmaq-extractive` where a language model writes."""
    return ModelList(data=tuple(Model(id=name) for name in answering(request)))


@router.get("/models/{name}", summary="One OpenAI model")
async def model(name: str, request: Request) -> Model:
    """Returns one model."""
    return Model(id=known(name, (*answering(request), PASSAGE_MODEL, QUERY_MODEL)))


def answering(request: Request) -> tuple[str, ...]:
    """Returns the names of the models that answer questions."""
    settings: Settings = request.app.state.settings
    return (MODEL, EXTRACTIVE_MODEL) if settings.llm_base_url else (MODEL,)


def known(name: str, names: tuple[str, ...]) -> str:
    """Returns ``name``.

    Raises:
        RequestError: It is none of ``names``.
    """
    if name not in names:
        raise RequestError(
            "unknown-model", status=404, field="model", name=name, known=", ".join(names)
        )
    return name


CONTRACT = Contract(doors=(Door("/v1/models", "chat", openai_shape),), router=router)
