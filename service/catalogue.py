"""The messages that people read, in Kazakh, Russian and English.

They are in ``service/messages/*.toml``: a table a message, a key a language, ``{name}`` for values.
"""

import tomllib
from functools import cache
from importlib.resources import files

from indexer.documents import Trilingual


@cache
def _messages() -> dict[str, Trilingual]:
    folder = files("service") / "messages"
    return {
        key: Trilingual(**texts)
        for file in sorted(folder.iterdir(), key=lambda path: path.name)
        if file.name.endswith(".toml")
        for key, texts in tomllib.loads(file.read_text(encoding="utf-8")).items()
    }


def message(key: str, **values: object) -> Trilingual:
    """Returns the message called ``key`` with its values filled in.

    Raises:
        KeyError: There is no such message, or a value is missing.
    """
    text = _messages()[key]
    return Trilingual(*(text[language].format(**values) for language in ("kk", "ru", "en")))
