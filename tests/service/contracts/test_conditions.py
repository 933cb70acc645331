"""Tests of conditions on attributes."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.contracts.conditions import OPERATORS, Combination, Comparison

RECORD = {
    "section": "3",
    "number": "3.10",
    "heading": "Экономикалық дипломатия",
    "date": "2020-03-06",
    "year": 2020,
    "article": None,
}


@pytest.mark.parametrize(
    ("name", "operator", "value"),
    [
        ("heading", "contains", "дипломатия"),
        ("heading", "contains", "ДИПЛОМАТИЯ"),
        ("heading", "not contains", "Каспий"),
        ("heading", "start with", "экономика"),
        ("heading", "end with", "дипломатия"),
        ("section", "is", "3"),
        ("section", "is", 3),
        ("section", "is not", "4"),
        ("section", "in", ["2", "3"]),
        ("section", "in", "2, 3"),
        ("section", "not in", ["2", "4"]),
        ("article", "empty", None),
        ("section", "not empty", None),
        ("year", "is", "2020"),
        ("year", ">", 2019),
        ("year", "<", "2021"),
        ("year", "≥", 2020.0),
        ("year", "≤", 2020),
        ("number", ">", "3.9"),
        ("number", "<", "3.11"),
        ("date", "before", "2020-03-07"),
        ("date", "after", "2020-03-05T23:00:00"),
        ("date", "after", 1_500_000_000),
    ],
)
def test_comparison_holds(name: str, operator: str, value: object) -> None:
    """Each operator holds where it should, and its opposite does not."""
    opposites = {
        "contains": "not contains",
        "is": "is not",
        "in": "not in",
        "empty": "not empty",
        ">": "≤",
        "<": "≥",
    }
    opposites |= {there: back for back, there in opposites.items()}
    assert Comparison((name,), operator, value).holds(RECORD)
    if operator in opposites:
        assert not Comparison((name,), opposites[operator], value).holds(RECORD)


@pytest.mark.parametrize("operator", ["start with", "end with", "before", "after", "<", "≥"])
@pytest.mark.parametrize("value", [None, "яяя", []])
def test_comparison_with_a_useless_value_does_not_hold(operator: str, value: object) -> None:
    """No value, or one of another sort, meets no comparison (text orders before "яяя")."""
    name = "date" if operator in ("before", "after") else "article"
    assert not Comparison((name,), operator, value).holds(RECORD)


def test_absent_attribute_meets_only_negative_comparisons() -> None:
    """What a passage does not have is neither equal to anything nor above or below it."""
    holding = {name for name in OPERATORS if Comparison(("nowhere",), name, "1").holds(RECORD)}
    assert holding == {"is not", "not in", "not contains", "empty"}


def test_several_names_are_any_of_them() -> None:
    """A positive comparison needs one of its attributes, a negative one all of them."""
    assert Comparison(("article", "section"), "is", "3").holds(RECORD)
    assert not Comparison(("article", "section"), "is not", "3").holds(RECORD)


def test_empty_combination_limits_nothing() -> None:
    """No conditions are no limit, also where any of them would do."""
    assert Combination(()).holds(RECORD)
    assert Combination((), any_of=True).holds(RECORD)


values = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.lists(st.text())
)


@given(st.sampled_from(sorted(OPERATORS)), values, values.filter(lambda v: not isinstance(v, list)))
def test_any_values_can_be_compared(operator: str, value: object, attribute: object) -> None:
    """No value raises, and a negative operator is the opposite of its positive one."""
    record = {"a": attribute}
    holds = Comparison(("a",), operator, value).holds(record)
    pairs = {"is": "is not", "in": "not in", "contains": "not contains", "empty": "not empty"}
    if operator in pairs:
        assert holds != Comparison(("a",), pairs[operator], value).holds(record)


@given(st.lists(st.lists(st.integers(0, 30), min_size=1, max_size=3), min_size=2, max_size=2))
def test_numbered_items_are_ordered_by_their_steps(numbers: list[list[int]]) -> None:
    """3.9 stands before 3.10, whatever the steps."""
    left, right = numbers
    written = [".".join(map(str, number)) for number in numbers]
    below = Comparison(("n",), "<", written[1]).holds({"n": written[0]})
    assert below == (left < right)


def test_combinations_nest() -> None:
    """And and or combine as in logic."""
    yes, no = Comparison(("section",), "is", "3"), Comparison(("section",), "is", "4")
    for first, second in itertools.product((yes, no), repeat=2):
        both = Combination((first, Combination((second,), any_of=True)))
        either = Combination((first, Combination((second,))), any_of=True)
        assert both.holds(RECORD) == (first is yes and second is yes)
        assert either.holds(RECORD) == (first is yes or second is yes)
