"""Processes that change a store and are killed: it is whole afterwards, before or after a change.

``TARMAQ_TRIALS`` is the number of kills; each has a seed of its own. ``make soak`` makes many more.
"""

import os
from pathlib import Path

from evaluation.soak.trials import kills

TRIALS = int(os.environ.get("TARMAQ_TRIALS", "20"))


def test_a_store_is_whole_after_kills(tmp_path: Path) -> None:
    """It opens as the generation before the change that was cut short, or as the one after."""
    trials = kills(tmp_path / "store", TRIALS)
    assert trials.survived == trials.run == TRIALS
    assert dict(trials.outcomes)["before the change"]
