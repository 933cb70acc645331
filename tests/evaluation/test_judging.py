import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from evaluation import trec
from evaluation.beir import Dataset, read_dataset, read_unjudged, write_dataset
from evaluation.errors import DatasetError
from evaluation.judging import write_judging
from evaluation.judging.pool import Pooled, fingerprint, pool
from evaluation.metrics import per_query
from indexer.documents.passages import Passage
from indexer.languages import LANGUAGES

pytestmark = pytest.mark.processes

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def run_of(dataset: Dataset, *names: str) -> dict[str, tuple[tuple[str, float], ...]]:
    """Returns a run that finds the same passages for every question."""
    found = tuple((name, 1 / rank) for rank, name in enumerate(names, start=1))
    return {query.id: found for query in dataset.queries}


def names_of(pooled: tuple[Pooled, ...]) -> dict[str, list[str]]:
    """Returns the pooled passages' ids by question."""
    return {each.query.id: [editions[0].id for editions in each.passages] for each in pooled}


def test_a_pool_holds_what_any_run_found_once(dataset: Dataset) -> None:
    """The first passages of each run, to the depth, and none twice."""
    runs = (run_of(dataset, "water", "trade", "arms"), run_of(dataset, "trade", "school", "border"))

    found = names_of(pool(dataset.queries, runs, dataset.corpus, depth=2))

    assert len(found) == len(dataset.queries)
    assert all(sorted(names) == ["school", "trade", "water"] for names in found.values())


def test_the_order_does_not_tell_who_found_a_passage(dataset: Dataset) -> None:
    """It is the same whichever run comes first and however it ranks, and changes with the seed."""
    first, second = run_of(dataset, "water", "trade"), run_of(dataset, "school", "arms")
    turned = run_of(dataset, "arms", "school")

    def order(*runs: Any, seed: int = 0) -> list[tuple[str, list[str]]]:
        return list(names_of(pool(dataset.queries, runs, dataset.corpus, 5, seed)).items())

    assert order(first, second) == order(turned, first)
    assert order(first, second) != order(first, second, seed=1)
    assert len({tuple(names) for _, names in order(first, second)}) > 1


def test_an_item_is_graded_once_in_all_its_languages(dataset: Dataset) -> None:
    """Editions of one item are one passage to grade."""
    editions = (
        Passage("act", "para_1", "kk", "1.", (), "мәтін"),
        Passage("act", "para_1", "ru", "1.", (), "текст"),
    )
    query = dataset.queries[0]

    (pooled,) = pool([query], [{query.id: (("act#para_1", 1.0),)}], editions, 5)

    assert pooled.passages == (editions,)


def test_a_passage_that_nobody_has_is_an_error(dataset: Dataset) -> None:
    """A run over another index is not graded in part."""
    with pytest.raises(DatasetError, match=r"'soup'.*--index"):
        pool(dataset.queries, [run_of(dataset, "water", "soup")], dataset.corpus, 5)


def test_a_grade_belongs_to_texts(dataset: Dataset) -> None:
    """When question or passage is written anew, the grade is asked for again."""
    query, passage = dataset.queries[0], dataset.corpus[0]
    before = fingerprint(query, [passage])

    assert before != fingerprint(replace(query, text="Басқа сұрақ?"), [passage])
    assert before != fingerprint(query, [replace(passage, text="Басқа мәтін")])


def test_every_word_is_there_in_three_languages() -> None:
    """No word lacks a language, and each fills the same values."""
    source = files("evaluation.judging")
    words = tomllib.loads((source / "words.toml").read_text(encoding="utf-8"))
    for key, texts in words.items():
        assert tuple(texts) == LANGUAGES, key
        assert len({frozenset(re.findall(r"{\w+}", text)) for text in texts.values()}) == 1, key
    used = (source / "page.html").read_text(encoding="utf-8")
    assert set(re.findall(r'data-(?:word|label)="([^"]+)"', used)) <= set(words)


@pytest.fixture
def pooled(dataset: Dataset) -> tuple[Pooled, ...]:
    """Eight questions with three passages each; a text tries to end the script."""
    corpus = [replace(p, text=f"{p.text} </script><b>") for p in dataset.corpus]
    return pool(dataset.queries, [run_of(dataset, "water", "trade", "school")], corpus, 5)


@pytest.fixture
def page(pooled: tuple[Pooled, ...], tmp_path: Path) -> Path:
    """The page on which they are graded."""
    path = tmp_path / "judging.html"
    write_judging(path, "little", pooled)
    return path


