"""Tests of the pages over the real server, without a browser."""

import os
import re
import statistics
import time
from html import unescape
from html.parser import HTMLParser

import httpx
import pytest

from indexer.stores.embedded import EmbeddedSnapshot

CONCEPT = "foreign-policy-2020-2030"
BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
ITEM = "chp_5__sec_3__para_3-17"


class _Attributes(HTMLParser):
    """Collects the attributes and the tags of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keeps a tag."""
        self.tags.append((tag, dict(attrs)))


def tags(page: str) -> list[tuple[str, dict[str, str | None]]]:
    """Returns every tag of a page with its attributes."""
    parser = _Attributes()
    parser.feed(page)
    return parser.tags


def plain(page: str) -> str:
    """Returns the text of a page."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", page)).split())


@pytest.mark.parametrize(
    ("address", "language", "sentence"),
    [
        ("/", "kk", "Құжатта не айтылғанын сұраңыз"),
        ("/?lang=ru", "ru", "Спросите, что сказано в документе"),
        ("/?lang=en", "en", "Ask what the document says"),
    ],
)
def test_home_in_three_languages(
    client: httpx.Client, address: str, language: str, sentence: str
) -> None:
    """The home page is Kazakh unless its address says otherwise."""
    response = client.get(address)
    assert response.headers["content-language"] == language
    assert f'<html lang="{language}">' in response.text
    assert sentence in plain(response.text)


def test_answer_shows_reference_text_and_map(client: httpx.Client) -> None:
    """The item that answers comes with its reference, heading path, text, link and map."""
    page = client.get("/", params={"q": "Трансшекаралық су ресурстарын әділ пайдалану"}).text
    assert "5-тарау, 3-бөлім, 3.17-тармақ" in plain(page)
    assert "көршілес елдермен бірлесіп, трансшекаралық су ресурстарын" in plain(page)
    assert f'href="/documents/{CONCEPT}#{ITEM}"' in page
    assert "5-тарау. Сыртқы саясаттың даму үрдістері мен пайымы" in plain(page)
    assert '<rect class="tick best"' in page


def test_section_limits_the_answer(client: httpx.Client) -> None:
    """With a section every result lies in it, and the page remembers the choice."""
    page = client.get("/", params={"q": "Каспий", "section": "chp_1", "lang": "ru"}).text
    references = re.findall(r'<h3 class="reference".*?</h3>', page, re.DOTALL)
    assert references
    assert all(plain(reference).startswith("Глава 1") for reference in references)
    assert '<option value="chp_1" selected>' in page


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"q": "а" * 4001}, "Сұрақ тым ұзақ"),
        ({"q": "а" * 4001, "lang": "ru"}, "Вопрос слишком длинный"),
        ({"q": "???"}, "Сұрақта бірде-бір"),
        ({"q": "Каспий", "section": "chp_99"}, "Мұндай бөлім жоқ"),
    ],
)
def test_wrong_question_is_told_beside_the_box(
    client: httpx.Client, query: dict[str, str], sentence: str
) -> None:
    """A question that cannot be used is answered 422 in the page's language, the box kept."""
    response = client.get("/", params=query)
    assert response.status_code == 422
    assert sentence in plain(response.text)
    assert 'name="q"' in response.text


@pytest.mark.parametrize(
    ("method", "address", "status", "sentence"),
    [
        ("GET", "/nothing", 404, "Такой страницы нет."),
        ("GET", "/documents/nothing", 404, "Нет такого документа"),
        ("GET", f"/documents/{CONCEPT}/cite?item=chp_99", 404, "Нет такого пункта"),
        ("POST", "/", 405, "не принимает метод POST"),
    ],
)
def test_error_is_a_page_in_the_readers_language(
    client: httpx.Client, method: str, address: str, status: int, sentence: str
) -> None:
    """A browser gets an error as a sentence on a page; a programme a problem document."""
    wanted = {**BROWSER, "Accept-Language": "ru-KZ"}
    response = client.request(method, address, headers=wanted)
    assert response.status_code == status
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert sentence in plain(response.text)
    problem = client.request(method, address, headers={"Accept-Language": "ru"})
    assert problem.status_code == status
    assert problem.headers["content-type"] == "application/problem+json"


