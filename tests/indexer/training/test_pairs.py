"""Tests of indexer.training: acts, questions, keyboards, pairs and batches; no torch."""

import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import DocumentError
from indexer.training.acts import Acts, article_of, read_acts
from indexer.training.keyboards import retype
from indexer.training.pairs import (
    Pair,
    columns,
    plan,
    question_pairs,
    title_pairs,
    translation_pairs,
)
from indexer.training.questions import ActQuestion, read_questions

KAZAKH = "әғқңөұүһі"


@pytest.fixture(scope="module")
def acts(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Acts:
    """A small law of our own in both languages."""
    folder = tmp_path_factory.mktemp("acts")
    (folder / "libraries").mkdir()
    for language in ("kk", "ru"):
        text = (root / f"tests/data/acts/libraries-law.{language}.txt").read_text(encoding="utf-8")
        (folder / "libraries" / f"{language}.txt").write_text(text, encoding="utf-8")
    return read_acts(folder)


def _pairs(count: int, languages: tuple[str, str] = ("kk", "kk"), acts: int = 3) -> list[Pair]:
    return [
        Pair(f"сұрақ {i}", f"мәтін {i}", f"act{i % acts}", f"art_{i}", languages, is_asked=True)  # type: ignore[arg-type]
        for i in range(count)
    ]


def test_committed_questions_are_whole(root: Path) -> None:
    """1,500 questions and more, half in each language; the splits share no act; none repeats."""
    folder = root / "evaluation/datasets/acts-questions"
    train, validation = (read_questions(folder, split) for split in ("train", "validation"))
    everything = train + validation
    assert len(everything) >= 1500
    assert Counter(question.language for question in everything)["kk"] * 2 == len(everything)
    assert not {q.act for q in train} & {q.act for q in validation}
    assert len({question.text.casefold() for question in everything}) == len(everything)


def test_committed_questions_find_their_passages(root: Path, shared: Path) -> None:
    """The parser of today still gives the addresses that the questions name."""
    folder = root / "evaluation/datasets/acts-questions"
    known = read_acts(shared / "data/acts")
    for split in ("train", "validation"):
        questions = read_questions(folder, split)
        missing = question_pairs(questions, known)[1]
        assert len(missing) <= len(questions) // 100, missing


def test_question_meets_the_passage_of_every_edition(acts: Acts) -> None:
    """One question of a bilingual act makes two pairs."""
    eid = next(iter(acts["libraries", "ru"].passages))
    pairs, missing = question_pairs([ActQuestion("q", "Что это?", "ru", "libraries", eid)], acts)
    assert [pair.languages for pair in pairs] == [("ru", "kk"), ("ru", "ru")]
    assert pairs[1].passage == acts["libraries", "ru"].passages[eid].text
    assert not missing


def test_address_that_is_not_there_is_reported(acts: Acts) -> None:
    """A question without its passage is named, not dropped in silence."""
    asked = [
        ActQuestion("lost", "Что это?", "ru", "libraries", "art_999"),
        ActQuestion("elsewhere", "Что это?", "ru", "no-such-act", "art_1"),
    ]
    assert question_pairs(asked, acts) == ((), ("lost", "elsewhere"))


def test_titles_have_no_numbers_and_meet_both_languages(acts: Acts) -> None:
    """The number of an article would give the answer away."""
    pairs = title_pairs(acts)
    assert {pair.languages for pair in pairs} == {
        ("kk", "kk"),
        ("ru", "ru"),
        ("kk", "ru"),
        ("ru", "kk"),
    }
    assert not any(pair.query[0].isdigit() or "Статья" in pair.query for pair in pairs)
    assert not any(pair.query in pair.passage for pair in pairs)


def test_translations_are_the_same_passage_in_both_languages(acts: Acts) -> None:
    """Each passage meets its translation, both ways."""
    pairs = translation_pairs(acts)
    assert {pair.languages for pair in pairs} == {("kk", "ru"), ("ru", "kk")}
    texts = {(pair.query, pair.passage) for pair in pairs}
    assert {(passage, query) for query, passage in texts} == texts
    russian = acts["libraries", "ru"].passages
    assert all(
        any(pair.query == passage.text for passage in russian.values())
        for pair in pairs
        if pair.languages[0] == "ru" and pair.act == "libraries"
    )


def test_folder_without_acts_is_refused(tmp_path: Path) -> None:
    """The error says what the folder should hold."""
    with pytest.raises(DocumentError, match=r"kk\.txt or ru\.txt"):
        read_acts(tmp_path)


def test_malformed_question_is_named_with_its_line(tmp_path: Path) -> None:
    """The error says where."""
    (tmp_path / "qrels").mkdir()
    (tmp_path / "qrels/train.tsv").write_text(
        "query-id\tcorpus-id\tscore\na\tact#art_1\t1\n", encoding="utf-8"
    )
    (tmp_path / "queries.jsonl").write_text('{"_id": "a"}\n', encoding="utf-8")
    with pytest.raises(DocumentError, match=r"queries\.jsonl:1"):
        read_questions(tmp_path, "train")


@pytest.mark.parametrize(
    ("eid", "article"),
    [
        ("art_5__para_2__point_1", "art_5"),
        ("chp_2__art_13-1__al_2", "chp_2__art_13-1"),
        ("chp_5__para_3-17", "chp_5__para_3-17"),
    ],
)
def test_article_of_an_address(eid: str, article: str) -> None:
    """The article is the last part that begins with art_; other passages are their own."""
    assert article_of(eid) == article


@given(st.text(alphabet="абвгдежзийклмнопрстуфхцчшщъыьэюяәғқңөұүһі АӘҚ?"), st.integers())
def test_retyped_text_has_no_kazakh_letters(text: str, seed: int) -> None:
    """Neither keyboard has them; the Latin one has no Cyrillic letters at all."""
    letterless = retype(text, "letterless", random.Random(seed))
    assert not set(letterless.casefold()) & set(KAZAKH)
    latin = retype(text, "latin", random.Random(seed))
    assert latin.isascii()
    assert latin == retype(text, "latin", random.Random(seed))


@given(st.integers(0, 5))
def test_plan_is_the_same_for_a_seed(seed: int) -> None:
    """Batches are full, of one language of passages, and hold no article twice."""
    asked = tuple(_pairs(40) + _pairs(40, ("ru", "ru")))
    titles = tuple(_pairs(40, ("kk", "ru")))
    batches = plan(asked, titles, titles, size=4, rounds=2, seed=seed)
    assert batches == plan(asked, titles, titles, size=4, rounds=2, seed=seed)
    for batch in batches:
        assert len(batch) == 4
        assert len({pair.languages[1] for pair in batch}) == 1
        assert len({(pair.act, pair.article) for pair in batch}) == 4
    assert sum(map(len, batches)) > 0.85 * 2 * (len(asked) + len(asked) // 4 + len(asked) // 8)


def test_half_of_the_batches_come_from_one_act() -> None:
    """Neighbours in an act are the hard negatives."""
    batches = plan(tuple(_pairs(400, acts=5)), (), (), size=8, rounds=1, seed=0)
    acts_of = [len({pair.act for pair in batch}) for batch in batches]
    assert 0.35 < sum(count == 1 for count in acts_of) / len(batches) < 0.65


def test_some_kazakh_questions_are_typed_otherwise() -> None:
    """About a quarter; Russian ones and passages never."""
    batches = plan(tuple(_pairs(400) + _pairs(400, ("ru", "kk"))), (), (), size=8, rounds=1, seed=0)
    pairs = [pair for batch in batches for pair in batch]
    kazakh = [pair.query.startswith("сұрақ") for pair in pairs if pair.languages[0] == "kk"]
    assert 0.6 < sum(kazakh) / len(kazakh) < 0.9
    assert all(pair.query.startswith("сұрақ") for pair in pairs if pair.languages[0] == "ru")
    assert all(pair.passage.startswith("мәтін") for pair in pairs)


def test_columns_are_sanitised() -> None:
    """What is trained on has the form in which it is embedded."""
    pair = Pair("сұрақ\u200b  а", "мәтін </s> б", "act", "art_1", ("kk", "kk"), is_asked=True)
    assert columns([[pair]]) == {"anchor": ["сұрақ а"], "positive": ["мәтін б"]}


def test_without_the_extra_the_command_says_what_to_install(root: Path) -> None:
    """Training needs libraries that serving does not."""
    code = """
import runpy, sys
sys.modules["peft"] = None
sys.argv = ["indexer", "train", "--acts", "a", "--out", "b"]
runpy.run_module("indexer", run_name="__main__")
"""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "pip install 'tarmaq[train]'" in done.stderr
