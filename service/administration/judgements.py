"""Feedback as a data set that ``python -m evaluation`` reads: questions, and qrels of verdicts.

Source: N. Thakur et al., "BEIR", 2021, arXiv:2104.08663, for the layout.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from indexer.errors import TarmaqError
from service.administration.feedback import Said


def export(said: Iterable[Said], folder: Path) -> tuple[int, int, int]:
    """Writes a data set: of each question and passage what most said; a tie is left out.

    A question without any right answer is left out, for nothing could be measured by it; one whose
    refusal was called right goes to ``unanswerable.jsonl``.

    Returns:
        How many questions have an answer, how many have none, and how many judgements were written.

    Raises:
        TarmaqError: No kept question was called right: there is nothing to measure.
    """
    votes: dict[tuple[str, str], int] = defaultdict(int)
    languages: dict[str, str] = {}
    for one in said:
        if one.question and one.verdict in ("right", "wrong"):
            votes[one.question, one.passage] += 1 if one.verdict == "right" else -1
            languages[one.question] = one.language
    grades = {key: int(sum_ > 0) for key, sum_ in votes.items() if sum_ and key[1]}
    refused = [question for (question, passage), sum_ in votes.items() if sum_ > 0 and not passage]
    if not any(grades.values()):
        raise TarmaqError(
            "No question was kept whose answer was called right. Questions are kept with "
            "TARMAQ_FEEDBACK=questions, once people press a button under an answer."
        )
    asked = list(dict.fromkeys(question for (question, _), grade in grades.items() if grade))
    (folder / "qrels").mkdir(parents=True, exist_ok=True)
    _write(folder / "queries.jsonl", asked, languages, {"kind": "feedback"})
    rows = [
        f"{_id(question)}\t{passage}\t{grade}\n"
        for (question, passage), grade in grades.items()
        if question in asked
    ]
    (folder / "qrels" / "test.tsv").write_text(
        "query-id\tcorpus-id\tscore\n" + "".join(rows), encoding="utf-8"
    )
    unanswerable = [question for question in refused if question not in asked]
    if unanswerable:
        extra = {"kind": "feedback", "split": "test"}
        _write(folder / "unanswerable.jsonl", unanswerable, languages, extra)
    return len(asked), len(unanswerable), len(rows)


def _write(
    path: Path, questions: Iterable[str], languages: dict[str, str], extra: dict[str, str]
) -> None:
    with path.open("w", encoding="utf-8") as file:
        for question in questions:
            metadata = {"language": languages[question], "item": _id(question), **extra}
            record = {"_id": _id(question), "text": question, "metadata": metadata}
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


def _id(question: str) -> str:
    return "f" + hashlib.sha256(question.encode()).hexdigest()[:12]
