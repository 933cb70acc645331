"""Tests that every door gives the same answer."""

import asyncio
from typing import Any

import httpx
import pytest

CONCEPT = "foreign-policy-2020-2030"


@pytest.mark.parametrize(
    "question",
    [
        "Каспий теңізі туралы не айтылған?",
        "В каком пункте говорится о торговле людьми?",
        "3.17-тармақта не жазылған?",
        "Борщ қалай пісіріледі?",
    ],
)
def test_every_door_gives_the_same(address: str, question: str) -> None:
    """Passages, scores, references and answerability do not depend on the contract."""
    mcp = pytest.importorskip("mcp")
    own = httpx.post(f"{address}/v1/search", json={"query": question, "top_k": 5}).json()
    expected = [(r["id"], r["score"], r["reference"][own["language"]]) for r in own["results"]]

    store = httpx.post(
        f"{address}/v1/vector_stores/{CONCEPT}/search",
        json={"query": question, "max_num_results": 5},
    ).json()["data"]
    dify = httpx.post(
        f"{address}/dify/retrieval",
        json={"knowledge_id": CONCEPT, "query": question, "retrieval_setting": {"top_k": 5}},
    ).json()["records"]
    for found in (
        [(r["attributes"], r["score"]) for r in store],
        [(r["metadata"], r["score"]) for r in dify],
    ):
        assert [(a["passage_id"], score, a["reference"]) for a, score in found] == expected
        assert {a["answerable"] for a, _ in found} == {own["answerable"]}

    async def ask() -> Any:
        async with mcp.Client(f"{address}/mcp") as client:
            return await client.call_tool("ask", {"question": question})

    said = asyncio.run(ask()).structured_content
    # An assistant fetches the text that was cited: its id names the edition too.
    cited = [(c["id"].partition("@")[0], c["score"], c["reference"]) for c in said["citations"]]
    assert cited == expected
    assert said["answerable"] == own["answerable"]

    message = httpx.post(
        f"{address}/v1/chat/completions",
        json={"messages": [{"role": "user", "content": question}]},
    ).json()["choices"][0]["message"]
    cited = message["annotations"][0]["url_citation"]
    assert cited["url"] == own["results"][0]["url"]
    assert message["content"].startswith("«") is own["answerable"]
