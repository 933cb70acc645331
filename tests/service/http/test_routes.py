"""Tests of the HTTP interface, over a real server and a real client."""

import concurrent.futures
import json

import httpx
import pytest

CONCEPT = "foreign-policy-2020-2030"


def search(client: httpx.Client, query: str, **body: object) -> httpx.Response:
    """Posts a search."""
    return client.post("/v1/search", json={"query": query, **body})


@pytest.mark.parametrize(
    ("query", "eid"),
    [
        ("АӨСШК-ны қандай ұйымға айналдыру жоспарланған?", "chp_5__sec_1__para_1-5"),
        ("В каком пункте говорится о торговле людьми?", "chp_5__sec_3__para_3-4"),
    ],
)
def test_question_finds_its_item(client: httpx.Client, query: str, eid: str) -> None:
    """The questions of the first issue are answered among the first three."""
    results = search(client, query, top_k=3).json()["results"]
    assert eid in [result["eid"] for result in results]


def test_response_has_the_contract(client: httpx.Client) -> None:
    """Every field of the contract is there, and results come best first."""
    response = search(client, "Каспий теңізі туралы не айтылған?", top_k=4).json()
    assert response["query"] == "Каспий теңізі туралы не айтылған?"
    assert response["language"] == "kk"
    assert response["took_ms"] > 0
    assert len(response["results"]) == 4
    scores = [result["score"] for result in response["results"]]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    first = response["results"][0]
    assert first["id"] == f"{CONCEPT}#{first['eid']}"
    assert first["document_id"] == CONCEPT
    assert first["language"] == "kk"
    assert set(first["reference"]) == {"kk", "ru", "en"}
    assert first["text"]
    assert first["heading_path"]


def test_translation_names_the_authoritative_text(client: httpx.Client) -> None:
    """A Russian text says that it is a translation, and brings the Kazakh text with its address."""
    first = search(client, "Торговля людьми", top_k=1).json()["results"][0]
    edition = first["edition"]
    assert (edition["language"], edition["status"]) == ("ru", "unofficial")
    assert edition["key"] == f"{CONCEPT}@ru:2020-03-06"
    assert first["url"].endswith(f"/documents/{CONCEPT}?edition=ru#{first['eid']}")
    authority = first["authoritative"]
    assert authority["language"] == "kk"
    passage = client.get(f"/v1/passages/{CONCEPT}%23{first['eid']}").json()
    assert (authority["text"], authority["url"]) == (passage["text"], passage["url"])
    assert passage["edition"]["status"] == "authoritative"
    assert passage["authoritative"] is None


def test_question_about_the_document_is_answered_from_its_description(
    client: httpx.Client,
) -> None:
    """Who signed the decree stands in `about`; no passage is the answer."""
    response = search(client, "Кто подписал указ?").json()
    assert response["answerable"]
    assert response["answer"] is None
    assert response["about"]["kind"] == "signer"
    assert response["about"]["text"]["en"].startswith("Signed by the President")
    assert response["about"]["url"].endswith(f"/documents/{CONCEPT}")
    assert search(client, "Торговля людьми").json()["about"] is None


def test_answer_spans_are_offsets_into_the_text(client: httpx.Client) -> None:
    """Highlights and the answer quote the passage exactly."""
    response = search(client, "Каспий теңізін қорғау").json()
    for result in response["results"]:
        for span in result["highlights"]:
            assert result["text"][span["start"] : span["end"]] == span["text"]
    answer = response["answer"]
    assert answer["passage_id"] == response["results"][0]["id"]
    assert response["results"][0]["text"][answer["start"] : answer["end"]] == answer["text"]


@pytest.mark.parametrize(
    "query",
    [
        "3.17-тармақта не айтылған?",
        "5-тараудың 3.17-тармағы",
        "что сказано в п. 3.17?",
        "глава 5 пункт 3.17",
        "3.17 tarmaq",
    ],
)
def test_named_item_comes_first(client: httpx.Client, query: str) -> None:
    """A question that names an item gets that item first."""
    first = search(client, query).json()["results"][0]
    assert first["eid"] == "chp_5__sec_3__para_3-17"
    assert first["reference"] == {
        "kk": "5-тарау, 3-бөлім, 3.17-тармақ",
        "ru": "глава 5, раздел 3, пункт 3.17",
        "en": "chapter 5, section 3, item 3.17",
    }


def test_get_gives_the_same_as_post(client: httpx.Client) -> None:
    """A browser gets what a program gets."""
    query = "Торговля людьми"
    posted = search(client, query, top_k=3).json()
    got = client.get("/v1/search", params={"q": query, "top_k": 3}).json()
    assert got["results"] == posted["results"]


