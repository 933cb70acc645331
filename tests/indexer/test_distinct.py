"""Tests of indexer.distinct."""

import subprocess
import sys

import numpy as np

from indexer.distinct import common, distinct, is_among


def test_each_number_stands_once_and_ascending() -> None:
    """As numpy.unique has them, of one list or of several."""
    numbers = np.random.default_rng(0).integers(0, 50, 200)
    assert distinct(numbers).tolist() == np.unique(numbers).tolist()
    assert distinct(numbers[:9], numbers[5:]).tolist() == np.unique(numbers).tolist()
    assert distinct(numbers[:0]).tolist() == []


def test_what_was_given_stays_as_it_is() -> None:
    """Tables are mapped from files that nobody may write."""
    numbers = np.array([3, 1, 3])
    numbers.flags.writeable = False
    assert distinct(numbers).tolist() == [1, 3]
    assert common(np.array([3, 1]), numbers[1:]).tolist() == [1, 3]


def test_numbers_are_looked_up_in_a_list() -> None:
    """In their own order, repeats too; before the first, behind the last and in an empty list."""
    held = np.array([2, 5, 9])
    assert is_among(np.array([9, 1, 5, 5, 12]), held).tolist() == [True, False, True, True, False]
    assert is_among(np.array([1, 2]), held[:0]).tolist() == [False, False]
    assert is_among(held[:0], held).tolist() == []


def test_arrays_with_masks_are_not_imported() -> None:
    """They would cost each start 30 ms."""
    program = (
        "import sys, numpy; from indexer.distinct import common, distinct;"
        "common(distinct(numpy.arange(3)), numpy.arange(2)); print('numpy.ma' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"
