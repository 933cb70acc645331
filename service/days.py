"""Days as people write them in each language."""

import datetime
from typing import Final

from indexer.documents.description import Trilingual

UNKNOWN: Final = Trilingual("…", "…", "…")
"""What stands in the place of a day that nobody knows."""


def written(day: datetime.date | None) -> Trilingual:
    """Returns a day as texts name it: 31.01.2024, and 2024-01-31 in English.

    In English the order of a day and a month is not the same everywhere, so the year comes first.
    """
    if day is None:
        return UNKNOWN
    local = day.strftime("%d.%m.%Y")
    return Trilingual(kk=local, ru=local, en=day.isoformat())
