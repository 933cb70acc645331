"""Tests of Dify's external knowledge interface, with requests as Dify sends them."""

import httpx
import pytest

QUESTION = "Каспий теңізі туралы не айтылған?"
CONCEPT = "foreign-policy-2020-2030"


def ask(address: str, **body: object) -> httpx.Response:
    """Posts a question as Dify does."""
    body = {
        "knowledge_id": CONCEPT,
        "query": QUESTION,
        "retrieval_setting": {"top_k": 4, "score_threshold": 0.0},
        "metadata_condition": None,
        **body,
    }
    return httpx.post(f"{address}/dify/retrieval", json=body, timeout=60)


def records(address: str, **body: object) -> list[dict]:
    """Returns the records of a question."""
    response = ask(address, **body)
    assert response.status_code == 200, response.text
    return response.json()["records"]


def condition(name: object, operator: str, value: object = None) -> dict:
    """Returns a metadata condition of one comparison."""
    comparison = {"name": name, "comparison_operator": operator, "value": value}
    return {"logical_operator": "and", "conditions": [comparison]}


def test_records_have_the_contract(address: str) -> None:
    """A record has text, score, title and metadata that is an object."""
    found = records(address)
    assert len(found) == 4
    for record in found:
        assert record.keys() == {"content", "score", "title", "metadata"}
        assert 0 <= record["score"] <= 1
        assert record["metadata"]["document_id"] == CONCEPT
        page, _, place = record["metadata"]["url"].partition("#")
        assert f'id="{place}"' in httpx.get(page).text
        assert record["metadata"]["reference"] in record["title"]


@pytest.mark.parametrize("value", [None, "", []])
def test_condition_left_blank_limits_nothing(address: str, value: object) -> None:
    """A filter whose value nobody filled in is skipped, as in Dify's own retrieval."""
    blank = condition(["section"], "is", value)
    assert records(address, metadata_condition=blank) == records(address)


@pytest.mark.parametrize("content", [None, b"", b"{}", b" "])
def test_probe_on_saving_is_answered(address: str, content: bytes | None) -> None:
    """Dify's check, with no body or an empty one, gets 200 and no records."""
    response = httpx.post(f"{address}/dify/retrieval", content=content)
    assert (response.status_code, response.json()) == (200, {"records": []})


def test_threshold_leaves_out_lower_scores(address: str) -> None:
    """Only records of the threshold or above come, and a high one leaves none."""
    found = records(address)
    middle = found[1]["score"]
    setting = {"top_k": 4, "score_threshold": middle}
    above = records(address, retrieval_setting=setting)
    assert [r["score"] for r in above] == [r["score"] for r in found if r["score"] >= middle]
    assert 0 < len(above) < 4
    assert records(address, retrieval_setting={"top_k": 4, "score_threshold": 1.0}) == []


@pytest.mark.parametrize(
    ("name", "operator", "value", "expected"),
    [
        ("section", "is", "3", lambda m: m.get("section") == "3"),
        ("section", "=", 3, lambda m: m.get("section") == "3"),
        ("section", "is not", "3", lambda m: m.get("section") != "3"),
        ("section", "≠", "3", lambda m: m.get("section") != "3"),
        ("section", "in", ["1", "2"], lambda m: m.get("section") in ("1", "2")),
        ("section", "not in", "3,4", lambda m: m.get("section") not in ("3", "4")),
        ("section", "empty", None, lambda m: "section" not in m),
        ("section", "not empty", None, lambda m: "section" in m),
        ("heading", "contains", "ҚАУІПСІЗДІК", lambda m: "қауіпсіздік" in m["heading"].lower()),
        ("heading", "not contains", "қауіп", lambda m: "қауіп" not in m.get("heading", "").lower()),
        ("eid", "start with", "chp_5__sec_2", lambda m: m["eid"].startswith("chp_5__sec_2")),
        ("eid", "end with", "_1", lambda m: m["eid"].endswith("_1")),
        ("chapter", ">", 4, lambda m: int(m["chapter"]) > 4),
        ("chapter", "<", "4", lambda m: int(m["chapter"]) < 4),
        ("chapter", "≥", 4, lambda m: int(m["chapter"]) >= 4),
        ("chapter", "≤", 4, lambda m: int(m["chapter"]) <= 4),
        (["section", "article"], "is", "3", lambda m: m.get("section") == "3"),
    ],
)
def test_metadata_condition_chooses(
    address: str, name: object, operator: str, value: object, expected: object
) -> None:
    """Every record meets the condition, and there are records that do."""
    setting = {"top_k": 50, "score_threshold": 0.0}
    every = condition(name, operator, value)
    found = records(address, retrieval_setting=setting, metadata_condition=every)
    assert found
    assert all(expected(record["metadata"]) for record in found if "chapter" in record["metadata"])


