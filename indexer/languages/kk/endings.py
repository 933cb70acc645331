"""Kazakh endings: which strings of letters follow stems."""

from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType

from indexer.languages.kk.harmony import meets
from indexer.languages.listing import entries
from indexer.languages.words import folder

CASES = (
    "мен|бен|пен",
    "нан|нен|дан|ден|тан|тен",
    "ның|нің|дың|дің|тың|тің",
    "ға|ге|қа|ке",
    "дағы|дегі|тағы|тегі",
    "да|де|та|те",
    "ны|ні|ды|ді|ты|ті",
)
"""The endings of each case, between bars."""

GENITIVES = frozenset(CASES[2].split("|"))

_MOST_IN_A_ROW = 3


@cache
def endings() -> Mapping[str, float]:
    """Returns endings with their weights, from 0 to 6, the most frequent first."""
    counts = {ending: int(count) for ending, count, *_ in entries(folder("kk"), "endings.tsv")}
    return MappingProxyType(
        {
            ending: min(6.0, counts[ending].bit_length() / 2)
            for ending in sorted(counts, key=lambda ending: -counts[ending])
        }
    )


@lru_cache(maxsize=8_192)
def are_endings(rest: str, most: int = _MOST_IN_A_ROW) -> bool:
    """Returns whether ``rest`` is at most ``most`` known endings in a row, or nothing."""
    known = endings()
    if not rest or rest in known:
        return True
    return most > 1 and any(
        rest[:end] in known and meets(rest[:end], rest[end:]) and are_endings(rest[end:], most - 1)
        for end in range(len(rest) - 1, 1, -1)
    )