@pytest.fixture
def open_page(chromium: Any, page: Path) -> Iterator[Callable[..., Any]]:
    """Opens the page in a tab of one browser, without a network; fails on errors of its script."""
    context = chromium.new_context(locale="kk-KZ", offline=True)
    errors: list[str] = []

    def open_one(path: Path = page, script: str = "") -> Any:
        view = context.new_page()
        view.set_default_timeout(20_000)
        view.on("pageerror", lambda error: errors.append(str(error)))
        view.on("console", lambda message: errors.append(message.text))
        if script:
            view.add_init_script(script)
        view.goto(path.as_uri())
        return view

    yield open_one
    context.close()
    assert errors == []


def saved(view: Any, button: str, path: Path) -> Path:
    """Saves the grades with a button, into a file."""
    with view.expect_download() as download:
        view.locator(button).click()
    download.value.save_as(path)
    return path


def shown(view: Any) -> tuple[str, str]:
    """Returns the question and the passage on the page."""
    return view.locator("#question").inner_text(), view.locator("#text").inner_text()


def test_grading_takes_one_key_on_any_layout(open_page: Any, pooled: tuple[Pooled, ...]) -> None:
    """A digit's place counts, for Kazakh layouts have letters there; then the next passage."""
    view = open_page()
    first = pooled[0]
    assert first.query.text in shown(view)[0]
    assert shown(view)[1] == first.passages[0][0].text

    view.keyboard.press("Digit3")
    assert shown(view)[1] == first.passages[1][0].text
    assert view.locator("#said").inner_text() == "Баға сақталды: 3."
    view.evaluate(
        "dispatchEvent(new KeyboardEvent('keydown', {code: 'Digit2', key: 'ә', bubbles: true}))"
    )
    assert shown(view)[1] == first.passages[2][0].text
    view.keyboard.press("ArrowLeft")
    assert view.locator("#grades [aria-pressed=true]").get_attribute("value") == "2"
    assert view.locator("#done").inner_text() == "Бағаланды: 2 / 24"


def test_keys_can_be_switched_off(open_page: Any) -> None:
    """Whoever speaks to the machine, or uses its keys otherwise, grades with the buttons."""
    view = open_page()
    before = shown(view)

    view.locator("#keys").uncheck()
    view.keyboard.press("Digit3")
    assert shown(view) == before

    view.locator("#grades button").first.focus()
    view.keyboard.press("Enter")
    assert shown(view) != before


def test_a_screen_reader_hears_where_it_is(open_page: Any) -> None:
    """Focus goes to the passage, and to the question where that is another one."""
    view = open_page()
    focused = "document.activeElement.id"

    view.keyboard.press("Digit0")
    assert view.evaluate(focused) == "passage"
    view.keyboard.press("Digit0")
    view.keyboard.press("Digit0")
    assert view.evaluate(focused) == "question"
    assert view.get_by_role("status").inner_text() == "Баға сақталды: 0."
    assert view.get_by_role("article", name="1-үзінді (барлығы 3)").is_visible()


def test_grades_outlive_the_tab(
    open_page: Any, pooled: tuple[Pooled, ...], page: Path, tmp_path: Path
) -> None:
    """A closed tab goes on at the first passage without a grade, on a page of a larger pool too."""
    view = open_page()
    for key in ("Digit3", "Digit0", "ArrowRight", "Digit1"):
        view.keyboard.press(key)
    view.close()

    again = open_page()
    assert again.locator("#done").inner_text() == "Бағаланды: 3 / 24"
    assert shown(again)[1] == pooled[0].passages[2][0].text
    larger = tmp_path / "larger.html"
    write_judging(larger, "little", pooled[::-1])
    assert open_page(larger).locator("#done").inner_text() == "Бағаланды: 3 / 24"
    other = tmp_path / "other.html"
    write_judging(other, "little", pooled, judge="Асель")
    assert open_page(other).locator("#done").inner_text() == "Бағаланды: 0 / 24"


def test_two_tabs_do_not_undo_each_other(open_page: Any) -> None:
    """What one tab grades the other shows, and keeps."""
    first, second = open_page(), open_page()

    first.keyboard.press("Digit3")
    second.locator("#done").get_by_text("Бағаланды: 1 / 24").wait_for()
    second.keyboard.press("ArrowRight")
    second.keyboard.press("Digit2")
    first.locator("#done").get_by_text("Бағаланды: 2 / 24").wait_for()


