"""The messages that people read, in Kazakh, Russian and English.

They are in ``service/messages/*.toml``: a table a message, a key a language, ``{name}`` for values.
``errors.toml`` holds one for each code of an error and nothing else.
"""

import tomllib
from functools import cache
from importlib.resources import files

from indexer.documents.description import Trilingual
from indexer.languages import LANGUAGES, Language

_FOLDER = files("service") / "messages"


@cache
def _read(name: str) -> dict[str, Trilingual]:
    tables = tomllib.loads((_FOLDER / name).read_text(encoding="utf-8"))
    return {key: Trilingual(**texts) for key, texts in tables.items()}


@cache
def _messages() -> dict[str, Trilingual]:
    names = sorted(path.name for path in _FOLDER.iterdir() if path.name.endswith(".toml"))
    return {key: text for name in names for key, text in _read(name).items()}


def error_codes() -> tuple[str, ...]:
    """Returns the codes of all errors: the last parts of the types of problems."""
    return tuple(_read("errors.toml"))


def template(key: str) -> Trilingual:
    """Returns the message called ``key`` with the names of its values in braces.

    Raises:
        KeyError: There is no such message.
    """
    return _messages()[key]


def message(key: str, **values: object) -> Trilingual:
    """Returns the message called ``key`` with its values filled in, each in the same language.

    Raises:
        KeyError: There is no such message, or a value is missing.
    """
    text = template(key)

    def filled(language: Language) -> str:
        said = {
            name: value[language] if isinstance(value, Trilingual) else value
            for name, value in values.items()
        }
        return text[language].format(**said)

    return Trilingual(*map(filled, LANGUAGES))