def test_language_of_the_answer_can_be_chosen(client: httpx.Client) -> None:
    """References follow the question's language unless another is asked for."""
    assert search(client, "Торговля людьми").json()["language"] == "ru"
    assert search(client, "Торговля людьми", language="en").json()["language"] == "en"


def test_section_filter_keeps_to_the_section(client: httpx.Client) -> None:
    """Only what lies in the sections named is found."""
    filters = {"documents": [CONCEPT], "sections": ["chp_3", "chp_5__sec_4"]}
    response = search(client, "қауіпсіздік", top_k=50, filters=filters).json()
    eids = [result["eid"] for result in response["results"]]
    assert len(eids) == 7 + 10
    assert all(eid.startswith(("chp_3__", "chp_5__sec_4__")) for eid in eids)


def test_permalink_of_a_result_opens_the_passage(client: httpx.Client) -> None:
    """A passage is served by its id, with what holds it and its neighbours."""
    passage = client.get(f"/v1/passages/{CONCEPT}%23chp_5__sec_3__para_3-17").json()
    assert passage["num"] == "3.17."
    assert passage["previous"]["eid"] == "chp_5__sec_3__para_3-16"
    assert passage["next"]["eid"] == "chp_5__sec_3__para_3-18"
    assert passage["parent"]["eid"] == "chp_5__sec_3"
    assert passage["parent"]["text"].startswith("Адам құқықтары")


def test_first_and_last_passages_have_one_neighbour(client: httpx.Client) -> None:
    """There is nothing before the first item and after the last."""
    first = client.get(f"/v1/passages/{CONCEPT}%23decree__para_1").json()
    last = client.get(f"/v1/passages/{CONCEPT}%23chp_7__para_4").json()
    assert first["previous"] is None
    assert last["next"] is None


def test_documents_are_listed_with_their_outline(client: httpx.Client) -> None:
    """The outline names decree, chapters and sections with their references."""
    (listed,) = client.get("/v1/documents").json()
    assert listed["uri"] == "/akn/kz/act/decree/2020-03-06/280"
    document = client.get(f"/v1/documents/{CONCEPT}").json()
    outline = document["outline"]["kk"]
    eids = [section["eid"] for section in outline]
    assert [eid for eid in eids if eid.startswith("chp_")] == [f"chp_{n}" for n in range(1, 8)]
    chapter = next(section for section in outline if section["eid"] == "chp_5")
    assert [section["eid"] for section in chapter["children"]] == [
        "chp_5__sec_1",
        "chp_5__sec_2",
        "chp_5__sec_3",
        "chp_5__sec_4",
        "chp_5__sec_nn_1",
    ]
    assert chapter["reference"]["ru"] == "глава 5"


def test_health_is_reported(client: httpx.Client) -> None:
    """The probes of an orchestrator are answered."""
    assert client.get("/health/live").status_code == 200
    ready = client.get("/health/ready")
    assert ready.status_code == 200
    assert ready.json()["passages"] == 3 * 128


BAD_BODIES = {
    "empty": ('{"query": ""}', 422, "empty-query"),
    "white space": ('{"query": " \\u00a0\\n"}', 422, "empty-query"),
    "too long": (json.dumps({"query": "ұ" * 20_000}), 422, "query-too-long"),
    "huge": (json.dumps({"query": "a" * 300_000}), 413, "body-too-large"),
    "NUL": ('{"query": "а\\u0000б"}', 422, "unreadable-query"),
    "lone surrogate": ('{"query": "\\ud800"}', 422, "unreadable-query"),
    "expanding ligature": (json.dumps({"query": "ﷺ" * 20}), 422, "no-letters"),
    "number": ('{"query": 5}', 422, "invalid-request"),
    "no query": ("{}", 422, "invalid-request"),
    "unknown field": ('{"query": "а", "topk": 5}', 422, "invalid-request"),
    "too many wanted": ('{"query": "а", "top_k": 51}', 422, "invalid-request"),
    "none wanted": ('{"query": "а", "top_k": 0}', 422, "invalid-request"),
    "infinite": ('{"query": "а", "top_k": 1e999}', 422, "invalid-request"),
    "surrogate as number": ('{"query": "а", "top_k": "\\ud800"}', 422, "invalid-request"),
    "unknown document": (
        '{"query": "а", "filters": {"documents": ["x"]}}',
        422,
        "unknown-document",
    ),
    "unknown section": ('{"query": "а", "filters": {"sections": ["x"]}}', 422, "unknown-section"),
    "unknown filter": ('{"query": "а", "filters": {"authors": ["x"]}}', 422, "invalid-request"),
    "broken JSON": ('{"query": ', 422, "invalid-request"),
    "deep JSON": ('{"query": ' + "[" * 50_000, 400, "invalid-request"),
    "not UTF-8": (b'{"query": "\xff\xfe"}', 400, "invalid-request"),
}


