"""One HTML file in which people grade passages: opens offline, in three languages, keeps grades.

The file holds no name of a system and no rank, so whoever grades cannot know who found a passage.
"""

import json
import tomllib
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from markupsafe import Markup

from evaluation.errors import optional
from evaluation.judging.pool import Pooled, fingerprint
from indexer.documents.passages import Passage
from indexer.errors import InvalidReferenceError
from indexer.languages import LANGUAGES
from indexer.reference import Reference


def write_judging(path: Path, dataset: str, pooled: Sequence[Pooled], judge: str = "") -> None:
    """Writes the page on which a pool is graded into the file ``path``.

    Args:
        path: The file.
        dataset: Name of the dataset; saved files are called after it.
        pooled: What is graded.
        judge: Who grades: the browser keeps the grades of each name apart.

    Raises:
        MeasurementError: A library that writes it is not installed.
    """
    source = files("evaluation.judging")

    def text(name: str) -> str:
        return (source / name).read_text(encoding="utf-8")

    environment = optional("jinja2").Environment(
        autoescape=True, undefined=optional("jinja2").StrictUndefined
    )
    looks = (files("evaluation.report") / "page.css").read_text(encoding="utf-8")
    page = environment.from_string(text("page.html")).render(
        style=Markup(looks + text("page.css")),
        script=Markup(text("page.js")),
        words=_embedded(tomllib.loads(text("words.toml"))),
        pool=_embedded(
            {"dataset": dataset, "judge": judge, "questions": [_question(each) for each in pooled]}
        ),
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page, encoding="utf-8")


def _question(each: Pooled) -> dict[str, Any]:
    query = each.query
    return {
        "id": query.id,
        "text": query.text,
        "language": query.language if query.language in LANGUAGES else "",
        "passages": [
            {
                "id": editions[0].id,
                "key": fingerprint(query, editions),
                "reference": _reference(editions[0]),
                "editions": [_edition(edition) for edition in editions],
            }
            for editions in each.passages
        ],
    }


def _edition(passage: Passage) -> dict[str, Any]:
    return {
        # A corpus without addresses does not say in which language it is.
        "language": passage.language if passage.eid else "",
        "headings": passage.heading_path,
        "text": passage.text,
    }


def _reference(passage: Passage) -> dict[str, str]:
    try:
        reference = Reference.parse(passage.eid)
    except InvalidReferenceError:
        return {}
    return {language: reference.format(language) for language in LANGUAGES}


def _embedded(value: object) -> Markup:
    """Returns JSON that ends no ``script`` element, whatever the texts hold."""
    return Markup(json.dumps(value, ensure_ascii=False).replace("<", "\\u003c"))
