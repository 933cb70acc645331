from collections.abc import Callable
from pathlib import Path

import pytest

from evaluation.checking import baseline_of, check, falls, read_baseline, write_baseline
from evaluation.errors import DatasetError
from evaluation.measurement import Measurement

Make = Callable[..., Measurement]


def test_a_significant_fall_fails(measured: Make) -> None:
    """Ten right answers lost of forty fail the check, in every measure that they change."""
    comparisons = check(measured([1] * 30 + [4] * 10), baseline_of(measured([1] * 40)))

    assert {c.measure for c in falls(comparisons)} >= {"Success@1 kk", "RR@10 kk"}


def test_noise_passes(measured: Make) -> None:
    """Three answers lost and two won is no fall."""
    before, now = measured([1] * 38 + [3] * 2), measured([3] * 3 + [1] * 37)

    assert not falls(check(now, baseline_of(before)))


def test_a_gain_passes(measured: Make) -> None:
    """Better is never a failure."""
    assert not falls(check(measured([1] * 40), baseline_of(measured([5] * 40))))


def test_a_baseline_survives_its_file(measured: Make, tmp_path: Path) -> None:
    """What is written is read again."""
    baseline = baseline_of(measured([1, 2, 3]))
    write_baseline(tmp_path / "baseline.json", baseline)

    assert read_baseline(tmp_path / "baseline.json") == baseline


def test_other_questions_are_refused(measured: Make) -> None:
    """A baseline of other questions proves nothing."""
    with pytest.raises(DatasetError, match="other questions"):
        check(measured([1, 1]), baseline_of(measured([1, 1, 1])))


def test_a_missing_baseline_says_how_to_write_one(tmp_path: Path) -> None:
    """The error names the option."""
    with pytest.raises(DatasetError, match="--update"):
        read_baseline(tmp_path / "baseline.json")
    (tmp_path / "baseline.json").write_text("{}")
    with pytest.raises(DatasetError, match="malformed"):
        read_baseline(tmp_path / "baseline.json")
