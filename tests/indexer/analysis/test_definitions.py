from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.definitions import definitions_in
from indexer.documents.passages import Passage

Make = Callable[..., Passage]


@pytest.mark.parametrize(
    ("text", "short", "full"),
    [
        (
            "Қазақстан Республикасының Сыртқы істер министрлігі (бұдан әрі – СІМ) бекітеді.",
            "СІМ",
            "Сыртқы істер министрлігі",
        ),
        ("Ол Біріккен Ұлттар Ұйымы (БҰҰ) мүшесі.", "БҰҰ", "Біріккен Ұлттар Ұйымы"),
        (
            "Министерство иностранных дел (далее – МИД) утверждает план.",
            "МИД",
            "Министерство иностранных дел",
        ),
        ("Сыртқы істер министрлігі (бұдан әрі - СІМ)", "СІМ", "Сыртқы істер министрлігі"),
        ("Сыртқы істер министрлігі (бұдан әрі — СІМ)", "СІМ", "Сыртқы істер министрлігі"),
        (
            "Еуропадағы қауіпсіздік және ынтымақтастық ұйымы (ЕҚЫҰ)",
            "ЕҚЫҰ",
            "Еуропадағы қауіпсіздік және ынтымақтастық ұйымы",
        ),
    ],
)
def test_a_definition_is_read(passage: Make, text: str, short: str, full: str) -> None:
    """A short name in brackets, with or without «hereinafter», has the words before it."""
    assert list(definitions_in([passage(text)])) == [(short, full)]


@pytest.mark.parametrize(
    "text",
    [
        "Сыртқы істер министрлігі (бұдан әрі – Министрлік) бекітеді.",
        "Жалпы ішкі өнім (2020) өсті.",
        "Ол туралы бұрын айтылған (СІМ).",
        "Министрлік (ҚР) мен агенттік.",
        "(СІМ)",
        "",
        "Жаңа шаралар, негізгі мақсаттар (АҚШ)",
        "Сауда саясаты бағыттары (СІМ)",
        "Сауда мен ішкі нарық (СІҚК)",
    ],
)
def test_what_defines_no_short_name_is_left(passage: Make, text: str) -> None:
    """A bracket whose letters the words before it do not spell defines nothing."""
    assert list(definitions_in([passage(text)])) == []


def test_every_definition_of_every_passage_is_read(passage: Make) -> None:
    """Definitions come in reading order, also two from one passage."""
    first = "Сыртқы істер министрлігі (СІМ) мен Біріккен Ұлттар Ұйымы (БҰҰ)"
    second = "Дүниежүзілік сауда ұйымы (бұдан әрі – ДСҰ)"
    found = [short for short, _ in definitions_in([passage(first), passage(second)])]
    assert found == ["СІМ", "БҰҰ", "ДСҰ"]


_UPPER = "АБГДЕЖКЛМНОПРСТҚҒІҰ"


@given(
    st.lists(st.sampled_from("абгдежклмнопрст"), min_size=2, max_size=6),
    st.lists(st.sampled_from(["zeta", "yota"]), max_size=4),
)
def test_the_initials_of_any_name_are_read(
    passage: Make, initials: list[str], before: list[str]
) -> None:
    """A name whose words begin with the short name's letters is found, whatever stands before."""
    name = " ".join(f"{letter}zz" for letter in initials)
    short = "".join(initials).upper()
    text = f"{' '.join(before)} {name} (бұдан әрі – {short}) болады"
    [(found, full)] = definitions_in([passage(text)])
    assert found == short
    assert name.endswith(full)
    assert full[0] == name[0]


@given(st.text(_UPPER + _UPPER.lower() + " ()–-", max_size=80))
def test_any_text_is_read(passage: Make, text: str) -> None:
    """A full name is two words or more, begins with the short name's letter and is in the text."""
    for short, full in definitions_in([passage(text)]):
        words = full.split()
        assert len(words) >= 2
        assert full[0].upper() == short[0]
        assert all(word in text for word in words)
