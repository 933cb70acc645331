"""Tests of every operation of the description with generated requests (schemathesis)."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import hypothesis
import pytest

from service.engine.engine import Engine
from service.http.app import create_app
from service.settings import Settings

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")

OPERATIONS = [
    (path, method)
    for path, operations in create_app(Settings()).openapi()["paths"].items()
    for method in operations
]


@pytest.fixture(scope="module")
def schema(engine: Engine, host: Callable[[Any], AbstractContextManager[str]]) -> Iterator[Any]:
    """The description of a running service: it says where to ask."""
    with host(create_app(Settings(rerank_characters=2_000), engine)) as address:
        yield schemathesis.openapi.from_url(f"{address}/openapi.json")


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_operation_answers_as_described(schema: Any, path: str, method: str) -> None:
    """No 5xx, and only answers of a described status, content type and form."""
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi.checks import (
        content_type_conformance,
        response_schema_conformance,
        status_code_conformance,
    )

    checks = [
        not_a_server_error,
        content_type_conformance,
        response_schema_conformance,
        status_code_conformance,
    ]

    # How long an example takes says nothing here, and few are enough for every commit.
    @hypothesis.settings(
        max_examples=20,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(case=schema[path][method].as_strategy())
    def check(case: Any) -> None:
        case.validate_response(case.call(timeout=60), checks=checks)

    check()


def test_what_was_answered_can_be_asked_for(schema: Any) -> None:
    """Chains of requests: what one answers is asked of the next, and is there."""
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi.checks import (
        ensure_resource_availability,
        response_schema_conformance,
        status_code_conformance,
        use_after_free,
    )

    checks = [
        not_a_server_error,
        response_schema_conformance,
        status_code_conformance,
        ensure_resource_availability,
        use_after_free,
    ]
    followed: set[str] = set()

    class Chain(schema.as_state_machine()):  # type: ignore[misc]
        def get_call_kwargs(self, case: Any) -> dict[str, Any]:
            return {"timeout": 60}

        def validate_response(self, response: Any, case: Any, **_: Any) -> None:
            case.validate_response(response, checks=checks)
            if response.status_code == 200:
                followed.add(case.operation.label)

    Chain.run(
        settings=hypothesis.settings(
            max_examples=20,
            stateful_step_count=6,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(hypothesis.HealthCheck),
        )
    )
    assert any("{" in operation for operation in followed)


def test_every_reference_of_the_description_leads_somewhere() -> None:
    """No schema is named that is not there."""
    content = create_app(Settings()).openapi()
    known = {f"#/components/schemas/{name}" for name in content["components"]["schemas"]}
    waiting: list[Any] = [content]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            assert part.get("$ref", next(iter(known))) in known
            waiting += part.values()
        elif isinstance(part, list):
            waiting += part


def test_description_says_which_operations_want_a_key() -> None:
    """The scheme stands there where keys are asked for, and not where they are not."""
    free = create_app(Settings()).openapi()
    assert "securitySchemes" not in free["components"]
    settings = Settings(api_keys=f"a sha256:{'0' * 64} search never", open_scopes=("chat",))
    closed = create_app(settings).openapi()
    assert closed["components"]["securitySchemes"]["key"]["scheme"] == "bearer"
    assert closed["paths"]["/v1/search"]["post"]["security"] == [{"key": ["search"]}]
    assert "security" not in closed["paths"]["/v1/chat/completions"]["post"]
    assert "security" not in closed["paths"]["/health/live"]["get"]
