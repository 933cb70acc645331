"""Russian letters."""

from typing import Final

LETTERS: Final = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"

VOWELS: Final = frozenset("аеёиоуыэюя")
