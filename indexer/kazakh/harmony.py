"""Vowel harmony: which endings a Kazakh stem may take."""

from typing import Final, Literal

Harmony = Literal["back", "front"]

_BACK: Final = frozenset("аоұыяюё")
_FRONT: Final = frozenset("әеөүіэ")
_HARD: Final = frozenset("қғ")
_SOFT: Final = frozenset("кг")


def harmony(word: str) -> Harmony | None:
    """Returns the harmony of a lower-case word's last vowel, of its қ, ғ, к, г where it has none.

    ``и`` and ``у`` belong to both: None where nothing else tells.
    """
    for letter in reversed(word):
        if letter in _BACK:
            return "back"
        if letter in _FRONT:
            return "front"
    for letter in reversed(word):
        if letter in _HARD:
            return "back"
        if letter in _SOFT:
            return "front"
    return None


def agrees(stem: str, ending: str) -> bool:
    """Returns whether ``ending`` has the harmony of ``stem``."""
    of_stem, of_ending = harmony(stem), harmony(_until_second_harmony(ending))
    return of_stem is None or of_ending is None or of_stem == of_ending


def _until_second_harmony(ending: str) -> str:
    """Cuts what does not follow harmony: -мен, -ніңкі, -тікі are front after every stem."""
    for fixed in ("мен", "бен", "пен", "нікі", "дікі", "тікі"):
        if ending.startswith(fixed):
            return ""
        if ending.endswith(fixed):
            return ending[: -len(fixed)]
    return ending