def test_too_large_a_body_is_told_on_a_page(client: httpx.Client) -> None:
    """The limit of request bodies speaks HTML to browsers."""
    response = client.post("/?lang=en", headers=BROWSER, content=b"x" * 300_000)
    assert response.status_code == 413
    assert "The request is too large." in plain(response.text)


def test_document_has_every_item_with_its_permalink(
    client: httpx.Client, concept: EmbeddedSnapshot
) -> None:
    """The page holds the whole text, each item under its eId, no id twice."""
    response = client.get(f"/documents/{CONCEPT}")
    ids = [attributes["id"] for _, attributes in tags(response.text) if "id" in attributes]
    assert len(ids) == len(set(ids))
    first = concept.editions[0]
    passages = concept.passages(range(first.start, first.stop))
    eids = {passage.eid for passage in passages}
    assert eids <= set(ids)
    text = plain(response.text)
    assert all(passage.text in text for passage in passages)
    fragments = {
        href[1:]
        for tag, attributes in tags(response.text)
        if tag == "a" and (href := attributes.get("href") or "").startswith("#")
    }
    assert eids <= fragments <= set(ids)


def test_search_in_a_section_links_its_hits(client: httpx.Client) -> None:
    """Hits lie in the section; each names the next one, so that one can go through them."""
    page = client.get(f"/documents/{CONCEPT}", params={"q": "су", "section": "chp_5__sec_3"}).text
    hits = re.findall(r'<div class="item in\d hit" id="([^"]+)"', page)
    assert len(hits) == 10
    assert all(eid.startswith("chp_5__sec_3") for eid in hits)
    assert re.findall(r'<a href="#([^"]+)" rel="next">', page) == hits[1:]
    assert re.findall(r'<a href="#([^"]+)" rel="prev">', page) == hits[:-1]


def test_result_urls_of_the_api_open_the_document(client: httpx.Client) -> None:
    """The address that the API gives for a passage is a page that has the passage."""
    result = client.get("/v1/search", params={"q": "Каспий"}).json()["results"][0]
    path, _, fragment = result["url"].partition("#")
    assert fragment == result["eid"]
    assert f'id="{fragment}"' in client.get(path).text


def test_question_is_escaped(client: httpx.Client) -> None:
    """Mark-up in a question stays text."""
    page = client.get("/", params={"q": 'Каспий "><script>alert(1)</script>'}).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


ADDRESSES = ["/", "/?q=Каспий", f"/documents/{CONCEPT}", f"/documents/{CONCEPT}/cite?item={ITEM}"]


@pytest.mark.parametrize("address", [*ADDRESSES, "/nothing"])
def test_policy_allows_nothing_inline_and_nobody_else(client: httpx.Client, address: str) -> None:
    """The policy is strict, and the page keeps it: no inline script, style or handler."""
    response = client.get(address, headers=BROWSER)
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"] == "same-origin"
    for tag, attributes in tags(response.text):
        assert "style" not in attributes
        assert not [name for name in attributes if name.startswith("on")]
        assert tag != "style"
        if tag == "script":
            assert (attributes.get("src") or "").startswith("/assets/")


def test_assets_are_hashed_immutable_and_small(client: httpx.Client) -> None:
    """Everything that the home page and its fonts load stays under 60 kB compressed."""
    total = 0

    def load(address: str) -> httpx.Response:
        nonlocal total
        with client.stream("GET", address, headers={"Accept-Encoding": "gzip"}) as response:
            assert response.status_code == 200
            total += sum(len(chunk) for chunk in response.iter_raw())
        return response

    load("/")
    names = set(re.findall(r'"(/assets/[^"]+)"', client.get("/").text))
    css = next(name for name in names if name.endswith(".css"))
    names |= {f"/assets/{name}" for name in re.findall(r'url\("([^"]+)"\)', client.get(css).text)}
    assert len(names) == 6
    for name in names:
        assert re.search(r"\.[0-9a-f]{10}\.\w+$", name)
        assert load(name).headers["cache-control"] == "public, max-age=31536000, immutable"
    assert total < 60_000


