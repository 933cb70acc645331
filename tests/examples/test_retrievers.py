"""Tests of the examples for LangChain, LlamaIndex and Haystack, with the real packages."""

import importlib.util
import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from types import ModuleType

import httpx
import pytest

from service.http.keys import make_key

QUESTION = "Каспий теңізі туралы не айтылған?"


@pytest.fixture(scope="module", autouse=True)
def _no_telemetry() -> Iterator[None]:
    """Haystack reports its use to its makers unless told not to."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HAYSTACK_TELEMETRY_ENABLED", "False")
        yield


def example(root: Path, name: str, package: str) -> ModuleType:
    """Imports an example; its test is skipped where the package is not installed."""
    with warnings.catch_warnings():
        # The packages' own warnings on import are not ours.
        warnings.simplefilter("ignore")
        pytest.importorskip(package)
        spec = importlib.util.spec_from_file_location(name, root / "examples" / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return module


@pytest.fixture
def expected(address: str) -> list[tuple[str, str, str]]:
    """Ids, texts and references that the service itself gives."""
    answer = httpx.post(f"{address}/v1/search", json={"query": QUESTION, "top_k": 4}).json()
    return [(r["id"], r["text"], r["reference"]["kk"]) for r in answer["results"]]


@pytest.mark.filterwarnings("ignore")
def test_langchain(root: Path, address: str, expected: list[tuple[str, str, str]]) -> None:
    """LangChain's retriever returns the service's items as documents."""
    module = example(root, "langchain_retriever", "langchain_core")
    documents = module.TarmaqRetriever(url=address, k=4).invoke(QUESTION)
    assert [(d.id, d.page_content, d.metadata["reference"]) for d in documents] == expected


@pytest.mark.filterwarnings("ignore")
def test_llamaindex(root: Path, address: str, expected: list[tuple[str, str, str]]) -> None:
    """LlamaIndex's retriever returns the service's items as nodes with scores."""
    module = example(root, "llamaindex_retriever", "llama_index.core")
    nodes = module.TarmaqRetriever(address, k=4).retrieve(QUESTION)
    assert [(n.node_id, n.text, n.metadata["reference"]) for n in nodes] == expected
    assert all(0 <= node.score <= 1 for node in nodes)


@pytest.mark.filterwarnings("ignore")
def test_haystack(root: Path, address: str, expected: list[tuple[str, str, str]]) -> None:
    """Haystack's component runs in a pipeline and returns the service's items."""
    module = example(root, "haystack_retriever", "haystack")
    from haystack import Pipeline

    pipeline = Pipeline()
    pipeline.add_component("tarmaq", module.TarmaqRetriever(address, top_k=4))
    found = pipeline.run({"tarmaq": {"query": QUESTION}})["tarmaq"]
    assert [(d.id, d.content, d.meta["reference"]) for d in found["documents"]] == expected
    assert found["answerable"] is True


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("name", "package"),
    [
        ("langchain_retriever", "langchain_core"),
        ("llamaindex_retriever", "llama_index.core"),
        ("haystack_retriever", "haystack"),
    ],
)
def test_keys_are_sent(
    root: Path, serve: Callable[..., AbstractContextManager[str]], name: str, package: str
) -> None:
    """Each retriever opens a service that asks for keys, and fails loudly with a wrong one."""
    retriever = example(root, name, package).TarmaqRetriever
    secret, key = make_key("bot", ["search"])

    def ask(address: str, api_key: str) -> object:
        made = retriever(url=address, api_key=api_key)
        method = {"langchain_retriever": "invoke", "llamaindex_retriever": "retrieve"}
        return getattr(made, method.get(name, "run"))(QUESTION)

    with serve(api_keys=str(key)) as address:
        assert ask(address, secret)
        with pytest.raises(httpx.HTTPStatusError, match="401"):
            ask(address, "wrong")
