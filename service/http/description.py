"""The OpenAPI document: what FastAPI makes of the routes, completed to what is really sent.

Source: OpenAPI 3.1. FastAPI takes no schema for a body or an error that is not one of its own
models; such a schema stands in its place, marked ``x-component``, and is moved here to where
references find it.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Any, Final

from fastapi import FastAPI, Request, Response
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from starlette.routing import Route

from service.catalogue import error_codes, template
from service.http.access import door, needed_scope
from service.http.keys import KeyRing, Scope
from service.http.shapes import ALWAYS, errors, problem_shape

_KEY = "key"
_FASTAPIS = ("HTTPValidationError", "ValidationError")
_PLACE = "#/components/schemas/"
_FIRST_RESULT = {"passage_id": "$response.body#/results/0/id"}
_FIRST_STORE = {"vector_store_id": "$response.body#/data/0/id"}
_JOB = {"job": {"job_id": "$response.body#/id"}}
_LINKS: Final[dict[str, dict[str, dict[str, str]]]] = {
    "search": {"passage": _FIRST_RESULT},
    "search_by_address": {"passage": _FIRST_RESULT},
    "documents": {
        "document": {"document_id": "$response.body#/0/id"},
        "description": {"document_id": "$response.body#/0/id"},
    },
    "models": {"model": {"name": "$response.body#/data/0/id"}},
    "vector_stores": {"vector_store": _FIRST_STORE, "search_vector_store": _FIRST_STORE},
    "add_document": {**_JOB, "publish": _JOB["job"]},
    "put_document": _JOB,
    "remove_document": _JOB,
}
"""What may be asked next with what an operation answered: operation, next one, its parameters."""


def operation_id(route: APIRoute) -> str:
    """Returns the name that a generated client calls a route by: that of its function."""
    return route.name


def install(app: FastAPI, ring: KeyRing, open_scopes: Sequence[Scope]) -> None:
    """Describes ``app`` as it answers, with the keys that it asks for."""

    def describe() -> dict[str, Any]:
        if not app.openapi_schema:
            document = get_openapi(
                title=app.title,
                version=app.version,
                description=app.description,
                routes=app.routes,
                servers=app.servers,
            )
            _complete(document, needed=ring.needed, open_scopes=open_scopes)
            app.openapi_schema = document
        return app.openapi_schema

    app.openapi = describe  # type: ignore[method-assign]
    for route in app.routes:
        if isinstance(route, Route) and route.path == app.openapi_url:
            app.routes.remove(route)
            app.add_route(route.path, _made_aside(app, route.endpoint), include_in_schema=False)
            break


def _made_aside(
    app: FastAPI, send: Callable[[Request], Awaitable[Response]]
) -> Callable[[Request], Awaitable[Response]]:
    """Returns what sends the description, made in a thread when it is first asked for.

    It takes a third of a second, which neither a start nor the event loop has.
    """

    async def described(request: Request) -> Response:
        await asyncio.to_thread(app.openapi)
        return await send(request)

    return described


def _complete(document: dict[str, Any], *, needed: bool, open_scopes: Sequence[Scope]) -> None:
    components = document.setdefault("components", {})
    schemas: dict[str, Any] = components.setdefault("schemas", {})
    for path, operations in document["paths"].items():
        found = door(path)
        shape = found.shape if found else problem_shape
        statuses = ALWAYS if found else (503,)
        for method, operation in operations.items():
            kept = {status: one for status, one in operation["responses"].items() if status < "4"}
            for status, one in kept.items():
                if status < "3" and operation["operationId"] in _LINKS:
                    one["links"] = {
                        following: {"operationId": following, "parameters": parameters}
                        for following, parameters in _LINKS[operation["operationId"]].items()
                    }
            operation["responses"] = {**kept, **errors(shape, *statuses)}
            if not needed or found is None:
                continue
            scope = needed_scope(found, path, method.upper())
            if scope not in open_scopes:
                operation["security"] = [{_KEY: [scope]}]
    document["paths"] = _hoist(document["paths"], schemas)
    for name in _FASTAPIS:
        schemas.pop(name, None)
    components["schemas"] = dict(sorted(schemas.items()))
    if needed:
        components["securitySchemes"] = {
            _KEY: {
                "type": "http",
                "scheme": "bearer",
                "description": "A key of this service; the role is the scope that it must have.",
            }
        }
    if problem := schemas.get("ProblemSchema"):
        problem["properties"]["type"] |= {
            "description": "\n".join(["What kind of problem it is:", *_problem_types()]),
            "examples": ["urn:tarmaq:problem:empty-query"],
        }


def _hoist(node: Any, schemas: dict[str, Any]) -> Any:
    """Returns ``node`` with each schema that stands in its place moved to ``schemas``."""
    if isinstance(node, list):
        return [_hoist(each, schemas) for each in node]
    if not isinstance(node, dict):
        return node
    if "x-component" not in node:
        return {key: _hoist(value, schemas) for key, value in node.items()}
    own = {key: value for key, value in node.items() if key not in ("x-component", "$defs")}
    for name, schema in [*node.get("$defs", {}).items(), (node["x-component"], own)]:
        schemas.setdefault(name, _refer(schema))
    return {"$ref": _PLACE + node["x-component"]}


def _refer(node: Any) -> Any:
    if isinstance(node, list):
        return [_refer(each) for each in node]
    if not isinstance(node, dict):
        return node.replace("#/$defs/", _PLACE) if isinstance(node, str) else node
    return {key: _refer(value) for key, value in node.items()}


def _problem_types() -> Iterator[str]:
    for code in error_codes():
        yield f"- `urn:tarmaq:problem:{code}`: {template(code).en}"
