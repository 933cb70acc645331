"""Vowel harmony and the joint of stem and ending: which endings a Kazakh stem may take."""

from typing import Final, Literal

from indexer.languages.kk.letters import VOWELS

Harmony = Literal["back", "front"]

VOICED: Final = {"к": "г", "қ": "ғ", "п": "б"}
"""What the last letter of a stem becomes before a vowel."""

VOICELESS: Final = {voiced: voiceless for voiceless, voiced in VOICED.items()}
"""The letters of stems that :data:`VOICED` changes, by what they become."""

_BACK: Final = frozenset("аоұыяё")
_FRONT: Final = frozenset("әеөүіэ")
_FULL_VOWELS: Final = frozenset("аәеоөұүыі")
_JOINING_VOWELS: Final = VOWELS - _FULL_VOWELS
_EITHER: Final = frozenset("ию")
_HARD: Final = frozenset("қғ")
_SOFT: Final = frozenset("кг")
_VOICELESS: Final = frozenset("пткқсшщчцфхһ")
_LENIS: Final = frozenset("бгғдлмн")


def harmony(word: str) -> Harmony | None:
    """Returns the harmony of a lower-case word's last vowel, of its қ, ғ, к, г where it has none.

    ``у`` belongs to both: the vowel before it tells. ``и`` and ``ю`` end many loanwords, which take
    either: None.
    """
    for letter in reversed(word):
        if letter in _EITHER:
            return None
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


def meets(stem: str, ending: str) -> bool:
    """Returns whether ``ending`` may stand right after the last letter of ``stem``.

    Two vowels do not meet, ``и`` and ``у`` aside, and after a consonant no ending consists of
    consonants or begins with two.
    """
    if not ending:
        return True
    last, first = stem[-1] in _FULL_VOWELS, ending[0] in _FULL_VOWELS
    if last and first:
        return False
    if last or first or stem[-1] in _JOINING_VOWELS or ending[0] in "иуюяё":
        return True
    return len(ending) > 1 and ending[1] in VOWELS


def assimilates(stem: str, ending: str) -> bool:
    """Returns whether ``ending`` has the consonant that follows ``stem``: халыққа, not халықға.

    After a voiceless consonant no ending begins with a voiced one.
    """
    return stem[-1] not in _VOICELESS or ending[0] not in _LENIS
