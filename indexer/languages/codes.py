"""The languages, by their codes.

Source: ISO 639-1.
"""

from typing import Final, Literal, get_args

Language = Literal["kk", "ru", "en"]

LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
"""Every language, the language of the documents first."""
