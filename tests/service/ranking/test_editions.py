"""Tests of service.ranking.editions: items in several languages, and in fewer."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.ranking.editions import item_evidence

KK, RU = 0, 1


def table(pairs: list[tuple[float, ...]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Returns rows, items and languages of items with a value for each language, NaN for none."""
    values = np.array(pairs, dtype=np.float32)
    item, tongues = np.nonzero(~np.isnan(values))
    return values[item, tongues], item, tongues


@given(
    st.lists(st.tuples(*[st.floats(-50, 50, width=32)] * 2), min_size=1, max_size=40),
)
def test_items_in_the_same_languages_have_their_means(pairs: list[tuple[float, float]]) -> None:
    """Where nothing is missing nothing is foretold."""
    found = item_evidence(*table(pairs))
    np.testing.assert_allclose(found, np.mean(pairs, axis=1), atol=1e-4)


@pytest.mark.parametrize("own", [40.0, 44.0])
def test_missing_edition_is_foretold(own: float) -> None:
    """Russian texts have 4 more here than the mean of both; one alone in Russian loses them."""
    pairs = [(30.0 + number, 38.0 + number) for number in range(20)]
    found = item_evidence(*table([*pairs, (np.nan, own)]))
    assert found[-1] == pytest.approx(own - 4)


def test_nothing_is_raised_by_an_edition_that_it_lacks() -> None:
    """A text in the language that meets fewer words stays where it is."""
    pairs = [(30.0 + number, 38.0 + number) for number in range(20)]
    assert item_evidence(*table([*pairs, (35.0, np.nan)]))[-1] == pytest.approx(35)


def test_few_items_foretell_nothing() -> None:
    """Fifteen items in both languages are too few to tell."""
    pairs = [(30.0 + number, 38.0 + number) for number in range(15)]
    assert item_evidence(*table([*pairs, (np.nan, 40.0)]))[-1] == pytest.approx(40)


@given(st.lists(st.floats(0, 60, width=32), min_size=1, max_size=30), st.data())
def test_order_within_one_language_stays(own: list[float], data: st.DataObject) -> None:
    """What is foretold never turns two items of the same languages round."""
    spread = data.draw(st.floats(0, 20, width=32))
    pairs = [(20.0 + number / 2, 20.0 + spread + number / 2) for number in range(30)]
    found = item_evidence(*table([*pairs, *((np.nan, value) for value in own)]))[30:]
    order = np.argsort(own, kind="stable")
    assert (np.diff(found[order]) >= -1e-4).all()
