"""What people said of answers, and, where that is switched on, what they asked.

Kept in one file beside the index: a day, a verdict, a passage; never who, never the time of day.
Questions are kept only with the setting ``questions``; long numbers and mail addresses in them are
left out.
"""

import logging
import re
import sqlite3
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final, Literal, TypeAlias

from indexer.errors import StoreError
from service.settings import Settings

Verdict: TypeAlias = Literal["right", "wrong", "nothing"]
FILE: Final = "feedback.sqlite"

_LOG = logging.getLogger(__name__)
_UNANSWERED = "unanswered"
_MOST_ROWS = 200_000
_BUSY_SECONDS = 5.0
_PRIVATE = re.compile(r"\d(?:[ -]?\d){8,}|[\w.+-]+@[\w-]+\.[\w.-]+")
_SCHEMA = """
CREATE TABLE IF NOT EXISTS feedback (
    day TEXT NOT NULL, verdict TEXT NOT NULL, language TEXT NOT NULL,
    passage TEXT NOT NULL, question TEXT NOT NULL
)"""


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that was said.

    Attributes:
        day: When.
        verdict: ``right``, ``wrong``, ``nothing``, or ``unanswered``: the service itself found no
            answer.
        language: Language of the question.
        passage: Id of the passage that was judged; empty where none was.
        question: What was asked; empty where that is not kept.
    """

    day: date
    verdict: str
    language: str
    passage: str
    question: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What the feedback of a time says, most frequent first.

    Attributes:
        verdicts: How often each was given.
        unanswered: Questions without an answer.
        disliked: Questions and passages whose answer was called wrong; the question may be empty.
        missed: Questions of which people said that nothing answers them.
    """

    verdicts: dict[str, int]
    unanswered: tuple[tuple[str, int], ...]
    disliked: tuple[tuple[str, str, int], ...]
    missed: tuple[tuple[str, int], ...]


class Feedback:
    """The file of feedback."""

    def __init__(self, settings: Settings) -> None:
        """Takes the settings."""
        self.path = settings.index.parent / FILE
        self.mode = settings.feedback
        self._days = settings.feedback_days
        self._lock = threading.Lock()

    def judge(self, verdict: Verdict, language: str, passage: str, question: str) -> None:
        """Keeps a verdict, as far as the settings let it.

        Raises:
            StoreError: It cannot be written.
        """
        if self.mode != "off":
            self._keep(verdict, language, passage, question)

    def note_unanswered(self, language: str, question: str) -> None:
        """Keeps a question that had no answer, where questions are kept and can be."""
        if self.mode == "questions":
            try:
                self._keep(_UNANSWERED, language, "", question)
            except StoreError as error:
                _LOG.warning("%s", error)

    def read(self, days: int | None = None) -> Iterator[Said]:
        """Yields what was said in so many days; in all by default."""
        if not self.path.exists():
            return
        since = (datetime.now(UTC).date() - timedelta(days=days)).isoformat() if days else ""
        with self._open() as connection:
            rows = connection.execute(
                "SELECT day, verdict, language, passage, question FROM feedback WHERE day >= ? "
                "ORDER BY rowid",
                (since,),
            ).fetchall()
        for day, *rest in rows:
            yield Said(date.fromisoformat(day), *rest)

    def _keep(self, verdict: str, language: str, passage: str, question: str) -> None:
        today = datetime.now(UTC).date()
        text = _PRIVATE.sub("…", " ".join(question.split())) if self.mode == "questions" else ""
        with self._lock, self._open() as connection, connection:
            connection.execute(_SCHEMA)
            connection.execute(
                "INSERT INTO feedback VALUES (?, ?, ?, ?, ?)",
                (today.isoformat(), verdict, language, passage, text),
            )
            connection.execute(
                "DELETE FROM feedback WHERE day < ? "
                "OR rowid <= (SELECT max(rowid) FROM feedback) - ?",
                ((today - timedelta(days=self._days)).isoformat(), _MOST_ROWS),
            )

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self.path, timeout=_BUSY_SECONDS)) as connection:
                yield connection
        except sqlite3.Error as error:
            raise StoreError(f"{self.path}: feedback cannot be kept ({error}).") from error


def summarise(said: Iterator[Said]) -> Summary:
    """Counts what was said."""
    verdicts: Counter[str] = Counter()
    unanswered: Counter[str] = Counter()
    disliked: Counter[tuple[str, str]] = Counter()
    missed: Counter[str] = Counter()
    for one in said:
        verdicts[one.verdict] += 1
        if one.verdict == _UNANSWERED:
            unanswered[one.question] += 1
        elif one.verdict == "wrong":
            disliked[one.question, one.passage] += 1
        elif one.verdict == "nothing" and one.question:
            missed[one.question] += 1
    return Summary(
        dict(verdicts),
        tuple(unanswered.most_common()),
        tuple((question, passage, count) for (question, passage), count in disliked.most_common()),
        tuple(missed.most_common()),
    )
