from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from evaluation.errors import DatasetError
from evaluation.measurement import Measurement
from evaluation.significance import compare, holm

Make = Callable[..., Measurement]


def test_a_clear_difference_is_found(measured: Make) -> None:
    """A system that is right on most of the other's failures is called better."""
    (found,) = compare(
        {"good": measured([1] * 40), "bad": measured([1] * 20 + [3] * 20)}, ["RR@10"]
    )

    assert not found.is_noise
    assert found.low > 0
    assert found.difference == pytest.approx(1 / 3)
    assert found.p < 0.001


def test_two_lucky_questions_are_noise(measured: Make) -> None:
    """A difference on two of forty questions is called noise."""
    (found,) = compare({"a": measured([1] * 40), "b": measured([1] * 38 + [2] * 2)}, ["Success@1"])

    assert found.is_noise
    assert found.low <= 0 <= found.high


def test_equal_systems_do_not_differ(measured: Make) -> None:
    """Equal results give p = 1 and no effect."""
    (found,) = compare({"a": measured([1, 2, 3]), "b": measured([1, 2, 3])}, ["RR@10"])

    assert (found.p, found.difference, found.effect) == (1.0, 0.0, 0.0)


def test_repeated_questions_add_no_evidence(measured: Make) -> None:
    """Eight askings of four items are no more evidence than four."""
    ranks = [1, 1, 1, 1], [2, 2, 2, 2]
    (once,) = compare({"a": measured(ranks[0]), "b": measured(ranks[1])}, ["RR@10"])
    (twice,) = compare(
        {"a": measured(ranks[0] * 2, items=4), "b": measured(ranks[1] * 2, items=4)}, ["RR@10"]
    )

    assert twice.units == 4
    assert twice.p == once.p


def test_the_randomisation_agrees_with_an_exact_test(measured: Make) -> None:
    """Where all differences have one size the test is the sign test, whose p is known exactly."""
    (found,) = compare({"a": measured([1] * 9 + [2]), "b": measured([2] * 9 + [1])}, ["RR@10"])

    assert found.p == pytest.approx(binomtest(9, 10).pvalue)


def test_corrections_are_made_over_everything_compared(measured: Make) -> None:
    """With more systems the same p-value weighs less."""
    a, b = measured([1] * 20), measured([1] * 13 + [4] * 7)
    (alone,) = compare({"a": a, "b": b}, ["RR@10"])
    among = compare({"a": a, "b": b, "c": a, "d": a}, ["RR@10"])[0]

    assert (among.first, among.second) == ("a", "b")
    assert among.p == alone.p
    assert among.adjusted > alone.adjusted


def test_what_only_the_uncorrected_test_calls_real_is_noise(measured: Make) -> None:
    """The verdict is that of the corrected p-value."""
    a, b = measured([1] * 20), measured([1] * 14 + [4] * 6)
    (alone,) = compare({"a": a, "b": b}, ["RR@10"])
    among = compare({"a": a, "b": b, "c": a, "d": a}, ["RR@10"])[0]

    assert alone.p < 0.05 < among.adjusted
    assert (alone.is_noise, among.is_noise) == (False, True)


def test_holm_as_in_the_literature() -> None:
    """A worked example: .01, .04, .03, .005 become .03, .06, .06, .02."""
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])


@given(st.lists(st.floats(0, 1), max_size=12))
def test_correction_never_lowers_a_p_value(p_values: list[float]) -> None:
    """Corrected values are at least as large, at most 1, and keep the order."""
    adjusted = holm(p_values)

    assert all(p <= a <= 1 for p, a in zip(p_values, adjusted, strict=True))
    order = sorted(range(len(p_values)), key=lambda i: p_values[i])
    assert [adjusted[i] for i in order] == sorted(adjusted)


def test_other_questions_cannot_be_compared(measured: Make) -> None:
    """Measurements over other questions are refused, and the first that differs is named."""
    with pytest.raises(DatasetError, match="'q3'"):
        compare({"a": measured([1, 1, 1]), "b": measured([1, 1, 1, 1])})


def test_one_measurement_is_not_enough(measured: Make) -> None:
    """There must be two to compare."""
    with pytest.raises(DatasetError, match="at least two"):
        compare({"a": measured([1])})