@pytest.mark.parametrize(("operator", "some"), [("before", False), ("after", True)])
def test_dates_are_compared(address: str, operator: str, some: bool) -> None:
    """The concept was adopted on 6 March 2020."""
    found = records(address, metadata_condition=condition("date", operator, "2020-01-01"))
    assert bool(found) is some


@pytest.mark.parametrize(
    ("operator", "value"), [("is", "yesterday"), ("before", "2024-01-31"), ("is", 2024)]
)
def test_a_day_is_equal_to_a_day(address: str, operator: str, value: object) -> None:
    """What is no day, or no equality, is refused with words that say what is right."""
    wrong = condition("in_force_on", operator, value)
    body = {"knowledge_id": CONCEPT, "query": "Каспий", "metadata_condition": wrong}
    answer = httpx.post(f"{address}/dify/retrieval", json=body)
    assert answer.status_code == 400
    assert "2024-01-31" in answer.json()["error_msg"]


def test_any_condition_is_enough_with_or(address: str) -> None:
    """With "or" records of either section come, with "and" none can."""
    comparisons = [
        {"name": "section", "comparison_operator": "is", "value": number} for number in "13"
    ]
    setting = {"top_k": 50, "score_threshold": None}
    sections = {
        operator: {
            record["metadata"].get("section")
            for record in records(
                address,
                retrieval_setting=setting,
                metadata_condition={"logical_operator": operator, "conditions": comparisons},
            )
        }
        for operator in ("or", "and")
    }
    assert sections == {"or": {"1", "3"}, "and": set()}


@pytest.mark.parametrize("nothing", [{}, {"conditions": None}, {"conditions": []}])
def test_empty_condition_limits_nothing(address: str, nothing: dict) -> None:
    """A condition without comparisons is none."""
    assert records(address, metadata_condition=nothing) == records(address)


def test_all_documents_are_searched_by_their_common_name(address: str) -> None:
    """The knowledge `tarmaq` is every document."""
    assert records(address, knowledge_id="tarmaq") == records(address)


def test_unknown_knowledge_is_400_with_2001(address: str) -> None:
    """Dify reads 404 as a wrong endpoint, so an unknown knowledge is 400."""
    response = ask(address, knowledge_id="constitution")
    assert (response.status_code, response.json()["error_code"]) == (400, 2001)
    assert CONCEPT in response.json()["error_msg"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"query": ""},
        {"query": "?!"},
        {"query": None},
        {"retrieval_setting": {"top_k": 0}},
        {"metadata_condition": condition("section", "resembles", "3")},
    ],
)
def test_unusable_request_has_difys_shape(address: str, wrong: dict) -> None:
    """An unusable request is 400 with a number and a message, never 404 or 422."""
    response = ask(address, **wrong)
    assert response.status_code == 400
    assert response.json().keys() == {"error_code", "error_msg"}
    assert response.json()["error_code"] == 3001


def test_error_is_in_the_callers_language(address: str) -> None:
    """`Accept-Language` chooses the language of the message."""
    response = httpx.post(
        f"{address}/dify/retrieval", content=b"[", headers={"Accept-Language": "kk"}
    )
    assert response.json()["error_msg"].startswith("Сұрау қате құрылған")
