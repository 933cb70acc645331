"""Tests of telling what is wrong with a request."""

from typing import Any

import httpx
import pytest

from service.catalogue import message
from service.http import reasons as module
from service.http.reasons import joined, reasons


@pytest.mark.parametrize(
    ("body", "field", "kk", "ru"),
    [
        ({}, "body.query", "бұл өріс міндетті", "обязательное поле"),
        ({"query": 5}, "body.query", "мәтін (жол) болуы керек", "нужна строка"),
        ({"query": "x", "top_k": 51}, "body.top_k", "ең көбі 50 болуы мүмкін", "не больше 50"),
        ({"query": "x", "language": "de"}, "body.language", "'kk', 'ru', 'en'", "'kk', 'ru', 'en'"),
        ({"query": "x", "extra": 1}, "body.extra", "мұндай өріс жоқ", "такого поля нет"),
        (
            {"query": "x", "filters": {"date": "2022-13-01"}},
            "body.filters.date",
            "күн болуы керек",
            "нужна дата",
        ),
        (
            {"query": "x", "filters": {"documents": "a"}},
            "body.filters.documents",
            "тізім болуы керек",
            "нужен список",
        ),
    ],
)
def test_what_is_wrong_is_told_in_the_callers_language(
    address: str, body: dict[str, Any], field: str, kk: str, ru: str
) -> None:
    """The reason, too, and not the sentence around it alone."""
    for language, said in (("kk", kk), ("ru", ru)):
        headers = {"Accept-Language": language}
        problem = httpx.post(f"{address}/v1/search", json=body, headers=headers).json()
        (error,) = problem["errors"]
        assert error["field"] == field
        assert said in error["reason"]
        assert f"{field}: {error['reason']}" in problem["detail"]


@pytest.mark.parametrize(
    ("path", "body", "param"),
    [
        ("/v1/responses", {"input": None}, "input"),
        ("/v1/embeddings", {"model": "tarmaq-embedding", "input": ["a", None]}, "input"),
        (
            "/v1/vector_stores/tarmaq/search",
            {"query": "x", "filters": {"type": "eq", "key": "language", "value": None}},
            "filters.value",
        ),
        ("/v1/chat/completions", {"messages": [{"role": "user", "content": [None]}]}, "messages"),
    ],
)
def test_a_place_is_one_that_the_caller_has_written(
    address: str, path: str, body: dict[str, Any], param: str
) -> None:
    """Branches of unions, which pydantic names, are in no place; nothing is said twice."""
    error = httpx.post(f"{address}{path}", json=body).json()["error"]
    assert error["param"].startswith(param)
    for branch in ("str", "tuple[", "list[", "comparison", "InputItem", "function-"):
        assert branch not in error["param"]
        assert f".{branch}" not in error["message"]
    told = error["message"].partition(": ")[2].rstrip(".").split("; ")
    assert len(told) == len(set(told))


def test_a_body_that_is_no_json_is_said_to_be_none(address: str) -> None:
    """Not «body.1», which is a place in its characters."""
    headers = {"Content-Type": "application/json", "Accept-Language": "ru"}
    answer = httpx.post(f"{address}/v1/search", content=b"{bad", headers=headers).json()
    assert answer["detail"] == "Запрос составлен неверно: body: это не JSON."


def test_what_has_no_words_here_is_told_as_it_came() -> None:
    """A reason of a check of ours is passed on."""
    found = reasons([{"type": "value_error", "loc": ("body", "a"), "msg": "one of x"}], {"a": 1})
    assert joined(found).kk == "body.a: one of x"


def test_every_reason_has_its_words() -> None:
    """No kind of error leads to a message that there is not."""
    for kind in set(module._KINDS.values()):
        values = dict.fromkeys(("expected", "ge", "le", "min_length", "max_length"), "1")
        assert message(f"reason-{kind}", **values).kk
