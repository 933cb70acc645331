"""Tests of what every contract keeps to, whichever is added."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.routing import APIRoute
from pydantic import BaseModel, ValidationError

from service import contracts
from service.contracts.openai import openai_shape
from service.http.access import DOORS, door
from service.http.requests import Body
from service.http.shapes import problem_shape


def routes() -> list[APIRoute]:
    """Returns the routes of all contracts."""
    return [
        route
        for contract in contracts.CONTRACTS
        for route in (contract.router.routes if contract.router else ())
        if isinstance(route, APIRoute)
    ]


def bodies() -> Iterator[type[Body]]:
    """Yields every schema that a client sends."""
    waiting = list(Body.__subclasses__())
    while waiting:
        schema = waiting.pop()
        waiting.extend(schema.__subclasses__())
        yield schema


def test_every_module_of_a_contract_is_listed(root: Path) -> None:
    """A module that declares a contract is one of those that the application opens."""
    folder = root / "service" / "contracts"
    declaring = [p for p in folder.rglob("*.py") if "\nCONTRACT = " in p.read_text("utf-8")]
    assert len(declaring) == len(contracts.CONTRACTS) > 5


@pytest.mark.parametrize("route", routes(), ids=lambda route: route.path)
def test_every_route_is_behind_a_door_of_its_contract(route: APIRoute) -> None:
    """A route without a door would be open even where keys are asked for."""
    found = door(route.path)
    assert found is not None
    owner = next(c for c in contracts.CONTRACTS if c.router and route in c.router.routes)
    assert found in owner.doors


def test_no_door_stands_in_the_way_of_another() -> None:
    """Of two doors, the narrower comes first."""
    for number, one in enumerate(DOORS):
        assert not any(earlier.leads_to(one.prefix) for earlier in DOORS[:number]), one


def test_contracts_are_written_in_their_own_files(root: Path) -> None:
    """No module outside names a contract: a new one is a file and a line."""
    names = {c.doors[0].prefix.rpartition("/")[2] for c in contracts.CONTRACTS if c.doors}
    pattern = re.compile(rf"\bcontracts(?:\.| import )(?:{'|'.join(names)}|rerank|dify)\b")
    for path in (root / "service" / "http").glob("*.py"):
        assert not pattern.search(path.read_text("utf-8").replace("contracts.mcp", "")), path


@pytest.mark.parametrize("schema", list(bodies()), ids=lambda schema: schema.__name__)
def test_null_is_taken_for_every_optional_field(schema: type[Body]) -> None:
    """Clients made from a description send null for what is not set."""
    optional = [
        info.alias or name for name, info in schema.model_fields.items() if not info.is_required()
    ]
    for name in optional:
        assert name not in wrong_fields(schema, {name: None})


def wrong_fields(schema: type[Body], data: dict[str, Any]) -> set[str]:
    """Returns the fields that a schema does not take as they are in ``data``."""
    try:
        schema.model_validate(data)
    except ValidationError as error:
        return {str(item["loc"][0]) for item in error.errors() if item["loc"]}
    return set()


@pytest.mark.parametrize("route", routes(), ids=lambda route: f"{route.path}-{route.name}")
def test_every_body_takes_nulls(route: APIRoute) -> None:
    """What a route reads, with all that lies in it, is a ``Body``."""
    if route.body_field is None:
        return

    found: list[type[BaseModel]] = []

    def gather(annotation: Any) -> None:
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            if annotation in found:
                return
            found.append(annotation)
            for info in annotation.model_fields.values():
                gather(info.annotation)
        for argument in getattr(annotation, "__args__", ()):
            gather(argument)

    gather(route.body_field.field_info.annotation)
    assert found
    assert [model for model in found if not issubclass(model, Body)] == []


def test_null_query_settings_search_as_if_left_out(address: str) -> None:
    """The whole body of a search with nulls is answered."""
    body = {"query": "Каспий", "top_k": None, "language": None, "filters": None, "literal": None}
    own = httpx.post(f"{address}/v1/search", json=body)
    assert own.status_code == 200
    assert len(own.json()["results"]) == 5
    filters = {"documents": None, "sections": None, "languages": None, "kinds": None, "date": None}
    body = {"query": "Каспий", "filters": filters}
    assert httpx.post(f"{address}/v1/search", json=body).status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "/v1/completions", 404),
        ("POST", "/v1/threads/runs", 404),
        ("POST", "/v1/images/generations", 404),
        ("GET", "/v1/chat/completions/chatcmpl-1", 404),
        ("GET", "/v1/files/file-1/content", 404),
        ("POST", "/v1/vector_stores", 405),
        ("DELETE", "/v1/models/tarmaq", 405),
        ("GET", "/v1/embeddings", 405),
    ],
)
def test_openais_other_addresses_are_refused_in_its_shape(
    address: str, method: str, path: str, status: int
) -> None:
    """What is not offered is an error that OpenAI's package reads."""
    response = httpx.request(method, f"{address}{path}", json={})
    assert response.status_code == status
    error = response.json()["error"]
    assert error["message"]
    assert error["code"] in ("not_offered", "not_found", "method_not_allowed")


def test_completions_say_what_to_use(address: str) -> None:
    """The old interface names the new one."""
    response = httpx.post(f"{address}/v1/completions", headers={"Accept-Language": "ru"})
    assert "/v1/chat/completions" in response.json()["error"]["message"]


@pytest.mark.parametrize(
    ("path", "field"), [("/v2/chat", "message"), ("/dify/nothing", "error_msg")]
)
def test_other_contracts_word_unknown_addresses(address: str, path: str, field: str) -> None:
    """Cohere's and Dify's unknown addresses have their shapes too."""
    assert field in httpx.post(f"{address}{path}", json={}).json()


def test_shapes_are_told_apart() -> None:
    """The service's own interface keeps problem details."""
    assert door("/v1/search").shape is problem_shape
    assert door("/v1/completions").shape is openai_shape
    assert door("/documents/x") is None
