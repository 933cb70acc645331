"""Tests of the OpenAPI document, alone and with what is made from it.

The generators may live in environments of their own: ``TARMAQ_OPENAPI_PYTHON`` names a Python with
``openapi-spec-validator`` and ``openapi-python-client``, ``TARMAQ_NODE_MODULES`` a folder with
``openapi-typescript``, ``openapi-fetch`` and ``typescript`` 5.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from service.catalogue import error_codes
from service.engine.engine import Engine
from service.http.app import create_app
from service.http.keys import make_key
from service.settings import Settings

QUESTION = "Каспий теңізі туралы не айтылған?"
IDS = {
    "chat_completions": "/v1/chat/completions",
    "document": "/v1/documents/{document_id}",
    "documents": "/v1/documents",
    "embeddings": "/v1/embeddings",
    "live": "/health/live",
    "passage": "/v1/passages/{passage_id}",
    "ready": "/health/ready",
    "rerank": "/v2/rerank",
    "responses": "/v1/responses",
    "retrieval": "/dify/retrieval",
    "search": "/v1/search",
    "search_by_address": "/v1/search",
    "search_vector_store": "/v1/vector_stores/{vector_store_id}/search",
}


@pytest.fixture(scope="module")
def document(engine: Engine) -> dict[str, Any]:
    """The document of a service that asks for keys at all doors but one."""
    _, key = make_key("portal", ("search",))
    settings = Settings(api_keys=str(key), open_scopes=("mcp", "dify"))
    described: dict[str, Any] = create_app(settings, engine).openapi()
    return described


def test_it_is_made_when_it_is_first_asked_for(engine: Engine) -> None:
    """A start does not wait for it, nor do the questions that come while it is made."""
    app = create_app(Settings(), engine)
    with TestClient(app) as client:
        client.post("/v1/search", json={"query": QUESTION}).raise_for_status()
        assert app.openapi_schema is None
        sent = client.get("/openapi.json").raise_for_status().json()
    assert sent["paths"].keys() == app.openapi()["paths"].keys()


def operations(document: dict[str, Any]) -> dict[str, tuple[str, dict[str, Any]]]:
    """Returns path and operation by operation id."""
    return {
        operation["operationId"]: (path, operation)
        for path, methods in document["paths"].items()
        for operation in methods.values()
    }


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    """No reference dangles, and no mark of ours is left."""
    text = json.dumps(document)
    references = set(re.findall(r'"\$ref": "([^"]+)"', text))
    known = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert references - known == set()
    assert "x-component" not in text
    assert "HTTPValidationError" not in text


def test_operation_ids_stay(document: dict[str, Any]) -> None:
    """What generated clients call is a name of ours, each once."""
    found = operations(document)
    count = sum(len(methods) for methods in document["paths"].values())
    assert len(found) == count
    assert {name: found[name][0] for name in IDS} == IDS


def test_operations_name_the_key_that_they_need(document: dict[str, Any]) -> None:
    """The scope stands at each operation that asks for a key, and at no other."""
    found = operations(document)
    assert document["components"]["securitySchemes"]["key"]["scheme"] == "bearer"
    assert found["chat_completions"][1]["security"] == [{"key": ["chat"]}]
    assert "security" not in found["retrieval"][1]
    assert "security" not in found["live"][1]


def test_all_codes_of_errors_are_problem_types(document: dict[str, Any], root: Path) -> None:
    """The types of problems are listed with their texts; none is raised that is not."""
    described = document["components"]["schemas"]["ProblemSchema"]["properties"]["type"]
    for code in error_codes():
        assert f"`urn:tarmaq:problem:{code}`" in described["description"]
    raised = set()
    for path in (root / "service").rglob("*.py"):
        raised |= set(re.findall(r'RequestError\(\s*"([a-z-]+)"', path.read_text("utf-8")))
    assert raised
    assert raised - set(error_codes()) == set()


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/v1/search", {"query": ""}, 422),
        ("/v1/search", {"query": "а", "nothing": 1}, 422),
        ("/v1/chat/completions", {}, 400),
        ("/v1/responses", {"input": "а", "previous_response_id": "r"}, 400),
        ("/v1/responses", {"input": "а", "model": "gpt-5"}, 404),
        ("/v1/embeddings", {"input": []}, 400),
        ("/v1/vector_stores/tarmaq/search", {}, 400),
        ("/v2/rerank", {}, 422),
        ("/dify/retrieval", {"query": 1}, 400),
    ],
)
def test_errors_are_declared_as_they_are_sent(
    address: str, document: dict[str, Any], path: str, body: dict[str, Any], status: int
) -> None:
    """Status, media type and fields of an error are those of the description."""
    response = httpx.post(f"{address}{path}", json=body)
    assert response.status_code == status
    declared_path = path.replace("/tarmaq/", "/{vector_store_id}/")
    declared = document["paths"][declared_path]["post"]["responses"][str(status)]["content"]
    media = response.headers["content-type"].partition(";")[0]
    name = declared[media]["schema"]["$ref"].rpartition("/")[2]
    schema = document["components"]["schemas"][name]
    assert set(schema["required"]) <= set(response.json()) <= {*schema["properties"], "errors"}


def python_with(module: str) -> str:
    """Returns a Python that has a module."""
    python = os.environ.get("TARMAQ_OPENAPI_PYTHON", sys.executable)
    check = [python, "-c", f"import {module}"]
    if subprocess.run(check, capture_output=True, check=False).returncode:
        pytest.skip(f"{module} is not installed; TARMAQ_OPENAPI_PYTHON names one that has it")
    return python


@pytest.fixture
def file(document: dict[str, Any], tmp_path: Path) -> Path:
    """The document as a file."""
    path = tmp_path / "openapi.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def run(*command: object, cwd: Path) -> str:
    """Runs a program that must succeed, and returns what it prints."""
    done = subprocess.run(
        list(map(str, command)), cwd=cwd, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_document_is_valid(file: Path) -> None:
    """The validator of the OpenAPI 3.1 schema finds nothing."""
    python = python_with("openapi_spec_validator")
    assert "OK" in run(python, "-m", "openapi_spec_validator", file, cwd=file.parent)


def test_generated_python_client_answers(file: Path, address: str) -> None:
    """A client that openapi-python-client makes asks, and reads the answer and the error."""
    python = python_with("openapi_python_client")
    program = [python, "-m", "openapi_python_client", "generate", "--path", file]
    said = run(*program, "--meta", "none", "--output-path", "tarmaq_client", cwd=file.parent)
    assert "ERROR" not in said.upper().replace("ERRORS", ""), said
    script = f"""
