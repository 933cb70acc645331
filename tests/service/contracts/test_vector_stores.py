"""Tests of OpenAI's vector store search, with OpenAI's own package."""

from collections.abc import Iterator

import pytest

openai = pytest.importorskip("openai")

QUESTION = "Каспий теңізі туралы не айтылған?"
CONCEPT = "foreign-policy-2020-2030"


@pytest.fixture
def client(address: str) -> "Iterator[openai.OpenAI]":
    """OpenAI's client of the service."""
    with openai.OpenAI(base_url=f"{address}/v1", api_key="none", max_retries=0) as client:
        yield client


def test_search_returns_passages(client: "openai.OpenAI") -> None:
    """Results have file, score, text and attributes within OpenAI's limits."""
    page = client.vector_stores.search(CONCEPT, query=QUESTION, max_num_results=4)
    assert len(page.data) == 4
    for result in page:
        assert result.file_id == CONCEPT
        assert 0 <= result.score <= 1
        assert result.content[0].text
        assert len(result.attributes) <= 16
        assert all(len(name) <= 64 for name in result.attributes)
        assert all(len(v) <= 512 for v in result.attributes.values() if isinstance(v, str))


def test_threshold_leaves_out_lower_scores(client: "openai.OpenAI") -> None:
    """Only results of the threshold or above come."""
    scores = [r.score for r in client.vector_stores.search("tarmaq", query=QUESTION)]
    kept = client.vector_stores.search(
        "tarmaq", query=QUESTION, ranking_options={"score_threshold": scores[2], "ranker": "none"}
    )
    assert [r.score for r in kept] == [score for score in scores if score >= scores[2]]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"type": "eq", "key": "section", "value": "3"}, lambda a: a.get("section") == "3"),
        ({"type": "ne", "key": "section", "value": "3"}, lambda a: a.get("section") != "3"),
        ({"type": "gt", "key": "chapter", "value": 4}, lambda a: int(a["chapter"]) > 4),
        ({"type": "gte", "key": "chapter", "value": 4}, lambda a: int(a["chapter"]) >= 4),
        ({"type": "lt", "key": "chapter", "value": 4}, lambda a: int(a["chapter"]) < 4),
        ({"type": "lte", "key": "chapter", "value": 4}, lambda a: int(a["chapter"]) <= 4),
        ({"type": "in", "key": "section", "value": ["1", "2"]}, lambda a: a["section"] in "12"),
        (
            {"type": "nin", "key": "section", "value": ["1", "2"]},
            lambda a: a.get("section") not in ("1", "2"),
        ),
        (
            {
                "type": "and",
                "filters": [
                    {"type": "eq", "key": "chapter", "value": "5"},
                    {
                        "type": "or",
                        "filters": [
                            {"type": "eq", "key": "section", "value": "1"},
                            {"type": "eq", "key": "section", "value": "4"},
                        ],
                    },
                ],
            },
            lambda a: a["chapter"] == "5" and a["section"] in ("1", "4"),
        ),
    ],
)
def test_filters_choose(client: "openai.OpenAI", filters: dict, expected: object) -> None:
    """Every result meets the filter, and there are results that do."""
    page = client.vector_stores.search(
        "tarmaq", query=QUESTION, filters=filters, max_num_results=50
    )
    assert page.data
    assert all(expected(r.attributes) for r in page if "chapter" in r.attributes)


def test_several_queries_are_merged(client: "openai.OpenAI") -> None:
    """The first result of each query is among the first results of both together."""
    queries = [QUESTION, "В каком пункте говорится о торговле людьми?"]
    firsts = [client.vector_stores.search("tarmaq", query=q).data[0] for q in queries]
    both = client.vector_stores.search("tarmaq", query=queries, max_num_results=2)
    found = {r.attributes["passage_id"] for r in both}
    assert found == {r.attributes["passage_id"] for r in firsts}


def test_unknown_store_is_openais_not_found(client: "openai.OpenAI") -> None:
    """OpenAI's package raises its own error with the service's message."""
    with pytest.raises(openai.NotFoundError) as caught:
        client.vector_stores.search("vs_none", query=QUESTION)
    assert caught.value.code == "unknown_vector_store"
    assert CONCEPT in str(caught.value)


@pytest.mark.parametrize(
    "wrong",
    [
        {"query": ""},
        {"query": []},
        {"query": QUESTION, "max_num_results": 51},
        {"query": QUESTION, "filters": {"type": "like", "key": "a", "value": "b"}},
        {"query": QUESTION, "filters": {"type": "and", "filters": "b"}},
    ],
)
def test_unusable_request_is_openais_bad_request(client: "openai.OpenAI", wrong: dict) -> None:
    """OpenAI's package raises its own error for a malformed request."""
    with pytest.raises(openai.BadRequestError):
        client.vector_stores.search("tarmaq", **wrong)


def test_stores_are_listed_and_retrieved(client: "openai.OpenAI") -> None:
    """All documents are one store, and each document is one."""
    stores = list(client.vector_stores.list())
    assert [store.id for store in stores] == ["tarmaq", CONCEPT]
    assert client.vector_stores.retrieve(CONCEPT) == stores[1]
    assert stores[0].file_counts.total == 1
    assert stores[1].metadata["kind"]


def test_stores_are_paged_as_openais_are(client: "openai.OpenAI") -> None:
    """Pages of one give every store, in both orders."""
    ids = [store.id for store in client.vector_stores.list(limit=1)]
    assert ids == ["tarmaq", CONCEPT]
    assert [s.id for s in client.vector_stores.list(limit=1, order="asc")] == ids[::-1]
    before = client.vector_stores.list(before=CONCEPT)
    assert [store.id for store in before.data] == ["tarmaq"]


def test_unknown_store_is_not_found(client: "openai.OpenAI") -> None:
    """Retrieving a store that there is not raises OpenAI's own error."""
    with pytest.raises(openai.NotFoundError) as caught:
        client.vector_stores.retrieve("vs_1")
    assert caught.value.code == "unknown_vector_store"