def test_a_browser_that_keeps_nothing_says_so(open_page: Any) -> None:
    """Grades that only the tab holds are not lost in silence."""
    view = open_page(
        script="Storage.prototype.setItem = () => { throw new DOMException('full'); };"
    )
    assert not view.get_by_role("alert").is_visible()

    view.keyboard.press("Digit3")
    assert "сақтай алмайды" in view.get_by_role("alert").inner_text()
    asked: list[str] = []
    view.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    view.close(run_before_unload=True)
    view.wait_for_event("close")
    assert asked == ["beforeunload"]


def test_grades_are_qrels_that_measuring_reads(
    open_page: Any, dataset: Dataset, folder: Path, tmp_path: Path
) -> None:
    """Both files hold the same grades, and a dataset and a run are measured with them."""
    view = open_page()
    for key in ("3", "0", "2", "1", "1", "0"):
        view.keyboard.press(f"Digit{key}")
    view.keyboard.press("Digit0")
    beir = saved(view, "#beir", folder / "qrels" / "judged.tsv")
    qrels = trec.read_qrels(saved(view, "#trec", tmp_path / "judged.qrels"))

    judged = read_dataset(folder, "judged")
    assert beir.read_text(encoding="utf-8").startswith("query-id\tcorpus-id\tscore\n")
    assert sorted(grade for grades in qrels.values() for grade in grades.values()) == [
        0, 0, 0, 1, 1, 2, 3,
    ]  # fmt: skip
    assert judged.qrels == {name: qrels[name] for name in judged.qrels}
    assert len(judged.queries) == 2
    assert "1." in view.locator("#unfinished").inner_text()
    assert per_query(judged.qrels, run_of(dataset, "water", "trade", "school"))["R@5"]


def test_a_saved_file_is_gone_on_from(open_page: Any, chromium: Any, page: Path) -> None:
    """Another browser takes the grades in; lines of other questions are counted, not kept."""
    view = open_page()
    for key in ("3", "0"):
        view.keyboard.press(f"Digit{key}")
    path = saved(view, "#trec", page.with_name("judged.qrels"))
    with path.open("a", encoding="utf-8") as file:
        file.write("nobody 0 water 3\n")

    context = chromium.new_context(locale="en-GB", offline=True)
    fresh = context.new_page()
    fresh.goto(page.as_uri())
    fresh.locator("#load").set_input_files(path)
    fresh.locator("#said").get_by_text("taken from the file: 2").wait_for()
    assert "not of this pool: 1" in fresh.locator("#said").inner_text()
    assert fresh.locator("#done").inner_text() == "Graded: 2 of 24"
    context.close()


def test_the_end_is_said(open_page: Any) -> None:
    """After the last passage the page asks to save."""
    view = open_page()
    for _ in range(24):
        view.keyboard.press("Numpad1")

    assert "Барлық үзінді бағаланды" in view.locator("#said").inner_text()
    assert view.locator("#done").inner_text() == "Бағаланды: 24 / 24"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(chromium: Any, page: Path, scheme: str) -> None:
    """WCAG 2.2 AA as far as axe-core can tell; nothing to scroll aside on a telephone."""
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed"
    )
    context = chromium.new_context(
        locale="kk-KZ",
        color_scheme=scheme,
        viewport={"width": 360, "height": 800},
        bypass_csp=True,
    )
    view = context.new_page()
    view.goto(page.as_uri())
    view.keyboard.press("Digit3")

    results = axe.Axe().run(view, options=RULES)
    assert results.violations_count == 0, results.generate_report()
    assert view.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()


def test_the_command_pools_runs_measurements_and_systems(
    root: Path, dataset: Dataset, tmp_path: Path
) -> None:
    """A run file, a kept measurement and a system: one page, of questions that nobody judged."""
    folder = tmp_path / "little"
    write_dataset(folder, dataset)
    trec.write_run(tmp_path / "other.run", run_of(dataset, "border"), "border")

    def command(*arguments: object) -> str:
        return subprocess.run(
            [sys.executable, "-m", "evaluation", *map(str, arguments)],
            cwd=root,
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    command("run", folder, "--system", "bm25-prefix", "--out", tmp_path / "kept")
    for path in (folder / "qrels").iterdir():
        path.unlink()
    out = tmp_path / "judging.html"
    said = command(
        "judge", folder, tmp_path / "other.run", tmp_path / "kept", "bm25", "--out", out
    )  # fmt: skip

    html = out.read_text(encoding="utf-8")
    assert "8 questions" in said
    assert "bm25" not in html
    assert all(query.text in html for query in read_unjudged(folder).queries)
