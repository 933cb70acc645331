"""Tests of documents in and out over HTTP."""

import io
import threading
import time
import zipfile
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import TypeAdapter

from indexer.building import build_folders
from indexer.stores.embedded import EmbeddedStore
from service.administration.jobs import Jobs
from service.administration.ledger import Ledger
from service.errors import RequestError
from service.http.keys import make_key, read_keys, write_keys

Changeable = tuple[str, str, Path]

LAW = """Қазақстан Республикасының 2021 жылғы 3 ақпандағы № 5-VII Заңы
Ауыл кітапханалары туралы

1-бап. Осы Заңның мақсаты
1. Осы Заң ауыл кітапханаларының жұмысын реттейді.
2. Осы Заң жеке кітапханаларға қолданылмайды.

2-бап. Кітапхана қоры
1. Ауыл кітапханасының қоры жыл сайын бюджет қаражаты есебінен толықтырылады.
"""
RUSSIAN = """Закон Республики Казахстан от 3 февраля 2021 года № 5-VII
О сельских библиотеках

Статья 1. Цель настоящего Закона
1. Настоящий Закон регулирует работу сельских библиотек.
2. Настоящий Закон не распространяется на частные библиотеки.

Статья 2. Библиотечный фонд
1. Фонд сельской библиотеки ежегодно пополняется за счёт бюджетных средств.
"""
GAP = LAW.replace("2-бап", "4-бап")
NAME = "law-2021-5-vii"


def files(**texts: str) -> list[tuple[str, tuple[str, bytes]]]:
    """Returns texts as the files of a form."""
    return [("files", (f"{name}.txt", text.encode())) for name, text in texts.items()]


def test_a_document_is_added_asked_replaced_and_removed(admin: httpx.Client) -> None:
    """What a file says is answered as soon as it is published, and no longer when it has gone."""
    added = admin.post("/v1/documents", files=files(kk=LAW, ru=RUSSIAN))
    assert added.status_code == 201, added.text
    assert added.headers["location"] == f"/v1/documents/{NAME}"
    assert added.json()["found"]["title"]["ru"] == "О сельских библиотеках"
    question = {"query": "Ауыл кітапханасының қоры қандай қаражаттан толықтырылады?"}
    first = admin.post("/v1/search", json=question).json()["results"][0]
    assert first["id"] == f"{NAME}#art_2__para_1"

    changed = LAW.replace("бюджет қаражаты", "демеушілер қаражаты")
    replaced = admin.put(f"/v1/documents/{NAME}", files=files(kk=changed))
    assert replaced.status_code == 200, replaced.text
    passage = admin.get(f"/v1/passages/{NAME}%23art_2__para_1").json()
    assert "демеушілер" in passage["text"]
    editions = admin.get(f"/v1/documents/{NAME}").json()["editions"]
    assert [edition["language"] for edition in editions] == ["kk", "ru"]

    assert admin.delete(f"/v1/documents/{NAME}").status_code == 200
    assert admin.get(f"/v1/documents/{NAME}").status_code == 404


def test_a_dry_run_says_what_was_recognised(admin: httpx.Client) -> None:
    """Structure, draft and doubts are told in three languages; nobody sees the document."""
    done = admin.post("/v1/documents", files=files(kk=GAP), data={"dry_run": "true"})
    assert done.status_code == 200, done.text
    found = done.json()["found"]
    (edition,) = found["editions"]
    assert (edition["format"], edition["language"], edition["passages"]) == ("text", "kk", 3)
    assert [section["eid"] for section in edition["outline"]] == ["art_1", "art_4"]
    assert edition["doubts"][0]["code"] == "gap"
    assert edition["doubts"][0]["message"]["kk"].startswith("Нөмірлер үзілген: 1-бап бар")
    assert 'uri = "/akn/kz/act/law/2021-02-03/5-VII"' in found["description"]
    assert found["needs_confirmation"]
    assert admin.get(f"/v1/documents/{NAME}").status_code == 404


