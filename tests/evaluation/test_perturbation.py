import random
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.beir import Dataset, read_dataset, write_dataset
from evaluation.errors import DatasetError
from evaluation.perturbation import SUITES, perturb
from evaluation.perturbation.alphabets import informal_ascii, latin_2021, without_letters
from evaluation.perturbation.keyboard import mistype, other_layout
from evaluation.perturbation.switching import mix

TEXT = st.text("абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһі АҚ?-", max_size=60)


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Қазақстанның өңірі әлі үлкен", "Казакстаннын онири али улкен"),
        ("ҰЖЫМ, іні, һәм", "УЖЫМ, ини, хам"),
    ],
)
def test_letterless_kazakh(text: str, typed: str) -> None:
    """Every Kazakh letter becomes the one that a Russian keyboard has."""
    assert without_letters(text) == typed


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Қазақстан", "Qazaqstan"),
        ("сұрақтың жауабы", "sūraqtyñ jauaby"),
        ("БҰҰ мүшесі", "BŪŪ müşesı"),
        ("ғылым және білім", "ğylym jäne bılım"),
        ("өңір, Шығыс", "öñır, Şyğys"),
    ],
)
def test_the_latin_alphabet_of_2021(text: str, typed: str) -> None:
    """Words are written as the alphabet of 2021 writes them."""
    assert latin_2021(text) == typed


@given(TEXT, st.integers(0, 99))
def test_informal_writing_is_ascii(text: str, seed: int) -> None:
    """Whatever the variants, only ASCII letters are left, and words stay words."""
    typed = informal_ascii(text, random.Random(seed))

    assert typed.isascii()
    assert typed.count(" ") == text.count(" ")


def test_informal_writing_varies_between_writers_only() -> None:
    """One writer keeps to one spelling; writers differ."""
    written = {informal_ascii("шаш қазақ жаңа", random.Random(seed)) for seed in range(40)}

    assert len(written) > 4
    for text in written:
        assert len(set(re.findall("sh|w", text))) == 1


@pytest.mark.parametrize(
    ("text", "typed"),
    [("привет", "ghbdtn"), ("Қазақ", ")fpf0"), ("қалай", "0fkfq"), ("ёлка, да", "`krf, lf")],
)
def test_the_other_layout(text: str, typed: str) -> None:
    """The same keys, the American layout."""
    assert other_layout(text) == typed


@given(TEXT)
def test_the_other_layout_loses_nothing(text: str) -> None:
    """Every letter has a key of its own."""
    letters = [c for c in text if c.isalpha()]

    assert not set("абвгдежзийәғқңөұүһі") & set(other_layout(text))
    assert len({other_layout(c) for c in set(letters)}) == len(set(letters))


@given(TEXT, st.integers(0, 99))
def test_a_typo_is_small(text: str, seed: int) -> None:
    """A fifth of the long words change, each by one slip; short words stay."""
    typed = mistype(text, random.Random(seed))

    long = re.findall(r"[^\W\d_]{4,}", text)
    assert abs(len(typed) - len(text)) <= max(1, round(len(long) / 5))
    assert (typed != text) == bool(long)


@pytest.mark.parametrize(
    ("text", "language", "mixed"),
    [
        ("Мемлекеттердің мақсаты қандай?", "kk", "Государстволардың цельі какой?"),
        ("Елшінің көмегі, көмектесу", "kk", "Посолның көмегі, көмектесу"),
        ("саясатты, келісімнен", "kk", "политиканы, соглашениенен"),
        ("Какие страны помогают?", "ru", "Қандай елдер помогают?"),
    ],
)
def test_languages_mix_inside_a_question(text: str, language: str, mixed: str) -> None:
    """Nouns change language, Kazakh endings stay and follow the new vowels."""
    assert mix(text, language, random.Random(0)) == mixed


def test_a_question_without_known_words_gets_an_opening() -> None:
    """Every question is mixed, if only by its opening."""
    mixed = mix("Қалай тұрасың?", "kk", random.Random(0))

    assert mixed.endswith("қалай тұрасың?")
    assert len(mixed) > len("Қалай тұрасың?")


@pytest.mark.parametrize("suite", SUITES)
def test_a_suite_can_be_made_again(dataset: Dataset, suite: str, tmp_path: Path) -> None:
    """The same seed gives the same questions, which differ from the clean ones; ids are kept."""
    made = perturb(dataset, suite, seed=3)

    assert made == perturb(dataset, suite, seed=3)
    clean = {query.id: query.text for query in dataset.queries}
    for query in made.queries:
        assert query.text != clean[query.id]
        assert query.metadata["clean"] == clean[query.id]
        assert query.metadata["suite"] == suite
    write_dataset(tmp_path, made)
    assert read_dataset(tmp_path).queries == made.queries


def test_other_questions_do_not_change_a_typo(dataset: Dataset) -> None:
    """Chance belongs to a question, not to its place in the file."""
    from dataclasses import replace

    last = dataset.queries[-1]
    alone = replace(dataset, queries=(last,), qrels={last.id: dataset.qrels[last.id]})

    assert perturb(alone, "typos").queries == perturb(dataset, "typos").queries[-1:]


def test_another_seed_makes_other_typos(dataset: Dataset) -> None:
    """The seed matters."""
    assert perturb(dataset, "typos", 1).queries != perturb(dataset, "typos", 2).queries


def test_an_unknown_suite_is_an_error(dataset: Dataset) -> None:
    """The error lists the suites."""
    with pytest.raises(DatasetError, match="letterless"):
        perturb(dataset, "shouting")