def test_unknown_asset_is_not_found(client: httpx.Client) -> None:
    """An asset of another version is no page."""
    assert client.get("/assets/page.0000000000.css").status_code == 404


def test_pages_about_questions_are_not_shared(client: httpx.Client) -> None:
    """No cache between the asker and the service keeps a question's page."""
    assert client.get("/?q=Каспий").headers["cache-control"].startswith("private")


def test_suggestions_go_on_from_what_was_typed(client: httpx.Client) -> None:
    """Letters that are not Kazakh find Kazakh suggestions."""
    found = client.get("/suggestions", params={"q": "kaspii tenizinin"}).json()["suggestions"]
    assert found[0] == {
        "text": "Каспий теңізінің ортасын қорғау үшін не істелмек?",
        "kind": "question",
    }


@pytest.mark.skipif(
    not os.environ.get("TARMAQ_BENCHMARKS"), reason="a benchmark: set TARMAQ_BENCHMARKS=1"
)
def test_page_takes_little_longer_than_the_api(client: httpx.Client) -> None:
    """Request to last byte of a page is at most 1.3 times that of the API, question by question."""
    questions = ["Каспий теңізін қорғау", "Кто контролирует исполнение указа?", "Визасыз сапар"]

    def seconds(address: str, question: str) -> float:
        start = time.perf_counter()
        client.get(address, params={"q": question}).raise_for_status()
        return time.perf_counter() - start

    for question in questions:
        seconds("/", question)
    pairs = [
        (seconds("/", question), seconds("/v1/search", question))
        for _ in range(15)
        for question in questions
    ]
    page, api = (statistics.median(times) for times in zip(*pairs, strict=True))
    assert page <= 1.3 * api, f"{page * 1000:.1f} ms against {api * 1000:.1f} ms"


def test_api_description_is_linked_and_opens(client: httpx.Client) -> None:
    """The footer leads to the API's description, which its own policy does not break."""
    assert '<a href="/docs">' in client.get("/").text
    assert client.get("/docs").status_code == 200


def test_section_without_a_number_is_called_by_its_heading(client: httpx.Client) -> None:
    """Nobody counts «ненумерованный раздел 1»: its heading says which it is."""
    address = "/?lang=ru&section=chp_5__sec_nn_1&q=какие инструменты реализации?"
    found = re.findall(r'<h3 class="reference".*?</h3>', client.get(address).text, re.S)
    assert all(plain(one).startswith("Глава 5, раздел «Инструменты") for one in found)
    assert found


def test_lead_in_shows_its_list(client: httpx.Client) -> None:
    """The items stand under the lead-in in the first card, each a link to its place."""
    page = client.get("/", params={"q": "Перечислите цели внешней политики", "lang": "ru"}).text
    card = page[page.index('class="card first"') : page.index("</article>")]
    links = re.findall(r'<li class="deep0">.*?href="([^"]+)"', card)
    assert [link.rpartition("#")[2] for link in links] == [
        f"chp_4__list_1__point_{number}" for number in range(1, 8)
    ]
    assert "укрепление независимости, государственного суверенитета" in plain(card)


def test_chapter_is_shown_in_outline(client: httpx.Client) -> None:
    """A chapter stands before the items, under its own reference; a count is said."""
    text = client.get("/", params={"q": "5-тарауда неше бөлім бар?"}).text
    # What stands below it is not a second answer.
    assert text.count('class="card first"') == text.count('class="confidence') == 1
    page = plain(text)
    assert "Сыртқы саясаттың даму үрдістері мен пайымы Барлығы: 5." in page
    assert page.index("Барлығы: 5.") < page.index("Мазмұны жақын тармақтар")