def test_what_is_doubtful_waits_for_a_word(admin: httpx.Client) -> None:
    """A gap is refused with what was found; confirmed, or published from the job, it is taken."""
    refused = admin.post("/v1/documents", files=files(kk=GAP))
    assert refused.status_code == 422
    assert refused.json()["type"] == "urn:tarmaq:problem:needs-confirmation"
    assert refused.json()["found"]["editions"][0]["doubts"]
    published = admin.post(f"/v1/jobs/{refused.json()['job']}/publish")
    assert published.status_code == 201, published.text
    assert admin.get(f"/v1/documents/{NAME}").status_code == 200
    admin.delete(f"/v1/documents/{NAME}")
    confirmed = admin.post("/v1/documents", files=files(kk=GAP), data={"confirm": "true"})
    assert confirmed.status_code == 201, confirmed.text


def test_long_work_is_asked_after(admin: httpx.Client) -> None:
    """Who does not wait gets the job's address, and there how far it has come."""
    started = admin.post("/v1/documents?wait=0", files=files(kk=LAW))
    assert started.status_code == 202
    where = started.headers["location"]
    deadline = time.monotonic() + 60
    while (job := admin.get(where).json())["state"] in ("waiting", "running"):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert (job["state"], job["document_id"], job["problem"]) == ("done", NAME, None)
    assert job["generation"] == int(admin.get("/v1/documents").headers["etag"].strip('"'))


def test_a_change_of_what_has_changed_is_refused(admin: httpx.Client) -> None:
    """If-Match of an older generation is 412, and nothing is done; of the newest it is done."""
    old = admin.get("/v1/documents").headers["etag"]
    assert admin.get("/v1/documents", headers={"If-None-Match": old}).status_code == 304
    assert admin.post("/v1/documents", files=files(kk=LAW), headers={"If-Match": old}).is_success
    new = admin.get(f"/v1/documents/{NAME}").headers["etag"]
    assert new != old
    for tag, status in ((old, 412), ('"x"', 412), (new, 200)):
        done = admin.delete(f"/v1/documents/{NAME}", headers={"If-Match": tag})
        assert done.status_code == status, done.text


def test_what_is_there_is_not_replaced_by_chance(admin: httpx.Client) -> None:
    """Adding a second document of the same id is 409 and says how to replace it."""
    admin.post("/v1/documents", files=files(kk=LAW))
    again = admin.post("/v1/documents", files=files(kk=LAW))
    assert again.status_code == 409
    assert f"PUT /v1/documents/{NAME}" in again.json()["detail"]


def test_a_later_build_has_what_was_added(
    admin: httpx.Client, changeable: Changeable, root: Path, tmp_path: Path
) -> None:
    """The file and its description are kept beside the index; one that is removed is not."""
    admin.post("/v1/documents", files=files(kk=LAW))
    kept = changeable[2].parent / "documents" / NAME
    assert (kept / "kk.txt").read_text(encoding="utf-8") == LAW
    assert "Ауыл кітапханалары" in admin.get(f"/v1/documents/{NAME}/description").text
    admin.delete(f"/v1/documents/{NAME}")
    assert not kept.exists()


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_changing_needs_the_administrators_scope(
    changeable: Changeable, method: str, tmp_path: Path
) -> None:
    """No key is 401, a key for asking 403; nothing of the body is read before."""
    address, _, index = changeable
    path = "/v1/documents" + ("" if method == "POST" else "/a")
    assert httpx.request(method, f"{address}{path}").status_code == 401
    secret, key = make_key("other", ["search", "chat"])
    keys = index.parent / "keys"
    write_keys(keys, [*_keys(keys), key])
    for where in (path, "/v1/jobs/a", "/v1/documents/a/description"):
        verb = method if where == path else "GET"
        headers = {"Authorization": f"Bearer {secret}"}
        assert httpx.request(verb, f"{address}{where}", headers=headers).status_code == 403


def _keys(path: Path) -> list[Any]:
    return [key for key in read_keys(path) if key.name != "other"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_without_keys_nobody_changes_anything(address: str, method: str) -> None:
    """Where no keys are set, asking is open and changing is shut, with what to do."""
    path = "/v1/documents" + ("" if method == "POST" else "/foreign-policy-2020-2030")
    done = httpx.request(method, f"{address}{path}")
    assert done.status_code == 403
    assert "--scope admin" in done.json()["detail"]
    assert httpx.get(f"{address}/v1/documents").status_code == 200


def bomb() -> bytes:
    """Returns a Word file of a few kilobytes that unpacks to much more."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 60_000_000)
    return content.getvalue()


ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>
<akomaNtoso><act>&b;</act></akomaNtoso>"""


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (bomb(), "unpacks to"),
        (ENTITIES, "declares XML entities"),
        (b"%PDF-1.7 nothing", "damaged"),
        (b"", "empty"),
        (b"\x00\x01\x02\x03" * 50, "format"),
        ("Мәтін".encode("utf-16-le")[:-1], ""),
    ],
    ids=["zip-bomb", "xml-bomb", "pdf", "empty", "binary", "torn"],
)  # fmt: skip
def test_a_hostile_file_is_refused(admin: httpx.Client, content: bytes, reason: str) -> None:
    """A bomb, a damaged or an empty file is 422 with the reason; no path of the server is told."""
    done = admin.post("/v1/documents", files=[("files", ("act.docx", content))])
    assert done.status_code == 422, done.text
    assert reason in done.json()["detail"]
    assert "/tmp" not in done.text
    assert "arriving" not in done.text