from tarmaq_client import Client
from tarmaq_client.api.search import search
from tarmaq_client.models import ProblemSchema, SearchRequest, SearchResponse

client = Client("{address}")
answer = search.sync(client=client, body=SearchRequest(query="{QUESTION}", top_k=3))
assert isinstance(answer, SearchResponse)
assert answer.answerable and len(answer.results) == 3
print(answer.results[0].reference.kk)
problem = search.sync(client=client, body=SearchRequest(query=""))
assert isinstance(problem, ProblemSchema), problem
assert problem.type_ == "urn:tarmaq:problem:empty-query"
"""
    own = httpx.post(f"{address}/v1/search", json={"query": QUESTION}).json()
    assert own["results"][0]["reference"]["kk"] in run(python, "-c", script, cwd=file.parent)


def test_generated_typescript_compiles_and_answers(file: Path, address: str) -> None:
    """The types that openapi-typescript makes fit a program that asks a question."""
    modules = Path(os.environ.get("TARMAQ_NODE_MODULES", "node_modules"))
    if not (modules / "openapi-typescript").is_dir() or shutil.which("node") is None:
        pytest.skip("openapi-typescript is not installed; TARMAQ_NODE_MODULES names its folder")
    folder = file.parent
    (folder / "node_modules").symlink_to(modules.resolve())
    run("node", "node_modules/openapi-typescript/bin/cli.js", file, "-o", "api.ts", cwd=folder)
    (folder / "ask.ts").write_text(
        f"""import createClient from "openapi-fetch";
import type {{ paths }} from "./api";
const client = createClient<paths>({{ baseUrl: "{address}" }});
async function ask() {{
  const body = {{ query: "{QUESTION}", top_k: 3, literal: false, filters: {{}} }};
  const {{ data, error }} = await client.POST("/v1/search", {{ body: body as never }});
  if (!data) throw new Error(JSON.stringify(error));
  const reference: string = data.results[0].reference.kk;
  console.log(reference);
}}
ask();
""",
        encoding="utf-8",
    )
    flags = ["--module", "esnext", "--moduleResolution", "bundler", "--target", "es2022"]
    strict = ["--strict", "--skipLibCheck", "--lib", "es2022,dom"]
    run("node", "node_modules/typescript/bin/tsc", *flags, *strict, "ask.ts", cwd=folder)
    (folder / "ask.js").rename(folder / "ask.mjs")
    own = httpx.post(f"{address}/v1/search", json={"query": QUESTION}).json()
    assert own["results"][0]["reference"]["kk"] in run("node", "ask.mjs", cwd=folder)
