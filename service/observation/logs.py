"""Logs: one line an event, for people or as JSON, with the id of the request.

They hold no questions, no keys and no addresses of callers: see docs/promises.md. Questions are
written where ``TARMAQ_LOG_QUESTIONS`` says so, and nowhere else.
"""

import json
import logging
import re
import sys
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Final

from service.observation.stages import Observer, Outcome, observe
from service.settings import Settings

REQUEST_ID: Final[ContextVar[str]] = ContextVar("request_id", default="")
"""The id of the request that is being served; empty outside of one."""

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_QUESTIONS = logging.getLogger("service.questions")


class _Event(logging.Formatter):
    def fields(self, record: logging.LogRecord) -> dict[str, object]:
        time = datetime.fromtimestamp(record.created, UTC)
        found: dict[str, object] = {
            "time": time.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request := REQUEST_ID.get():
            found["request_id"] = request
        found |= getattr(record, "fields", {})
        if record.exc_info:
            found["exception"] = self.formatException(record.exc_info)
        return found


class JsonLines(_Event):
    """An event is a JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        """Returns the line."""
        text = json.dumps(self.fields(record), ensure_ascii=False, default=str)
        return _CONTROL.sub(_escaped, text)


class TextLines(_Event):
    """An event is a line for people; only tracebacks have several."""

    def format(self, record: logging.LogRecord) -> str:
        """Returns the line."""
        found = self.fields(record)
        time, level, _, said = (str(found.pop(name)) for name in ("time", "level", "logger",
                                                                 "message"))  # fmt: skip
        trace = found.pop("exception", None)
        said = said.replace("\n", "\\n")
        line = " ".join([time, level, said, *(f"{name}={value}" for name, value in found.items())])
        return _CONTROL.sub(_escaped, line.replace("\n", "\\n")) + (f"\n{trace}" if trace else "")


class _Questions(Observer):
    def asked(self, question: str, outcome: Outcome, *, kept: bool) -> None:
        _QUESTIONS.info("asked", extra=fields(question=question, outcome=outcome, kept=kept))


def fields(**given: object) -> Mapping[str, object]:
    """Returns the ``extra`` of a logging call: fields of the event beside its message."""
    return {"fields": given}


def configure(settings: Settings, *, anew: bool = False) -> None:
    """Writes events to standard error.

    Args:
        settings: How.
        anew: Replace what another configured; else it is left as it is.
    """
    root = logging.getLogger()
    if settings.log_questions:
        observe(_Questions())
    if root.handlers and not anew:
        return
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if settings.log_format == "json" else TextLines())
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in ("service", "indexer"):
        logging.getLogger(name).setLevel(settings.log_level.upper())


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"