def test_a_file_over_the_limit_is_refused(admin: httpx.Client) -> None:
    """Uploads have a limit of their own."""
    done = admin.post("/v1/documents", files=[("files", ("a.txt", b"a" * 500_000))])
    assert done.status_code == 413
    within = admin.post("/v1/documents", files=files(kk=LAW + "а" * 150_000))
    assert within.status_code != 413


@pytest.mark.parametrize("name", ["..", "a/b", ".removed", "%2e%2e", "a%2fb", "a b"])
def test_an_id_leads_nowhere(admin: httpx.Client, changeable: Changeable, name: str) -> None:
    """No id makes a folder elsewhere."""
    before = {path.name for path in changeable[2].parent.iterdir()}
    before |= {"documents", ".administration"}
    done = admin.post("/v1/documents", files=files(kk=LAW), data={"id": name})
    assert done.status_code == 422
    assert {path.name for path in changeable[2].parent.iterdir()} <= before


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("kk", "kk.txt: Файл бос."),
        ("ru", "kk.txt: Файл пуст."),
        ("en", "kk.txt: The file is empty."),
    ],
)
def test_why_a_file_cannot_be_read_is_told_in_the_callers_language(
    admin: httpx.Client, language: str, words: str
) -> None:
    """The reason is in one language with the sentence around it, and names no folder."""
    done = admin.post(
        "/v1/documents", files=files(kk=" "), headers={"Accept-Language": f"{language}-KZ"}
    )
    assert done.status_code == 422
    assert done.json()["detail"].endswith(words)


def test_a_wrong_description_is_told(admin: httpx.Client) -> None:
    """A misspelt field is 422 with the field's name."""
    done = admin.post("/v1/documents", files=files(kk=LAW), data={"description": 'url = "x"'})
    assert done.status_code == 422
    assert "uri" in done.json()["detail"]


def test_many_jobs_wait_in_a_bounded_queue(tmp_path: Path) -> None:
    """More jobs than may wait are refused with 503."""
    jobs = Jobs(Ledger(tmp_path / "index"), TypeAdapter(None))
    gate = threading.Event()
    refused = 0
    for _ in range(20):
        try:
            jobs.submit(lambda job, progress: bool(gate.wait(10)) and None)
        except RequestError as error:
            refused += error.status == 503
    assert refused >= 11
    gate.set()
    jobs.close()


def test_a_build_reads_what_was_added_and_the_seeds(
    admin: httpx.Client, changeable: Changeable, root: Path, tmp_path: Path, hashed: Any
) -> None:
    """What is kept is a document's folder like any other."""
    admin.post("/v1/documents", files=files(kk=LAW))
    kept = changeable[2].parent / "documents" / NAME
    built = build_folders([kept], EmbeddedStore(tmp_path / "index"), hashed)
    assert (built.documents, built.passages) == (1, 3)


def test_an_id_may_have_letters_of_any_language(admin: httpx.Client) -> None:
    """The address that is told leads to the document."""
    added = admin.post("/v1/documents", files=files(kk=LAW), data={"id": "ауыл-заңы"})
    assert added.status_code == 201, added.text
    assert admin.get(added.headers["location"]).json()["id"] == "ауыл-заңы"
    assert admin.delete("/v1/documents/ауыл-заңы").status_code == 200


def test_a_field_of_a_form_is_named(admin: httpx.Client) -> None:
    """As one of JSON is."""
    answer = admin.post("/v1/documents", files=files(kk=LAW), data={"dry_run": "maybe"})
    assert [error["field"] for error in answer.json()["errors"]] == ["body.dry_run"]
