"""The words of the report, in Kazakh, Russian and English."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from markupsafe import Markup, escape

from indexer.languages import LANGUAGES, Language


@cache
def _words() -> dict[str, dict[str, str]]:
    source = files("evaluation.report") / "words.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


def word(key: str, language: str) -> str:
    """Returns the word called ``key``; the key itself where the report has no word for it."""
    return _words().get(key, {}).get(language, key)


def trilingual(key: str, **values: object) -> Markup:
    """Returns the word called ``key`` in all three languages; the page shows one of them."""
    if key not in _words():
        return escape(key)
    return spans({language: word(key, language).format(**values) for language in LANGUAGES})


def spans(texts: Mapping[Language, str], tag: str = "span") -> Markup:
    """Returns texts by language as elements that carry their language."""
    return Markup("").join(
        Markup("<{0} lang={1}>{2}</{0}>").format(tag, language, text)
        for language, text in texts.items()
    )