@pytest.mark.parametrize("name", BAD_BODIES)
def test_bad_input_is_explained(client: httpx.Client, name: str) -> None:
    """Bad input gets a 4xx problem that says what is wrong, in three languages."""
    body, status, code = BAD_BODIES[name]
    response = client.post("/v1/search", content=body, headers={"content-type": "application/json"})
    assert (response.status_code, response.json()["type"]) == (
        status,
        f"urn:tarmaq:problem:{code}",
    )
    assert response.headers["content-type"] == "application/problem+json"
    assert all(response.json()["messages"][language] for language in ("kk", "ru", "en"))


@pytest.mark.parametrize(
    ("accept", "start"),
    [
        ("kk", "Сұрақ бос"),
        ("ru-RU,ru;q=0.9,en;q=0.8", "Вопрос пуст"),
        ("de, kk;q=0.2, ru;q=0.1", "Сұрақ бос"),
        ("de", "The question is empty"),
        ("ru;q=oops", "The question is empty"),
    ],
)
def test_error_speaks_the_callers_language(client: httpx.Client, accept: str, start: str) -> None:
    """Accept-Language chooses the language of the sentence."""
    response = client.get("/v1/search", params={"q": " "}, headers={"accept-language": accept})
    assert response.json()["detail"].startswith(start)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nowhere", 404),
        ("/v1/documents/nowhere", 404),
        (f"/v1/passages/{CONCEPT}%23chp_99", 404),
        ("/v1/passages/%00", 404),
        ("/v1/search", 422),
    ],
)
def test_wrong_address_is_a_problem(client: httpx.Client, path: str, status: int) -> None:
    """Errors are RFC 9457 problem details whatever the route."""
    response = client.get(path)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["status"] == status


def test_body_without_declared_length_is_limited(client: httpx.Client) -> None:
    """A chunked body is cut off at the limit too."""
    response = client.post("/v1/search", content=(b"a" * 10_000 for _ in range(100)))
    assert response.status_code == 413


def test_many_at_once_get_their_own_answers(client: httpx.Client) -> None:
    """Concurrent questions are answered as single ones are."""
    questions = ["Каспий теңізі", "адам саудасы", "инвестиции", "Парламент", "су ресурстары"] * 6
    alone = {question: search(client, question).json()["results"] for question in questions}
    with concurrent.futures.ThreadPoolExecutor(10) as pool:
        together = list(pool.map(lambda question: search(client, question).json(), questions))
    for question, response in zip(questions, together, strict=True):
        assert response["results"] == alone[question]


def test_api_page_needs_no_other_host(client: httpx.Client) -> None:
    """The API page and what it loads come from the service itself."""
    page = client.get("/docs").text
    assert "https://" not in page.replace("https://fastapi.tiangolo.com/img", "")
    for asset in ("swagger-ui-bundle.js", "swagger-ui.css"):
        assert asset in page
        assert client.get(f"/static-offline-docs/{asset}").status_code == 200


def test_api_page_has_examples_in_both_languages(client: httpx.Client) -> None:
    """The description of the API holds real questions in Kazakh and Russian."""
    description = json.dumps(client.get("/openapi.json").json(), ensure_ascii=False)
    assert "АӨСШК-ны қандай ұйымға" in description
    assert "торговле людьми" in description


@pytest.mark.parametrize(("language", "first"), [("kk", "елдің"), ("ru", "укрепление")])
def test_lead_in_comes_with_its_list(client: httpx.Client, language: str, first: str) -> None:
    """The answer holds every item of the list, in the language asked for, each with its address."""
    body = search(client, "Сыртқы саясаттың мақсаттары қандай?", language=language).json()
    whole = body["answer"]["whole"]
    assert (whole["kind"], whole["count"], whole["more"]) == ("list", 7, 0)
    assert whole["head"]["id"] == body["answer"]["passage_id"] == f"{CONCEPT}#chp_4__al_1"
    assert [part["num"] for part in whole["parts"]] == [f"{number})" for number in range(1, 8)]
    assert whole["parts"][0]["text"].startswith(first)
    assert whole["parts"][6]["reference"]["ru"] == "глава 4, перечень 1, подпункт 7)"
    assert all(part["url"].endswith(f"#{part['eid']}") for part in whole["parts"])


def test_one_item_is_no_whole_answer(client: httpx.Client) -> None:
    """Where one passage answers there are no parts."""
    assert search(client, "Торговля людьми").json()["answer"]["whole"] is None


def test_counted_chapters_are_named(client: httpx.Client) -> None:
    """A question how many chapters there are brings the chapters."""
    about = search(client, "Сколько глав в концепции?").json()["about"]
    assert [part["eid"] for part in about["whole"]["parts"]] == [f"chp_{n}" for n in range(1, 8)]
