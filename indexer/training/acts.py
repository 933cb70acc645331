"""Acts to train on: the passages and articles of a folder of plain texts.

The folder holds ``<act>/kk.txt`` and ``<act>/ru.txt``, either or both. The texts themselves are no
part of the project.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tqdm import tqdm

from indexer.documents.description import read_text
from indexer.documents.passages import Language, Passage
from indexer.errors import DocumentError
from indexer.parsing import parse, passages

_ARTICLE: Final = re.compile(r"(?:.*__)?art_[^_]+")
_FEWEST_LETTERS: Final = 60


@dataclass(frozen=True, slots=True)
class Article:
    """An article of one edition: its title without the number, and its first passages."""

    eid: str
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Edition:
    """One language of an act.

    Attributes:
        act: Name of the act's folder.
        language: Its language.
        passages: The passages in force, by eId.
        articles: The articles that have a title and a body, by eId.
    """

    act: str
    language: Language
    passages: dict[str, Passage]
    articles: dict[str, Article]


Acts = dict[tuple[str, Language], Edition]


def read_acts(folder: Path) -> Acts:
    """Reads every act under ``folder``.

    Raises:
        DocumentError: The folder holds no act, or a text cannot be read.
    """
    files = sorted(path for name in ("kk.txt", "ru.txt") for path in folder.glob(f"*/{name}"))
    if not files:
        raise DocumentError(f"{folder}: no acts here; each is a folder with kk.txt or ru.txt.")
    acts: Acts = {}
    for path in tqdm(files, desc="reading acts", unit="act", disable=None):
        language: Language = "kk" if path.stem == "kk" else "ru"
        act = path.parent.name
        found = passages(parse(read_text(path)), document_id=act, language=language)
        in_force = {passage.eid: passage for passage in found if passage.status == "in-force"}
        acts[act, language] = Edition(act, language, in_force, _articles(in_force.values()))
    return acts


def article_of(eid: str) -> str:
    """Returns the eId of the article that holds a passage; the eId itself outside articles."""
    match = _ARTICLE.match(eid)
    return match.group() if match else eid


def _articles(found: Iterable[Passage]) -> dict[str, Article]:
    bodies: dict[str, list[str]] = {}
    titles: dict[str, str] = {}
    for passage in found:
        if passage.title:
            eid = article_of(passage.eid)
            titles.setdefault(eid, passage.title)
            bodies.setdefault(eid, []).append(passage.text)
    return {
        eid: Article(eid, title, " ".join(bodies[eid]))
        for eid, title in titles.items()
        if len(" ".join(bodies[eid])) >= _FEWEST_LETTERS and len(title.split()) > 1
    }
