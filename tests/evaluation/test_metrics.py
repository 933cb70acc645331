import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.metrics import Estimate, decimal, estimate, per_query


def test_rank_decides_not_the_score() -> None:
    """A passage in second place counts as second even where its score is equal."""
    values = per_query({"q": {"a": 1}}, {"q": (("b", 0.5), ("a", 0.5))})

    assert values["RR@10"]["q"] == 0.5
    assert values["Success@1"]["q"] == 0


def test_a_question_without_results_counts_as_zero() -> None:
    """What a run leaves out is wrong, not missing."""
    values = per_query({"q": {"a": 1}, "r": {"a": 1}}, {"q": (("a", 1.0),)})

    assert values["RR@10"] == {"q": 1.0, "r": 0.0}


def test_the_interval_holds_the_mean() -> None:
    """An interval surrounds its mean and narrows with more questions."""
    few = estimate({str(i): float(i % 2) for i in range(20)})
    many = estimate({str(i): float(i % 2) for i in range(2000)})

    assert few.low < few.mean == 0.5 < few.high
    assert many.high - many.low < (few.high - few.low) / 5


def test_questions_that_ask_one_thing_are_one_observation() -> None:
    """The same questions asked twice over do not narrow the interval."""
    once = {str(i): float(i % 3 == 0) for i in range(60)}
    twice = {f"{i}{tongue}": value for i, value in once.items() for tongue in ("kk", "ru")}
    units = {f"{i}{tongue}": i for i in once for tongue in ("kk", "ru")}

    assert estimate(twice, units) == estimate(once)
    naive = estimate(twice)
    assert naive.high - naive.low < 0.8 * (estimate(once).high - estimate(once).low)


def test_sums_and_counts_of_a_unit_are_drawn_together() -> None:
    """Units of very different size never give a mean above 1."""
    values = {f"{unit} {i}": 1.0 for unit in range(10) for i in range(1 + 9 * (unit % 2))}
    values["0 0"] = 0.0
    found = estimate(values, {query: query.split()[0] for query in values})

    assert 0.9 < found.low < found.mean <= found.high <= 1


@given(st.dictionaries(st.text(min_size=1), st.floats(0, 1), min_size=1, max_size=30))
def test_an_estimate_stays_among_its_values(values: dict[str, float]) -> None:
    """Mean and interval lie between the least and the greatest value."""
    found = estimate(values)

    least, greatest = min(values.values()) - 1e-9, max(values.values()) + 1e-9
    assert least <= found.low <= found.high <= greatest
    assert least <= found.mean <= greatest


def test_the_same_values_give_the_same_interval() -> None:
    """Intervals are seeded."""
    values = {str(i): float(i % 7 == 0) for i in range(50)}

    assert estimate(values) == estimate(values)


@pytest.mark.parametrize(
    ("value", "written"), [(0.9125, ".912"), (1.0, "1.000"), (0.0, ".000"), (-0.25, "-.250")]
)
def test_measures_are_written_without_a_leading_zero(value: float, written: str) -> None:
    """Tables have .912, not 0.912."""
    assert decimal(value) == written


def test_an_estimate_prints_its_interval() -> None:
    """The printed form is that of the tables."""
    assert str(Estimate(0.5, 0.25, 0.75)) == ".500 [.250, .750]"
