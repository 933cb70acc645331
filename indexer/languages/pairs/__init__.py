"""What two languages call the same: words of dictionaries, names, places."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from indexer.languages.codes import LANGUAGES, Language
from indexer.languages.listing import entries

_PLACES = 3
_NAMES = 6
_BRACKETS = re.compile(r"\([^)]*\)")


@cache
def dictionary(source: Language, target: Language) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Returns words of one language, each with its equivalents in the other.

    A list of one direction (``ru-kk.tsv``) is read in both, and the glossary in all; a pair that
    has none is empty.
    """
    found: dict[str, dict[str, None]] = {}
    for word, equivalents in _listed(source, target):
        found.setdefault(word, {}).update(dict.fromkeys(equivalents))
    for word, equivalents in _listed(target, source):
        for equivalent in equivalents:
            found.setdefault(equivalent, {})[word] = None
    for terms in glossary():
        term = dict(zip(LANGUAGES, terms, strict=True))
        if term[source] and term[target]:
            found.setdefault(term[source], {})[term[target]] = None
    return tuple((word, tuple(equivalents)) for word, equivalents in found.items())


@cache
def glossary() -> tuple[tuple[str, ...], ...]:
    """Returns terms in Kazakh, Russian and English, or empty; short forms in brackets left out."""
    return tuple(
        tuple(_BRACKETS.sub("", cell).strip() for cell in _padded(cells, len(LANGUAGES)))
        for cells in entries(_folder(), "glossary.tsv")
    )


@cache
def places() -> tuple[tuple[str, ...], ...]:
    """Returns the names of each place in Kazakh, Russian and English."""
    return tuple(_padded(cells, _PLACES) for cells in entries(_folder(), "places.tsv"))


@cache
def names() -> tuple[tuple[str, ...], ...]:
    """Returns the short and full name of each body in Kazakh, Russian and English, or empty."""
    return tuple(_padded(cells, _NAMES) for cells in entries(_folder(), "names.tsv"))


def _listed(source: Language, target: Language) -> Iterator[tuple[str, list[str]]]:
    for word, equivalents, *_ in entries(_folder(), f"{source}-{target}.tsv"):
        yield word, [part.strip() for part in equivalents.split("|")]


def _folder() -> Traversable:
    return files("indexer.languages") / "pairs"


def _padded(cells: list[str], columns: int) -> tuple[str, ...]:
    return tuple([*cells, *[""] * columns][:columns])
