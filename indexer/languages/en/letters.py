"""English letters."""

from string import ascii_lowercase
from typing import Final

LETTERS: Final = ascii_lowercase

VOWELS: Final = frozenset("aeiou")
