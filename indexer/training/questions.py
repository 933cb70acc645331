"""Questions about acts: a data set in BEIR layout that names acts and eIds, not their text."""

import json
from dataclasses import dataclass
from pathlib import Path

from indexer.documents.passages import Language
from indexer.errors import DocumentError


@dataclass(frozen=True, slots=True)
class ActQuestion:
    """A question and the address of the passage that answers it."""

    id: str
    text: str
    language: Language
    act: str
    eid: str


def read_questions(folder: Path, split: str) -> tuple[ActQuestion, ...]:
    """Returns the questions of a split.

    Raises:
        DocumentError: A file is missing, or a line malformed; names both.
    """
    path = folder / "qrels" / f"{split}.tsv"
    answers: dict[str, tuple[str, str]] = {}
    for number, line in enumerate(_lines(path)[1:], start=2):
        try:
            question, passage, _ = line.split("\t")
            act, eid = passage.split("#")
        except ValueError as error:
            raise DocumentError(f"{path}:{number}: expected question, act#eId, 1.") from error
        answers[question] = act, eid
    path = folder / "queries.jsonl"
    questions = []
    for number, line in enumerate(_lines(path), start=1):
        try:
            record = json.loads(line)
            name, text, language = record["_id"], record["text"], record["metadata"]["language"]
        except (ValueError, KeyError, TypeError) as error:
            raise DocumentError(f"{path}:{number}: not a question ({error!r}).") from error
        if name in answers:
            questions.append(ActQuestion(name, text, language, *answers[name]))
    return tuple(questions)


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise DocumentError(f"{path}: cannot be read ({error}).") from error
