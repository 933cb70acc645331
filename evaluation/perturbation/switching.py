"""Kazakh and Russian mixed in one question, as bilingual people speak."""

import random
import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from indexer.languages.kk.letters import VOWELS

_WORD = re.compile(r"[а-яёәғқңөұүһі]+", re.IGNORECASE)
# Endings of nouns: plural, possession, case. What else follows a stem makes another word.
_ENDING = re.compile(
    r"""
    (?: [лдт][ае]р )?
    (?: [іы]?м(?:[іы]з)? | с?[іы] | [іы]ң )?
    (?: [ндт][іы]ң | [ндт][іы] | [гкқғ]?[ае] | н[ае] | н?[дт][ае]н? | н[ае]н | н | [мбп]ен )?
    """,
    re.VERBOSE,
)
_AFTER_VOWEL = re.compile(r"^[дт](?=[ае]р)|^[дт](?=[іы]ң?$)")
_BACK = set("аоуыяюёұ")
_TO_BACK = str.maketrans("еігк", "аығқ")
_TO_FRONT = str.maketrans("аығқ", "еігк")


def mix(text: str, language: str, chance: random.Random) -> str:
    """Returns ``text`` with words of the other language.

    A Kazakh noun becomes the Russian one with its Kazakh endings («мемлекеттердің» becomes
    «государстволардың»), a Russian word becomes the Kazakh one; a question with none of the known
    words gets an opening in the other language.
    """
    if language not in ("kk", "ru"):
        return text
    words = _table()[language]

    def word(match: re.Match[str]) -> str:
        replaced = _replace(match[0].lower(), words, suffixed=language == "kk")
        if replaced is None:
            return match[0]
        return replaced.capitalize() if match[0][0].isupper() else replaced

    mixed = _WORD.sub(word, text)
    if mixed != text:
        return mixed
    return f"{chance.choice(_table()['openings'][language])} {text[:1].lower()}{text[1:]}"


def _replace(word: str, words: dict[str, str], *, suffixed: bool) -> str | None:
    if word in words:
        return words[word]
    if not suffixed:
        return None
    for length in range(len(word) - 1, 3, -1):
        ending = word[length:]
        if _ENDING.fullmatch(ending) and (other := words.get(word[:length])) is not None:
            return other + _harmonise(ending, other)
    return None


def _harmonise(ending: str, stem: str) -> str:
    vowel = next((letter for letter in reversed(stem) if letter in VOWELS), "а")
    if stem[-1] in VOWELS:
        ending = _AFTER_VOWEL.sub(lambda m: "л" if ending[1:2] in "ае" else "н", ending)
    return ending.translate(_TO_BACK if vowel in _BACK else _TO_FRONT)


@cache
def _table() -> dict[str, Any]:
    source = files("evaluation.perturbation") / "switching.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))
